/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings of a text, with and without the reasons. The filter never asks for
 * reasons; people do.
 */
#include "report.h"

#include <string.h>

#include "rules_private.h"

void
report_judge(const Rules *rules, const Features *features, Findings *findings,
             HeadSums *ret_sums)
{
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(rules, features, &sums);
	if (rules_model(rules) != NULL)
		model_judge(rules_model(rules), features, &sums);
	heads_decide(rules, &sums, findings);
	if (ret_sums != NULL)
		*ret_sums = sums;
	findings->language = (uint8_t)features->language;
	findings->escalate = heads_escalate(rules, features);
	if (features->limited)
		findings->flags |= FINDINGS_LIMITED;
	heads_explain(rules, features, findings);
	if (features->words == 0) {
		findings->status = FINDINGS_SKIPPED;
		findings->reason = SKIPPED_EMPTY;
	} else if (!rules_speak(rules, features->language)) {
		findings->status = FINDINGS_ABSTAINED;
		findings->reason = ABSTAINED_LANGUAGE;
	}
}

Language
examine_language(const Rules *rules, const ExamineText *text,
                 unsigned *ret_score)
{
	const LanguageProfile *profile = rules_profile(rules);
	Language language;
	g_autofree char *both = NULL;

	*ret_score = 0;
	if (profile == NULL)
		return LANGUAGE_UND;
	language = language_identify(profile, text->new_text,
	                             strlen(text->new_text), ret_score);
	if (language != LANGUAGE_UND || text->subject[0] == '\0')
		return language;
	/* of a very short mail the subject is half the text */
	both = g_strconcat(text->subject, "\n", text->new_text, NULL);
	return language_identify(profile, both, strlen(both), ret_score);
}

static void
reason_clear(void *data)
{
	g_free(((ExamineReason *)data)->words);
}

static void
alert_clear(void *data)
{
	g_free(((ExamineAlert *)data)->words);
}

Report *
report_new(void)
{
	Report *report = g_new0(Report, 1);

	report->reasons = g_array_new(FALSE, FALSE, sizeof(ExamineReason));
	g_array_set_clear_func(report->reasons, reason_clear);
	report->alerts = g_array_new(FALSE, FALSE, sizeof(ExamineAlert));
	g_array_set_clear_func(report->alerts, alert_clear);
	return report;
}

void
examine_findings(const Rules *rules, const FeatureText *text, Language language,
                 Findings *ret_findings, HeadSums *ret_sums)
{
	ExamineText parts = { text->subject, text->text, text->signature };
	Findings findings = { 0 };
	g_autoptr(Features) features = NULL;
	unsigned score = 100;

	if (language == LANGUAGE_UND)
		language = examine_language(rules, &parts, &score);
	features = features_read(rules, language, text);
	findings.language_score = (uint8_t)score;
	report_judge(rules, features, &findings, ret_sums);
	*ret_findings = findings;
}

Report *
examine_text(const Rules *rules, const ExamineText *text, Language language)
{
	FeatureText parts = { .subject = text->subject,
		              .text = text->new_text,
		              .signature = text->signature };
	Report *report = report_new();
	g_autoptr(Features) features = NULL;
	unsigned score = 100;

	if (language == LANGUAGE_UND)
		language = examine_language(rules, text, &score);
	features = features_read(rules, language, &parts);
	report_judge(rules, features, &report->findings, NULL);
	report->findings.language_score = (uint8_t)score;
	report_reason(report, rules, features, &parts);
	return report;
}

void
report_free(Report *report)
{
	if (report == NULL)
		return;
	message_free(report->message);
	g_array_unref(report->reasons);
	g_array_unref(report->alerts);
	g_free(report);
}
