/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/interval - how sure a share or a median is: 95 % confidence intervals
 * that hold for few data too.
 *
 * A share has Wilson's interval; the difference of two has Newcombe's, which
 * is made of theirs. A median has that of order statistics: it asks nothing
 * about how the values are spread, and there is none for less than six.
 *
 * Owns:    nothing.
 * Fails:   never; what is not known is NAN.
 * Threads: any.
 */
#ifndef VALUE_INTERVAL_H
#define VALUE_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

typedef struct Interval {
	double value, low, high;
} Interval;

/* `n` of `of`. */
Interval interval_of_share(int64_t n, int64_t of);
/* The share of `a` less that of `b`: n and of each. */
Interval interval_of_difference(const int64_t a[2], const int64_t b[2]);
/* Sorts the values. */
Interval interval_of_median(double *values, size_t n);

#endif
