/* SPDX-License-Identifier: Apache-2.0 */
#include "breaker.h"

#include <glib.h>

/* All times are of a clock that only these tests move. */

static void
test_opens(void)
{
	Breaker breaker = { 0 };
	int64_t wait;

	for (unsigned i = 0; i < BREAKER_FAILURES; i++) {
		g_assert_true(breaker_allow(&breaker, 1000, &wait));
		breaker_failed(&breaker, 1000, 0);
	}
	g_assert_false(breaker_allow(&breaker, 1000, &wait));
	g_assert_cmpint(wait, ==, BREAKER_OPEN_MS);
	g_assert_false(
		breaker_allow(&breaker, 1000 + BREAKER_OPEN_MS - 1, &wait));
	g_assert_cmpint(wait, ==, 1);
}

static void
open_it(Breaker *breaker, int64_t now)
{
	int64_t wait;

	*breaker = (Breaker){ 0 };
	for (unsigned i = 0; i < BREAKER_FAILURES; i++) {
		g_assert_true(breaker_allow(breaker, now, &wait));
		breaker_failed(breaker, now, 0);
	}
}

static void
test_one_probe(void)
{
	Breaker breaker;
	int64_t wait;

	open_it(&breaker, 0);
	g_assert_true(breaker_allow(&breaker, BREAKER_OPEN_MS, &wait));
	g_assert_false(breaker_allow(&breaker, BREAKER_OPEN_MS, &wait));
	g_assert_cmpint(wait, >, 0);
	breaker_failed(&breaker, BREAKER_OPEN_MS, 0);
	g_assert_false(breaker_allow(&breaker, 2 * BREAKER_OPEN_MS - 1, &wait));
	g_assert_true(breaker_allow(&breaker, 2 * BREAKER_OPEN_MS, &wait));
	breaker_succeeded(&breaker);
	for (unsigned i = 0; i < 10; i++)
		g_assert_true(
			breaker_allow(&breaker, 2 * BREAKER_OPEN_MS, &wait));
}

static void
test_undone(void)
{
	Breaker breaker;
	int64_t wait;

	open_it(&breaker, 0);
	g_assert_true(breaker_allow(&breaker, BREAKER_OPEN_MS, &wait));
	breaker_undone(&breaker);
	g_assert_true(breaker_allow(&breaker, BREAKER_OPEN_MS, &wait));
}

static void
test_success_between(void)
{
	Breaker breaker = { 0 };
	int64_t wait;

	for (unsigned i = 0; i < 20; i++) {
		g_assert_true(breaker_allow(&breaker, 0, &wait));
		if (i % BREAKER_FAILURES == BREAKER_FAILURES - 1)
			breaker_succeeded(&breaker);
		else
			breaker_failed(&breaker, 0, 0);
	}
}

static void
test_retry_after_holds_all(void)
{
	Breaker breaker = { 0 };
	int64_t wait;

	g_assert_true(breaker_allow(&breaker, 5, &wait));
	breaker_failed(&breaker, 5, 17000);
	g_assert_false(breaker_allow(&breaker, 17004, &wait));
	g_assert_cmpint(wait, ==, 1);
	g_assert_true(breaker_allow(&breaker, 17005, &wait));
}

/* A hundred outages of an hour, asked as often as anybody likes. */
static void
test_outages(void)
{
	for (unsigned outage = 0; outage < 100; outage++) {
		Breaker breaker = { 0 };
		unsigned in_minute[60] = { 0 };
		int64_t wait;

		for (int64_t now = 0; now < 3600000; now += 37 + outage)
			if (breaker_allow(&breaker, now, &wait)) {
				in_minute[now / 60000]++;
				breaker_failed(&breaker, now, 0);
			}
		for (unsigned i = 0; i < 60; i++)
			g_assert_cmpuint(in_minute[i], <=, 10);
	}
}

#define WALL INT64_C(1448222400000) /* Sun, 22 Nov 2015 20:00:00 GMT */

static void
test_retry_after(void)
{
	static const struct {
		const char *value;
		int64_t ms;
	} rows[] = {
		{ "0", 0 },
		{ "1", 1000 },
		{ " 120 ", 0 },
		{ " 120", 120000 },
		{ "3600", 3600000 },
		{ "86400", RETRY_AFTER_CAP_MS },
		{ "4294967295", RETRY_AFTER_CAP_MS },
		{ "99999999999999999999", 0 },
		{ "-5", 0 },
		{ "1.5", 0 },
		{ "", 0 },
		{ "soon", 0 },
		{ "Sun, 22 Nov 2015 20:00:30 GMT", 30000 },
		{ "Sunday, 22-Nov-15 20:00:30 GMT", 30000 },
		{ "Sun Nov 22 20:00:30 2015", 30000 },
		{ "Sun, 22 Nov 2015 19:59:30 GMT", 0 },
		{ "Mon, 23 Nov 2015 20:00:00 GMT", RETRY_AFTER_CAP_MS },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("'%s'", rows[i].value);
		g_assert_cmpint(retry_after_parse(rows[i].value, WALL), ==,
		                rows[i].ms);
	}
}

/* Full jitter: from nothing to the bound; Retry-After is never undercut. */
static void
test_wait(void)
{
	static const int64_t bounds[] = { 1000,  2000,  4000,  8000,
		                          16000, 32000, 60000, 60000 };

	for (unsigned i = 0; i < G_N_ELEMENTS(bounds); i++) {
		g_assert_cmpint(retry_wait(i, 0, 0), ==, 0);
		g_assert_cmpint(retry_wait(i, 0, 0.5), ==, bounds[i] / 2);
		g_assert_cmpint(retry_wait(i, 0, 0.9999), <, bounds[i]);
		g_assert_cmpint(retry_wait(i, 17000, 0), ==, 17000);
		g_assert_cmpint(retry_wait(i, 17000, 0.5), >, 17000);
	}
	g_assert_cmpint(retry_wait(1000000, 0, 0.5), ==, 30000);
}

static void
test_worth(void)
{
	static const int again[] = { 408, 409, 429, 500, 502, 503, 504, 529 };
	static const int never[] = { 0,   100, 200, 301, 400, 401, 402,
		                     403, 404, 410, 422, 451, 600 };

	for (size_t i = 0; i < G_N_ELEMENTS(again); i++)
		g_assert_true(retry_is_worth(again[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
		g_assert_false(retry_is_worth(never[i]));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/breaker/opens", test_opens);
	g_test_add_func("/breaker/one-probe", test_one_probe);
	g_test_add_func("/breaker/undone", test_undone);
	g_test_add_func("/breaker/success-between", test_success_between);
	g_test_add_func("/breaker/retry-after-holds-all",
	                test_retry_after_holds_all);
	g_test_add_func("/breaker/outages", test_outages);
	g_test_add_func("/retry/after", test_retry_after);
	g_test_add_func("/retry/wait", test_wait);
	g_test_add_func("/retry/worth", test_worth);
	return g_test_run();
}
