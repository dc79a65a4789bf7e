/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The usual gap is an upper quartile, not a mean: who orders in bursts each
 * spring is not late in summer, and who buys a new machine every third year is
 * not lost in the second.
 */
#include "value/history.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define RECENT 182   /* days */
#define GAPS_MAX 256 /* the last so many count */

static int
compare(const void *left, const void *right)
{
	const Order *a = left, *b = right;

	return (a->day > b->day) - (a->day < b->day);
}

static int
compare_gaps(const void *left, const void *right)
{
	const int32_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static bool
counts(const Order *order, int32_t as_of)
{
	return order->day >= 0 && order->day <= as_of;
}

/* Orders of one day become one; those that do not count are marked as such,
 * refunds are summed. */
static size_t
merge_days(Order *orders, size_t n, int32_t as_of, double *ret_refunds)
{
	size_t kept = 0;
	double refunds = 0;

	for (size_t i = 0; i < n; i++) {
		Order order = orders[i];

		if (!counts(&order, as_of))
			continue;
		if (order.cents <= 0)
			refunds -= (double)order.cents;
		else if (kept > 0 && orders[kept - 1].day == order.day)
			orders[kept - 1].cents =
				orders[kept - 1].cents > INT64_MAX - order.cents
					? INT64_MAX
					: orders[kept - 1].cents + order.cents;
		else
			orders[kept++] = order;
	}
	for (size_t i = kept; i < n; i++)
		orders[i].day = -1;
	*ret_refunds = refunds;
	return kept;
}

static void
add_to(Period *period, const Order *order)
{
	period->purchases++;
	period->cents += (double)order->cents;
}

static void
add_purchases(History *history, const Order *days, size_t n, int window)
{
	for (size_t i = 0; i < n; i++) {
		int32_t ago = history->as_of - days[i].day;

		history->cents += (double)days[i].cents;
		if (i > 0)
			history->repeats_cents += (double)days[i].cents;
		if (ago < window)
			add_to(&history->window, &days[i]);
		add_to(ago < RECENT ? &history->recent : &history->before,
		       &days[i]);
	}
}

static double
usual_gap(const Order *days, size_t n)
{
	int32_t gaps[GAPS_MAX];
	size_t n_gaps = 0, quartile;

	for (size_t i = n; i > 1 && n_gaps < GAPS_MAX; i--)
		gaps[n_gaps++] = days[i - 1].day - days[i - 2].day;
	if (n_gaps == 0)
		return 0;
	qsort(gaps, n_gaps, sizeof(gaps[0]), compare_gaps);
	quartile = 3 * n_gaps / 4;
	return gaps[quartile];
}

/* Refunds without an order lower all sums alike. */
static void
take_back(History *history, double refunds)
{
	double left =
		history->cents > refunds ? 1 - refunds / history->cents : 0;

	history->cents *= left;
	history->repeats_cents *= left;
	history->window.cents *= left;
	history->recent.cents *= left;
	history->before.cents *= left;
}

History
history_of(Order *orders, size_t n, int32_t as_of, int window)
{
	History history = { .as_of = as_of };
	double refunds;

	qsort(orders, n, sizeof(orders[0]), compare);
	n = merge_days(orders, n, as_of, &refunds);
	if (n == 0)
		return history;
	history.purchases = n < UINT32_MAX ? (unsigned)n : UINT32_MAX;
	history.first = orders[0].day;
	history.last = orders[n - 1].day;
	history.gaps = history.purchases - 1;
	history.usual_gap = usual_gap(orders, n);
	history.window.days = window;
	history.recent.days = fmin(RECENT, (double)as_of - history.first + 1);
	history.before.days =
		fmax(0, (double)as_of - history.first + 1 - RECENT);
	add_purchases(&history, orders, n, window);
	take_back(&history, refunds);
	return history;
}

Purchases
history_purchases(const History *history)
{
	double repeats = history->purchases > 0 ? history->purchases - 1 : 0;
	Purchases row = { repeats, history->last - history->first,
		          history->as_of - history->first, 0, 1 };

	if (repeats > 0)
		row.mean = fmin(history->repeats_cents / repeats,
		                PURCHASES_MONEY_MAX);
	return row;
}
