/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text, run on the rules of the folder. Its first byte is the language. A
 * reason's words must be a part of the text, and a score a per cent.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/examine.h"
#include "base/text.h"
#include "rules_once.h"

static void
check(const Rules *rules, const Report *report, const char *text)
{
	for (unsigned i = 0; i < report->findings.n_findings; i++)
		if (report->findings.finding[i].score > 100 ||
		    report->findings.finding[i].value >=
		            rules_n_values(rules, i))
			abort();
	for (unsigned i = 0; i < report->reasons->len; i++)
		if (strstr(text,
		           g_array_index(report->reasons, ExamineReason, i)
		                   .words) == NULL)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const traits[] = { "persona", "request", NULL };
	Rules *rules = rules_once(rules_load, traits);
	g_autofree char *text = NULL;
	g_autoptr(Report) report = NULL;

	if (size == 0)
		return 0;
	text = text_sanitise((const char *)bytes + 1, size - 1,
	                     LIMIT_ANALYSE_TEXT, NULL);
	report = examine_text(rules, &(ExamineText){ text, text, text },
	                      (Language)(bytes[0] % LANGUAGE_N));
	check(rules, report, text);
	return 0;
}
