/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "message/address.h"
#include "message/message.h"

/* What was read reads again as itself. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool ready;
	g_autofree char *in = g_strndup((const char *)bytes, size);
	g_autofree char *name = NULL;
	g_autofree char *header = NULL;
	g_autofree char *envelope = NULL;

	if (!ready)
		message_init();
	ready = true;
	header = address_from_header(in, &name);
	envelope = address_from_envelope(in);
	if (header != NULL) {
		g_autofree char *again = address_from_header(header, NULL);

		g_assert_cmpstr(again, ==, header);
		g_assert_cmpuint(strlen(header), <=, LIMIT_ADDRESS_BYTES);
		g_assert_true(g_utf8_validate(header, -1, NULL));
		g_assert_true(g_utf8_validate(name, -1, NULL));
		g_assert_null(strpbrk(name, "\r\n\t"));
	}
	if (envelope != NULL) {
		g_autofree char *again = address_from_envelope(envelope);

		g_assert_cmpstr(again, ==, envelope);
		g_assert_nonnull(strchr(envelope, '@'));
	}
	return 0;
}
