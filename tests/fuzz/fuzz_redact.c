/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "analysis/redact.h"
#include "base/text.h"

static unsigned
hard_spans(const char *text)
{
	size_t size = strlen(text);
	g_autofree RedactSpan *spans = g_new(RedactSpan, size + 1);
	size_t n = redact_find(text, size, spans, size + 1);
	unsigned hard = 0;
	uint32_t end = 0;

	for (size_t i = 0; i < n; i++) {
		g_assert_cmpuint(spans[i].start, >=, end);
		g_assert_cmpuint(spans[i].end, >, spans[i].start);
		g_assert_cmpuint(spans[i].end, <=, size);
		g_assert_true(g_utf8_validate(
			text + spans[i].start,
			(gssize)(spans[i].end - spans[i].start), NULL));
		end = spans[i].end;
		hard += redact_is_hard(spans[i].kind);
	}
	return hard;
}

/*
 * The first byte chooses the kinds. What was taken out comes back as it was,
 * but for the hard kinds; and the model's words cannot make more of it.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = NULL;
	g_autofree char *sent = NULL;
	g_autofree char *back = NULL;
	g_autoptr(Redaction) redaction = NULL;
	RedactRestored restored;
	unsigned hard;

	if (size < 1)
		return 0;
	text = text_sanitise((const char *)bytes + 1, size - 1, 65536, NULL);
	redaction = redaction_new(bytes[0] & 1 ? REDACT_ALL
	                                       : (unsigned)bytes[0] << 6);
	redaction_add_name(redaction, "Bo \xc3\x85se Hansen-Lind");
	hard = hard_spans(text);
	sent = redaction_apply(redaction, text);
	g_assert_true(g_utf8_validate(sent, -1, NULL));
	back = redaction_restore(redaction, sent, &restored);
	g_assert_cmpuint(restored.unknown, ==, 0);
	g_assert_cmpuint(restored.hard, ==, hard);
	if (hard == 0)
		g_assert_cmpstr(back, ==, text);
	return 0;
}
