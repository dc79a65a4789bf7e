/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Databases of every released schema, tests/schema/vN.sql, are brought up to
 * date and then are what a new one is; what is not ours is refused untouched.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "schema_private.h"
#include "store_fixture.h"

#define SCHEMA_DIR "tests/schema"

static void
meddle(const StoreFixture *fixture, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
	g_assert_cmpstr(sqlite3_errmsg(db), ==, "not an error");
	g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
	g_chmod(fixture->path, 0600);
}

/* The schema's own words, and its version. */
static char *
describe(Store *store)
{
	GString *text = g_string_new(NULL);
	sqlite3_stmt *stmt = NULL;
	int64_t version;

	g_assert_cmpint(
		sqlite3_prepare_v2(store->db,
	                           "SELECT sql FROM sqlite_schema "
	                           "WHERE sql IS NOT NULL ORDER BY type, name",
	                           -1, &stmt, NULL),
		==, SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		g_string_append_printf(
			text, "%s\n",
			(const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	g_assert_true(
		store_read_int(store, "PRAGMA user_version", &version, NULL));
	g_string_append_printf(text, "%d\n", (int)version);
	return g_string_free(text, FALSE);
}

static Store *
try_open(const StoreFixture *fixture, bool create, GError **error)
{
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = 100,
		                       .create = create };

	return store_open(&options, error);
}

static void
test_released(void)
{
	g_autoptr(StoreFixture) fresh = store_fixture_new(STORE_ADMIN);
	g_autofree char *want = describe(fresh->store);

	for (int v = 1; v <= store_schema_version(); v++) {
		g_autoptr(StoreFixture) fixture = store_fixture_new_empty();
		g_autofree char *file =
			g_strdup_printf(SCHEMA_DIR "/v%d.sql", v);
		g_autofree char *got = NULL;
		g_autofree char *sql = NULL;

		g_assert_true(g_file_get_contents(file, &sql, NULL, NULL));
		meddle(fixture, sql);
		fixture->store = store_fixture_open(fixture, STORE_ADMIN);
		got = describe(fixture->store);
		if (strcmp(got, want) != 0)
			g_test_message("%s: make generated writes it anew, "
			               "until that version is released",
			               file);
		g_assert_cmpstr(got, ==, want);
	}
}

/* A step that the product does not have shows that the mechanism works: what
 * was in the file stays, and an open without `create` refuses it. */
static void
test_step(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	static const char *const more[] = {
		"ALTER TABLE meta ADD COLUMN extra INTEGER NOT NULL DEFAULT 7",
		NULL
	};
	const char *const *const sql[] = { schema_steps.sql[0], more };
	const SchemaSteps two = { sql, 2 };
	g_autoptr(GError) error = NULL;
	Store *store = fixture->store;
	int64_t n = 0;

	g_assert_true(
		store_exec(store, "INSERT INTO meta VALUES ('a', 'b')", NULL));
	g_assert_false(schema_apply(store, &two, false, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_VERSION);
	g_clear_error(&error);
	g_assert_true(schema_apply(store, &two, true, &error));
	g_assert_no_error(error);
	g_assert_true(store_read_int(
		store, "SELECT extra FROM meta WHERE value = 'b'", &n, NULL));
	g_assert_cmpint(n, ==, 7);
	g_assert_true(store_read_int(store, "PRAGMA user_version", &n, NULL));
	g_assert_cmpint(n, ==, 2);
	g_assert_true(schema_apply(store, &two, true, &error));

	/* Our own Tact finds it newer, and changes nothing. */
	g_clear_pointer(&fixture->store, store_close);
	g_assert_null(try_open(fixture, true, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_VERSION);
}

/* A step that fails half-way leaves the file as it was. */
static void
test_step_fails(void)
{
	static const char *const bad[] = {
		"ALTER TABLE meta ADD COLUMN extra INTEGER; nonsense",
		"INSERT INTO override VALUES (99, 1, NULL, '', 0)",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(StoreFixture) fixture =
			store_fixture_new(STORE_ADMIN);
		const char *const none[] = { NULL };
		const char *const more[] = { bad[i], NULL };
		const char *const *const sql[] = { none, more };
		const SchemaSteps two = { sql, 2 };
		g_autofree char *before = describe(fixture->store);
		g_autofree char *after = NULL;
		g_autoptr(GError) error = NULL;
		int64_t n = -1;

		/* So the row goes in, and the check at the end finds it. */
		g_assert_true(store_exec(fixture->store,
		                         "PRAGMA foreign_keys = OFF", NULL));
		g_assert_false(
			schema_apply(fixture->store, &two, true, &error));
		g_assert_nonnull(error);
		after = describe(fixture->store);
		g_assert_cmpstr(after, ==, before);
		g_assert_true(store_read_int(fixture->store,
		                             "SELECT count(*) FROM override",
		                             &n, NULL));
		g_assert_cmpint(n, ==, 0);
	}
}

/* Not a database, another program's, another version's: said, not touched. */
static void
test_refused(void)
{
	static const struct {
		const char *name, *bytes, *sql;
		StoreError code;
		bool create;
	} rows[] = {
		{ "garbage", "This is not a database at all.", NULL,
		  STORE_ERROR_CORRUPT, true },
		{ "another program's", NULL,
		  "CREATE TABLE t (a); PRAGMA application_id = 7",
		  STORE_ERROR_CORRUPT, true },
		{ "unmarked but used", NULL, "CREATE TABLE t (a)",
		  STORE_ERROR_CORRUPT, true },
		{ "ours, version 0", NULL, "PRAGMA application_id = 0x54414354",
		  STORE_ERROR_CORRUPT, true },
		{ "newer", NULL,
		  "CREATE TABLE t (a); PRAGMA application_id = 0x54414354;"
		  "PRAGMA user_version = 999",
		  STORE_ERROR_VERSION, true },
		{ "empty", "", NULL, STORE_ERROR_VERSION, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(StoreFixture) fixture = store_fixture_new_empty();
		g_autoptr(GError) error = NULL;
		g_autofree char *before = NULL;
		g_autofree char *after = NULL;
		gsize size, size_after;

		g_test_message("%s", rows[i].name);
		if (rows[i].sql != NULL)
			meddle(fixture, rows[i].sql);
		else
			g_file_set_contents(fixture->path, rows[i].bytes, -1,
			                    NULL);
		g_chmod(fixture->path, 0600);
		g_assert_true(g_file_get_contents(fixture->path, &before, &size,
		                                  NULL));
		g_assert_null(try_open(fixture, rows[i].create, &error));
		g_assert_error(error, STORE_ERROR, (int)rows[i].code);
		g_assert_nonnull(strstr(error->message, fixture->path));
		g_assert_true(g_file_get_contents(fixture->path, &after,
		                                  &size_after, NULL));
		g_assert_cmpmem(before, size, after, size_after);
	}
}

/* Every table has its purpose; one with a customer in it is one for erasure,
 * whose own test reads the schema the same way. */
static void
test_no_dangling(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;

	g_assert_false(store_exec(fixture->store,
	                          "INSERT INTO override VALUES "
	                          "(99, 1, NULL, '', 0)",
	                          &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/schema/released", test_released);
	g_test_add_func("/schema/step", test_step);
	g_test_add_func("/schema/step-fails", test_step_fails);
	g_test_add_func("/schema/refused", test_refused);
	g_test_add_func("/schema/no-dangling", test_no_dangling);
	return g_test_run();
}
