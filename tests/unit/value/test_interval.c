/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures worked out by hand or printed elsewhere: Wilson's interval of 81 of
 * 263 and Newcombe's of 56/70 less 48/80 are those of Newcombe's two papers in
 * Statistics in Medicine 17 (1998); ranks of medians are those of binomial
 * tables.
 */
#include <glib.h>
#include <math.h>

#include "value/interval.h"

static void
same(double found, double wanted, double slack)
{
	if (isnan(wanted))
		g_assert_true(isnan(found));
	else
		g_assert_cmpfloat_with_epsilon(found, wanted, slack);
}

static void
test_share(void)
{
	static const struct {
		int64_t n, of;
		double value, low, high;
	} rows[] = {
		{ 81, 263, 0.3080, 0.2553, 0.3662 },
		{ 15, 148, 0.1014, 0.0624, 0.1605 },
		{ 0, 20, 0, 0, 0.1611 },
		{ 1, 29, 0.0345, 0.0061, 0.1718 },
		{ 20, 20, 1, 0.8389, 1 },
		{ 0, 0, NAN, NAN, NAN },
		/* z^2 = 3.8415: centre 0.5, half 1.96 sqrt(6.8415)/7.6829... */
		{ 1, 2, 0.5, 0.0945, 0.9055 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Interval found = interval_of_share(rows[i].n, rows[i].of);

		g_test_message("row %zu", i);
		same(found.value, rows[i].value, 0.00006);
		same(found.low, rows[i].low, 0.00006);
		same(found.high, rows[i].high, 0.00006);
	}
}

static void
test_difference(void)
{
	static const struct {
		int64_t a[2], b[2];
		double value, low, high;
	} rows[] = {
		{ { 56, 70 }, { 48, 80 }, 0.2, 0.0524, 0.3339 },
		{ { 9, 10 }, { 3, 10 }, 0.6, 0.1705, 0.8090 },
		{ { 5, 56 }, { 0, 29 }, 0.0893, -0.0381, 0.1926 },
		{ { 10, 10 }, { 0, 20 }, 1, 0.6791, 1 },
		{ { 1, 1 }, { 0, 0 }, NAN, NAN, NAN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Interval found = interval_of_difference(rows[i].a, rows[i].b);

		g_test_message("row %zu", i);
		same(found.value, rows[i].value, 0.00006);
		same(found.low, rows[i].low, 0.00006);
		same(found.high, rows[i].high, 0.00006);
	}
}

/* Of 1 to n, backwards: the limits are the ranks. */
static void
test_median(void)
{
	static const struct {
		size_t n;
		double value, low, high;
	} rows[] = {
		{ 0, NAN, NAN, NAN },    { 1, 1, NAN, NAN },
		{ 5, 3, NAN, NAN },      { 6, 3.5, 1, 6 },
		{ 8, 4.5, 1, 8 },        { 9, 5, 2, 8 },
		{ 10, 5.5, 2, 9 },       { 20, 10.5, 6, 15 },
		{ 30, 15.5, 10, 21 },    { 100, 50.5, 40, 61 },
		{ 1001, 501, 470, 532 },
	};
	double values[1001];

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Interval found;

		for (size_t j = 0; j < rows[i].n; j++)
			values[j] = (double)(rows[i].n - j);
		found = interval_of_median(values, rows[i].n);
		g_test_message("%zu values", rows[i].n);
		same(found.value, rows[i].value, 1e-9);
		same(found.low, rows[i].low, 1e-9);
		same(found.high, rows[i].high, 1e-9);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/interval/share", test_share);
	g_test_add_func("/interval/difference", test_difference);
	g_test_add_func("/interval/median", test_median);
	return g_test_run();
}
