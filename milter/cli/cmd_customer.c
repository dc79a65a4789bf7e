/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "day.h"
#include "import.h"
#include "import_watch.h"
#include "print.h"
#include "site.h"
#include "store/customers.h"

#define DAY_SECONDS 86400

static void
say_line(void *data, const char *line)
{
	(void)data;
	puts(line);
}

static void
said_before(const json_t *value)
{
	(void)value;
}

static ImportResult
import_one(Import *import, const Options *options, const char *path)
{
	ImportSay *say = options->json ? NULL : say_line;
	json_t *value = NULL;
	ImportResult result =
		options->sql != NULL
			? import_query(import, path, options->sql, say, NULL,
	                               &value)
			: import_file(import, path, say, NULL, &value);

	print_value(options->json, value, said_before);
	return result;
}

static bool
import_asked_well(const Options *options)
{
	size_t files = options->n_arguments - 1;

	if (options->watch != NULL &&
	    (files > 0 || options->sql != NULL || options->dry_run))
		print_error("customer: --watch DIR takes the files of DIR: no "
		            "FILE, --sql or --dry-run beside it");
	else if (options->watch == NULL && files == 0)
		print_error("customer: say import FILE..., or --watch DIR");
	else if (options->sql != NULL && files != 1)
		print_error("customer: --sql QUERY is asked of one database");
	else if (options->once && options->watch == NULL)
		print_error("customer: --once belongs to --watch DIR");
	else
		return true;
	return false;
}

static int
import(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) open = NULL;
	int code = CLI_FINE;

	if (!import_asked_well(options))
		return CLI_USAGE;
	open = import_open(options, &error);
	if (open == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	if (options->watch != NULL)
		return import_watch(open, options->watch, options->once,
		                    options->json);
	for (size_t i = 1; i < options->n_arguments; i++)
		if (import_one(open, options, options->arguments[i]) !=
		    IMPORT_FINE)
			code = CLI_FOUND;
	return code;
}

static void
customer_text(const json_t *value)
{
	printf("customer %" G_GINT64_FORMAT ", known since %s%s\n",
	       print_integer(value, "customer"), print_string(value, "since"),
	       json_is_true(json_object_get(value, "restricted"))
	               ? ", restricted"
	               : "");
	fputs("aliases  ", stdout);
	print_count(value, "addresses", "address, ", "addresses, ");
	print_count(value, "numbers", "customer number, ",
	            "customer numbers, ");
	print_count(value, "domains", "domain\n", "domains\n");
	printf("consent  %s\n", print_string(value, "consent"));
	if (print_integer(value, "orders") == 0) {
		puts("orders   none");
		return;
	}
	printf("orders   %" G_GINT64_FORMAT ", %s %s together, %s to %s\n",
	       print_integer(value, "orders"), print_string(value, "amount"),
	       print_string(value, "currency"),
	       print_string(value, "first_order"),
	       print_string(value, "last_order"));
}

static char *
amount_text(int64_t cents)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT ".%02d",
	                       cents < 0 ? "-" : "", ABS(cents) / 100,
	                       (int)(ABS(cents) % 100));
}

static json_t *
customer_value(const Site *site, const CustomersFacts *facts)
{
	static const char *const levels[] = { "default", "none", "basic",
		                              "full" };
	g_autofree char *since = day_numbered(facts->since / DAY_SECONDS);
	g_autofree char *first = day_numbered(facts->first_day);
	g_autofree char *last = day_numbered(facts->last_day);
	g_autofree char *amount = amount_text(facts->cents);
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_integer(value, "customer", facts->id);
	print_set_string(value, "since", since);
	print_set_string(value, "consent",
	                 levels[CLAMP(facts->consent, -1, 2) + 1]);
	print_set_bool(value, "restricted", facts->restricted);
	print_set_integer(value, "addresses", facts->addresses);
	print_set_integer(value, "numbers", facts->numbers);
	print_set_integer(value, "domains", facts->domains);
	print_set_integer(value, "orders", facts->orders);
	print_set_string(value, "amount", amount);
	print_set_string(value, "currency", site->settings->import_currency);
	print_set_string(value, "first_order", facts->orders ? first : NULL);
	print_set_string(value, "last_order", facts->orders ? last : NULL);
	return value;
}

static bool
show(const Options *options, GError **error)
{
	g_auto(Site) site = { 0 };
	CustomersFacts facts;
	int64_t customer;

	if (!site_open(&site, options, SITE_READ, error))
		return false;
	customer = site_find(&site, options->arguments[1], NULL, error);
	if (customer == 0 ||
	    !customers_facts(site.store, customer, &facts, error))
		return false;
	print_value(options->json, customer_value(&site, &facts),
	            customer_text);
	return true;
}

static void
merge_text(const json_t *value)
{
	puts(json_is_true(json_object_get(value, "merged"))
	             ? "They are one customer now."
	             : "They were one customer already.");
}

static bool
merge(const Options *options, GError **error)
{
	g_auto(Site) site = { 0 };
	int64_t into, from;
	json_t *value;
	bool good;

	if (!site_open(&site, options, SITE_WRITE, error))
		return false;
	into = site_find(&site, options->arguments[1], NULL, error);
	from = into != 0 ? site_find(&site, options->arguments[2], NULL, error)
	                 : 0;
	if (from == 0)
		return false;
	if (into != from) {
		g_autoptr(StoreTxn) txn = store_begin(site.store, error);

		good = txn != NULL &&
		       customers_merge(site.store, into, from, error) &&
		       store_commit(txn, error);
		if (!good)
			return false;
	}
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "customer", into);
	print_set_bool(value, "merged", into != from);
	print_value(options->json, value, merge_text);
	return true;
}

static void
count_text(const json_t *value)
{
	print_count(value, "customers", "customer, ", "customers, ");
	print_count(value, "aliases", "alias, ", "aliases, ");
	print_count(value, "orders", "order\n", "orders\n");
}

static bool
count(const Options *options, GError **error)
{
	g_auto(Site) site = { 0 };
	CustomersCount counts;
	json_t *value;

	if (!site_open(&site, options, SITE_READ, error) ||
	    !customers_count(site.store, &counts, error))
		return false;
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "customers", counts.customers);
	print_set_integer(value, "aliases", counts.aliases);
	print_set_integer(value, "orders", counts.orders);
	print_value(options->json, value, count_text);
	return true;
}

/* A merge cannot be undone: with --dry-run, which it has not, none is made. */
static bool
asks_for_import(const Options *options)
{
	return options->dry_run || options->mapping != NULL ||
	       options->watch != NULL || options->once ||
	       options->sql != NULL || options->again;
}

int
cmd_customer(const Options *options)
{
	static const struct {
		const char *word;
		size_t operands;
		bool (*run)(const Options *options, GError **error);
		const char *usage;
	} words[] = {
		{ "show", 2, show, "show ADDRESS|NUMBER" },
		{ "merge", 3, merge, "merge ADDRESS|NUMBER ADDRESS|NUMBER" },
		{ "count", 1, count, "count" },
	};
	g_autoptr(GError) error = NULL;

	if (strcmp(options->arguments[0], "import") == 0)
		return import(options);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(options->arguments[0], words[i].word) != 0)
			continue;
		if (options->n_arguments != words[i].operands) {
			print_error("customer: say %s", words[i].usage);
			return CLI_USAGE;
		}
		if (asks_for_import(options)) {
			print_error("customer: %s has no option of import",
			            words[i].word);
			return CLI_USAGE;
		}
		if (words[i].run(options, &error))
			return CLI_FINE;
		print_failure(&error);
	}
	return CLI_FOUND;
}
