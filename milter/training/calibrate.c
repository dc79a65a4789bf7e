/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One factor for all scores of a finding: it cannot change which value is best,
 * and with a few hundred texts left out more numbers would fit their noise
 * (temperature scaling, Guo et al. 2017).
 */
#include <math.h>
#include <stdlib.h>

#include "trainer_private.h"

#define FACTOR_MIN 0.05
#define FACTOR_MAX 20.0
#define STEPS 60

/* How often what is told with that confidence is to be right. A little more is
 * asked of the texts left out than is promised, since bounds are fitted too. */
#define RIGHT_SURE 0.945
#define RIGHT_LIKELY 0.85
#define TEXTS_MIN 25

unsigned
calibrated(const Calibration *calibration, const double *scores,
           unsigned n_values, double *ret_p)
{
	unsigned best = 0;
	double total = 0;

	for (unsigned v = 1; v < n_values; v++)
		if (scores[v] > scores[best])
			best = v;
	for (unsigned v = 0; v < n_values; v++) {
		ret_p[v] =
			exp(calibration->factor * (scores[v] - scores[best]));
		total += ret_p[v];
	}
	for (unsigned v = 0; v < n_values; v++)
		ret_p[v] /= total;
	return best;
}

static double
loss(const GArray *scored, unsigned n_values, unsigned fold, double factor)
{
	Calibration calibration = { .factor = factor };
	double sum = 0, p[LIMIT_FINDING_VALUES];

	for (unsigned i = 0; i < scored->len; i++) {
		const Scored *one = &g_array_index(scored, Scored, i);

		if (one->row->fold == fold)
			continue;
		calibrated(&calibration, one->score, n_values, p);
		sum -= log(MAX(p[one->truth], 1e-12));
	}
	return sum;
}

/* Golden section; the loss has one minimum in the logarithm of the factor. */
static double
best_factor(const GArray *scored, unsigned n_values, unsigned fold)
{
	const double golden = 0.6180339887498949;
	double low = log(FACTOR_MIN), high = log(FACTOR_MAX);

	for (int i = 0; i < STEPS; i++) {
		double a = high - golden * (high - low);
		double b = low + golden * (high - low);

		if (loss(scored, n_values, fold, exp(a)) <
		    loss(scored, n_values, fold, exp(b)))
			high = b;
		else
			low = a;
	}
	return exp((low + high) / 2);
}

typedef struct Told {
	double p;
	bool right;
} Told;

static int
surer(const void *a, const void *b)
{
	double x = ((const Told *)a)->p, y = ((const Told *)b)->p;

	return (x < y) - (x > y);
}

static GArray *
told_of(const GArray *scored, unsigned n_values, unsigned fold,
        const Calibration *calibration)
{
	GArray *told = g_array_new(FALSE, FALSE, sizeof(Told));

	for (unsigned i = 0; i < scored->len; i++) {
		const Scored *one = &g_array_index(scored, Scored, i);
		double p[LIMIT_FINDING_VALUES];
		unsigned best;
		Told it;

		if (one->row->fold == fold)
			continue;
		best = calibrated(calibration, one->score, n_values, p);
		it = (Told){ p[best], best == one->truth };
		g_array_append_val(told, it);
	}
	g_array_sort(told, surer);
	return told;
}

/* The least probability from which on `right` of what is told is right. */
static double
bound(const GArray *told, double right)
{
	double at = 1;
	unsigned good = 0;

	for (unsigned i = 0; i < told->len; i++) {
		const Told *it = &g_array_index(told, Told, i);

		good += it->right;
		if (i + 1 >= TEXTS_MIN && good >= right * (i + 1))
			at = it->p;
	}
	return at;
}

Calibration
calibrate(const GArray *scored, unsigned n_values, unsigned fold)
{
	Calibration calibration = { .factor = 1 };
	g_autoptr(GArray) told = NULL;

	calibration.factor = best_factor(scored, n_values, fold);
	told = told_of(scored, n_values, fold, &calibration);
	calibration.sure = bound(told, RIGHT_SURE);
	calibration.likely = MIN(bound(told, RIGHT_LIKELY), calibration.sure);
	return calibration;
}
