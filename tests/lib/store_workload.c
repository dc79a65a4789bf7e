/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQL of its own, through SQLite's text interface: it must go on working while
 * the product's statements change, and see the file as it is.
 */
#include "store_workload.h"

#include <sqlite3.h>
#include <string.h>

#include "../../milter/store/db_private.h"

#define MAILS 3
#define FORGET_EVERY 5
#define FORGET_BACK 3
#define TOUCH_EVERY 7

bool
workload_is_forgotten(int i, int last)
{
	int by = i + FORGET_BACK;

	return by % FORGET_EVERY == 0 && by <= last;
}

char *
workload_mark(int i)
{
	return g_strdup_printf("mark-of-customer-%08d", i);
}

/* Sizes from a few bytes to several pages, so that some overflow. */
static char *
facts_of(int i, int n)
{
	g_autofree char *mark = workload_mark(i);
	GString *facts = g_string_new(mark);

	while (facts->len < (gsize)(i * 977 % 9000) + (gsize)n * 50)
		g_string_append(facts, mark);
	return g_string_free(facts, FALSE);
}

static void
add_customer(GString *sql, int i)
{
	g_string_append_printf(
		sql,
		"INSERT INTO customer (id, since) VALUES (%d, %d);"
		"INSERT INTO alias VALUES (CAST('alias%d' AS BLOB), 1, %d, 0);",
		i, i, i, i);
	for (int n = 0; n < MAILS; n++) {
		g_autofree char *facts = facts_of(i, n);

		g_string_append_printf(
			sql,
			"INSERT INTO mail (key, customer, at, direction, "
			"public_id, facts) VALUES (CAST('%d-%d' AS BLOB), %d, "
			"%d, 0, 'id', CAST('%s' AS BLOB));",
			i, n, i, i, facts);
	}
	g_string_append_printf(sql,
	                       "INSERT INTO meta VALUES ('workload', '%d') "
	                       "ON CONFLICT DO UPDATE SET value = "
	                       "excluded.value;",
	                       i);
}

static void
forget_customer(GString *sql, int i)
{
	g_string_append_printf(sql,
	                       "DELETE FROM mail WHERE customer = %d;"
	                       "DELETE FROM alias WHERE customer = %d;"
	                       "DELETE FROM customer WHERE id = %d;",
	                       i, i, i);
}

static bool
run_step(Store *store, int i, GError **error)
{
	g_autoptr(GString) sql = g_string_new(NULL);

	add_customer(sql, i);
	if (i % FORGET_EVERY == 0)
		forget_customer(sql, i - FORGET_BACK);
	if (i % TOUCH_EVERY == 0)
		g_string_append(sql, "UPDATE mail SET at = at + 1;");
	return store_exec(store, sql->str, error);
}

bool
workload_step(Store *store, int i, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	return txn != NULL && run_step(store, i, error) &&
	       store_commit(txn, error);
}

bool
workload_step_within(Store *store, int i)
{
	return run_step(store, i, NULL);
}

static int64_t
ask(Store *store, const char *sql)
{
	g_autoptr(GError) error = NULL;
	int64_t value = -1;

	if (!store_read_int(store, sql, &value, &error))
		g_error("%s: %s", sql, error->message);
	return value;
}

int
workload_last(Store *store)
{
	return (int)ask(store, "SELECT coalesce(max(value + 0), 0) FROM meta "
	                       "WHERE name = 'workload'");
}

static void
check_customer(Store *store, int i, bool there)
{
	g_autofree char *customers = g_strdup_printf(
		"SELECT (SELECT count(*) FROM customer WHERE id = %d) + "
		"(SELECT count(*) FROM alias WHERE customer = %d)",
		i, i);
	g_autofree char *mails = g_strdup_printf(
		"SELECT count(*) FROM mail WHERE customer = %d", i);

	g_assert_cmpint(ask(store, customers), ==, there ? 2 : 0);
	g_assert_cmpint(ask(store, mails), ==, there ? MAILS : 0);
	for (int n = 0; there && n < MAILS; n++) {
		g_autofree char *facts = facts_of(i, n);
		g_autofree char *sql = g_strdup_printf(
			"SELECT count(*) FROM mail WHERE key = "
			"CAST('%d-%d' AS BLOB) AND facts = CAST('%s' AS BLOB)",
			i, n, facts);

		g_assert_cmpint(ask(store, sql), ==, 1);
	}
}

void
workload_check(Store *store, int last)
{
	int there = 0;

	g_assert_cmpint(ask(store, "SELECT count(*) FROM "
	                           "pragma_integrity_check WHERE "
	                           "integrity_check <> 'ok'"),
	                ==, 0);
	g_assert_cmpint(
		ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), ==,
		0);
	g_assert_cmpint(workload_last(store), ==, last);
	for (int i = 1; i <= last + 1; i++) {
		bool lives = i <= last && !workload_is_forgotten(i, last);

		check_customer(store, i, lives);
		there += lives;
	}
	g_assert_cmpint(ask(store, "SELECT count(*) FROM customer"), ==, there);
}
