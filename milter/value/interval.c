/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No bootstrap: the same data give the same figures, and a few dozen answers a
 * week are too few for one.
 */
#include "value/interval.h"

#include <math.h>
#include <stdlib.h>

#define Z 1.959963984540054 /* of 95 %, two-sided */
#define TAIL 0.025

Interval
interval_of_share(int64_t n, int64_t of)
{
	double p, total = (double)of, centre, half, scale;

	if (of <= 0)
		return (Interval){ NAN, NAN, NAN };
	p = (double)n / total;
	scale = 1 + Z * Z / total;
	centre = (p + Z * Z / (2 * total)) / scale;
	half = Z * sqrt(p * (1 - p) / total + Z * Z / (4 * total * total)) /
	       scale;
	/* Rounding must not put a share of 0 or 1 outside. */
	return (Interval){ p, fmax(0, fmin(p, centre - half)),
		           fmin(1, fmax(p, centre + half)) };
}

Interval
interval_of_difference(const int64_t a[2], const int64_t b[2])
{
	Interval one = interval_of_share(a[0], a[1]);
	Interval other = interval_of_share(b[0], b[1]);
	double value = one.value - other.value;

	return (Interval){
		value,
		value - hypot(one.value - one.low, other.high - other.value),
		value + hypot(one.high - one.value, other.value - other.low)
	};
}

static int
compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

/*
 * The largest k so that less than k of n fair coins show heads with a chance of
 * at most TAIL: the median lies between the k-th and the k-th last value. What
 * is ten standard deviations off the middle is not summed.
 */
static size_t
rank_of(size_t n)
{
	double sum = 0, all = (double)n;
	size_t k = (size_t)fmax(0, floor(all / 2 - 5 * sqrt(all)));

	for (;; k++) {
		double i = (double)k;

		sum += exp(lgamma(all + 1) - lgamma(i + 1) -
		           lgamma(all - i + 1) - all * M_LN2);
		if (sum > TAIL)
			return k;
	}
}

Interval
interval_of_median(double *values, size_t n)
{
	Interval interval = { NAN, NAN, NAN };
	size_t rank;

	if (n == 0)
		return interval;
	qsort(values, n, sizeof(values[0]), compare);
	interval.value = (values[(n - 1) / 2] + values[n / 2]) / 2;
	rank = rank_of(n);
	if (rank > 0) {
		interval.low = values[rank - 1];
		interval.high = values[n - rank];
	}
	return interval;
}
