/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/examine.h"
#include "analysis/heads.h"
#include "rows.h"
#include "rules_fixture.h"

#define EXAMPLES " match x\n no-match y\n"

static const char source[] =
	"finding sentiment\n values negative neutral positive\n"
	" default neutral\n bias neutral 1\n margin 0.2\n"
	" opposite negative positive\n"
	"finding urgency\n values high normal low\n default normal\n"
	" bias high -1\n"
	"language en\nnegation not\n"
	"group praise\ncue good\n sentiment positive 1.5\n phrase good\n" EXAMPLES
	"cue great\n sentiment positive 4\n phrase great\n" EXAMPLES
	"group anger\ncue bad\n sentiment negative 1.5\n phrase bad\n" EXAMPLES
	"group hurry\ncue now\n urgency high 3\n escalate press\n"
	" phrase now\n" EXAMPLES
	"cue calm\n urgency high -2\n urgency low 1\n phrase calm\n" EXAMPLES;

static Rules *
the_rules(void)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(source, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static const struct row {
	const char *text;
	const char *sentiment, *urgency;
	unsigned score;
	Confidence confidence;
	bool abstained;
	const char *why;
} rows[] = {
	/* p(neutral) = e / (e + 2) = 0.576 */
	{ "nothing", "neutral", "normal", 50, CONFIDENCE_LOW, false, "" },
	/* 1, e, e^1.5: p = .122 .332 .546; 0.546 - 0.332 > 0.2 */
	{ "good", "positive", "normal", 71, CONFIDENCE_LOW, false, "praise" },
	{ "great", "positive", "normal", 96, CONFIDENCE_HIGH, false, "praise" },
	{ "not great", "negative", "normal", 4, CONFIDENCE_HIGH, false,
	  "praise" },
	{ "bad", "negative", "normal", 29, CONFIDENCE_LOW, false, "anger" },
	{ "good bad", "negative", "normal", 50, CONFIDENCE_LOW, true, "" },
	{ "great now", "positive", "high", 96, CONFIDENCE_HIGH, false,
	  "praise,hurry" },
	{ "now great bad", "positive", "high", 91, CONFIDENCE_MEDIUM, false,
	  "praise,hurry" },
	{ "calm", "neutral", "low", 50, CONFIDENCE_LOW, false, "hurry" },
};

static char *
why_of(const Rules *rules, const Findings *findings)
{
	GString *why = g_string_new("");

	for (unsigned i = 0; i < findings->n_why; i++)
		g_string_append_printf(
			why, "%s%s", i > 0 ? "," : "",
			rules_group_name(rules, findings->why[i]));
	return g_string_free(why, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(Rules) rules = the_rules();
	ExamineText text = { "", row->text, "" };
	g_autoptr(Report) report = examine_text(rules, &text, LANGUAGE_EN);
	const Findings *findings = &report->findings;
	const Finding *sentiment = &findings->finding[0];
	g_autofree char *why = why_of(rules, findings);

	g_assert_cmpuint(findings->status, ==, FINDINGS_SCORED);
	g_assert_cmpuint(findings->n_findings, ==, 2);
	g_assert_cmpstr(rules_value_name(rules, 0, sentiment->value), ==,
	                row->sentiment);
	g_assert_cmpstr(rules_value_name(rules, 1, findings->finding[1].value),
	                ==, row->urgency);
	g_assert_cmpuint(sentiment->score, ==, row->score);
	g_assert_cmpuint(sentiment->confidence, ==, row->confidence);
	g_assert_cmpuint(sentiment->abstained, ==, row->abstained);
	g_assert_cmpstr(why, ==, row->why);
	g_assert_cmpuint(findings->escalate, ==,
	                 strstr(row->text, "now") != NULL);
}

static void
test_status(void)
{
	g_autoptr(Rules) rules = the_rules();
	ExamineText empty = { "", " \n", "" }, text = { "", "good", "" };
	ExamineText subject = { "good", "", "" };
	g_autoptr(Report) nothing = examine_text(rules, &empty, LANGUAGE_EN);
	g_autoptr(Report) german = examine_text(rules, &text, LANGUAGE_DE);
	g_autoptr(Report) untold = examine_text(rules, &text, LANGUAGE_UND);
	g_autoptr(Report) bare = examine_text(rules, &subject, LANGUAGE_EN);

	g_assert_cmpuint(nothing->findings.status, ==, FINDINGS_SKIPPED);
	g_assert_cmpuint(nothing->findings.reason, ==, SKIPPED_EMPTY);
	g_assert_cmpuint(german->findings.status, ==, FINDINGS_ABSTAINED);
	g_assert_cmpuint(german->findings.reason, ==, ABSTAINED_LANGUAGE);
	g_assert_cmpuint(untold->findings.reason, ==, ABSTAINED_LANGUAGE);
	g_assert_cmpuint(untold->findings.language, ==, LANGUAGE_UND);
	g_assert_cmpuint(bare->findings.status, ==, FINDINGS_SCORED);
}

/* The seam: sums of another head are added before anything is decided. */
static void
test_heads_add(void)
{
	g_autoptr(Rules) rules = the_rules();
	FeatureText text = { .text = "good" };
	g_autoptr(Features) features = features_read(rules, LANGUAGE_EN, &text);
	HeadSums sums = { 0 };
	Findings findings = { 0 };

	heads_add_rules(rules, features, &sums);
	g_assert_cmpfloat_with_epsilon(sums.sum[0][2], 1.5, 1e-6);
	g_assert_cmpfloat_with_epsilon(sums.sum[0][1], 1, 1e-6);
	g_assert_cmpfloat_with_epsilon(sums.sum[1][0], -1, 1e-6);
	sums.sum[0][0] += 9;
	heads_decide(rules, &sums, &findings);
	g_assert_cmpuint(findings.finding[0].value, ==, 0);
	g_assert_cmpuint(findings.finding[0].score, ==, 0);
	/* the default wins between equals */
	memset(&sums, 0, sizeof(sums));
	heads_decide(rules, &sums, &findings);
	g_assert_cmpuint(findings.finding[0].value, ==, 1);
	g_assert_true(findings.finding[0].abstained);
	g_assert_cmpuint(findings.finding[1].value, ==, 1);
	g_assert_false(findings.finding[1].abstained);
}

/* e^1.5, e and 1 of their sum: what "good" was decided by. */
static void
test_probabilities(void)
{
	g_autoptr(Rules) rules = the_rules();
	ExamineText parts = { "", "good", "" };
	FeatureText text = { .subject = "", .text = "good", .signature = "" };
	g_autoptr(Report) report = examine_text(rules, &parts, LANGUAGE_EN);
	double p[LIMIT_FINDING_VALUES];
	Findings findings;
	HeadSums sums;

	examine_findings(rules, &text, LANGUAGE_EN, &findings, &sums);
	g_assert_cmpmem(findings.finding, sizeof(findings.finding),
	                report->findings.finding, sizeof(findings.finding));
	g_assert_cmpuint(findings.n_why, ==, report->findings.n_why);
	heads_probabilities(rules, &sums, 0, p);
	g_assert_cmpfloat_with_epsilon(p[0], 0.122, 0.001);
	g_assert_cmpfloat_with_epsilon(p[1], 0.332, 0.001);
	g_assert_cmpfloat_with_epsilon(p[2], 0.546, 0.001);
	g_assert_cmpfloat(p[3], ==, 0);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.64), ==, CONFIDENCE_LOW);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.65), ==,
	                 CONFIDENCE_MEDIUM);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.90), ==, CONFIDENCE_HIGH);
	examine_findings(rules, &text, LANGUAGE_UND, &findings, NULL);
	g_assert_cmpuint(findings.reason, ==, ABSTAINED_LANGUAGE);
}

static void
test_reasons(void)
{
	g_autoptr(Rules) rules = the_rules();
	ExamineText text = { "bad", "It is GREAT now.", "" };
	g_autoptr(Report) report = examine_text(rules, &text, LANGUAGE_EN);
	const ExamineReason *first =
		&g_array_index(report->reasons, ExamineReason, 0);
	const ExamineReason *last =
		&g_array_index(report->reasons, ExamineReason, 2);
	const ExamineAlert *alert =
		&g_array_index(report->alerts, ExamineAlert, 0);

	g_assert_cmpuint(report->reasons->len, ==, 3);
	g_assert_cmpstr(first->cue, ==, "en/great");
	g_assert_cmpstr(first->words, ==, "GREAT");
	g_assert_cmpstr(first->group, ==, "praise");
	g_assert_cmpfloat(first->weight, ==, 4);
	g_assert_cmpstr(last->words, ==, "bad");
	g_assert_cmpuint(report->alerts->len, ==, 1);
	g_assert_cmpstr(alert->cue, ==, "en/now");
	g_assert_cmpstr(alert->words, ==, "now");
}

static void
test_names(void)
{
	g_assert_cmpstr(findings_status_name(FINDINGS_SKIPPED), ==, "skipped");
	g_assert_cmpstr(findings_status_name(FINDINGS_STATUS_N), ==, "error");
	g_assert_cmpstr(findings_reason_name(REASON_NONE), ==, "");
	for (unsigned i = 1; i < REASON_N; i++) {
		const char *name = findings_reason_name((FindingsReason)i);

		g_assert_nonnull(name);
		g_assert_cmpuint(strspn(name, "abcdefghijklmnopqrstuvwxyz-"),
		                 ==, strlen(name));
		for (unsigned k = 1; k < i; k++)
			g_assert_cmpstr(
				name, !=,
				findings_reason_name((FindingsReason)k));
	}
	g_assert_cmpstr(findings_reason_name(REASON_N), ==, "internal");
	g_assert_cmpstr(confidence_name(CONFIDENCE_HIGH), ==, "high");
	g_assert_cmpstr(confidence_name(CONFIDENCE_N), ==, "low");
	for (unsigned i = 0; i < LANGUAGE_N; i++)
		g_assert_cmpuint(language_from_code(language_code((Language)i)),
		                 ==, i);
	g_assert_cmpuint(language_from_code("xx"), ==, LANGUAGE_N);
	g_assert_cmpstr(language_code(LANGUAGE_N), ==, "und");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/heads/", rows, test_row);
	g_test_add_func("/heads/status", test_status);
	g_test_add_func("/heads/add", test_heads_add);
	g_test_add_func("/heads/probabilities", test_probabilities);
	g_test_add_func("/heads/reasons", test_reasons);
	g_test_add_func("/heads/names", test_names);
	return g_test_run();
}
