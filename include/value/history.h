/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/history - what a customer's orders say, in a few numbers.
 *
 * A purchase is a day with at least one order that was not taken back whole;
 * days, so that ten orders of one basket split up are not ten visits. Refunds
 * that belong to no order known count against the money.
 *
 * Owns:    arrays are the caller's; they are sorted in place.
 * Fails:   never; orders after `as_of`, or before 1970, are left out.
 * Threads: any.
 */
#ifndef VALUE_HISTORY_H
#define VALUE_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "value/purchases.h"

/* One row of the store. */
typedef struct Order {
	int32_t day;   /* since 1970-01-01 */
	int64_t cents; /* net of refunds; <= 0: no purchase */
} Order;

/* Part of a customer's time. */
typedef struct Period {
	double days;
	unsigned purchases;
	double cents;
} Period;

typedef struct History {
	unsigned purchases;    /* 0: no customer in the sense of value */
	int32_t first, last;   /* days of them */
	int32_t as_of;         /* the day up to which they are known */
	double cents;          /* of all of them, never negative */
	double repeats_cents;  /* of those after the first day */
	Period window;         /* the months that count for RFM */
	Period recent, before; /* the last half year; all before it */
	unsigned gaps;         /* between purchases */
	double usual_gap;      /* days; an upper quartile; 0 without gaps */
} History;

/* `window`: days. `orders` then holds the purchases alone, so it can be asked
 * again for an earlier day. */
History history_of(Order *orders, size_t n, int32_t as_of, int window);

/* In days, for the models. */
Purchases history_purchases(const History *history);

#endif
