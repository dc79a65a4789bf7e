/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/gammagamma - what an order of a customer is worth.
 *
 * P. S. Fader, B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value, 2013
 * (http://brucehardie.com/notes/025/). q > 1 is enforced: below it the mean
 * of all customers' values does not exist, and values come out negative.
 *
 * Owns:    nothing.
 * Fails:   a verdict; `ret_model` untouched unless it is FIT_FINE.
 * Threads: any.
 */
#ifndef VALUE_GAMMAGAMMA_H
#define VALUE_GAMMAGAMMA_H

#include <stddef.h>

#include "value/fit.h"
#include "value/purchases.h"

typedef struct GammaGamma {
	double p, q, gamma; /* gamma in the data's currency */
	double log_likelihood;
	double penalty;
	/* Of repeats and mean: the model wants it near 0. */
	double correlation;
	double customers; /* fitted on */
	unsigned evaluations;
} GammaGamma;

/* Rows without a repeat or without a mean are passed over. */
FitVerdict gammagamma_fit(const Purchases *rows, size_t n,
                          GammaGamma *ret_model);

/* Value expected of an order; of a customer without a repeat that of all. */
double gammagamma_mean(const GammaGamma *model, double repeats, double mean);

#endif
