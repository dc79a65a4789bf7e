/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How sure a share and a macro-F1 are: 95 % intervals. Private to the layer.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef TRAINING_INTERVALS_H
#define TRAINING_INTERVALS_H

#include <stdint.h>

#include "training/evaluation.h"

/* How often each value was told for each. */
typedef struct Confusion {
	unsigned n[LIMIT_FINDING_VALUES][LIMIT_FINDING_VALUES]; /* [truth][told]
	                                                         */
} Confusion;

/* One text, where it stands in a Confusion. */
typedef struct ConfusionCell {
	uint8_t truth, told;
} ConfusionCell;

/* `part` by `whole`; 0 when that is 0. */
double interval_ratio(unsigned part, unsigned whole);
/* Of `right` in `n`, after Wilson 1927: fit also for few and for nearly all. */
Interval interval_share(unsigned right, unsigned n);
/* Mean F1 of the values that occur. */
double interval_macro_f1_score(const Confusion *confusion);
/* The same, from the texts, with its interval. */
Interval interval_macro_f1(const ConfusionCell *cells, unsigned n);

#endif
