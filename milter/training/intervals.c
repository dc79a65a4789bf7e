/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A macro-F1 has no closed interval, so texts are drawn again with replacement
 * and the middle 95 % of the scores taken (percentile bootstrap, Efron and
 * Tibshirani 1993, 13.3). The seed is fixed: a change of the figures is a
 * change of the findings, never of the dice.
 */
#include "intervals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define Z 1.959963984540054 /* of the normal distribution, 97.5 % */
#define RESAMPLES 1000
#define LOW_RANK 25 /* of 1000, counted from 1 */
#define HIGH_RANK 975
#define SEED 20261121u

G_STATIC_ASSERT(LOW_RANK * 40 == RESAMPLES);
G_STATIC_ASSERT(HIGH_RANK == RESAMPLES - LOW_RANK);

double
interval_ratio(unsigned part, unsigned whole)
{
	return whole > 0 ? (double)part / (double)whole : 0;
}

Interval
interval_share(unsigned right, unsigned n)
{
	double p = interval_ratio(right, n);
	double z2 = Z * Z / MAX(n, 1);
	double centre = (p + z2 / 2) / (1 + z2);
	double half = Z * sqrt((p * (1 - p) + z2 / 4) / MAX(n, 1)) / (1 + z2);

	if (n == 0)
		return (Interval){ 0, 0, 1 };
	/* exact at the ends, where rounding would leave 1e-17 */
	return (Interval){ p, right == 0 ? 0 : MAX(centre - half, 0),
		           right == n ? 1 : MIN(centre + half, 1) };
}

double
interval_macro_f1_score(const Confusion *confusion)
{
	double sum = 0;
	unsigned occur = 0;

	for (unsigned v = 0; v < LIMIT_FINDING_VALUES; v++) {
		unsigned n = 0, told = 0;

		for (unsigned k = 0; k < LIMIT_FINDING_VALUES; k++) {
			n += confusion->n[v][k];
			told += confusion->n[k][v];
		}
		if (n == 0)
			continue;
		occur++;
		/* 2 P R / (P + R), in counts */
		sum += 2.0 * confusion->n[v][v] / (n + told);
	}
	return occur > 0 ? sum / occur : 0;
}

/* splitmix64: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
 * generators", with the constants of Vigna's version in the public domain. */
static uint64_t
random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* Below `n`; the bias, n / 2^32, is far below what 1000 resamples show. */
static unsigned
random_below(uint64_t *state, unsigned n)
{
	return (unsigned)((random_next(state) >> 32) * n >> 32);
}

static double
resample(const ConfusionCell *cells, unsigned n, uint64_t *state)
{
	Confusion confusion;

	memset(&confusion, 0, sizeof(confusion));
	for (unsigned i = 0; i < n; i++) {
		ConfusionCell cell = cells[random_below(state, n)];

		confusion.n[cell.truth][cell.told]++;
	}
	return interval_macro_f1_score(&confusion);
}

static int
by_score(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

Interval
interval_macro_f1(const ConfusionCell *cells, unsigned n)
{
	double scores[RESAMPLES];
	uint64_t state = SEED;
	Confusion confusion;

	if (n == 0)
		return (Interval){ 0, 0, 1 };
	memset(&confusion, 0, sizeof(confusion));
	for (unsigned i = 0; i < n; i++)
		confusion.n[cells[i].truth][cells[i].told]++;
	for (unsigned i = 0; i < RESAMPLES; i++)
		scores[i] = resample(cells, n, &state);
	qsort(scores, RESAMPLES, sizeof(scores[0]), by_score);
	return (Interval){ interval_macro_f1_score(&confusion),
		           scores[LOW_RANK - 1], scores[HIGH_RANK - 1] };
}
