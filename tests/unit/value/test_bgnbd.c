/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Against customers made with known parameters, and against an integral done
 * another way. CDNOW's real ones are in test_cdnow.c.
 */
#include "value/bgnbd.h"

#include <glib.h>
#include <math.h>

#include "made.h"
#include "value/clv.h"

static const Bgnbd cdnow = {
	.r = 0.243, .alpha = 4.414, .a = 0.793, .b = 2.426
};

static void
test_recovered(void)
{
	static const struct {
		double r, alpha, a, b, age;
	} rows[] = {
		{ 0.8, 6, 0.7, 2.5, 78 },
		{ 2, 1, 1.5, 6, 30 },          /* often, and soon gone */
		{ 0.8, 6 * 7, 0.7, 2.5, 546 }, /* in days */
		{ 0.8, 6e-3, 0.7, 2.5, 0.078 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Bgnbd truth = { .r = rows[i].r,
			        .alpha = rows[i].alpha,
			        .a = rows[i].a,
			        .b = rows[i].b };
		g_autofree Purchases *made =
			made_purchases(&truth, 20000, rows[i].age, 11);
		PurchasesCount count = purchases_compact(made, 20000);
		Bgnbd model;

		g_assert_cmpint(bgnbd_fit(made, count.rows, false, &model), ==,
		                FIT_FINE);
		g_test_message("r %g alpha %g a %g b %g penalty %g", model.r,
		               model.alpha, model.a, model.b, model.penalty);
		g_assert_cmpfloat_with_epsilon(model.r / truth.r, 1, 0.08);
		g_assert_cmpfloat_with_epsilon(model.alpha / truth.alpha, 1,
		                               0.10);
		g_assert_cmpfloat_with_epsilon(model.a / (model.a + model.b) *
		                                       (truth.a + truth.b) /
		                                       truth.a,
		                               1, 0.08);
		g_assert_cmpfloat(model.penalty, ==, 0);
	}
}

/* The mean over p ~ Beta(a, b+x) of (1 - (1 + pu)^-(r+x)) / p, by the midpoint
 * rule in s where p = s^k (1 - ...) is gentle at both ends. */
static double
orders_by_integral(const Bgnbd *model, double x, double age, double horizon)
{
	double a = model->a, b = model->b + x,
	       u = horizon / (model->alpha + age);
	double log_beta = lgamma(a) + lgamma(b) - lgamma(a + b);
	double sum = 0, step = 12.0 / 20000;

	/* p = 1/(1 + exp(-w)), w = 6 sinh(s): double exponential. */
	for (double s = -6; s < 6; s += step) {
		double w = 3 * sinh(s), p = 1 / (1 + exp(-w));
		double log_p = -log1p(exp(-w)), log_q = -log1p(exp(w));
		double density =
			exp(a * log_p + b * log_q - log_beta) * 3 * cosh(s);

		if (p > 0 && isfinite(density))
			sum += step * density *
			       -expm1(-(model->r + x) * log1p(p * u)) / p;
	}
	return sum;
}

static void
test_orders(void)
{
	static const double shapes[] = { 0.1, 0.3, 0.999999, 1, 1.2, 4, 30 };
	static const double repeats[] = { 0, 1, 7, 150 };
	static const double horizons[] = { 1e-3, 1, 39, 2000 };
	/* Prime to 7 and to 4: each value comes with each. */
	size_t step = g_test_slow() ? 1 : 9;

	for (size_t i = 0; i < 7 * 7 * 7 * 4 * 4; i += step) {
		Bgnbd model = { .r = shapes[i % 7],
			        .alpha = 4,
			        .a = shapes[i / 7 % 7],
			        .b = shapes[i / 49 % 7] };
		double x = repeats[i / 343 % 4], t = horizons[i / 1372];
		double got = bgnbd_orders_if_alive(&model, x, 30, t);
		double want = orders_by_integral(&model, x, 30, t);

		if (fabs(got - want) > 1e-6 * want + 1e-12)
			g_error("r %g a %g b %g x %g t %g: %.12g, not %.12g",
			        model.r, model.a, model.b, x, t, got, want);
	}
	/* Published: a customer of CDNOW's sample, 39 weeks on. */
	g_assert_cmpfloat_with_epsilon(
		bgnbd_orders(&cdnow, &(Purchases){ 2, 30.43, 38.86, 0, 1 }, 39),
		1.226, 0.001);
}

static void
test_alive(void)
{
	Bgnbd modified = { .r = 0.525,
		           .alpha = 6.183,
		           .a = 0.891,
		           .b = 1.614,
		           .modified = true };
	Purchases once = { 0, 0, 10, 0, 1 };
	double before = 1;

	/* BG/NBD's flaw, and that the modified model has it not. */
	g_assert_cmpfloat(bgnbd_alive(&cdnow, &once), ==, 1);
	for (once.age = 0; once.age < 500; once.age += 10) {
		double alive = bgnbd_alive(&modified, &once);

		g_assert_cmpfloat(alive, <, before);
		g_assert_cmpfloat(alive, >, 0);
		before = alive;
	}
	/* The longer silent, the less alive; sooner so for who came often. */
	for (double age = 20; age < 200; age += 5) {
		Purchases now = { 5, 20, age, 0, 1 };
		Purchases later = { 5, 20, age + 5, 0, 1 };
		Purchases often = { 15, 20, age + 5, 0, 1 };

		g_assert_cmpfloat(bgnbd_alive(&cdnow, &later), <,
		                  bgnbd_alive(&cdnow, &now));
		if (age > 25)
			g_assert_cmpfloat(bgnbd_alive(&cdnow, &often), <,
			                  bgnbd_alive(&cdnow, &later));
	}
}

/* More repeats, a longer horizon: never fewer orders; all of it finite. */
static void
test_monotone(void)
{
	static const double values[] = { 1e-5, 0.1, 1, 3, 900 };

	for (size_t i = 0; i < 5 * 5 * 5; i++) {
		Bgnbd model = { .r = values[i % 5],
			        .alpha = 5,
			        .a = values[i / 5 % 5],
			        .b = values[i / 25] };

		for (double x = 0; x < 1e6; x = x * 8 + 1)
			for (double t = 0.01; t < 1e5; t *= 30) {
				Purchases row = { x, x > 0 ? 40 : 0, 50, 0, 1 };
				double n =
					bgnbd_orders_if_alive(&model, x, 50, t);
				double alive = bgnbd_alive(&model, &row);

				g_assert_true(isfinite(n) && n >= 0);
				g_assert_true(alive >= 0 && alive <= 1);
				g_assert_cmpfloat(bgnbd_orders_if_alive(&model,
				                                        x, 50,
				                                        t * 2) +
				                          1e-9,
				                  >=, n);
				g_assert_true(isfinite(
					bgnbd_next(&model, &row, 0.5)));
			}
	}
}

static void
test_next(void)
{
	Purchases row = { 4, 30, 40, 0, 1 };
	double t = bgnbd_next(&cdnow, &row, 0.5);

	/* Half of those like this have ordered by then. */
	g_assert_cmpfloat_with_epsilon(pow(1 + t / (cdnow.alpha + 40), -4.243),
	                               0.5, 1e-12);
}

static void
test_clv(void)
{
	g_autoptr(Clv) plain = clv_new(&cdnow, 4.345, 12, 0);
	g_autoptr(Clv) dear = clv_new(&cdnow, 4.345, 12, 0.5);
	double orders = bgnbd_orders_if_alive(&cdnow, 3, 38, 12 * 4.345);

	g_assert_cmpfloat_with_epsilon(clv_discounted_orders(plain, 3, 38),
	                               orders, 1e-9);
	g_assert_cmpfloat_with_epsilon(clv_orders_of_year(dear, 3, 38), orders,
	                               1e-9);
	g_assert_cmpfloat(clv_discounted_orders(dear, 3, 38), <, orders);
	g_assert_cmpfloat(clv_discounted_orders(dear, 3, 38), >, orders / 1.5);
	/* Asked again: the same. */
	g_assert_cmpfloat(clv_discounted_orders(dear, 3, 38), ==,
	                  clv_discounted_orders(dear, 3, 38));
}

/* 400 rows of one oddity. */
enum { ODD_N = 400, ODD_KINDS = 8 };

static void
odd_rows(int kind, Purchases *rows)
{
	static const double bad[] = { NAN, -1, INFINITY, 1e30 };

	for (int i = 0; i < ODD_N; i++) {
		double x = i % 5, age = 50 + i % 7, some = x > 0 ? 1 : 0;
		const Purchases kinds[ODD_KINDS] = {
			{ 0, 0, age, 0, 1 },
			{ x, 0, 0, 0, 1 },
			{ 1, 25, 50, 0, 1 },
			{ x, some * age, age, 0, 1 },
			{ bad[i % 4], 0, age, 0, 1 },
			{ x, bad[i % 4], age, 0, 1 },
			{ i == 0 ? 1e6 : x, some, age, 0, 1 },
			{ x, some * age / 1e9, age, 0, 1 },
		};

		rows[i] = kinds[kind];
	}
}

/* What carries no model says so; what is odd gets a penalty, not a NaN. */
static void
test_degenerate(void)
{
	static const struct {
		int kind;
		FitVerdict verdict;
	} wanted[] = { { 0, FIT_FEW_REPEATS },   { 1, FIT_SHORT },
		       { 2, FIT_FINE },          { 3, FIT_FINE },
		       { 4, FIT_FEW_CUSTOMERS }, { 5, FIT_FEW_CUSTOMERS },
		       { 6, FIT_FAILED },        { 7, FIT_FINE } };
	Purchases rows[ODD_N];

	for (size_t i = 0; i < 2 * ODD_KINDS; i++) {
		bool modified = i % 2 == 1;
		PurchasesCount count;
		FitVerdict verdict;
		Bgnbd model = { .r = 1, .alpha = 1, .a = 1, .b = 1 };

		odd_rows(wanted[i / 2].kind, rows);
		count = purchases_compact(rows, ODD_N);
		verdict = bgnbd_fit(rows, count.rows, modified, &model);
		g_test_message("kind %zu: %s", i / 2, fit_code(verdict));
		g_assert_nonnull(fit_words(verdict));
		g_assert_cmpint(verdict, ==, wanted[i / 2].verdict);
		g_assert_true(isfinite(model.log_likelihood) && model.r > 0 &&
		              model.alpha > 0 && model.a > 0 && model.b > 0);
	}
	g_assert_cmpint(bgnbd_fit(rows, 0, false, &(Bgnbd){ .r = 1 }), ==,
	                FIT_FEW_CUSTOMERS);
}

static void
test_compact(void)
{
	Purchases rows[] = { { 1, 5, 9, 3, 1 }, { 0, 0, 9, 0, 2 },
		             { 1, 5, 9, 4, 1 }, { 1, 6, 9, 0, 1 },
		             { 0, 1, 9, 0, 1 }, { 1.5, 1, 9, 0, 1 },
		             { 1, 9, 5, 0, 1 }, { 0, 0, 9, 0, 1 } };
	PurchasesCount count = purchases_compact(rows, G_N_ELEMENTS(rows));

	g_assert_cmpuint(count.rows, ==, 3);
	g_assert_cmpfloat(count.customers, ==, 6);
	g_assert_cmpfloat(count.repeaters, ==, 3);
	g_assert_cmpfloat(count.impossible, ==, 3);
	g_assert_cmpfloat(count.longest, ==, 9);
	g_assert_cmpfloat(rows[0].weight, ==, 3);
	g_assert_cmpfloat(rows[1].weight, ==, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bgnbd/recovered", test_recovered);
	g_test_add_func("/bgnbd/orders", test_orders);
	g_test_add_func("/bgnbd/alive", test_alive);
	g_test_add_func("/bgnbd/monotone", test_monotone);
	g_test_add_func("/bgnbd/next", test_next);
	g_test_add_func("/bgnbd/degenerate", test_degenerate);
	g_test_add_func("/bgnbd/compact", test_compact);
	g_test_add_func("/clv/sums", test_clv);
	return g_test_run();
}
