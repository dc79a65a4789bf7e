/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/purchases - what the models need of a customer's orders.
 *
 * Times are in one unit throughout (weeks, days), counted from the customer's
 * first order. Orders of one day are one purchase.
 *
 * Owns:    arrays are the caller's; they are sorted and shortened in place.
 * Fails:   never; impossible rows are left out and counted.
 * Threads: any.
 */
#ifndef VALUE_PURCHASES_H
#define VALUE_PURCHASES_H

#include <stdbool.h>
#include <stddef.h>

#define PURCHASES_REPEATS_MAX 1e6
#define PURCHASES_TIME_MAX 1e6
#define PURCHASES_MONEY_MAX 1e12

typedef struct Purchases {
	double repeats; /* purchases after the first: x */
	double last;    /* time of the last one: t_x; 0 if there is no repeat */
	double age;     /* time observed: T */
	double mean;    /* of the repeats' values; 0 if not known: z */
	double weight;  /* customers like this */
} Purchases;

/* False for NaN, negative, too large, or last > age. */
bool purchases_are_possible(const Purchases *row);

/* What became of an array of rows. */
typedef struct PurchasesCount {
	size_t rows;       /* left */
	double customers;  /* in them */
	double repeaters;  /* of these, with a repeat */
	double impossible; /* customers left out */
	double longest;    /* largest age */
} PurchasesCount;

/* Sorts by repeats, last, age; makes equal ones one row. `mean` is lost. */
PurchasesCount purchases_compact(Purchases *rows, size_t n);

#endif
