/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tests/lib/made - customers made by chance, as the models think they behave.
 *
 * Owns:    arrays are the caller's (g_free).
 * Fails:   never; the same seed gives the same customers.
 */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include <glib.h>

#include "value/bgnbd.h"

double made_gamma(GRand *rand, double shape, double rate);

/* `n` customers who began evenly in the first third of `age`; weight 1. */
Purchases *made_purchases(const Bgnbd *truth, size_t n, double age,
                          guint32 seed);

#endif
