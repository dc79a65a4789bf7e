/* SPDX-License-Identifier: Apache-2.0 */
#include "value/gammagamma.h"

#include <glib.h>
#include <math.h>

#include "made.h"

enum { N = 20000 };

static Purchases *
made_values(double p, double q, double gamma)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	Purchases *rows = g_new0(Purchases, N);

	for (size_t i = 0; i < N; i++) {
		double rate = made_gamma(rand, q, gamma);
		double x = g_rand_int_range(rand, 0, 9);

		rows[i] = (Purchases){ x, x > 0 ? 5 : 0, 10, 0, 1 };
		if (x > 0)
			rows[i].mean = made_gamma(rand, p * x, rate * x);
	}
	return rows;
}

static void
test_recovered(void)
{
	static const double rows[][3] = { { 6.25, 3.74, 15.44 },
		                          { 2, 6, 50000 },
		                          { 20, 1.8, 0.01 } };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree Purchases *made =
			made_values(rows[i][0], rows[i][1], rows[i][2]);
		GammaGamma model;

		g_assert_cmpint(gammagamma_fit(made, N, &model), ==, FIT_FINE);
		g_test_message("p %g q %g gamma %g", model.p, model.q,
		               model.gamma);
		/* p and gamma trade places; their product is well known. */
		g_assert_cmpfloat_with_epsilon(model.p / rows[i][0], 1, 0.2);
		g_assert_cmpfloat_with_epsilon(model.q / rows[i][1], 1, 0.05);
		g_assert_cmpfloat_with_epsilon(model.p * model.gamma /
		                                       rows[i][0] / rows[i][2],
		                               1, 0.05);
		g_assert_cmpfloat(fabs(model.correlation), <, 0.05);
	}
}

/* Between the customer's own mean and all others', nearer his the more he has
 * ordered; never negative. */
static void
test_mean(void)
{
	GammaGamma model = { .p = 6.25, .q = 3.74, .gamma = 15.44 };
	double all = gammagamma_mean(&model, 0, 0), before = all;

	g_assert_cmpfloat_with_epsilon(all, 6.25 * 15.44 / 2.74, 1e-9);
	for (double x = 1; x < 1e6; x *= 2) {
		double mean = gammagamma_mean(&model, x, 100);

		g_assert_cmpfloat(mean, >, before);
		g_assert_cmpfloat(mean, <, 100);
		before = mean;
	}
	for (double z = 0; z < 1e12; z = z * 3 + 1) {
		g_assert_cmpfloat(gammagamma_mean(&model, 3, z), >, 0);
		if (z > 0)
			g_assert_cmpfloat(gammagamma_mean(&model, 3, z + 1), >,
			                  gammagamma_mean(&model, 3, z));
	}
}

static void
test_degenerate(void)
{
	static const double bad[] = { NAN, -5, INFINITY, 0 };
	g_autofree Purchases *rows = g_new0(Purchases, N);
	GammaGamma model;

	g_assert_cmpint(gammagamma_fit(rows, 0, &model), ==, FIT_FEW_REPEATS);
	for (size_t i = 0; i < N; i++)
		rows[i] = (Purchases){ 2, 5, 10, bad[i % 4], 1 };
	g_assert_cmpint(gammagamma_fit(rows, N, &model), ==, FIT_FEW_REPEATS);
	for (size_t i = 0; i < N; i++)
		rows[i].mean = 25;
	g_assert_cmpint(gammagamma_fit(rows, N, &model), ==, FIT_FLAT);
	/* One very rich among equals: q stays above 1. */
	rows[0].mean = 1e11;
	for (size_t i = 1; i < N; i++)
		rows[i].mean = 20 + i % 10;
	if (gammagamma_fit(rows, N, &model) == FIT_FINE) {
		g_assert_cmpfloat(model.q, >, 1);
		g_assert_true(isfinite(gammagamma_mean(&model, 2, 1e11)));
		g_assert_cmpfloat(gammagamma_mean(&model, 0, 0), >, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gammagamma/recovered", test_recovered);
	g_test_add_func("/gammagamma/mean", test_mean);
	g_test_add_func("/gammagamma/degenerate", test_degenerate);
	return g_test_run();
}
