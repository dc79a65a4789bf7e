/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Likelihood of a mean value z of x orders:
 *
 *   Gamma(px+q)/(Gamma(px) Gamma(q)) gamma^q z^(px-1) x^px / (gamma+xz)^(px+q)
 *
 * Fitted in log p, log(q-1) and log gamma, with values scaled by their mean.
 */
#include "value/gammagamma.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>

#include "maximise.h"
#include "special.h"

enum { P, Q, GAMMA };

typedef struct Value {
	double x, z, log_z, weight;
} Value;

typedef struct Data {
	const Value *rows;
	size_t n;
	double customers;
} Data;

typedef struct Sums {
	double n, x, z, xx, zz, xz;
} Sums;

/* What rows with the same x share. */
typedef struct Shared {
	double x, log, both, alone; /* digamma of px+q and of px */
} Shared;

static Shared
share(const double *of, double x)
{
	double px = of[P] * x, both = px + of[Q];
	Shared shared = { .x = x };

	shared.log = special_log_gamma(both) - special_log_gamma(px) -
	             special_log_gamma(of[Q]) + of[Q] * log(of[GAMMA]) +
	             px * log(x);
	shared.both = special_digamma(both);
	shared.alone = special_digamma(px);
	return shared;
}

static double
add_row(const double *of, const Shared *shared, const Value *row,
        double *gradient)
{
	double x = row->x, px = of[P] * x, w = row->weight;
	double whole = of[GAMMA] + x * row->z;
	double log_whole = log(whole);

	gradient[P] += w * x *
	               (shared->both - shared->alone + row->log_z + log(x) -
	                log_whole);
	gradient[Q] += w * (shared->both - log_whole);
	gradient[GAMMA] += w * (of[Q] / of[GAMMA] - (px + of[Q]) / whole);
	return w *
	       (shared->log + (px - 1) * row->log_z - (px + of[Q]) * log_whole);
}

static double
sum_rows(const Data *data, const double *of, double *gradient)
{
	Shared shared = { .x = -1 };
	double sum = 0;

	for (size_t i = 0; i < data->n; i++) {
		if (data->rows[i].x != shared.x)
			shared = share(of, data->rows[i].x);
		sum += add_row(of, &shared, &data->rows[i], gradient);
	}
	/* Of q alone, the same in every row. */
	gradient[Q] +=
		data->customers * (log(of[GAMMA]) - special_digamma(of[Q]));
	return sum;
}

static void
parameters(const double *theta, double *of)
{
	of[P] = exp(theta[P]);
	of[Q] = 1 + exp(theta[Q]);
	of[GAMMA] = exp(theta[GAMMA]);
}

static double
likelihood(const double *theta, double *gradient, const void *user)
{
	const Data *data = user;
	double of[3], sum;

	parameters(theta, of);
	for (int i = 0; i < 3; i++)
		gradient[i] = 0;
	sum = sum_rows(data, of, gradient);
	gradient[P] *= of[P] / data->customers;
	gradient[Q] *= (of[Q] - 1) / data->customers;
	gradient[GAMMA] *= of[GAMMA] / data->customers;
	return sum / data->customers;
}

static int
compare(const void *left, const void *right)
{
	const Value *a = left, *b = right;

	return (a->x > b->x) - (a->x < b->x);
}

static GArray *
choose(const Purchases *rows, size_t n, Sums *sums)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(Value));

	for (size_t i = 0; i < n; i++) {
		Value value = { rows[i].repeats, rows[i].mean, 0,
			        rows[i].weight };
		double w = value.weight;

		if (!purchases_are_possible(&rows[i]) || value.x <= 0 ||
		    !(value.z > 0))
			continue;
		g_array_append_val(values, value);
		sums->n += w;
		sums->x += w * value.x;
		sums->z += w * value.z;
		sums->xx += w * value.x * value.x;
		sums->zz += w * value.z * value.z;
		sums->xz += w * value.x * value.z;
	}
	if (values->len > 1)
		g_array_sort(values, compare);
	return values;
}

static double
correlation(const Sums *sums)
{
	double spread_x = sums->n * sums->xx - sums->x * sums->x;
	double spread_z = sums->n * sums->zz - sums->z * sums->z;
	double both = sums->n * sums->xz - sums->x * sums->z;

	return spread_x > 0 && spread_z > 0 ? both / sqrt(spread_x * spread_z)
	                                    : 0;
}

static FitVerdict
weigh(const Sums *sums)
{
	double spread = sums->n * sums->zz - sums->z * sums->z;

	if (sums->n < FIT_REPEATERS_MIN)
		return FIT_FEW_REPEATS;
	return spread > 1e-9 * sums->z * sums->z ? FIT_FINE : FIT_FLAT;
}

static void
scale_values(GArray *values, double scale)
{
	for (guint i = 0; i < values->len; i++) {
		Value *value = &g_array_index(values, Value, i);

		value->z *= scale;
		value->log_z = log(value->z);
	}
}

FitVerdict
gammagamma_fit(const Purchases *rows, size_t n, GammaGamma *ret_model)
{
	Sums sums = { 0 };
	g_autoptr(GArray) values = choose(rows, n, &sums);
	FitVerdict verdict = weigh(&sums);
	double scale = sums.n > 0 && sums.z > 0 ? sums.n / sums.z : 1;
	Data data = { (const Value *)(const void *)values->data, values->len,
		      sums.n };
	Maximum maximum = { .n = 3 };
	double of[3], unused[3] = { 0 };

	scale_values(values, scale);
	if (verdict == FIT_FINE)
		verdict = maximise(likelihood, &data, &maximum);
	if (verdict != FIT_FINE)
		return verdict;
	parameters(maximum.theta, of);
	*ret_model = (GammaGamma){ .p = of[P],
		                   .q = of[Q],
		                   .gamma = of[GAMMA] / scale,
		                   .penalty = maximum.penalty,
		                   .correlation = correlation(&sums),
		                   .customers = sums.n,
		                   .evaluations = maximum.evaluations };
	/* A density of z, so its logarithm changes with z's unit. */
	ret_model->log_likelihood =
		sum_rows(&data, of, unused) + sums.n * log(scale);
	return FIT_FINE;
}

double
gammagamma_mean(const GammaGamma *model, double repeats, double mean)
{
	double all = model->p * model->gamma / (model->q - 1);
	double x = mean > 0 ? repeats : 0;

	/* Written as a weighted mean, so that no part can be negative. */
	return x > 0 ? model->p * (model->gamma + x * mean) /
	                       (model->p * x + model->q - 1)
	             : all;
}
