/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Likelihood of a customer with x repeats, the last at t, observed until T,
 * with y = x for BG/NBD and x + 1 for MBG/NBD:
 *
 *   Gamma(r+x)/Gamma(r) alpha^r B(a,b+y)/B(a,b) (alpha+T)^-(r+x)
 *     x [1 + (a/(b+y-1)) ((alpha+T)/(alpha+t))^(r+x)], the last only if y > 0.
 *
 * Time is scaled to 0..10, so that alpha is near 1 whatever the unit; rows
 * come sorted by x, so what depends on x alone is reckoned once for each.
 */
#include <math.h>

#include "maximise.h"
#include "special.h"
#include "value/bgnbd.h"

#define AGE_SCALED 10.0

enum { R, ALPHA, A, B };

typedef struct Data {
	const Purchases *rows;
	size_t n;
	double scale; /* of time */
	double customers;
	double y_extra; /* 1 for the modified model */
} Data;

typedef struct Point {
	double of[4]; /* r, alpha, a, b */
	double log_alpha;
	double y_extra, scale;
} Point;

/* What rows with the same x share. */
typedef struct Shared {
	double x;
	double log;          /* of the part without alpha + T */
	double slope[4];     /* its derivatives */
	double log_leave;    /* log a/(b+y-1); -INFINITY when y is 0 */
	double leave_over_b; /* 1/(b+y-1) */
} Shared;

static Shared
share(const Point *at, double x)
{
	double r = at->of[R], a = at->of[A], b = at->of[B];
	double y = x + at->y_extra;
	double ab = special_digamma(a + b), aby = special_digamma(a + b + y);
	Shared shared = { .x = x, .log_leave = -INFINITY };

	shared.log = special_log_gamma(r + x) - special_log_gamma(r) +
	             r * at->log_alpha + special_log_gamma(a + b) +
	             special_log_gamma(b + y) - special_log_gamma(b) -
	             special_log_gamma(a + b + y);
	shared.slope[R] =
		special_digamma(r + x) - special_digamma(r) + at->log_alpha;
	shared.slope[ALPHA] = r / at->of[ALPHA];
	shared.slope[A] = ab - aby;
	shared.slope[B] =
		ab - aby + special_digamma(b + y) - special_digamma(b);
	if (y > 0) {
		shared.leave_over_b = 1 / (b + y - 1);
		shared.log_leave = log(a * shared.leave_over_b);
	}
	return shared;
}

/* Adds a row's derivatives, in the parameters themselves. */
static double
add_row(const Point *at, const Shared *shared, const Purchases *row,
        double *gradient)
{
	double power = at->of[R] + shared->x;
	double age = at->of[ALPHA] + row->age * at->scale;
	double last = at->of[ALPHA] + row->last * at->scale;
	double log_age = log(age);
	double ratio = log_age - log(last);
	double odds = exp(shared->log_leave + power * ratio);
	double left = isfinite(odds) ? odds / (1 + odds) : 1;
	double more = isfinite(odds) ? log1p(odds)
	                             : shared->log_leave + power * ratio;
	double w = row->weight;

	gradient[R] += w * (shared->slope[R] - log_age + left * ratio);
	gradient[ALPHA] += w * (shared->slope[ALPHA] - power / age +
	                        left * power * (1 / age - 1 / last));
	gradient[A] += w * (shared->slope[A] + left / at->of[A]);
	gradient[B] += w * (shared->slope[B] - left * shared->leave_over_b);
	return w * (shared->log - power * log_age + more);
}

static double
sum_rows(const Data *data, const Point *at, double *gradient)
{
	Shared shared = { .x = -1 };
	double sum = 0;

	for (size_t i = 0; i < data->n; i++) {
		const Purchases *row = &data->rows[i];

		if (row->repeats != shared.x)
			shared = share(at, row->repeats);
		sum += add_row(at, &shared, row, gradient);
	}
	return sum;
}

static double
likelihood(const double *theta, double *gradient, const void *user)
{
	const Data *data = user;
	Point at = { .log_alpha = theta[ALPHA],
		     .y_extra = data->y_extra,
		     .scale = data->scale };
	double sum;

	for (int i = 0; i < 4; i++) {
		at.of[i] = exp(theta[i]);
		gradient[i] = 0;
	}
	sum = sum_rows(data, &at, gradient);
	for (int i = 0; i < 4; i++)
		gradient[i] *= at.of[i] / data->customers;
	return sum / data->customers;
}

static FitVerdict
weigh(const Purchases *rows, size_t n, Data *data)
{
	double repeaters = 0, longest = 0;

	for (size_t i = 0; i < n; i++) {
		data->customers += rows[i].weight;
		repeaters += rows[i].repeats > 0 ? rows[i].weight : 0;
		longest = fmax(longest, rows[i].age);
	}
	if (data->customers < FIT_CUSTOMERS_MIN)
		return FIT_FEW_CUSTOMERS;
	if (repeaters < FIT_REPEATERS_MIN)
		return FIT_FEW_REPEATS;
	if (!(longest > 0))
		return FIT_SHORT;
	data->scale = AGE_SCALED / longest;
	return FIT_FINE;
}

FitVerdict
bgnbd_fit(const Purchases *rows, size_t n, bool modified, Bgnbd *ret_model)
{
	Data data = { .rows = rows, .n = n, .y_extra = modified ? 1 : 0 };
	FitVerdict verdict = weigh(rows, n, &data);
	Maximum maximum = { .n = 4 };
	Point at = { .scale = 1, .y_extra = data.y_extra };
	double unused[4] = { 0 };

	if (verdict == FIT_FINE)
		verdict = maximise(likelihood, &data, &maximum);
	if (verdict != FIT_FINE)
		return verdict;
	for (int i = 0; i < 4; i++)
		at.of[i] = exp(maximum.theta[i]);
	at.of[ALPHA] /= data.scale;
	at.log_alpha = log(at.of[ALPHA]);
	*ret_model = (Bgnbd){ at.of[R],
		              at.of[ALPHA],
		              at.of[A],
		              at.of[B],
		              sum_rows(&data, &at, unused),
		              maximum.penalty,
		              modified,
		              maximum.evaluations };
	return FIT_FINE;
}
