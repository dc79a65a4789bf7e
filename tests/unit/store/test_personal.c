/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY row P-3: no table may hold something of a person that export,
 * erasure and purge do not know. The schema is asked what there is; a table
 * that nobody listed fails, and so does one that keeps a row of an erased
 * customer.
 */
#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "people.h"
#include "store/customers.h"
#include "store/export.h"

static sqlite3 *
open_raw(const StoreFixture *fixture)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	return db;
}

static int64_t
ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	g_assert_cmpint(sqlite3_step(stmt), ==, SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

static bool
is_personal(const char *name)
{
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(tables[i].name, name) == 0)
			return true;
	return false;
}

static bool
is_impersonal(const char *name)
{
	size_t n;
	const ImpersonalTable *tables = impersonal_tables(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(tables[i].name, name) == 0)
			return true;
	return false;
}

/* Columns that lead to a person: of those alone a personal table is made. */
static bool
leads_to_person(sqlite3 *db, const char *table)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT count(*) FROM pragma_table_info('%s') WHERE name IN"
		" ('customer', 'thread', 'draft', 'writer')"
		" OR ('%s' = 'customer' AND name = 'id')",
		table, table);

	return ask(db, sql) > 0;
}

static void
test_every_table_is_listed(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Statement) list =
		store_statement(fixture->store, SQL_schema_tables);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = open_raw(fixture);
	size_t n_personal, n_impersonal, n = 0;

	personal_tables(&n_personal);
	impersonal_tables(&n_impersonal);
	while (statement_step(list, &error) == STEP_ROW) {
		const char *name = statement_text(list, 0);

		g_test_message("table %s", name);
		g_assert_true(is_personal(name) != is_impersonal(name));
		if (leads_to_person(db, name))
			g_assert_true(is_personal(name));
		n++;
	}
	g_assert_no_error(error);
	g_assert_cmpuint(n, ==, n_personal + n_impersonal);
	sqlite3_close(db);
}

/* A value for every column, whatever there is: new tables and columns too. */
static char *
row_of(sqlite3 *db, const char *table, int customer)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT name, type FROM pragma_table_info('%s')", table);
	g_autoptr(GString) names = g_string_new(NULL);
	g_autoptr(GString) values = g_string_new(NULL);
	sqlite3_stmt *stmt = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), ==,
	                SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		const char *type = (const char *)sqlite3_column_text(stmt, 1);
		const char *comma = names->len > 0 ? ", " : "";

		g_string_append_printf(names, "%s\"%s\"", comma, name);
		if (strcmp(name, "customer") == 0 ||
		    strcmp(name, "thread") == 0 || strcmp(name, "id") == 0 ||
		    strcmp(name, "draft") == 0)
			g_string_append_printf(values, "%s%d", comma, customer);
		else if (strcmp(name, "state") == 0)
			g_string_append_printf(values, "%s7", comma);
		else if (strcmp(type, "BLOB") == 0)
			g_string_append_printf(values, "%srandomblob(16)",
			                       comma);
		else if (strcmp(type, "TEXT") == 0)
			g_string_append_printf(values, "%s'text %d'", comma,
			                       customer);
		else
			g_string_append_printf(values, "%s1", comma);
	}
	sqlite3_finalize(stmt);
	return g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", table,
	                       names->str, values->str);
}

static void
fill(sqlite3 *db, int customer)
{
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	/* The customer first: it is the last to be erased. */
	for (size_t i = n; i-- > 0;) {
		g_autofree char *sql = row_of(db, tables[i].name, customer);

		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
			g_error("%s: %s", sql, sqlite3_errmsg(db));
	}
}

static void
name_customer(const StoreFixture *fixture, sqlite3 *db, int customer,
              PseudonymKind kind, const char *text)
{
	Pseudonym key = keys_pseudonym(fixture->keys, kind, text);
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v2(db, "INSERT INTO alias VALUES (?1, 1, ?2, ?3)", -1,
	                   &stmt, NULL);
	sqlite3_bind_blob(stmt, 1, key.bytes, sizeof key.bytes,
	                  SQLITE_TRANSIENT);
	sqlite3_bind_int(stmt, 2, customer);
	sqlite3_bind_int(stmt, 3, (int)kind);
	g_assert_cmpint(sqlite3_step(stmt), ==, SQLITE_DONE);
	sqlite3_finalize(stmt);
}

static ErasureResult
erase(StoreFixture *fixture, const char *who, ErasureKind kind)
{
	const ErasureRequest request = {
		.kind = kind, .who = who, .actor = "tester", .wait_ms = 5000
	};
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	g_assert_true(erasure_run(fixture->store, fixture->keys, &request,
	                          &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.pending, ==, 0);
	return result;
}

static int64_t
rows_of(sqlite3 *db, const PersonalTable *table, int customer)
{
	static const char *const others[][2] = { { "customer", "id" },
		                                 { "thread_ref", "thread" },
		                                 { "draft_text", "draft" } };
	const char *by = "customer";
	g_autofree char *sql = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(others[i][0], table->name) == 0)
			by = others[i][1];
	sql = g_strdup_printf("SELECT count(*) FROM %s WHERE %s = %d",
	                      table->name, by, customer);

	return ask(db, sql);
}

/* What is erased of customer 1 is gone from every table, and of 2 nothing. */
static void
test_erasure_reaches_every_table(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	sqlite3 *db = open_raw(fixture);
	ErasureResult result;
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	fill(db, 1);
	fill(db, 2);
	name_customer(fixture, db, 1, PSEUDONYM_EMAIL, "anna@customer.example");
	result = erase(fixture, "anna@customer.example", ERASURE_ERASE);
	g_assert_cmpint(result.rows, ==, (int)n + 1);
	g_assert_cmpint(result.examples, ==, 1);
	for (size_t i = 0; i < n; i++) {
		g_test_message("table %s", tables[i].name);
		g_assert_cmpint(rows_of(db, &tables[i], 1), ==, 0);
		g_assert_cmpint(rows_of(db, &tables[i], 2), ==, 1);
	}
	g_assert_cmpint(ask(db, "SELECT count(*) FROM meta WHERE name = "
	                        "'site_refit'"),
	                ==, 1);
	g_assert_cmpint(ask(db, "SELECT count(*) FROM suppression"), ==, 0);
	sqlite3_close(db);
}

static bool
has_column(sqlite3 *db, const char *table, const char *column)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT count(*) FROM pragma_table_info('%s') WHERE name ="
		" '%s'",
		table, column);

	return ask(db, sql) > 0;
}

static bool
knows_conversations(sqlite3 *db, const char *table)
{
	return strcmp(table, "thread") == 0 ||
	       has_column(db, table, "thread") ||
	       strcmp(table, "draft_text") == 0;
}

/* Nobody's: who wrote is told by the draft alone. */
static void
make_nobodys(const StoreFixture *fixture, sqlite3 *db, const char *who)
{
	Pseudonym key = keys_pseudonym(fixture->keys, PSEUDONYM_EMAIL, who);
	sqlite3_stmt *stmt = NULL;
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *sql = g_strdup_printf(
			"UPDATE %s SET customer = NULL", tables[i].name);

		if (knows_conversations(db, tables[i].name) &&
		    has_column(db, tables[i].name, "customer"))
			people_run(db, sql);
	}
	sqlite3_prepare_v2(db,
	                   "UPDATE draft SET writer = ?1, next_at = NULL"
	                   " WHERE thread = 1",
	                   -1, &stmt, NULL);
	sqlite3_bind_blob(stmt, 1, key.bytes, sizeof key.bytes,
	                  SQLITE_TRANSIENT);
	g_assert_cmpint(sqlite3_step(stmt), ==, SQLITE_DONE);
	sqlite3_finalize(stmt);
}

static void
note_table(const ExportRow *row, void *data)
{
	g_hash_table_add(data, (gpointer)row->table->name);
}

/* One who is no customer: whatever knows a conversation is given out, and goes
 * with the conversations that he wrote in. */
static void
test_stranger(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GHashTable) given = g_hash_table_new(g_str_hash, g_str_equal);
	sqlite3 *db = open_raw(fixture);
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	fill(db, 1);
	fill(db, 2);
	make_nobodys(fixture, db, "anna@customer.example");
	g_assert_true(export_writer(fixture->store, fixture->keys,
	                            "anna@customer.example", note_table, given,
	                            NULL));
	erase(fixture, "anna@customer.example", ERASURE_ERASE);
	for (size_t i = 0; i < n; i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT count(*) FROM %s", tables[i].name);
		bool knows = knows_conversations(db, tables[i].name);

		g_test_message("table %s", tables[i].name);
		g_assert_cmpint(ask(db, sql), ==, knows ? 1 : 2);
		g_assert_cmpint(g_hash_table_contains(given, tables[i].name),
		                ==, knows);
	}
	sqlite3_close(db);
}

/* One of a company's people goes; the company's purchases stay. */
static void
test_company(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = open_raw(fixture);
	size_t n;
	const PersonalTable *tables = personal_tables(&n);
	Person person;

	fill(db, 1);
	name_customer(fixture, db, 1, PSEUDONYM_DOMAIN, "works.example");
	name_customer(fixture, db, 1, PSEUDONYM_EMAIL, "bo@works.example");
	name_customer(fixture, db, 1, PSEUDONYM_EMAIL, "eva@works.example");
	g_assert_true(person_find(fixture->store, fixture->keys,
	                          "bo@works.example", &person, &error));
	g_assert_true(person.customer == 1 && person.company &&
	              !person.colleague);
	g_assert_cmpint(
		erase(fixture, "bo@works.example", ERASURE_ERASE).shared, ==,
		1);
	for (size_t i = 0; i < n; i++)
		g_assert_true((rows_of(db, &tables[i], 1) > 0) ==
		              tables[i].company);
	g_assert_true(person_find(fixture->store, fixture->keys,
	                          "bo@works.example", &person, &error));
	g_assert_true(person.customer == 0 && person.colleague);
	erase(fixture, "@works.example", ERASURE_ERASE);
	for (size_t i = 0; i < n; i++)
		g_assert_cmpint(rows_of(db, &tables[i], 1), ==, 0);
	sqlite3_close(db);
}

/* Two who turn out to be one: no table keeps a row of who is no more. */
static void
test_merge(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = open_raw(fixture);
	StoreTxn *txn;
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	fill(db, 1);
	fill(db, 2);
	txn = store_begin(fixture->store, &error);
	g_assert_true(customers_merge(fixture->store, 1, 2, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	store_end(txn);
	for (size_t i = 0; i < n; i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT count(*) FROM %s WHERE %s = 2", tables[i].name,
			strcmp(tables[i].name, "customer") == 0 ? "id"
								: "customer");
		g_autofree char *columns = g_strdup_printf(
			"SELECT count(*) FROM pragma_table_info('%s')"
			" WHERE name = 'customer' OR '%s' = 'customer'",
			tables[i].name, tables[i].name);

		g_test_message("table %s", tables[i].name);
		if (ask(db, columns) > 0)
			g_assert_cmpint(ask(db, sql), ==, 0);
	}
	sqlite3_close(db);
}

static void
all_gone(const char *who, const char *mail, const char *number)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	sqlite3 *db = open_raw(fixture);
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	fill(db, 1);
	people_run(db, "DELETE FROM alias");
	name_customer(fixture, db, 1, PSEUDONYM_DOMAIN, "anna.example");
	name_customer(fixture, db, 1, PSEUDONYM_EMAIL, mail);
	name_customer(fixture, db, 1, PSEUDONYM_NUMBER, number);
	g_assert_cmpint(erase(fixture, who, ERASURE_ERASE).shared, ==, 0);
	for (size_t i = 0; i < n; i++)
		g_assert_cmpint(rows_of(db, &tables[i], 1), ==, 0);
	sqlite3_close(db);
}

/* The only one who is known at a domain is not a company: everything goes. */
static void
test_own_domain(void)
{
	all_gone("me@anna.example", "me@anna.example", "4711");
}

static void
test_number(void)
{
	all_gone("#4711", "me@anna.example", "4711");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/personal/P-3-every-table-is-listed",
	                test_every_table_is_listed);
	g_test_add_func("/personal/P-3-erasure-reaches-every-table",
	                test_erasure_reaches_every_table);
	g_test_add_func("/personal/P-3-merge-reaches-every-table", test_merge);
	g_test_add_func("/personal/P-3-stranger", test_stranger);
	g_test_add_func("/personal/company", test_company);
	g_test_add_func("/personal/own-domain", test_own_domain);
	g_test_add_func("/personal/number", test_number);
	return g_test_run();
}
