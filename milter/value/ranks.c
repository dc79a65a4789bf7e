/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bin of a number is read off the bits of a double: its exponent and the
 * first six bits of its fraction, 64 bins an octave. Sums over the bins are
 * made once, when first asked for.
 */
#include "value/ranks.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define PER_OCTAVE 64
#define SMALLEST (-20) /* exponents kept apart */
#define LARGEST 60
#define BINS ((LARGEST - SMALLEST) * PER_OCTAVE + 2)

struct Ranks {
	guint64 in[BINS];
	guint64 above[BINS]; /* in higher bins */
	guint64 n;
	bool summed;
};

Ranks *
ranks_new(void)
{
	return g_new0(Ranks, 1);
}

void
ranks_free(Ranks *ranks)
{
	g_free(ranks);
}

/* Bin 0 is for zero and what is as good as zero. */
static size_t
bin_of(double value)
{
	int exponent;
	double fraction;

	if (!(value > 0))
		return 0;
	if (isinf(value))
		return BINS - 1;
	fraction = frexp(value, &exponent);
	if (exponent < SMALLEST)
		return 0;
	if (exponent >= LARGEST)
		return BINS - 1;
	return 1 + (size_t)(exponent - SMALLEST) * PER_OCTAVE +
	       (size_t)((fraction - 0.5) * 2 * PER_OCTAVE);
}

static double
bin_middle(size_t bin)
{
	size_t at = bin - 1;
	double within = (double)(at % PER_OCTAVE) + 0.5;

	return bin == 0 ? 0
	                : ldexp(0.5 + within / (2 * PER_OCTAVE),
	                        (int)(at / PER_OCTAVE) + SMALLEST);
}

void
ranks_add(Ranks *ranks, double value)
{
	ranks->in[bin_of(value)]++;
	ranks->n++;
	ranks->summed = false;
}

guint64
ranks_count(const Ranks *ranks)
{
	return ranks->n;
}

static void
sum_up(Ranks *ranks)
{
	guint64 sum = 0;

	for (size_t bin = BINS; bin-- > 0;) {
		ranks->above[bin] = sum;
		sum += ranks->in[bin];
	}
	ranks->summed = true;
}

double
ranks_above(Ranks *ranks, double value)
{
	size_t bin = bin_of(value);

	if (ranks->n == 0)
		return 0.5;
	if (!ranks->summed)
		sum_up(ranks);
	return ((double)ranks->above[bin] + (double)ranks->in[bin] / 2) /
	       (double)ranks->n;
}

double
ranks_quantile(const Ranks *ranks, double q)
{
	double wanted = q * (double)ranks->n;
	guint64 sum = 0;
	size_t bin = 0;

	for (; bin < BINS - 1; bin++) {
		sum += ranks->in[bin];
		if (sum > 0 && (double)sum >= wanted)
			break;
	}
	return ranks->n > 0 ? bin_middle(bin) : 0;
}

Percentiles
ranks_percentiles(const Ranks *ranks)
{
	Percentiles table;

	for (int i = 0; i <= 100; i++)
		table.at[i] = ranks_quantile(ranks, i / 100.0);
	return table;
}

/* Many customers are equal, so the middle of all entries like it. */
double
percentiles_share(const Percentiles *table, double value)
{
	double like = bin_middle(bin_of(value));
	int below = 0, up_to = 0;

	for (int i = 0; i <= 100; i++) {
		below += table->at[i] < like;
		up_to += table->at[i] <= like;
	}
	return CLAMP((below + up_to - 1) / 200.0, 0, 1);
}
