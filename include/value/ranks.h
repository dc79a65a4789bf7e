/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/ranks - how many are above a number, of any number of them.
 *
 * Numbers are counted in bins a hundredth of their size wide, so that ten
 * million customers take the memory of one; two in one bin rank alike.
 *
 * Owns:    a Ranks is the caller's.
 * Fails:   never; negative, NaN: counted as 0; infinite: as the largest.
 * Threads: one a Ranks; Percentiles are immutable.
 */
#ifndef VALUE_RANKS_H
#define VALUE_RANKS_H

#include <glib.h>

typedef struct Ranks Ranks;

Ranks *ranks_new(void);
void ranks_free(Ranks *ranks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ranks, ranks_free)

void ranks_add(Ranks *ranks, double value);
guint64 ranks_count(const Ranks *ranks);

/* Share of those added that are above `value`, half of its equals among them:
 * 0 the best, 1 the last. 0.5 while nothing was added. */
double ranks_above(Ranks *ranks, double value);
/* The number below which a share `q` of them lies; 0 while there is none. */
double ranks_quantile(const Ranks *ranks, double q);

/* The same as a table that can be kept. */
typedef struct Percentiles {
	double at[101];
} Percentiles;

Percentiles ranks_percentiles(const Ranks *ranks);
/* Share of all below `value`, half of its equals among them; 0 to 1. */
double percentiles_share(const Percentiles *table, double value);

#endif
