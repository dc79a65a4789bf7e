/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store-poke - puts into a store what tests need there, asks, and gets in the
 * way.
 *
 *     store-poke CONF seed ADDRESS TIER RISK   a customer with tier and risk
 *     store-poke CONF object ADDRESS           an objection
 *     store-poke CONF ask SQL                  prints the first value
 *     store-poke CONF run SQL                  changes what it likes
 *     store-poke CONF lock MILLISECONDS        holds the lock, and says so
 *     store-poke CONF fill CUSTOMERS           those whom orders-make names
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/identity.h"
#include "message/message.h"
#include "store/site.h"
#include "store/suppression.h"
#include "value/tier.h"

static Settings *settings;

static void
die_of(const char *what, const char *why)
{
	fprintf(stderr, "store-poke: %s: %s\n", what, why);
	exit(1);
}

static sqlite3 *
open_db(void)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(settings->store_path, &db) != SQLITE_OK)
		die_of(settings->store_path, sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 5000);
	return db;
}

static void
run_sql(sqlite3 *db, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		die_of(sql, problem);
}

static Keys *
load_keys(void)
{
	g_autoptr(GError) error = NULL;
	Keys *keys = site_load_keys(settings, &error);

	if (keys == NULL)
		die_of("keys", error->message);
	return keys;
}

static char *
identity_or_die(const char *address)
{
	char *identity = identity_of(settings, address);

	if (identity == NULL)
		die_of(address, "not an address");
	return identity;
}

static char *
hex_key(const char *identity)
{
	g_autoptr(Keys) keys = load_keys();
	Pseudonym key = keys_pseudonym(keys, PSEUDONYM_EMAIL, identity);
	GString *hex = g_string_new(NULL);

	for (unsigned i = 0; i < sizeof(key.bytes); i++)
		g_string_append_printf(hex, "%02x", key.bytes[i]);
	return g_string_free(hex, FALSE);
}

static void
seed(const char *address, const char *tier_text, const char *risk)
{
	g_autofree char *identity = identity_or_die(address);
	g_autofree char *hex = hex_key(identity);
	g_autofree char *sql = NULL;
	sqlite3 *db = open_db();
	Tier tier;

	if (!tier_parse(tier_text, &tier))
		die_of(tier_text, "not a tier");
	sql = g_strdup_printf(
		"BEGIN; INSERT INTO customer (since) VALUES (0);"
		"INSERT INTO alias SELECT x'%s', 1, max(id), 0 FROM customer;"
		"INSERT INTO worth SELECT max(id), %d, 0, 50, %d, 0, 0, 0, 0,"
		" NULL, 0, 1, 1, 1, 0, 0 FROM customer; COMMIT;",
		hex, (int)tier, (int)g_ascii_strtoll(risk, NULL, 10));
	run_sql(db, sql);
	sqlite3_close(db);
}

static void
object(const char *address)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *identity = identity_or_die(address);
	g_autoptr(Keys) keys = load_keys();
	g_autoptr(Store) store =
		site_open_store(settings, STORE_ADMIN, SITE_WRITE, &error);
	g_autoptr(StoreTxn) txn =
		store != NULL ? store_begin(store, &error) : NULL;
	Pseudonym key = suppression_key(keys, identity);

	if (txn == NULL ||
	    !suppression_put(store, &key, SUPPRESSION_OBJECTION, &error) ||
	    !store_commit(txn, &error))
		die_of(address, error->message);
}

static void
ask(const char *sql)
{
	sqlite3 *db = open_db();
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		die_of(sql, sqlite3_errmsg(db));
	printf("%s\n", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
change(const char *sql)
{
	sqlite3 *db = open_db();

	run_sql(db, sql);
	sqlite3_close(db);
}

static void
hold_lock(const char *milliseconds)
{
	sqlite3 *db = open_db();

	run_sql(db, "BEGIN EXCLUSIVE");
	puts("locked");
	fflush(stdout);
	g_usleep((gulong)(1000 * g_ascii_strtoll(milliseconds, NULL, 10)));
	run_sql(db, "ROLLBACK");
	sqlite3_close(db);
}

/* --------------------------------------------------------------- filling */

typedef struct Named {
	Pseudonym key;
	guint64 customer;
} Named;

static int
compare_named(const void *a, const void *b)
{
	const Named *x = a, *y = b;

	return memcmp(x->key.bytes, y->key.bytes, sizeof(x->key.bytes));
}

/* In the order of the keys, as an import adds them. */
static Named *
name_all(guint64 n)
{
	g_autoptr(Keys) keys = load_keys();
	Named *named = g_new(Named, n);

	for (guint64 i = 0; i < n; i++) {
		char address[64];

		g_snprintf(address, sizeof(address),
		           "c%" G_GUINT64_FORMAT "@mail%d.invalid", i + 1,
		           (int)(i % 7));
		named[i].key = keys_pseudonym(keys, PSEUDONYM_EMAIL, address);
		named[i].customer = i + 1;
	}
	qsort(named, n, sizeof(*named), compare_named);
	return named;
}

static void
add_names(sqlite3 *db, const Named *named, guint64 n)
{
	static const char sql[] = "INSERT INTO alias VALUES (?1, 1, ?2, 0)";
	sqlite3_stmt *add = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &add, NULL) != SQLITE_OK)
		die_of(sql, sqlite3_errmsg(db));
	for (guint64 i = 0; i < n; i++) {
		sqlite3_bind_blob(add, 1, named[i].key.bytes, PSEUDONYM_BYTES,
		                  SQLITE_STATIC);
		sqlite3_bind_int64(add, 2, (sqlite3_int64)named[i].customer);
		if (sqlite3_step(add) != SQLITE_DONE)
			die_of(sql, sqlite3_errmsg(db));
		sqlite3_reset(add);
	}
	sqlite3_finalize(add);
}

static void
fill(const char *customers)
{
	guint64 n = g_ascii_strtoull(customers, NULL, 10);
	g_autofree Named *named = name_all(n);
	g_autofree char *sql = g_strdup_printf(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
		" WHERE i < %" G_GUINT64_FORMAT ")"
		"INSERT INTO customer (id, since) SELECT i, 0 FROM n;",
		n);
	sqlite3 *db = open_db();

	run_sql(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;"
	            "BEGIN");
	run_sql(db, sql);
	add_names(db, named, n);
	run_sql(db, "COMMIT");
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	message_init();
	settings = argc > 3 ? settings_load(argv[1], &error) : NULL;
	if (settings == NULL)
		die_of("usage", error ? error->message : "CONF COMMAND ...");
	if (strcmp(argv[2], "seed") == 0 && argc == 6)
		seed(argv[3], argv[4], argv[5]);
	else if (strcmp(argv[2], "object") == 0)
		object(argv[3]);
	else if (strcmp(argv[2], "ask") == 0)
		ask(argv[3]);
	else if (strcmp(argv[2], "run") == 0)
		change(argv[3]);
	else if (strcmp(argv[2], "lock") == 0)
		hold_lock(argv[3]);
	else if (strcmp(argv[2], "fill") == 0)
		fill(argv[3]);
	else
		die_of(argv[2], "not a command");
	settings_free(settings);
	return 0;
}
