/* SPDX-License-Identifier: Apache-2.0 */
#include "store/worth.h"

#include <glib.h>
#include <string.h>

#include "store_fixture.h"

#define NOW 1800000000
#define FULL 2

static void
add_customer(Store *store, int64_t id)
{
	g_autoptr(Statement) add = store_statement(store, SQL_customer_add);

	statement_bind_int(add, 1, id);
	statement_bind_int(add, 2, NOW - 86400);
	g_assert_true(statement_run(add, NULL));
}

static void
set_consent(Store *store, int64_t id, int consent)
{
	g_autoptr(StoreTxn) txn = store_begin(store, NULL);
	g_autoptr(Statement) set = store_statement(store, SQL_customer_consent);

	statement_bind_int(set, 1, id);
	statement_bind_int(set, 2, consent);
	g_assert_true(statement_run(set, NULL));
	g_assert_true(store_commit(txn, NULL));
}

static void
restrict_customer(Store *store, int64_t id)
{
	g_autoptr(StoreTxn) txn = store_begin(store, NULL);
	g_autoptr(Statement) set = store_statement(store, SQL_person_restrict);

	statement_bind_int(set, 1, id);
	statement_bind_int(set, 2, 1);
	g_assert_true(statement_run(set, NULL));
	g_assert_true(store_commit(txn, NULL));
}

static void
put_override(Store *store, int64_t id, const WorthOverride *set)
{
	g_autoptr(StoreTxn) txn = store_begin(store, NULL);

	g_assert_true(worth_override(store, id, set, NULL));
	g_assert_true(store_commit(txn, NULL));
}

static void
put_fit(Store *store, const char *json)
{
	g_autoptr(StoreTxn) txn = store_begin(store, NULL);

	g_assert_true(worth_fit_write(store, json, NULL));
	g_assert_true(store_commit(txn, NULL));
}

static void
add_order(Store *store, int64_t id, int64_t oid, int64_t day, int64_t cents)
{
	g_autoptr(Statement) add = store_statement(store, SQL_load_order);

	statement_bind_int(add, 1, id);
	statement_bind_int(add, 2, oid);
	statement_bind_int(add, 3, day);
	statement_bind_int(add, 4, cents);
	g_assert_true(statement_run(add, NULL));
}

/* Ten customers; the n-th has n orders. */
static StoreFixture *
ten(void)
{
	StoreFixture *fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, NULL);

	for (int64_t id = 1; id <= 10; id++) {
		add_customer(fixture->store, id);
		for (int64_t n = 0; n < id; n++)
			add_order(fixture->store, id, 1000 - n, 20000 + n * 10,
			          id * 100);
	}
	g_assert_true(store_commit(txn, NULL));
	return fixture;
}

static void
note(WorthCustomer *customer, void *data)
{
	g_string_append_printf(data, "%d:%zu ", (int)customer->id, customer->n);
}

static char *
seen(Store *store, int64_t after, int64_t upto, int consent)
{
	WorthRange range = { after, upto, consent };
	GString *text = g_string_new(NULL);

	g_assert_true(worth_each(store, &range, false, note, text, NULL));
	return g_string_free(text, FALSE);
}

static void
test_each(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	Store *store = fixture->store;
	g_autofree char *all = seen(store, 0, 10, FULL);
	g_autofree char *some = seen(store, 3, 6, FULL);
	g_autofree char *allowed = NULL;
	g_autofree char *basic = NULL;
	WorthRange range = { 0, INT64_MAX, FULL };
	WorthSpan span;
	int64_t last;

	g_assert_cmpstr(all, ==, "1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 ");
	g_assert_cmpstr(some, ==, "4:4 5:5 6:6 ");
	set_consent(store, 2, 0);
	set_consent(store, 4, 1);
	set_consent(store, 6, 2);
	restrict_customer(store, 6);
	set_consent(store, 9, 2);
	allowed = seen(store, 0, 10, FULL);
	g_assert_cmpstr(allowed, ==, "1:1 3:3 5:5 7:7 8:8 9:9 10:10 ");
	basic = seen(store, 0, 10, 1);
	g_assert_cmpstr(basic, ==, "9:9 ");
	g_assert_true(worth_last_customer(store, &last, NULL));
	g_assert_cmpint(last, ==, 10);
	g_assert_true(worth_span(store, &range, 20050, &span, NULL));
	g_assert_cmpint(span.orders, ==, 55);
	g_assert_cmpint(span.newest, ==, 20050);
}

static Worth
worth_of(int64_t id, Tier tier)
{
	Worth row = { .customer = id, .tier = tier, .tier_since = NOW - 5 };

	row.scores = (Scores){ .of = { 90, 20, 30, 40 },
		               .alive = 0.875,
		               .expected = 2.5,
		               .clv = 123456,
		               .next = 20900,
		               .recency = 5,
		               .frequency = 4,
		               .money = 3,
		               .method = SCORE_MODEL };
	return row;
}

static void
test_write(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	Store *store = fixture->store;
	g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(Order));
	Worth rows[] = { worth_of(3, TIER_VIP), worth_of(4, TIER_BASIC),
		         worth_of(99, TIER_VIP) };
	WorthRange range = { 0, 100, FULL };
	WorthRange part = { 0, 3, FULL };
	WorthCard card;

	restrict_customer(store, 4);
	g_assert_true(worth_write(store, &range, rows, 3, NOW, NULL));
	g_assert_true(worth_card(store, &(WorthAsk){ 3, FULL, NOW }, &card,
	                         orders, NULL));
	g_assert_true(card.allowed && card.has_worth && !card.has_override);
	g_assert_cmpint(card.worth.tier, ==, TIER_VIP);
	g_assert_cmpint(card.worth.tier_since, ==, NOW - 5);
	g_assert_cmpint(card.worth.scores.of[SCORE_UPSELL], ==, 30);
	g_assert_cmpfloat(card.worth.scores.alive, ==, 0.875);
	g_assert_cmpfloat(card.worth.scores.expected, ==, 2.5);
	g_assert_cmpfloat(card.worth.scores.clv, ==, 123456);
	g_assert_cmpint(card.worth.scores.next, ==, 20900);
	g_assert_cmpint(card.worth.fitted_at, ==, NOW);
	g_assert_cmpuint(orders->len, ==, 3);
	g_assert_cmpint(card.orders, ==, 3);
	/* Restricted meanwhile: nothing is written; nor of one unknown. */
	g_assert_true(worth_card(store, &(WorthAsk){ 4, FULL, NOW }, &card,
	                         orders, NULL));
	g_assert_false(card.allowed || card.has_worth);
	/* A later fit that does not reach the customer takes the row away, but
	 * only within its range. */
	g_assert_true(worth_write(store, &range, rows, 1, NOW + 1, NULL));
	part.upto = 2;
	g_assert_true(worth_write(store, &part, NULL, 0, NOW + 2, NULL));
	g_assert_true(worth_card(store, &(WorthAsk){ 3, FULL, NOW }, &card,
	                         orders, NULL));
	g_assert_true(card.has_worth);
	/* Also one of the same second. */
	part.upto = 3;
	g_assert_true(worth_write(store, &part, NULL, 0, NOW + 1, NULL));
	g_assert_true(worth_card(store, &(WorthAsk){ 3, FULL, NOW }, &card,
	                         orders, NULL));
	g_assert_false(card.has_worth);
}

/* GDPR 18: what is kept of who is restricted stays, past any fit, and is not
 * counted. */
static void
test_restricted(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	Store *store = fixture->store;
	g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(Order));
	Worth rows[] = { worth_of(3, TIER_VIP), worth_of(4, TIER_PREMIUM) };
	WorthRange range = { 0, 100, FULL };
	WorthQuality quality = { 0 };
	WorthCard card;

	g_assert_true(worth_write(store, &range, rows, 2, NOW, NULL));
	restrict_customer(store, 4);
	g_assert_true(worth_write(store, &range, rows, 2, NOW + 1, NULL));
	g_assert_true(worth_card(store, &(WorthAsk){ 4, FULL, NOW }, &card,
	                         orders, NULL));
	g_assert_false(card.allowed);
	g_assert_true(card.has_worth);
	g_assert_cmpint(card.worth.tier, ==, TIER_PREMIUM);
	g_assert_cmpint(card.worth.fitted_at, ==, NOW);
	g_assert_true(worth_quality(store, &range, NOW, &quality, NULL));
	g_assert_cmpint(quality.tiers[TIER_VIP], ==, 1);
	g_assert_cmpint(quality.tiers[TIER_PREMIUM], ==, 0);
	g_assert_cmpint(quality.no_tier, ==, 9);
}

static void
test_before(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	Worth row = worth_of(7, TIER_PREMIUM);
	WorthRange range = { 6, 7, FULL };
	g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(Order));
	WorthOverride set = { TIER_VIP, NOW + 100, NOW, "by hand" };
	WorthCard card;

	g_assert_true(worth_write(fixture->store, &range, &row, 1, NOW, NULL));
	put_override(fixture->store, 7, &set);
	g_assert_true(worth_card(fixture->store, &(WorthAsk){ 7, FULL, NOW },
	                         &card, orders, NULL));
	g_assert_true(card.has_override);
	g_assert_cmpint(card.override.tier, ==, TIER_VIP);
	g_assert_cmpstr(card.override.reason, ==, "by hand");
	/* It ends by itself. */
	g_assert_true(worth_card(fixture->store,
	                         &(WorthAsk){ 7, FULL, NOW + 100 }, &card,
	                         orders, NULL));
	g_assert_false(card.has_override);
	g_assert_cmpint(card.worth.tier, ==, TIER_PREMIUM);
	put_override(fixture->store, 7, NULL);
	g_assert_true(worth_card(fixture->store, &(WorthAsk){ 7, FULL, NOW },
	                         &card, orders, NULL));
	g_assert_false(card.has_override);
}

static void
test_quality(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	Worth rows[] = { worth_of(3, TIER_VIP), worth_of(5, TIER_BASIC) };
	WorthRange range = { 0, 100, FULL };
	WorthOverride set = { TIER_PREMIUM, NOW + 100, NOW, "by hand" };
	WorthQuality quality;
	WorthImports imports;

	memset(&quality, 0, sizeof(quality));
	g_assert_true(worth_write(fixture->store, &range, rows, 2, NOW, NULL));
	put_override(fixture->store, 5, &set);
	set_consent(fixture->store, 8, 1);
	g_assert_true(
		worth_quality(fixture->store, &range, NOW, &quality, NULL));
	g_assert_cmpint(quality.customers, ==, 10);
	g_assert_cmpint(quality.with_orders, ==, 10);
	g_assert_cmpint(quality.with_address, ==, 0);
	g_assert_cmpint(quality.complete, ==, 0);
	g_assert_cmpint(quality.not_allowed, ==, 1);
	g_assert_cmpint(quality.tiers[TIER_VIP], ==, 1);
	g_assert_cmpint(quality.tiers[TIER_BASIC], ==, 0);
	g_assert_cmpint(quality.tiers[TIER_PREMIUM], ==, 1);
	g_assert_cmpint(quality.overrides, ==, 1);
	g_assert_cmpint(quality.no_tier, ==, 8);
	g_assert_true(worth_imports(fixture->store, &imports, NULL));
	g_assert_cmpint(imports.files, ==, 0);
}

static void
test_fit_kept(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	g_autoptr(GError) error = NULL;
	g_autofree char *none = worth_fit_read(fixture->store, &error);
	g_autofree char *kept = NULL;

	g_assert_no_error(error);
	g_assert_null(none);
	put_fit(fixture->store, "{}");
	put_fit(fixture->store, "{\"a\":1}");
	kept = worth_fit_read(fixture->store, NULL);
	g_assert_cmpstr(kept, ==, "{\"a\":1}");
}

/* A writer elsewhere holds the lock: nothing is written, and it is told. */
static void
test_locked(void)
{
	g_autoptr(StoreFixture) fixture = ten();
	g_autoptr(Store) other = store_fixture_open(fixture, STORE_ADMIN);
	g_autoptr(StoreTxn) txn = store_begin(other, NULL);
	g_autoptr(GError) error = NULL;
	Worth row = worth_of(3, TIER_VIP);
	WorthRange range = { 0, 100, FULL };

	g_assert_false(
		worth_write(fixture->store, &range, &row, 1, NOW, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/worth/each", test_each);
	g_test_add_func("/worth/write", test_write);
	g_test_add_func("/worth/restricted", test_restricted);
	g_test_add_func("/worth/before", test_before);
	g_test_add_func("/worth/quality", test_quality);
	g_test_add_func("/worth/fit-kept", test_fit_kept);
	g_test_add_func("/worth/locked", test_locked);
	return g_test_run();
}
