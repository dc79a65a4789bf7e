/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "analysis/manner.h"
#include "rules_fixture.h"

static Rules *rules;

enum { SENTIMENT, EMOTION, URGENCY, FORMALITY, DIRECTNESS, EXPERTISE };

static uint8_t
value_named(unsigned finding, const char *name)
{
	for (unsigned v = 0; v < rules_n_values(rules, finding); v++)
		if (strcmp(rules_value_name(rules, finding, v), name) == 0)
			return (uint8_t)v;
	g_assert_not_reached();
}

static Findings
neutral_mail(void)
{
	Findings findings;

	memset(&findings, 0, sizeof(findings));
	findings.n_findings = (uint8_t)rules_n_findings(rules);
	for (unsigned i = 0; i < findings.n_findings; i++)
		findings.finding[i].abstained = 1;
	return findings;
}

static void
tell(Findings *findings, unsigned finding, const char *value, uint8_t score)
{
	findings->finding[finding] =
		(Finding){ .value = value_named(finding, value),
		           .score = score };
}

static Manner
informal_writer(unsigned mails)
{
	Manner manner = { .n_readings = 0 };
	Findings findings = neutral_mail();

	tell(&findings, FORMALITY, "informal", 95);
	while (mails-- > 0)
		manner_note(&manner, rules, &findings, 1);
	return manner;
}

/* Beside sums that are kept whole: without decay it would be the mean. */
static void
test_running(void)
{
	static const double series[] = { 10, 30, 20, 90, 50, 50, 0, 100 };
	Running running = { 0 };
	double weight = 0, sum = 0, squares = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
		running_add(&running, series[i]);
		weight = weight * 0.9 + 1;
		sum = sum * 0.9 + series[i];
		squares = squares * 0.9 + series[i] * series[i];
		g_assert_cmpfloat_with_epsilon(running.mean, sum / weight,
		                               1e-9);
		g_assert_cmpfloat_with_epsilon(
			running_deviation(&running),
			sqrt(fabs(squares / weight -
		                  running.mean * running.mean)),
			1e-6);
	}
	for (unsigned i = 0; i < 1000; i++)
		running_add(&running, 70);
	g_assert_cmpfloat_with_epsilon(running.mean, 70, 1e-6);
	g_assert_cmpfloat(running.n, <=, 10.0001);
}

/* What the words leave open, the writer's manner tells. */
static void
test_blend_open(void)
{
	Manner manner = informal_writer(8);
	Findings findings = neutral_mail();

	tell(&findings, FORMALITY, "informal", 45);
	findings.finding[FORMALITY].abstained = 1;
	findings.status = FINDINGS_ABSTAINED;
	findings.reason = ABSTAINED_EVIDENCE;
	manner_blend(&manner, rules, &findings);
	g_assert_cmpuint(findings.finding[FORMALITY].value, ==,
	                 value_named(FORMALITY, "informal"));
	g_assert_cmpuint(findings.finding[FORMALITY].score, >, 45);
	g_assert_cmpuint(findings.finding[FORMALITY].abstained, ==, 0);
	g_assert_cmpuint(findings.status, ==, FINDINGS_SCORED);
	g_assert_cmpuint(findings.reason, ==, REASON_NONE);
}

/* What the words say, they say: however long somebody was informal. */
static void
test_blend_told(void)
{
	Manner manner = informal_writer(100);
	Findings findings = neutral_mail();

	tell(&findings, FORMALITY, "formal", 90);
	manner_blend(&manner, rules, &findings);
	g_assert_cmpuint(findings.finding[FORMALITY].value, ==,
	                 value_named(FORMALITY, "formal"));
	g_assert_cmpuint(findings.finding[FORMALITY].score, <, 90);
	g_assert_cmpuint(findings.finding[FORMALITY].abstained, ==, 0);
}

/* Neither mood nor haste is ever lent to another mail. */
static void
test_blend_mood(void)
{
	Manner manner = { .n_readings = 0 };
	Findings angry = neutral_mail(), findings = neutral_mail(), before;

	tell(&angry, SENTIMENT, "negative", 2);
	tell(&angry, EMOTION, "frustrated", 99);
	tell(&angry, URGENCY, "high", 99);
	for (unsigned i = 0; i < 50; i++)
		manner_note(&manner, rules, &angry, i);
	tell(&findings, SENTIMENT, "neutral", 51);
	tell(&findings, EMOTION, "neutral", 40);
	tell(&findings, URGENCY, "normal", 40);
	before = findings;
	manner_blend(&manner, rules, &findings);
	g_assert_cmpmem(&findings, sizeof(findings), &before, sizeof(before));
}

static void
test_blend_unknown(void)
{
	Manner manner = { .n_readings = 0 };
	Findings findings = neutral_mail(), before;

	tell(&findings, FORMALITY, "formal", 45);
	before = findings;
	manner_blend(&manner, rules, &findings);
	g_assert_cmpmem(&findings, sizeof(findings), &before, sizeof(before));
}

/* Two findings of one value; all that can be stays within its bounds. */
static void
test_blend_bounds(void)
{
	for (unsigned score = 0; score <= 100; score++) {
		Manner manner = informal_writer(score);
		Findings findings = neutral_mail();

		tell(&findings, FORMALITY, "formal", (uint8_t)score);
		tell(&findings, DIRECTNESS, "direct", (uint8_t)score);
		tell(&findings, EXPERTISE, "expert", (uint8_t)score);
		manner_note(&manner, rules, &findings, 1);
		manner_blend(&manner, rules, &findings);
		for (unsigned f = FORMALITY; f <= EXPERTISE; f++) {
			g_assert_cmpuint(findings.finding[f].score, <=, 100);
			g_assert_nonnull(rules_value_name(
				rules, f, findings.finding[f].value));
		}
	}
}

static const struct trend_row {
	const char *name;
	unsigned n;
	uint8_t mood[7];
	Trend trend;
} trends[] = {
	{ "/manner/trend/two", 2, { 0, 100 }, TREND_NONE },
	{ "/manner/trend/even", 3, { 50, 50, 50 }, TREND_STABLE },
	{ "/manner/trend/worse", 3, { 60, 50, 30 }, TREND_WORSENING },
	{ "/manner/trend/better", 5, { 10, 20, 20, 40, 50 }, TREND_IMPROVING },
	{ "/manner/trend/noise", 5, { 50, 55, 45, 52, 50 }, TREND_STABLE },
	/* Only the last five: what was long ago is no trend. */
	{ "/manner/trend/five", 7, { 0, 0, 50, 50, 50, 50, 50 }, TREND_STABLE },
};

static void
test_trend(const void *data)
{
	const struct trend_row *row = data;
	Manner manner = { .n_readings = 0 };

	for (unsigned i = 0; i < row->n; i++) {
		Findings findings = neutral_mail();

		tell(&findings, SENTIMENT, "neutral", row->mood[i]);
		manner_note(&manner, rules, &findings, i);
	}
	g_assert_cmpuint(manner.n_readings, ==, MIN(row->n, MANNER_READINGS));
	g_assert_cmpstr(trend_name(manner_trend(&manner)), ==,
	                trend_name(row->trend));
}

static void
test_pack(void)
{
	Manner manner = informal_writer(5), read;
	Findings findings = neutral_mail();
	uint8_t bytes[MANNER_PACKED_MAX], again[MANNER_PACKED_MAX];
	size_t size;

	for (unsigned i = 0; i < 7; i++) {
		tell(&findings, SENTIMENT, "neutral", (uint8_t)(i * 9));
		manner_note(&manner, rules, &findings, 1700000000 + i);
	}
	size = manner_pack(&manner, bytes);
	g_assert_true(manner_unpack(bytes, size, &read));
	g_assert_cmpuint(read.n_readings, ==, 5);
	g_assert_cmpint(read.reading[4].at, ==, 1700000006);
	g_assert_cmpuint(read.reading[4].mood, ==, 54);
	g_assert_cmpfloat_with_epsilon(read.axis[MANNER_FORMALITY].mean,
	                               manner.axis[MANNER_FORMALITY].mean,
	                               1e-4);
	g_assert_cmpmem(bytes, size, again, manner_pack(&read, again));
}

/* Any byte of it may be anything: it is read within bounds, or not at all. */
static void
test_unpack_hostile(void)
{
	Manner manner = informal_writer(5), read;
	uint8_t bytes[MANNER_PACKED_MAX];
	size_t size = manner_pack(&manner, bytes);

	g_assert_false(manner_unpack(bytes, size - 1, &read));
	g_assert_false(manner_unpack(NULL, 0, &read));
	for (size_t at = 0; at < size; at++)
		for (unsigned value = 0; value < 256; value++) {
			uint8_t was = bytes[at];

			bytes[at] = (uint8_t)value;
			if (manner_unpack(bytes, size, &read)) {
				Findings findings = neutral_mail();

				g_assert_cmpuint(read.n_readings, <=, 5);
				manner_blend(&read, rules, &findings);
				(void)manner_trend(&read);
			}
			bytes[at] = was;
		}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rules = fixture_load(rules_load_untrained, RULES_DIR, NO_TRAITS);
	g_test_add_func("/manner/running", test_running);
	g_test_add_func("/manner/blend/open", test_blend_open);
	g_test_add_func("/manner/blend/told", test_blend_told);
	g_test_add_func("/manner/blend/mood", test_blend_mood);
	g_test_add_func("/manner/blend/unknown", test_blend_unknown);
	g_test_add_func("/manner/blend/bounds", test_blend_bounds);
	for (size_t i = 0; i < G_N_ELEMENTS(trends); i++)
		g_test_add_data_func(trends[i].name, &trends[i], test_trend);
	g_test_add_func("/manner/pack", test_pack);
	g_test_add_func("/manner/unpack-hostile", test_unpack_hostile);
	return g_test_run();
}
