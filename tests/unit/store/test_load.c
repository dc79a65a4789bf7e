/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exports into the store: what one line joins, what counts once, what is taken
 * back, and that any cut into chunks gives the same customers and orders.
 */
#include "store/load.h"

#include <glib.h>
#include <string.h>

#include "message/message.h"
#include "store/customers.h"
#include "store/erasure.h"
#include "store_fixture.h"

#define LAST_DAY 20800
#define HEAD "Order,Date,Kundenr,Email,Amount,Type,Original order\n"

typedef struct Memory {
	const char *bytes;
	size_t size;
} Memory;

static gssize
read_memory(void *data, char *buffer, size_t size, uint64_t offset)
{
	const Memory *memory = data;
	size_t n = offset < memory->size ? memory->size - offset : 0;

	n = MIN(n, size);
	memcpy(buffer, memory->bytes + offset, n);
	return (gssize)n;
}

static Settings *
settings_of(const char *text)
{
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_parse("test", text, strlen(text), &error);

	g_assert_no_error(error);
	return settings;
}

static Domains *
public_domains(void)
{
	const char *const dirs[] = { RULES_DIR, NULL };
	g_autoptr(GError) error = NULL;
	Domains *domains = domains_load(dirs, &error);

	g_assert_no_error(error);
	return domains;
}

/* A file into the store, `rows` a chunk. */
static LoadCounts
import(StoreFixture *fixture, const char *config, const char *text, size_t rows)
{
	Memory memory = { text, strlen(text) };
	const OrdersSource source = { read_memory, &memory };
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_of(config);
	g_autoptr(Domains) domains = public_domains();
	g_autoptr(OrdersPlan) plan = orders_plan_new("EUR", NULL, &error);
	g_autoptr(Orders) orders =
		orders_open(&source, plan, NULL, NULL, &error);
	const LoadOptions options = { .settings = settings,
		                      .public_domains = domains,
		                      .rows_max = rows };
	g_autoptr(Load) load =
		load_new(fixture->store, fixture->keys, &options, &error);
	LoadCounts counts = { 0 };
	const OrdersFault *fault;
	const OrdersRow *row;
	OrdersResult result;

	g_assert_no_error(error);
	while ((result = orders_next(orders, &row, &fault, &error)) !=
	       ORDERS_END) {
		OrdersColumn column;
		const char *code;

		g_assert_cmpint(result, ==, ORDERS_ROW);
		if (load_add(load, row, &column, &code, &error) == LOAD_FULL)
			g_assert_true(load_flush(load, NULL, &counts, &error));
		g_assert_no_error(error);
	}
	g_assert_true(load_flush(load, NULL, &counts, &error));
	g_assert_no_error(error);
	return counts;
}

static int64_t
customer_of(StoreFixture *fixture, const char *who)
{
	g_autoptr(GError) error = NULL;
	int64_t customer = 0;
	bool good =
		strchr(who, '@') != NULL
			? customers_find(fixture->store, fixture->keys, who,
	                                 &customer, &error)
			: customers_find_number(fixture->store, fixture->keys,
	                                        who, &customer, &error);

	g_assert_true(good);
	g_assert_no_error(error);
	return customer;
}

static CustomersFacts
facts_of(StoreFixture *fixture, const char *who)
{
	g_autoptr(GError) error = NULL;
	int64_t customer = customer_of(fixture, who);
	CustomersFacts facts = { 0 };

	g_assert_cmpint(customer, >, 0);
	g_assert_true(
		customers_facts(fixture->store, customer, &facts, &error));
	return facts;
}

typedef struct Row {
	const char *name;
	const char *config;
	const char *text; /* of the file, or of two with "---\n" between */
	const char *who, *other;
	bool one;              /* they are one customer */
	int64_t orders, cents; /* of `who` */
} Row;

#define LINE(id, number, email, amount)                                        \
	id ",2025-02-01," number "," email "," amount ",,\n"

static const Row rows[] = {
	{ "one-line-joins", "", HEAD LINE("1", "7", "a@gmail.com", "5"), "7",
	  "a@gmail.com", true, 1, 500 },
	{ "two-addresses", "",
	  HEAD LINE("1", "7", "a@gmail.com", "5")
	          LINE("2", "7", "b@web.de", "5"),
	  "a@gmail.com", "b@web.de", true, 2, 1000 },
	{ "strangers", "",
	  HEAD LINE("1", "7", "a@gmail.com", "5")
	          LINE("2", "8", "b@gmail.com", "5"),
	  "a@gmail.com", "b@gmail.com", false, 1, 500 },
	{ "two-numbers", "",
	  HEAD LINE("1", "7", "a@gmail.com", "5")
	          LINE("2", "8", "a@gmail.com", "5"),
	  "7", "8", true, 2, 1000 },
	{ "later-line-joins", "",
	  HEAD LINE("1", "7", "", "5") LINE("2", "", "a@gmail.com", "6")
	          LINE("3", "7", "a@gmail.com", "7"),
	  "7", "a@gmail.com", true, 3, 1800 },
	{ "later-file-joins", "",
	  HEAD LINE("1", "7", "", "5")
	          LINE("2", "", "a@gmail.com",
	               "6") "---\n" HEAD LINE("3", "7", "a@gmail.com", "7"),
	  "7", "a@gmail.com", true, 3, 1800 },
	{ "chain", "",
	  HEAD LINE("1", "1", "", "1") LINE("2", "", "a@gmail.com", "1")
	          LINE("3", "2", "", "1")
	                  LINE("4", "", "b@gmail.com", "1") "---\n" HEAD LINE(
				  "5", "1", "a@gmail.com", "1")
	                          LINE("6", "2", "b@gmail.com", "1")
	                                  LINE("7", "1", "b@gmail.com", "1"),
	  "2", "a@gmail.com", true, 7, 700 },
	{ "company", "",
	  HEAD LINE("1", "", "a@acme.example", "5")
	          LINE("2", "", "b@acme.example", "5"),
	  "a@acme.example", "b@acme.example", true, 2, 1000 },
	{ "company-stranger-writes", "",
	  HEAD LINE("1", "", "a@acme.example", "5"), "a@acme.example",
	  "never-seen@acme.example", true, 1, 500 },
	{ "company-off", "[import]\ndomains = off\n",
	  HEAD LINE("1", "", "a@acme.example", "5")
	          LINE("2", "", "b@acme.example", "5"),
	  "a@acme.example", "b@acme.example", false, 1, 500 },
	{ "company-by-column", "[import]\ndomains = column\n",
	  HEAD LINE("1", "", "a@acme.example", "5")
	          LINE("2", "", "b@acme.example", "5"),
	  "a@acme.example", "b@acme.example", false, 1, 500 },
	{ "own-domain", "[mailbox support@firm.example]\n",
	  HEAD LINE("1", "", "a@firm.example", "5")
	          LINE("2", "", "b@firm.example", "5"),
	  "a@firm.example", "b@firm.example", false, 1, 500 },
	{ "below-public", "",
	  HEAD LINE("1", "", "a@mx.gmail.com", "5")
	          LINE("2", "", "b@mx.gmail.com", "5"),
	  "a@mx.gmail.com", "b@mx.gmail.com", false, 1, 500 },
	{ "case-and-spelling", "",
	  HEAD LINE("1", "", "Anna.B@Gmail.COM", "5")
	          LINE("2", "", "Anna <anna.b@gmail.com>", "5"),
	  "anna.b@gmail.com", "anna.b@gmail.com", true, 2, 1000 },
	{ "placeholder-number", "",
	  HEAD LINE("1", "0", "a@gmail.com", "5")
	          LINE("2", "0", "b@gmail.com", "5"),
	  "a@gmail.com", "b@gmail.com", false, 1, 500 },
	{ "duplicates", "",
	  HEAD LINE("1", "7", "", "5") LINE("1", "7", "", "5")
	          LINE("1", "7", "", "9") "---\n" HEAD LINE("1", "7", "", "5"),
	  "7", "7", true, 1, 500 },
	{ "refund-after", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,-2,,\n", "7", "7", true,
	  1, 300 },
	{ "refund-before", "",
	  HEAD "1,2025-02-09,7,,-2,,\n" LINE("1", "7", "", "5"), "7", "7", true,
	  1, 300 },
	{ "refund-by-type", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,2,Refund,\n", "7", "7",
	  true, 1, 300 },
	{ "refund-of-another-file", "",
	  HEAD LINE("1", "7", "", "5") "---\n" HEAD "1,2025-02-09,7,,-2,,\n",
	  "7", "7", true, 1, 300 },
	{ "refund-that-refers", "",
	  HEAD LINE("1", "7", "", "5") "R9,2025-02-09,7,,-2,,1\n", "7", "7",
	  true, 1, 300 },
	{ "refund-twice-in-the-file", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,-2,,\n"
	                               "1,2025-02-09,7,,-2,,\n",
	  "7", "7", true, 1, 300 },
	{ "refunds-of-two-days", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,-2,,\n"
	                               "1,2025-02-10,7,,-2,,\n",
	  "7", "7", true, 1, 100 },
	{ "refund-of-all", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,-5,,\n", "7", "7", true,
	  0, 0 },
	{ "refund-of-more", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,-9,,\n"
	                               "---\n" HEAD LINE("1", "7", "", "5"),
	  "7", "7", true, 0, 0 },
	{ "refund-of-nothing-known", "",
	  HEAD LINE("1", "7", "", "5") "R1,2025-02-09,7,,-2,,\n", "7", "7",
	  true, 1, 300 },
	{ "cancelled", "",
	  HEAD LINE("1", "7", "", "5") "1,2025-02-09,7,,5,cancelled,\n"
	                               "---\n" HEAD LINE("1", "7", "", "5"),
	  "7", "7", true, 0, 0 },
	{ "refund-of-who-is-found-to-be-the-same", "",
	  HEAD LINE("1", "", "a@gmail.com",
	            "5") "---\n" HEAD
	                 "1,2025-02-09,7,,-2,,\n---\n" HEAD LINE(
				 "3", "7", "a@gmail.com", "7"),
	  "7", "a@gmail.com", true, 2, 1000 },
	{ "refund-before-of-who-is-found-to-be-the-same", "",
	  HEAD "1,2025-02-09,7,,-2,,\n---\n" HEAD LINE(
		  "1", "", "a@gmail.com",
		  "5") "---\n" HEAD LINE("3", "7", "a@gmail.com", "7"),
	  "7", "a@gmail.com", true, 2, 1000 },
	{ "cancelled-of-who-is-found-to-be-the-same", "",
	  HEAD LINE("1", "", "a@gmail.com",
	            "5") "---\n" HEAD
	                 "1,2025-02-09,7,,5,void,\n---\n" HEAD LINE(
				 "3", "7", "a@gmail.com", "7"),
	  "7", "a@gmail.com", true, 1, 700 },
	{ "no-order-ids", "",
	  "Kundenr,Date,Amount\n7,2025-02-01 10:00,5\n7,2025-02-01 11:00,5\n"
	  "7,2025-02-01 11:00,5\n",
	  "7", "7", true, 2, 1000 },
};

/* Twice, so that nothing counts twice; in chunks of all sizes. */
static void
check_row(const Row *row, size_t chunk)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_auto(GStrv) files = g_strsplit(row->text, "---\n", -1);
	CustomersFacts facts;

	for (int time = 0; time < 2; time++)
		for (char **file = files; *file != NULL; file++)
			(void)import(fixture, row->config, *file, chunk);
	facts = facts_of(fixture, row->who);
	g_assert_cmpint(facts.orders, ==, row->orders);
	g_assert_cmpint(facts.cents, ==, row->cents);
	g_assert_true((customer_of(fixture, row->other) == facts.id) ==
	              row->one);
}

static void
test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		static const size_t chunks[] = { 0, 1, 2 };

		for (size_t c = 0; c < G_N_ELEMENTS(chunks); c++) {
			g_test_message("%s, %zu", rows[i].name, chunks[c]);
			check_row(&rows[i], chunks[c]);
		}
	}
}

static void
test_counts(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	static const char text[] = HEAD LINE("1", "7", "a@gmail.com", "5")
		LINE("1", "7", "a@gmail.com", "5") LINE(
			"2", "8", "b@gmail.com",
			"5") "1,2025-02-09,7,,-2,,\n2,2025-02-09,8,,5,void,\n";
	LoadCounts counts = import(fixture, "", text, 0);
	CustomersCount count;

	g_assert_cmpint(counts.customers, ==, 2);
	g_assert_cmpint(counts.orders, ==, 2);
	g_assert_cmpint(counts.refunds, ==, 1);
	g_assert_cmpint(counts.cancelled, ==, 1);
	g_assert_cmpint(counts.duplicates, ==, 1);
	g_assert_cmpint(counts.merged, ==, 0);
	/* A refund is none. */
	g_assert_true(customers_count(fixture->store, &count, NULL));
	g_assert_cmpint(count.orders, ==, 2);
	counts =
		import(fixture, "", HEAD LINE("3", "7", "b@gmail.com", "5"), 0);
	g_assert_cmpint(counts.merged, ==, 1);
	g_assert_cmpint(counts.customers, ==, 0);
}

static void
test_consent(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);

	(void)import(fixture, "",
	             "Kundenr,Email,Samtykke\n7,a@gmail.com,nej\n"
	             "8,b@gmail.com,full\n9,c@gmail.com,\n",
	             0);
	g_assert_cmpint(facts_of(fixture, "7").consent, ==, 0);
	g_assert_cmpint(facts_of(fixture, "8").consent, ==, 2);
	g_assert_cmpint(facts_of(fixture, "9").consent, ==, -1);
	/* Who says no for one says no for both. */
	(void)import(fixture, "", "Kundenr,Email\n7,b@gmail.com\n", 0);
	g_assert_cmpint(facts_of(fixture, "8").consent, ==, 0);
}

/* A number that thousands share is a placeholder, and joins nobody more. */
static void
test_wide(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GString) text = g_string_new(HEAD);
	LoadCounts counts;

	for (int i = 0; i < 6000; i++)
		g_string_append_printf(
			text, "%d,2025-02-01,1000,c%d@gmail.com,5,,\n", i, i);
	counts = import(fixture, "", text->str, 0);
	g_assert_cmpint(counts.wide, >, 900);
	g_assert_cmpint(counts.orders, ==, 6000 - counts.wide);
	g_assert_cmpint(counts.merged, ==, 0);
}

/* Who objects between the reading of his line and its writing is not imported:
 * the next run asks about him. */
static void
test_objection_meanwhile(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const LoadOptions options = { .settings = settings_new_default() };
	const OrdersRow row = { .n_emails = 1,
		                .emails = { "a@gmail.com" },
		                .consent = -1,
		                .order = "",
		                .refers = "" };
	const ErasureRequest request = { .kind = ERASURE_OBJECT,
		                         .who = "a@gmail.com",
		                         .actor = "t",
		                         .wait_ms = 5000 };
	g_autoptr(GError) error = NULL;
	ErasureResult erased;

	for (int run = 0; run < 2; run++) {
		g_autoptr(Load) load = load_new(fixture->store, fixture->keys,
		                                &options, &error);
		LoadCounts counts = { 0 };
		const char *code = NULL;
		OrdersColumn column;

		g_assert_no_error(error);
		g_assert_cmpint(load_add(load, &row, &column, &code, &error),
		                ==, run == 0 ? LOAD_TAKEN : LOAD_SUPPRESSED);
		if (run == 0)
			g_assert_true(erasure_run(fixture->store, fixture->keys,
			                          &request, &erased, &error));
		g_assert_no_error(error);
		g_assert_cmpint(load_flush(load, NULL, &counts, &error), ==,
		                run > 0);
		if (run == 0)
			g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
		g_clear_error(&error);
		g_assert_cmpint(counts.customers, ==, 0);
	}
	settings_free((Settings *)(uintptr_t)options.settings);
}

/* Who was restricted before he was a customer is one whose orders are not
 * used, until it is lifted; a company he writes from goes on. */
static void
test_restricted(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	static const char *const who[] = { "a@gmail.com", "a@acme.example" };
	g_autoptr(GError) error = NULL;
	bool changed;

	for (size_t i = 0; i < G_N_ELEMENTS(who); i++)
		g_assert_true(restriction_change(fixture->store, fixture->keys,
		                                 who[i], RESTRICTION_SET,
		                                 &changed, &error));
	g_assert_no_error(error);
	(void)import(fixture, "",
	             HEAD LINE("1", "7", "a@gmail.com", "5")
	                     LINE("2", "8", "b@gmail.com", "5")
	                             LINE("3", "9", "a@acme.example", "5"),
	             0);
	g_assert_true(facts_of(fixture, "7").restricted);
	g_assert_false(facts_of(fixture, "8").restricted);
	g_assert_false(facts_of(fixture, "9").restricted);
	g_assert_true(restriction_change(fixture->store, fixture->keys, who[0],
	                                 RESTRICTION_LIFT, &changed, &error));
	g_assert_no_error(error);
	g_assert_false(facts_of(fixture, "7").restricted);
}

/* An import names aliases anew; orders without ids are known again. */
static void
test_rotation(void)
{
	static const char text[] = "Kundenr,Email,Date,Amount\n"
				   "7,a@gmail.com,2025-02-01,5\n"
				   "8,b@gmail.com,2025-02-01,6\n";
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	LoadCounts counts = import(fixture, "", text, 0);
	int64_t before = customer_of(fixture, "7");

	g_assert_cmpint(counts.orders, ==, 2);
	g_assert_true(keys_rotate(fixture->keys_path, &error));
	keys_free(fixture->keys);
	fixture->keys = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	counts = import(fixture, "", text, 1);
	g_assert_cmpint(counts.customers, ==, 0);
	g_assert_cmpint(counts.orders, ==, 0);
	g_assert_cmpint(counts.duplicates, ==, 2);
	g_assert_true(keys_forget_old(fixture->keys_path, &error));
	keys_free(fixture->keys);
	fixture->keys = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	g_assert_cmpint(customer_of(fixture, "7"), ==, before);
	g_assert_cmpint(customer_of(fixture, "a@gmail.com"), ==, before);
	g_assert_cmpint(facts_of(fixture, "8").cents, ==, 600);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/load/rows", test_rows);
	g_test_add_func("/load/counts", test_counts);
	g_test_add_func("/load/consent", test_consent);
	g_test_add_func("/load/wide", test_wide);
	g_test_add_func("/load/objection-meanwhile", test_objection_meanwhile);
	g_test_add_func("/load/restricted", test_restricted);
	g_test_add_func("/load/rotation", test_rotation);
	return g_test_run();
}
