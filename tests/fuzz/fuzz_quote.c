/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "message/quote.h"

/* Each line goes to one place: nothing is made up, nothing counted twice. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text =
		text_sanitise((const char *)bytes, size, 65536, NULL);
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };
	size_t all;

	quote_split(text, &split);
	g_assert_true(g_utf8_validate(split.new_text, -1, NULL));
	g_assert_true(g_utf8_validate(split.signature, -1, NULL));
	g_assert_true(g_utf8_validate(split.quoted, -1, NULL));
	g_assert_true(g_utf8_validate(split.footer, -1, NULL));
	all = strlen(split.new_text) + strlen(split.signature) +
	      strlen(split.quoted) + strlen(split.footer);
	/* an empty line may stand where others were taken out */
	g_assert_cmpuint(all, <=, 2 * strlen(text) + 4);
	return 0;
}
