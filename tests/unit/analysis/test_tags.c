/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/tags.h"
#include "rows.h"
#include "rules_fixture.h"

#define ROUNDS 1000000

static Rules *rules;

static const char *
value_of(const Tags *tags, const char *name)
{
	for (size_t i = 0; i < tags->n; i++) {
		if (strcmp(tags->tag[i].name, name) == 0)
			return tags->tag[i].value;
	}
	return NULL;
}

/* A name is one of these or the Rules call a finding so. */
static bool
name_is_known(const char *name)
{
	static const char *const fixed[] = {
		"X-Tact-Status",     "X-Tact-Id",
		"X-Tact-Language",   "X-Tact-Sentiment-Score",
		"X-Tact-Confidence", "X-Tact-Escalate",
		"X-Tact-Why",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++) {
		if (strcmp(name, fixed[i]) == 0)
			return true;
	}
	for (unsigned i = 0; i < rules_n_findings(rules); i++) {
		if (strcmp(name, rules_finding_header(rules, i)) == 0)
			return true;
	}
	return false;
}

static void
check_tags(const Tags *tags)
{
	g_assert_cmpuint(tags->n, >=, 1);
	g_assert_cmpuint(tags->n, <=, TAGS_MAX);
	g_assert_cmpstr(tags->tag[0].name, ==, "X-Tact-Status");
	for (size_t i = 0; i < tags->n; i++) {
		const char *value = tags->tag[i].value;

		if (!name_is_known(tags->tag[i].name))
			g_error("unknown name %s", tags->tag[i].name);
		if (memchr(value, '\0', LIMIT_EMIT_VALUE + 1) == NULL)
			g_error("unbounded value");
		for (; *value != '\0'; value++) {
			if (*value < 0x20 || *value > 0x7e)
				g_error("byte %d", *value);
		}
	}
}

/* Findings that all tell their first value. */
static Findings
some_findings(void)
{
	Findings findings = { .status = FINDINGS_SCORED,
		              .language = LANGUAGE_SV,
		              .language_score = 99 };

	findings.n_findings = (uint8_t)rules_n_findings(rules);
	for (unsigned i = 0; i < findings.n_findings; i++) {
		findings.finding[i].score = 12;
		findings.finding[i].confidence = CONFIDENCE_HIGH;
	}
	return findings;
}

static void
test_scored(void)
{
	Findings findings = some_findings();
	Tags tags;

	findings.finding[1].abstained = 1;
	findings.escalate = 1;
	findings.n_why = 1;
	tags_make(rules, &findings, "abcdefgh23456777", &tags);
	check_tags(&tags);
	g_assert_cmpstr(value_of(&tags, "X-Tact-Status"), ==, "scored");
	g_assert_cmpstr(value_of(&tags, "X-Tact-Id"), ==, "abcdefgh23456777");
	g_assert_cmpstr(value_of(&tags, "X-Tact-Language"), ==, "sv");
	g_assert_cmpstr(value_of(&tags, "X-Tact-Sentiment"), ==,
	                rules_value_name(rules, 0, 0));
	g_assert_cmpstr(value_of(&tags, "X-Tact-Sentiment-Score"), ==, "12");
	g_assert_cmpstr(value_of(&tags, "X-Tact-Confidence"), ==, "high");
	g_assert_null(value_of(&tags, "X-Tact-Emotion"));
	g_assert_nonnull(value_of(&tags, "X-Tact-Urgency"));
	g_assert_cmpstr(value_of(&tags, "X-Tact-Escalate"), ==,
	                rules_escalation_name(rules, 0));
	g_assert_cmpstr(value_of(&tags, "X-Tact-Why"), ==,
	                rules_group_name(rules, 0));
}

static void
test_all_abstain(void)
{
	Findings findings = some_findings();
	Tags tags;

	for (unsigned i = 0; i < findings.n_findings; i++)
		findings.finding[i].abstained = 1;
	findings.escalate = 1;
	tags_make(rules, &findings, NULL, &tags);
	check_tags(&tags);
	g_assert_cmpuint(tags.n, ==, 3);
	g_assert_cmpstr(tags.tag[0].value, ==, "abstained-evidence");
	g_assert_cmpstr(tags.tag[1].name, ==, "X-Tact-Language");
	g_assert_cmpstr(tags.tag[2].name, ==, "X-Tact-Escalate");
}

static void
test_skipped(void)
{
	Findings findings = some_findings();
	Tags tags;

	findings.status = FINDINGS_SKIPPED;
	findings.reason = SKIPPED_AUTOMATED;
	tags_make(rules, &findings, "abc", &tags);
	check_tags(&tags);
	g_assert_cmpuint(tags.n, ==, 2);
	g_assert_cmpstr(tags.tag[0].value, ==, "skipped-automated");
}

static const struct wrong {
	const char *name;
	size_t offset;
	uint8_t value;
} wrong[] = {
	{ "wrong-status", offsetof(Findings, status), 4 },
	{ "wrong-reason", offsetof(Findings, reason), REASON_N },
	{ "reason-of-other", offsetof(Findings, reason), ERROR_BUSY },
	{ "wrong-language", offsetof(Findings, language), LANGUAGE_N },
	{ "wrong-language-score", offsetof(Findings, language_score), 101 },
	{ "wrong-count", offsetof(Findings, n_findings), 255 },
	{ "wrong-why-count", offsetof(Findings, n_why), LIMIT_WHY + 1 },
	{ "wrong-value", offsetof(Findings, finding[2].value), 200 },
	{ "wrong-score", offsetof(Findings, finding[0].score), 101 },
	{ "wrong-confidence", offsetof(Findings, finding[0].confidence),
	  CONFIDENCE_N },
	{ "wrong-abstained", offsetof(Findings, finding[0].abstained), 2 },
};

static void
test_wrong(const void *data)
{
	const struct wrong *row = data;
	Findings findings = some_findings();
	Tags tags;

	((uint8_t *)&findings)[row->offset] = row->value;
	tags_make(rules, &findings, "abc", &tags);
	check_tags(&tags);
	g_assert_cmpuint(tags.n, ==, 2);
	g_assert_cmpstr(tags.tag[0].value, ==, "error-internal");
}

static void
test_hostile_id(void)
{
	g_autofree char *longest = g_strnfill(5000, 'a');
	Tags tags;

	tags_make_status(FINDINGS_SKIPPED, SKIPPED_EMPTY,
	                 "a\r\nX-Tact-Tier: vip\x7f\xc3\xa9", &tags);
	check_tags(&tags);
	g_assert_cmpstr(tags.tag[1].value, ==, "a??X-Tact-Tier: vip???");
	tags_make_status(FINDINGS_ERROR, ERROR_BUSY, longest, &tags);
	check_tags(&tags);
	g_assert_cmpuint(strlen(tags.tag[1].value), ==, LIMIT_EMIT_VALUE);
}

/* Bytes of a broken analyser: any of them give tags of the promised form. */
static void
test_random(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20);

	for (unsigned round = 0; round < ROUNDS; round++) {
		Findings findings = some_findings();
		unsigned changes = round % 12;
		Tags tags;

		for (unsigned i = 0; i < changes; i++)
			((uint8_t *)&findings)[g_rand_int_range(
				rand, 0, sizeof(findings))] =
				(uint8_t)(g_rand_int(rand) >>
			                  (round & 1 ? 24 : 29));
		tags_make(rules, &findings, "abc", &tags);
		check_tags(&tags);
	}
}

int
main(int argc, char **argv)
{
	static const char *const traits[] = { "persona", "request", NULL };

	g_test_init(&argc, &argv, NULL);
	rules = fixture_load(rules_load, RULES_DIR, traits);
	g_test_add_func("/tags/scored", test_scored);
	g_test_add_func("/tags/all-abstain", test_all_abstain);
	g_test_add_func("/tags/skipped", test_skipped);
	rows_add("/tags/", wrong, test_wrong);
	g_test_add_func("/tags/hostile-id", test_hostile_id);
	g_test_add_func("/tags/random", test_random);
	return g_test_run();
}
