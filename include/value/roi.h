/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/roi - what drafts are worth, from the site's own figures:
 *
 *     saved   = drafts used * (minutes without - minutes with) / 60
 *     benefit = saved * cost of an hour
 *     ROI     = (benefit - cost) / cost
 *
 * A draft that was not used counts as nothing saved and nothing lost. The
 * interval is Wilson's of the share of drafts used; that the site's figures may
 * be wrong is not in it. What the site did not tell is not guessed.
 *
 * Owns:    nothing; `missing` is static.
 * Fails:   never.
 * Threads: any.
 */
#ifndef VALUE_ROI_H
#define VALUE_ROI_H

#include <stddef.h>
#include <stdint.h>

#include "value/figures.h"

/* 0: the site did not tell. */
typedef struct RoiTerms {
	int64_t cost_per_hour;
	int64_t minutes_without; /* of a reply written without a draft */
	int64_t minutes_with;    /* of one with a draft that was used */
	int64_t cost_per_month;  /* of the software, all in all */
} RoiTerms;

#define ROI_TERMS 4
typedef struct Roi {
	const char *missing[ROI_TERMS + 1]; /* settings; to the first NULL */
	Interval hours, benefit;
	double cost;   /* of those days */
	Interval rate; /* 0.5: fifty per cent more came back than went in */
} Roi;

/* `used`: FIGURE_used of those `days`. Without terms or drafts: NAN. */
Roi roi_of(const RoiTerms *terms, const Figure *used, double days);

#endif
