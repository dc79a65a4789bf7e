/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/bgnbd - how often customers will order, and whether they still do.
 *
 * BG/NBD: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers"
 * the Easy Way: An Alternative to the Pareto/NBD Model, Marketing Science 24
 * (2005) 275-284. It holds every customer without a repeat for alive, so for
 * those the modified model is fitted too, in which one may leave after the
 * first order: MBG/NBD of E. P. Batislam, M. Denizel, A. Filiztekin, Empirical
 * validation and comparison of models for customer base analysis, Int. J. of
 * Research in Marketing 24 (2007) 201-209.
 *
 * Owns:    nothing.
 * Fails:   a verdict; `ret_model` untouched unless it is FIT_FINE. Predictions
 *          are finite for every possible row.
 * Threads: any.
 */
#ifndef VALUE_BGNBD_H
#define VALUE_BGNBD_H

#include <stdbool.h>
#include <stddef.h>

#include "value/fit.h"
#include "value/purchases.h"

typedef struct Bgnbd {
	double r, alpha; /* order rate: gamma, alpha in the data's time */
	double a, b;     /* leaving after an order: beta */
	double log_likelihood;
	double penalty; /* 0 unless the data needed one */
	bool modified;  /* MBG/NBD */
	unsigned evaluations;
} Bgnbd;

/* `rows` as purchases_compact() left them. */
FitVerdict bgnbd_fit(const Purchases *rows, size_t n, bool modified,
                     Bgnbd *ret_model);

/* P(alive): still a customer at the end of what was observed. */
double bgnbd_alive(const Bgnbd *model, const Purchases *row);
/* Orders expected within `horizon` after that, if alive. */
double bgnbd_orders_if_alive(const Bgnbd *model, double repeats, double age,
                             double horizon);
/* Both together: equation (10) of the paper. */
double bgnbd_orders(const Bgnbd *model, const Purchases *row, double horizon);
/* Time within which the next order comes with probability `p`, if alive. */
double bgnbd_next(const Bgnbd *model, const Purchases *row, double p);

#endif
