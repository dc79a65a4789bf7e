/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule file; after a NUL byte a text, which it is run on.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "analysis/examine.h"
#include "base/text.h"

static void
no_matter(const char *file, unsigned line, const char *message, void *data)
{
	(void)file;
	(void)line;
	(void)message;
	(void)data;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *end = memchr(bytes, 0, size);
	size_t n = end != NULL ? (size_t)(end - bytes) : size;
	size_t left = end != NULL ? size - n - 1 : 0;
	g_autofree char *body = text_sanitise((const char *)bytes + size - left,
	                                      left, LIMIT_ANALYSE_TEXT, NULL);
	ExamineText text = { body, body, body };
	g_autoptr(Rules) rules =
		rules_parse("fuzz", (const char *)bytes, n, NULL, NULL);

	if (rules == NULL)
		return 0;
	for (unsigned i = 0; i < LANGUAGE_N; i++)
		report_free(examine_text(rules, &text, (Language)i));
	(void)rules_check_examples(rules, no_matter, NULL);
	return 0;
}
