/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "message/html.h"
#include "message/message.h"

/* The first byte is the bound; the rest, made valid, is the HTML. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	g_autofree char *html = NULL;
	g_autofree char *text = NULL;
	HtmlNotes notes;
	size_t max;

	if (!ready)
		message_init();
	ready = true;
	if (size == 0)
		return 0;
	max = data[0] * 64u;
	html = g_utf8_make_valid((const char *)data + 1, (gssize)(size - 1));
	text = html_to_text(html, strlen(html), max, &notes);
	g_assert_true(g_utf8_validate(text, -1, NULL));
	g_assert_cmpuint(strlen(text), <=, MAX(max, 1));
	return 0;
}
