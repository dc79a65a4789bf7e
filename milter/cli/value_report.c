/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over customers and orders. Two orders of a customer on one day for
 * one amount are told as possible duplicates: the same order exported under two
 * ids looks like that, and so does a standing order for two branches.
 */
#include "value_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "day.h"
#include "print.h"
#include "progress.h"
#include "store/worth.h"
#include "value_fit.h"
#include "value_summary.h"

#define SCHEMA 1
#define RANGE 16384
#define DAY 86400
#define STALE_DAYS 31 /* newest order or import older than that */

typedef struct ValueReport {
	const Site *site;
	int64_t now;
	WorthQuality quality;
	WorthImports imports;
	int64_t purchases, cancelled, refunds, doubles, future, ancient;
	int64_t newest; /* day */
} ValueReport;

static int
compare(const void *left, const void *right)
{
	const Order *a = left, *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return (a->cents > b->cents) - (a->cents < b->cents);
}

static void
count_order(ValueReport *report, const Order *order)
{
	if (order->cents > 0)
		report->purchases++;
	else if (order->cents == 0)
		report->cancelled++;
	else
		report->refunds++;
	if (order->day > report->now / DAY + 1)
		report->future++;
	else
		report->newest = MAX(report->newest, order->day);
	/* Before 1990 it is a placeholder of the export. */
	report->ancient += order->day < 20 * 365 + 5;
}

static void
visit(WorthCustomer *customer, void *data)
{
	ValueReport *report = data;
	Order *orders = customer->orders;

	qsort(orders, customer->n, sizeof(orders[0]), compare);
	for (size_t i = 0; i < customer->n; i++) {
		count_order(report, &orders[i]);
		report->doubles += i > 0 && orders[i].cents > 0 &&
		                   compare(&orders[i - 1], &orders[i]) == 0;
	}
}

static bool
gather(ValueReport *report, GError **error)
{
	Progress progress = progress_begin("customers");
	Store *store = report->site->store;
	int64_t last = 0;
	bool ok = worth_last_customer(store, &last, error);

	for (int64_t after = 0; ok && after < last; after += RANGE) {
		WorthRange range = { after, after + RANGE,
			             report->site->settings->privacy_consent };

		ok = worth_quality(store, &range, report->now, &report->quality,
		                   error) &&
		     worth_each(store, &range, false, visit, report, error);
		progress_show(&progress, MIN(after + RANGE, last));
	}
	progress_end(&progress);
	return ok && worth_imports(store, &report->imports, error);
}

static json_t *
customers_value(const WorthQuality *quality)
{
	json_t *value = json_object();

	print_set_integer(value, "all", quality->customers);
	print_set_integer(value, "with_address", quality->with_address);
	print_set_integer(value, "with_number", quality->with_number);
	print_set_integer(value, "with_orders", quality->with_orders);
	print_set_integer(value, "with_profile", quality->with_profile);
	print_set_integer(value, "complete", quality->complete);
	print_set_integer(value, "not_allowed", quality->not_allowed);
	return value;
}

static json_t *
orders_value(const ValueReport *report)
{
	json_t *value = json_object();

	print_set_integer(value, "purchases", report->purchases);
	print_set_integer(value, "cancelled", report->cancelled);
	print_set_integer(value, "refunds_of_unknown", report->refunds);
	print_set_integer(value, "possible_duplicates", report->doubles);
	print_set_integer(value, "in_the_future", report->future);
	print_set_integer(value, "before_1990", report->ancient);
	day_set(value, "newest", report->newest);
	print_set_bool(value, "stale",
	               report->newest > 0 &&
	                       report->now / DAY - report->newest > STALE_DAYS);
	return value;
}

static json_t *
imports_value(const ValueReport *report)
{
	const WorthImports *imports = &report->imports;
	json_t *value = json_object();

	print_set_integer(value, "files", imports->files);
	print_set_integer(value, "unfinished", imports->unfinished);
	print_set_integer(value, "lines", imports->lines);
	print_set_integer(value, "orders", imports->orders);
	print_set_integer(value, "rejected", imports->rejected);
	day_set(value, "newest", imports->newest / DAY);
	print_set_bool(value, "stale",
	               imports->newest > 0 &&
	                       (report->now - imports->newest) / DAY >
	                               STALE_DAYS);
	return value;
}

static json_t *
tiers_value(const WorthQuality *quality)
{
	json_t *value = json_object();

	for (int tier = TIER_VIP; tier >= TIER_UNKNOWN; tier--)
		print_set_integer(value, tier_name((Tier)tier),
		                  quality->tiers[tier]);
	print_set_integer(value, "none", quality->no_tier);
	print_set_integer(value, "overrides", quality->overrides);
	return value;
}

/* The last fit, or null. */
static json_t *
read_fit(const ValueReport *report, GError **error)
{
	g_autofree char *text = worth_fit_read(report->site->store, error);
	json_t *value = json_null();
	Scoring scoring;

	if (text != NULL && scoring_from_text(text, &scoring)) {
		value = json_object();
		day_set(value, "as_of", scoring.options.as_of);
		json_object_set_new(value, "customers",
		                    json_real(scoring.customers));
		value_add_models(value, &scoring);
	}
	return value;
}

json_t *
value_report(const Site *site, GError **error)
{
	ValueReport report;
	GError *failure = NULL;
	json_t *value = NULL;
	json_t *fit = NULL;

	memset(&report, 0, sizeof(report));
	report.site = site;
	report.now = clock_wall() / G_USEC_PER_SEC;
	if (gather(&report, &failure))
		fit = read_fit(&report, &failure);
	if (failure != NULL) {
		json_decref(fit);
		g_propagate_error(error, failure);
		return NULL;
	}
	value = json_object();
	print_set_integer(value, "schema", SCHEMA);
	json_object_set_new(value, "customers",
	                    customers_value(&report.quality));
	json_object_set_new(value, "orders", orders_value(&report));
	json_object_set_new(value, "imports", imports_value(&report));
	json_object_set_new(value, "tiers", tiers_value(&report.quality));
	json_object_set_new(value, "fit", fit);
	return value;
}

static void
share_text(const json_t *customers, const char *key, const char *words)
{
	gint64 all = print_integer(customers, "all");
	gint64 n = print_integer(customers, key);

	printf("  %-22s %10" G_GINT64_FORMAT " %5.1f %%\n", words, n,
	       all > 0 ? 100 * (double)n / (double)all : 0.0);
}

static void
customers_text(const json_t *customers)
{
	printf("customers %26" G_GINT64_FORMAT "\n",
	       print_integer(customers, "all"));
	share_text(customers, "with_address", "with an address");
	share_text(customers, "with_number", "with a number");
	share_text(customers, "with_orders", "with orders");
	share_text(customers, "with_profile", "with a mail profile");
	share_text(customers, "complete", "with all of these");
	share_text(customers, "not_allowed", "may not be valued");
}

static void
numbers_text(const json_t *value, const char *member)
{
	const char *key;
	json_t *number;

	printf("%s\n", member);
	json_object_foreach(json_object_get(value, member), key, number)
	{
		g_autofree char *words = g_strdelimit(g_strdup(key), "_", ' ');

		if (json_is_integer(number))
			printf("  %-22s %10" JSON_INTEGER_FORMAT "\n", words,
			       json_integer_value(number));
		else if (json_is_string(number))
			printf("  %-22s %10s\n", words,
			       json_string_value(number));
		else if (json_is_true(number))
			printf("  %s: more than %d days old\n", words,
			       STALE_DAYS);
	}
}

void
value_report_text(const json_t *value)
{
	const json_t *fit = json_object_get(value, "fit");

	customers_text(json_object_get(value, "customers"));
	numbers_text(value, "orders");
	numbers_text(value, "imports");
	numbers_text(value, "tiers");
	if (!json_is_object(fit)) {
		puts("no fit yet: run tact value fit");
		return;
	}
	printf("fit: %.0f customers with orders up to %s\n",
	       json_number_value(json_object_get(fit, "customers")),
	       print_string(fit, "as_of"));
	value_models_told(fit);
}
