/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two statements in step, customers and orders, both by number: a join would
 * look each customer up once for every order.
 */
#include "store/worth.h"

#include <string.h>

static Statement *
range_statement(Store *store, SqlId id, const WorthRange *range, int64_t third)
{
	Statement *statement = store_statement(store, id);

	statement_bind_int(statement, 1, range->after);
	statement_bind_int(statement, 2, range->upto);
	statement_bind_int(statement, 3, third);
	return statement;
}

bool
worth_last_customer(Store *store, int64_t *ret_customer, GError **error)
{
	g_autoptr(Statement) last = store_statement(store, SQL_worth_last);

	if (statement_step(last, error) != STEP_ROW)
		return false;
	*ret_customer = statement_int(last, 0);
	return true;
}

bool
worth_span(Store *store, const WorthRange *range, int64_t today,
           WorthSpan *ret_span, GError **error)
{
	g_autoptr(Statement) span =
		range_statement(store, SQL_worth_span, range, today);

	if (statement_step(span, error) != STEP_ROW)
		return false;
	*ret_span =
		(WorthSpan){ statement_int(span, 0), statement_int(span, 1) };
	return true;
}

typedef struct Scan {
	Statement *customers, *orders;
	bool more; /* `orders` stands on a row */
	bool full;
	GArray *found; /* of Order: the customer's */
} Scan;

static bool
next_order(Scan *scan, GError **error)
{
	StepResult result = statement_step(scan->orders, error);

	scan->more = result == STEP_ROW;
	return result != STEP_FAILED;
}

/* Passes over the orders of those who may not be valued. */
static bool
gather(Scan *scan, int64_t customer, GError **error)
{
	g_array_set_size(scan->found, 0);
	while (scan->more) {
		int64_t whose = statement_int(scan->orders, 0);
		Order order = { (int32_t)CLAMP(statement_int(scan->orders, 1),
			                       -1, INT32_MAX),
			        statement_int(scan->orders, 2) };

		if (whose > customer)
			return true;
		if (whose == customer && scan->found->len < WORTH_ORDERS_MAX)
			g_array_append_val(scan->found, order);
		if (!next_order(scan, error))
			return false;
	}
	return true;
}

static void
show(const Scan *scan, int64_t id, WorthVisit *visit, void *data)
{
	WorthCustomer customer = {
		.id = id,
		.orders = (Order *)(void *)scan->found->data,
		.n = scan->found->len,
	};

	if (scan->full) {
		customer.mails = (double)statement_int(scan->customers, 1);
		customer.before = (Tier)CLAMP(statement_int(scan->customers, 2),
		                              0, TIER_N - 1);
		customer.since = statement_int(scan->customers, 3);
	}
	visit(&customer, data);
}

static bool
scan_range(Scan *scan, WorthVisit *visit, void *data, GError **error)
{
	StepResult result;

	if (!next_order(scan, error))
		return false;
	while ((result = statement_step(scan->customers, error)) == STEP_ROW) {
		int64_t id = statement_int(scan->customers, 0);

		if (!gather(scan, id, error))
			return false;
		if (scan->found->len > 0)
			show(scan, id, visit, data);
	}
	return result == STEP_DONE;
}

bool
worth_each(Store *store, const WorthRange *range, bool full, WorthVisit *visit,
           void *data, GError **error)
{
	g_autoptr(Statement) customers = range_statement(
		store, full ? SQL_worth_allowed_full : SQL_worth_allowed, range,
		range->consent);
	g_autoptr(Statement) orders = store_statement(store, SQL_worth_orders);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Order));
	Scan scan = { customers, orders, false, full, found };

	statement_bind_int(orders, 1, range->after);
	statement_bind_int(orders, 2, range->upto);
	return scan_range(&scan, visit, data, error);
}

static bool
count_tiers(Store *store, const WorthRange *range, int64_t now,
            WorthQuality *quality, GError **error)
{
	g_autoptr(Statement) tiers =
		range_statement(store, SQL_worth_tiers, range, now);
	StepResult result;

	while ((result = statement_step(tiers, error)) == STEP_ROW) {
		int64_t tier = statement_int(tiers, 0);
		int64_t n = statement_int(tiers, 2);

		if (tier >= 0 && tier < TIER_N)
			quality->tiers[tier] += n;
		else
			quality->no_tier += n;
		if (statement_int(tiers, 1) != 0)
			quality->overrides += n;
	}
	return result == STEP_DONE;
}

bool
worth_quality(Store *store, const WorthRange *range, int64_t now,
              WorthQuality *quality, GError **error)
{
	g_autoptr(Statement) count = range_statement(store, SQL_worth_quality,
	                                             range, range->consent);

	if (statement_step(count, error) != STEP_ROW)
		return false;
	quality->customers += statement_int(count, 0);
	quality->with_address += statement_int(count, 1);
	quality->with_number += statement_int(count, 2);
	quality->with_orders += statement_int(count, 3);
	quality->with_profile += statement_int(count, 4);
	quality->complete += statement_int(count, 5);
	quality->not_allowed += statement_int(count, 6);
	return count_tiers(store, range, now, quality, error);
}

bool
worth_imports(Store *store, WorthImports *ret_imports, GError **error)
{
	g_autoptr(Statement) sum = store_statement(store, SQL_worth_imports);

	if (statement_step(sum, error) != STEP_ROW)
		return false;
	*ret_imports = (WorthImports){
		.files = statement_int(sum, 0),
		.unfinished = statement_int(sum, 1),
		.lines = statement_int(sum, 2),
		.orders = statement_int(sum, 3),
		.rejected = statement_int(sum, 4),
		.newest = statement_int(sum, 5),
	};
	return true;
}
