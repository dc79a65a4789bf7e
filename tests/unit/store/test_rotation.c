/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY P-7: a hundred thousand customers, and the key that made their
 * names is replaced. Everybody is found all the time; who writes gets a new
 * name; at the end no old name is left and the old key can go.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "db_private.h"
#include "store/customers.h"
#include "store/upkeep.h"
#include "store_fixture.h"

#define CUSTOMERS (g_test_slow() ? 100000 : 20000)
#define SILENT 10 /* one in so many does not write during the rotation */
#define SECOND 4  /* one in so many has a second address, and never uses it */

typedef struct Rotation {
	StoreFixture *fixture;
	Store *store;
	Keys *keys;
} Rotation;

static const UpkeepWatch unwatched = { NULL, NULL };

static char *
address_of(int i, bool second)
{
	return g_strdup_printf("customer%d@%s.example", i,
	                       second ? "second" : "first");
}

static bool
is_silent(int i)
{
	return i % SILENT == 0;
}

static bool
has_second(int i)
{
	return i % SECOND == 1;
}

static void
name_customer(Store *store, const Keys *keys, int i, bool second)
{
	g_autoptr(Statement) add = store_statement(store, SQL_writer_add_alias);
	g_autofree char *address = address_of(i, second);
	Pseudonym key = keys_pseudonym(keys, PSEUDONYM_EMAIL, address);

	statement_bind_bytes(add, 1, key.bytes, sizeof(key.bytes));
	statement_bind_int(add, 2, keys_id(keys));
	statement_bind_int(add, 3, i);
	statement_bind_int(add, 4, PSEUDONYM_EMAIL);
	g_assert_true(statement_run(add, NULL));
}

static void
add_customers(Rotation *rotation)
{
	g_autoptr(StoreTxn) txn = store_begin(rotation->store, NULL);

	for (int i = 1; i <= CUSTOMERS; i++) {
		g_autoptr(Statement) add =
			store_statement(rotation->store, SQL_writer_add);

		statement_bind_int(add, 1, 0);
		g_assert_true(statement_run(add, NULL));
		g_assert_cmpint(store_last_id(rotation->store), ==, i);
		name_customer(rotation->store, rotation->keys, i, false);
		if (has_second(i))
			name_customer(rotation->store, rotation->keys, i, true);
	}
	g_assert_true(store_commit(txn, NULL));
}

static int64_t
find(const Rotation *rotation, int i, bool second)
{
	g_autofree char *address = address_of(i, second);
	int64_t customer = -1;

	g_assert_true(customers_find(rotation->store, rotation->keys, address,
	                             &customer, NULL));
	return customer;
}

static void
check_all_found(const Rotation *rotation)
{
	/* One lock for all of them. */
	g_autoptr(StoreTxn) txn = store_begin(rotation->store, NULL);

	for (int i = 1; i <= CUSTOMERS; i++)
		g_assert_cmpint(find(rotation, i, false), ==, i);
	g_assert_cmpint(find(rotation, CUSTOMERS + 1, false), ==, 0);
}

/* As the keeper does for each mail of one it knows by the old key. */
static void
let_them_write(const Rotation *rotation)
{
	g_autoptr(StoreTxn) txn = store_begin(rotation->store, NULL);

	for (int i = 1; i <= CUSTOMERS; i++) {
		g_autoptr(Statement) rekey = NULL;
		g_autofree char *address = address_of(i, false);
		Pseudonym now = keys_pseudonym(rotation->keys, PSEUDONYM_EMAIL,
		                               address);
		Pseudonym old;

		if (is_silent(i))
			continue;
		g_assert_true(keys_old_pseudonym(
			rotation->keys, PSEUDONYM_EMAIL, address, &old));
		rekey = store_statement(rotation->store, SQL_writer_rekey);
		statement_bind_bytes(rekey, 1, now.bytes, sizeof(now.bytes));
		statement_bind_int(rekey, 2, keys_id(rotation->keys));
		statement_bind_bytes(rekey, 3, old.bytes, sizeof(old.bytes));
		g_assert_true(statement_run(rekey, NULL));
	}
	g_assert_true(store_commit(txn, NULL));
}

static void
load_keys(Rotation *rotation)
{
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&rotation->keys, keys_free);
	rotation->keys = keys_load(rotation->fixture->keys_path, &error);
	g_assert_no_error(error);
}

static int64_t
count_old(const Rotation *rotation)
{
	int64_t n = -1;

	g_assert_true(
		upkeep_count_old(rotation->store, rotation->keys, &n, NULL));
	return n;
}

static void
check_end(const Rotation *rotation)
{
	g_autoptr(StoreTxn) txn = store_begin(rotation->store, NULL);

	for (int i = 1; i <= CUSTOMERS; i++) {
		g_assert_cmpint(find(rotation, i, false), ==,
		                is_silent(i) ? 0 : i);
		if (has_second(i))
			g_assert_cmpint(find(rotation, i, true), ==, 0);
	}
	g_assert_cmpint(count_old(rotation), ==, 0);
}

static void
test_rotation(void)
{
	Rotation rotation = { .fixture = store_fixture_new_empty() };
	const char *keys_path = rotation.fixture->keys_path;
	g_autoptr(GError) error = NULL;
	int64_t rows = 0, old = 0, customers = 0;

	g_assert_true(keys_create(keys_path, NULL));
	load_keys(&rotation);
	rotation.store = store_fixture_open(rotation.fixture, STORE_ANY);
	add_customers(&rotation);
	check_all_found(&rotation);
	g_assert_cmpint(count_old(&rotation), ==, 0);

	g_assert_true(keys_rotate(keys_path, NULL));
	load_keys(&rotation);
	check_all_found(&rotation);
	let_them_write(&rotation);
	check_all_found(&rotation);
	old = count_old(&rotation);
	g_assert_cmpint(old, >=, CUSTOMERS / SILENT + CUSTOMERS / SECOND);

	g_assert_true(upkeep_erase_old(rotation.store, rotation.keys,
	                               &unwatched, &rows, &error));
	g_assert_no_error(error);
	g_assert_true(keys_forget_old(keys_path, NULL));
	load_keys(&rotation);
	check_end(&rotation);
	g_assert_true(store_read_int(rotation.store,
	                             "SELECT count(*) FROM customer",
	                             &customers, NULL));
	g_assert_cmpint(customers, ==, CUSTOMERS - CUSTOMERS / SILENT);
	printf("# %d customers; %d old names at the end, %d rows erased\n",
	       CUSTOMERS, (int)old, (int)rows);
	store_close(rotation.store);
	keys_free(rotation.keys);
	store_fixture_free(rotation.fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rotation/P-7", test_rotation);
	return g_test_run();
}
