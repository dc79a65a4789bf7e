/* SPDX-License-Identifier: Apache-2.0 */
#include "value/advice.h"

#include <glib.h>
#include <string.h>

static const struct row {
	AdviceFacts facts;
	Advice advice;
} rows[] = {
	{ { .tier = TIER_STANDARD, .valued = true }, ADVICE_NOTHING },
	{ { .tier = TIER_UNKNOWN }, ADVICE_WELCOME },
	{ { .tier = TIER_VIP,
	    .valued = true,
	    .open = true,
	    .overdue = true,
	    .risk = RISK_HIGH },
	  ADVICE_OVERDUE },
	{ { .tier = TIER_VIP, .valued = true, .open = true, .risk = RISK_HIGH },
	  ADVICE_KEEP },
	{ { .tier = TIER_STANDARD, .valued = true, .risk = RISK_HIGH },
	  ADVICE_WIN_BACK },
	{ { .tier = TIER_STANDARD,
	    .valued = true,
	    .risk = RISK_HIGH,
	    .worsening = true },
	  ADVICE_CALM },
	{ { .tier = TIER_STANDARD, .valued = true, .open = true, .upsell = 90 },
	  ADVICE_OPEN },
	{ { .tier = TIER_STANDARD,
	    .valued = true,
	    .upsell = 50,
	    .service = 90 },
	  ADVICE_OFFER },
	{ { .tier = TIER_STANDARD,
	    .valued = true,
	    .upsell = 49,
	    .service = 75 },
	  ADVICE_RELIEVE },
	{ { .tier = TIER_BASIC, .valued = true, .overdue = true },
	  ADVICE_NOTHING },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Advice advice = advice_for(&rows[i].facts);

		g_test_message("row %zu: %s", i, advice_code(advice));
		g_assert_cmpint(advice, ==, rows[i].advice);
		g_assert_cmpuint(strlen(advice_words(advice)), >, 10);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/advice/rows", test_rows);
	return g_test_run();
}
