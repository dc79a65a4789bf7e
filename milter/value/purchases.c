/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Most customers share their numbers with others (a third of all have ordered
 * once, on one of a few hundred days), so rows that are equal are reckoned
 * once.
 */
#include "value/purchases.h"

#include <math.h>
#include <stdlib.h>

static bool
within(double value, double max)
{
	return value >= 0 && value <= max; /* false for NaN */
}

bool
purchases_are_possible(const Purchases *row)
{
	if (!within(row->repeats, PURCHASES_REPEATS_MAX) ||
	    !within(row->age, PURCHASES_TIME_MAX) ||
	    !within(row->last, row->age) ||
	    !within(row->mean, PURCHASES_MONEY_MAX) ||
	    !(row->weight > 0 && row->weight <= PURCHASES_MONEY_MAX))
		return false;
	return row->repeats == floor(row->repeats) &&
	       (row->repeats > 0 || row->last == 0);
}

static int
order(double a, double b)
{
	return (a > b) - (a < b);
}

static int
compare(const void *left, const void *right)
{
	const Purchases *a = left, *b = right;
	int first = order(a->repeats, b->repeats);
	int second = order(a->last, b->last);

	if (first != 0)
		return first;
	return second != 0 ? second : order(a->age, b->age);
}

static void
add_row(Purchases *rows, PurchasesCount *count, const Purchases *row)
{
	size_t n = count->rows;

	count->customers += row->weight;
	if (row->repeats > 0)
		count->repeaters += row->weight;
	count->longest = fmax(count->longest, row->age);
	if (n > 0 && compare(&rows[n - 1], row) == 0) {
		rows[n - 1].weight += row->weight;
		return;
	}
	rows[n] = *row;
	rows[n].mean = 0;
	count->rows++;
}

PurchasesCount
purchases_compact(Purchases *rows, size_t n)
{
	PurchasesCount count = { 0 };
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (purchases_are_possible(&rows[i]))
			rows[kept++] = rows[i];
		else
			count.impossible += 1;
	}
	qsort(rows, kept, sizeof(rows[0]), compare);
	for (size_t i = 0; i < kept; i++) {
		Purchases row = rows[i];

		add_row(rows, &count, &row);
	}
	return count;
}
