/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "message/charset.h"
#include "message/message.h"

/* The first line is the label, the rest the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	const uint8_t *end = size == 0 ? NULL : memchr(data, '\n', size);
	g_autofree char *label = NULL;
	g_autofree char *bytes = NULL;
	g_autofree char *text = NULL;
	g_autofree char *safe = NULL;
	const char *name;
	size_t n;

	if (!ready)
		message_init();
	ready = true;
	if (end == NULL)
		return 0;
	label = g_strndup((const char *)data, (gsize)(end - data));
	n = size - (size_t)(end - data) - 1;
	bytes = g_memdup2(end + 1, n);
	text = charset_to_utf8(label, bytes, n, 4096, &n, &name);
	g_assert_cmpuint(n, <=, 4096);
	g_assert_nonnull(name);
	safe = text_sanitise(text, n, 4096, NULL);
	g_assert_true(g_utf8_validate(safe, -1, NULL));
	return 0;
}
