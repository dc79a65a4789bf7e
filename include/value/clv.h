/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/clv - future orders, month by month, discounted.
 *
 * The number of a customer's orders to come depends, but for the chance of
 * being alive, on repeats and age alone; so one answer serves all customers
 * that share them, and millions cost no more than a few thousand.
 *
 * Owns:    a Clv is the caller's; it keeps a table of what it has answered.
 * Fails:   never; answers are finite.
 * Threads: one a Clv.
 */
#ifndef VALUE_CLV_H
#define VALUE_CLV_H

#include <glib.h>

#include "value/bgnbd.h"

typedef struct Clv Clv;

/* `month`: its length in the model's time. `discount`: of a year, 0.1. */
Clv *clv_new(const Bgnbd *model, double month, unsigned months,
             double discount);
void clv_free(Clv *clv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Clv, clv_free)

/* Orders of all those months, each discounted; if alive. */
double clv_discounted_orders(Clv *clv, double repeats, double age);
/* Orders of the first twelve months, not discounted; if alive. */
double clv_orders_of_year(Clv *clv, double repeats, double age);

#endif
