/* SPDX-License-Identifier: Apache-2.0 */
#include "value/tier.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static bool
policy_of(const char *text, TierPolicy *policy, GError **error)
{
	g_autofree char *all = g_strconcat("[value]\n", text, NULL);
	g_autoptr(Settings) settings =
		settings_parse("t", all, strlen(all), NULL);

	g_assert_nonnull(settings);
	return tier_policy_read(settings, policy, error);
}

#define THREE "scheme = vip-standard-risk"

static const struct row {
	const char *settings;
	double rank;
	Tier before, after;
} rows[] = {
	{ "", 0, TIER_UNKNOWN, TIER_VIP },
	{ "", 0.0999, TIER_UNKNOWN, TIER_VIP },
	{ "", 0.1, TIER_UNKNOWN, TIER_PREMIUM },
	{ "", 0.2999, TIER_UNKNOWN, TIER_PREMIUM },
	{ "", 0.3, TIER_UNKNOWN, TIER_STANDARD },
	{ "", 0.8999, TIER_UNKNOWN, TIER_STANDARD },
	{ "", 0.9, TIER_UNKNOWN, TIER_BASIC },
	{ "", 1, TIER_UNKNOWN, TIER_BASIC },
	{ "", 0.0999, TIER_PREMIUM, TIER_PREMIUM },
	{ "", 0.0799, TIER_PREMIUM, TIER_VIP },
	{ "", 0.1199, TIER_VIP, TIER_VIP },
	{ "", 0.1201, TIER_VIP, TIER_PREMIUM },
	{ "", 0.5, TIER_VIP, TIER_STANDARD },
	{ "", 0.05, TIER_BASIC, TIER_VIP },
	{ "", 0.889, TIER_BASIC, TIER_BASIC },
	{ "", 0.879, TIER_BASIC, TIER_STANDARD },
	{ "hysteresis = 0", 0.1, TIER_VIP, TIER_PREMIUM },
	{ "", -1, TIER_UNKNOWN, TIER_BASIC },
	{ "", NAN, TIER_UNKNOWN, TIER_BASIC },
	{ "", INFINITY, TIER_VIP, TIER_BASIC },
	{ THREE, 0.05, TIER_UNKNOWN, TIER_VIP },
	{ THREE, 0.15, TIER_UNKNOWN, TIER_STANDARD },
	{ THREE, 0.95, TIER_UNKNOWN, TIER_STANDARD },
	{ THREE, 0.11, TIER_VIP, TIER_VIP },
	{ THREE, 0.13, TIER_VIP, TIER_STANDARD },
	{ THREE, 0.09, TIER_STANDARD, TIER_STANDARD },
	{ THREE, 0.07, TIER_STANDARD, TIER_VIP },
	{ THREE, 0.07, TIER_PREMIUM, TIER_VIP },
	{ "tiers = vip 5;standard 95", 0.05, TIER_UNKNOWN, TIER_STANDARD },
	{ "tiers = vip 5;standard 95", 0.06, TIER_PREMIUM, TIER_STANDARD },
};

static void
test_rank(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		TierPolicy policy;
		Tier after;

		g_assert_true(policy_of(rows[i].settings, &policy, &error));
		after = tier_of_rank(&policy, rows[i].rank, rows[i].before);
		g_test_message("row %zu: %s", i, tier_name(after));
		g_assert_cmpint(after, ==, rows[i].after);
	}
}

/* A better rank never gives a lower tier, whatever the tier before; and a
 * second fit with the same rank changes nothing. */
static void
test_properties(void)
{
	static const char *const texts[] = {
		"", THREE, "tiers = vip 1;premium 9;standard 30;basic 60",
		"hysteresis = 20"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		TierPolicy policy;

		g_assert_true(policy_of(texts[i], &policy, NULL));
		for (Tier before = TIER_UNKNOWN; before < TIER_N; before++)
			for (int rank = 1; rank <= 1000; rank++) {
				Tier a = tier_of_rank(
					&policy, (rank - 1) / 1000.0, before);
				Tier b = tier_of_rank(&policy, rank / 1000.0,
				                      before);

				g_assert_cmpint(a, >=, b);
				g_assert_cmpint(
					tier_of_rank(&policy, rank / 1000.0, b),
					==, b);
			}
	}
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"tiers = vip 10;premium 20;standard 60;basic 11",
		"tiers = vip 10",
		"tiers = gold 10;standard 90",
		"tiers = unknown 100",
		"tiers = vip ten;standard 90",
		"tiers = vip -10;standard 110",
		"tiers = vip nan;standard 90",
		"risk_medium = 80",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		TierPolicy policy;

		g_test_message("%s", bad[i]);
		g_assert_false(policy_of(bad[i], &policy, &error));
		g_assert_nonnull(error);
	}
}

static void
test_words(void)
{
	TierPolicy policy;

	for (Tier tier = TIER_UNKNOWN; tier < TIER_N; tier++) {
		Tier again = TIER_N;

		g_assert_true(tier_parse(tier_name(tier), &again));
		g_assert_cmpint(again, ==, tier);
	}
	g_assert_cmpstr(tier_name((Tier)99), ==, "unknown");
	g_assert_true(policy_of("new_customers = standard", &policy, NULL));
	g_assert_cmpint(policy.fresh, ==, TIER_STANDARD);
	g_assert_cmpstr(risk_name(risk_of_score(&policy, 0)), ==, "low");
	g_assert_cmpstr(risk_name(risk_of_score(&policy, 40)), ==, "medium");
	g_assert_cmpstr(risk_name(risk_of_score(&policy, 70)), ==, "high");
}

static void
test_response(void)
{
	static const char text[] =
		"[value]\nresponse = vip 90m;premium 8h;risk 4h\n"
		"[mailbox a@example.com]\nresponse = vip 1h\n"
		"[mailbox B@Example.com]\nresponse = vip soon\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings =
		settings_parse("t", text, strlen(text), &error);
	ResponseTimes times, own;

	g_assert_no_error(error);
	g_assert_true(response_times_read(settings, NULL, &times, &error));
	g_assert_true(response_times_read(settings, &settings->mailboxes[0],
	                                  &own, &error));
	g_assert_cmpint(response_minutes(&times, TIER_VIP, RISK_LOW), ==, 90);
	g_assert_cmpint(response_minutes(&own, TIER_VIP, RISK_HIGH), ==, 60);
	g_assert_cmpint(response_minutes(&own, TIER_PREMIUM, RISK_LOW), ==,
	                480);
	g_assert_cmpint(response_minutes(&own, TIER_PREMIUM, RISK_HIGH), ==,
	                240);
	/* What is not named stays as it is by default. */
	g_assert_cmpint(response_minutes(&own, TIER_BASIC, RISK_LOW), ==,
	                48 * 60);
	g_assert_cmpint(response_minutes(&own, (Tier)77, RISK_LOW), ==,
	                24 * 60);
	g_assert_false(response_times_read(settings, &settings->mailboxes[1],
	                                   &own, &error));
	g_assert_true(g_str_has_prefix(error->message,
	                               "t:6: [mailbox B@Example.com] "));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tier/rank", test_rank);
	g_test_add_func("/tier/properties", test_properties);
	g_test_add_func("/tier/refused", test_refused);
	g_test_add_func("/tier/words", test_words);
	g_test_add_func("/tier/response", test_response);
	return g_test_run();
}
