/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/maximise (private) - the largest mean log-likelihood, found by NLopt.
 *
 * Parameters are logarithms, so that none can leave its range. A penalty on
 * their squares is added, and made stronger, only when the data alone lead to
 * no maximum or to the edge of what is sane.
 *
 * Owns:    `data` is borrowed.
 * Fails:   FIT_FAILED; `theta` is then of no use.
 * Threads: any.
 */
#ifndef VALUE_MAXIMISE_H
#define VALUE_MAXIMISE_H

#include "value/fit.h"

#define MAXIMISE_N 4

/* Mean log-likelihood at `theta`; writes its derivatives into `gradient`. */
typedef double Likelihood(const double *theta, double *gradient,
                          const void *data);

typedef struct Maximum {
	double theta[MAXIMISE_N]; /* in: where to begin */
	unsigned n;               /* parameters */
	double penalty;
	unsigned evaluations;
} Maximum;

FitVerdict maximise(Likelihood *likelihood, const void *data,
                    Maximum *in_out_maximum);

#endif
