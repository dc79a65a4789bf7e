/* SPDX-License-Identifier: Apache-2.0 */
#include "trust_print.h"

#include <stdio.h>
#include <string.h>

#include "day.h"
#include "print.h"

#define SECONDS_A_DAY 86400

typedef struct Listing {
	json_t *list;
	int64_t now;
} Listing;

static void
add_exception(const TrustException *exception, void *data)
{
	Listing *listing = data;
	json_t *value = json_object();
	g_autofree char *until = day_of(exception->until - 1);
	g_autofree char *made = day_of(exception->at);

	print_set_string(value, "domain", exception->domain);
	print_set_string(value, "until", until);
	print_set_bool(value, "ended", exception->until <= listing->now);
	print_set_string(value, "reason", exception->reason);
	print_set_string(value, "made", made);
	json_array_append_new(listing->list, value);
}

json_t *
trust_exceptions_value(Store *store, int64_t now, GError **error)
{
	json_t *value = json_object();
	Listing listing = { json_array(), now };

	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "exceptions", listing.list);
	if (trust_each_exception(store, add_exception, &listing, error))
		return value;
	json_decref(value);
	return NULL;
}

void
trust_exceptions_text(const json_t *value)
{
	const json_t *list = json_object_get(value, "exceptions");
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0)
		puts("no exceptions: SPF alone is trusted for no domain");
	json_array_foreach(list, i, item)
	{
		bool ended = json_is_true(json_object_get(item, "ended"));

		printf("%-30s %s %s  %s\n", print_string(item, "domain"),
		       ended ? "ended" : "until", print_string(item, "until"),
		       print_string(item, "reason"));
	}
}

typedef struct Summary {
	TrustDay total;
	json_t *days;
} Summary;

static json_t *
counts_value(const int64_t *counts)
{
	json_t *value = json_object();
	int64_t all = 0;

	for (int i = TRUST_N - 1; i >= 0; i--) {
		print_set_integer(value, trust_name((Trust)i), counts[i]);
		all += counts[i];
	}
	print_set_integer(value, "all", all);
	return value;
}

static void
add_day(const TrustDay *day, void *data)
{
	Summary *summary = data;
	json_t *value = json_object();
	g_autoptr(GDateTime) utc =
		g_date_time_new_from_unix_utc(day->day * SECONDS_A_DAY);
	g_autofree char *text =
		utc != NULL ? g_date_time_format(utc, "%Y-%m-%d") : NULL;

	for (int i = 0; i < TRUST_N; i++) {
		summary->total.all[i] += day->all[i];
		summary->total.known[i] += day->known[i];
	}
	print_set_string(value, "day", text);
	json_object_set_new(value, "mails", counts_value(day->all));
	json_object_set_new(value, "of_customers", counts_value(day->known));
	json_array_append_new(summary->days, value);
}

json_t *
trust_report_value(Store *store, int64_t now, GError **error)
{
	int64_t first = now / SECONDS_A_DAY - TRUST_REPORT_DAYS + 1;
	Summary summary = { .days = json_array() };
	json_t *value = json_object();

	json_object_set_new(value, "by_day", summary.days);
	if (!trust_each_day(store, first, add_day, &summary, error)) {
		json_decref(value);
		return NULL;
	}
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "days", TRUST_REPORT_DAYS);
	json_object_set_new(value, "mails", counts_value(summary.total.all));
	json_object_set_new(value, "of_customers",
	                    counts_value(summary.total.known));
	return value;
}

static void
print_share(const json_t *counts, const char *name)
{
	gint64 all = print_integer(counts, "all");
	gint64 n = print_integer(counts, name);

	printf("  %9" G_GINT64_FORMAT, n);
	if (all > 0)
		printf(" %5.1f %%", 100.0 * (double)n / (double)all);
	else
		printf("        ");
}

void
trust_report_text(const json_t *value)
{
	static const struct {
		const char *name, *meaning;
	} rows[] = {
		{ "verified", "DMARC or aligned DKIM" },
		{ "excepted", "SPF alone, exception" },
		{ "weak", "SPF alone" },
		{ "unverified", "nothing" },
		{ "all", "" },
	};

	printf("%-33s  %17s  %17s\n", "the last 30 days", "mails",
	       "of customers");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		printf("%-11s%-22s", rows[i].name, rows[i].meaning);
		print_share(json_object_get(value, "mails"), rows[i].name);
		print_share(json_object_get(value, "of_customers"),
		            rows[i].name);
		putchar('\n');
	}
}
