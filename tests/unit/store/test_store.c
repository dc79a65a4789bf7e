/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "db_private.h"
#include "store_fixture.h"

static int64_t
pragma(Store *store, const char *sql)
{
	g_autoptr(GError) error = NULL;
	int64_t value = -1;

	g_assert_true(store_read_int(store, sql, &value, &error));
	return value;
}

/* Runs SQL on the file through a connection that is not ours. */
static void
meddle(const StoreFixture *fixture, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

static void
put_meta(Store *store, const char *name, const char *value)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);
	g_autoptr(Statement) put = store_statement(store, SQL_meta_put);

	g_assert_no_error(error);
	statement_bind_text(put, 1, name);
	statement_bind_text(put, 2, value);
	g_assert_true(statement_run(put, &error));
	g_assert_true(store_commit(txn, &error));
}

static char *
read_meta(Store *store, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Statement) find = store_statement(store, SQL_meta_read);
	StepResult result;

	statement_bind_text(find, 1, name);
	result = statement_step(find, &error);
	g_assert_no_error(error);
	return result == STEP_ROW ? g_strdup(statement_text(find, 0)) : NULL;
}

static void
test_pragmas(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	static const struct {
		const char *sql;
		int64_t want;
	} rows[] = {
		{ "PRAGMA synchronous", 3 },
		{ "PRAGMA secure_delete", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA mmap_size", 0 },
		{ "PRAGMA temp_store", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA application_id", 0x54414354 },
		{ "PRAGMA user_version", 1 },
		{ "SELECT count(*) FROM pragma_journal_mode WHERE "
		  "journal_mode = 'truncate'",
		  1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].sql);
		g_assert_cmpint(pragma(fixture->store, rows[i].sql), ==,
		                rows[i].want);
	}
	g_assert_cmpint(store_schema_version(), ==, 1);
}

static void
test_transaction(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *value = NULL;
	g_autofree char *gone = NULL;

	put_meta(fixture->store, "kept", "1");
	{
		g_autoptr(StoreTxn) txn = store_begin(fixture->store, NULL);
		g_autoptr(Statement) put =
			store_statement(fixture->store, SQL_meta_put);

		g_assert_nonnull(txn);
		statement_bind_text(put, 1, "lost");
		statement_bind_text(put, 2, "1");
		g_assert_true(statement_run(put, NULL));
	}
	value = read_meta(fixture->store, "kept");
	g_assert_cmpstr(value, ==, "1");
	gone = read_meta(fixture->store, "lost");
	g_assert_null(gone);
}

/* Every type goes in and comes out; no bytes are not NULL. */
static void
test_values(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	sqlite3_stmt *stmt = NULL;
	Statement statement = { .store = fixture->store, .lent = true };
	size_t size = 9;

	g_assert_cmpint(sqlite3_prepare_v2(fixture->store->db,
	                                   "SELECT ?, ?, ?, ?, ?", -1, &stmt,
	                                   NULL),
	                ==, SQLITE_OK);
	statement.stmt = stmt;
	statement_bind_int(&statement, 1, INT64_MIN);
	statement_bind_real(&statement, 2, 0.5);
	statement_bind_text(&statement, 3, "\303\246");
	statement_bind_bytes(&statement, 4, NULL, 0);
	statement_bind_null(&statement, 5);
	g_assert_cmpint(statement_step(&statement, NULL), ==, STEP_ROW);
	g_assert_cmpint(statement_int(&statement, 0), ==, INT64_MIN);
	g_assert_cmpfloat(statement_real(&statement, 1), ==, 0.5);
	g_assert_cmpstr(statement_text(&statement, 2), ==, "\303\246");
	statement_bytes(&statement, 3, &size);
	g_assert_cmpuint(size, ==, 0);
	g_assert_false(statement_is_null(&statement, 3));
	g_assert_true(statement_is_null(&statement, 4));
	g_assert_cmpstr(statement_text(&statement, 4), ==, "");
	g_assert_cmpint(statement_step(&statement, NULL), ==, STEP_DONE);
	sqlite3_finalize(stmt);
}

static gpointer
give_up(gpointer data)
{
	StoreTxn *txn = data;

	g_usleep(30000);
	store_end(txn);
	return NULL;
}

/* A lock that is given up in time is waited for. */
static void
test_lock_given_up(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = 60000 };
	g_autoptr(Store) second = store_open(&options, NULL);
	GThread *thread = g_thread_new("gives up", give_up,
	                               store_begin(fixture->store, NULL));
	g_autoptr(StoreTxn) txn = store_begin(second, NULL);

	g_assert_nonnull(txn);
	g_thread_join(thread);
}

/* A lock that another holds past the deadline is BUSY, not IO. */
static void
test_busy(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_KEEPER,
		                       .busy_ms = 50 };
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) other = store_open(&options, &error);
	g_autoptr(StoreTxn) held = store_begin(fixture->store, &error);
	gint64 start = g_get_monotonic_time();
	StoreTxn *txn;

	g_assert_no_error(error);
	txn = store_begin(other, &error);
	g_assert_null(txn);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_assert_cmpint(g_get_monotonic_time() - start, >=, 40000);
}

static void
test_read_only(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_ADMIN,
		                       .read_only = true };
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) reader = store_open(&options, &error);
	g_autofree char *value = NULL;

	g_assert_no_error(error);
	put_meta(fixture->store, "a", "b");
	value = read_meta(reader, "a");
	g_assert_cmpstr(value, ==, "b");
	g_assert_false(store_exec(reader, "DELETE FROM meta", &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
}

/* What is our own bug stops the program: the test runs itself, on the file of
 * the parent, which removes it. */
typedef void Misuse(Store *store);

static void
test_misuse(Misuse *misuse, StoreRole role, const char *said)
{
	g_autoptr(StoreFixture) fixture = NULL;

	if (g_test_subprocess()) {
		const StoreOptions options = { .path = g_getenv("TACT_TEST_DB"),
			                       .role = role };

		misuse(store_open(&options, NULL));
		return;
	}
	fixture = store_fixture_new(STORE_ADMIN);
	g_setenv("TACT_TEST_DB", fixture->path, TRUE);
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr(said);
}

static void
lend_once(Store *store)
{
	store_statement(store, SQL_meta_put);
}

static void
lend_twice(Store *store)
{
	store_statement(store, SQL_meta_put);
	store_statement(store, SQL_meta_put);
}

static void
write_outside(Store *store)
{
	Statement *put = store_statement(store, SQL_meta_put);

	statement_bind_text(put, 1, "a");
	statement_bind_text(put, 2, "a");
	statement_step(put, NULL);
}

static void
test_role(void)
{
	test_misuse(lend_once, STORE_DRAFTER,
	            "*meta_put is not for this role*");
}

static void
test_lent_twice(void)
{
	test_misuse(lend_twice, STORE_ADMIN, "*meta_put is in use*");
}

static void
test_write_outside(void)
{
	test_misuse(write_outside, STORE_ADMIN, "*outside a transaction*");
}

/* Every statement of sql.def is SQL that this schema can run. */
static void
test_statements(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	Store *store = fixture->store;

	store->role = STORE_ANY;
	for (int i = 0; i < SQL_N; i++) {
		g_autoptr(Statement) statement =
			store_statement(store, (SqlId)i);

		if (statement->fault != SQLITE_OK)
			g_error("statement %d: %s", i,
			        sqlite3_errmsg(store->db));
	}
}

/* A file that somebody made WAL is turned back; see db.c for why. */
static void
test_never_wal(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Store) again = NULL;

	g_clear_pointer(&fixture->store, store_close);
	meddle(fixture, "PRAGMA journal_mode = WAL; INSERT INTO meta VALUES"
	                "('a', 'b')");
	again = store_fixture_open(fixture, STORE_ADMIN);
	g_assert_cmpint(pragma(again,
	                       "SELECT count(*) FROM pragma_journal_mode "
	                       "WHERE journal_mode = 'truncate'"),
	                ==, 1);
	g_assert_cmpint(pragma(again, "SELECT count(*) FROM meta"), ==, 1);
}

/* The journal stays open between transactions; one that was deleted meanwhile,
 * as SQLite's own shell does, must not be written on unseen. */
static void
test_journal_deleted(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = g_strconcat(fixture->path, "-journal", NULL);
	g_autofree char *value = NULL;
	GStatBuf first, second;
	int64_t whole = 0;

	put_meta(fixture->store, "a", "1");
	g_assert_cmpint(g_stat(path, &first), ==, 0);
	put_meta(fixture->store, "a", "2");
	g_assert_cmpint(g_stat(path, &second), ==, 0);
	g_assert_cmpuint(first.st_ino, ==, second.st_ino);
	meddle(fixture, "PRAGMA journal_mode = DELETE;"
	                "UPDATE meta SET value = '3' WHERE name = 'a';");
	g_assert_cmpint(g_stat(path, &second), !=, 0);
	put_meta(fixture->store, "b", "4");
	g_assert_cmpint(g_stat(path, &second), ==, 0);
	g_assert_cmpint(second.st_size, ==, 0);
	value = read_meta(fixture->store, "a");
	g_assert_cmpstr(value, ==, "3");
	whole = pragma(fixture->store, "SELECT count(*) FROM meta WHERE name IN"
	                               " ('a', 'b')");
	g_assert_cmpint(whole, ==, 2);
}

static void
test_moved(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *away = g_strconcat(fixture->path, ".away", NULL);

	g_assert_false(store_has_moved(fixture->store));
	g_assert_cmpint(g_rename(fixture->path, away), ==, 0);
	g_assert_true(store_has_moved(fixture->store));
	g_assert_true(g_file_set_contents(fixture->path, "another", -1, NULL));
	g_assert_true(store_has_moved(fixture->store));
	g_assert_cmpint(g_rename(away, fixture->path), ==, 0);
	g_assert_false(store_has_moved(fixture->store));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/pragmas", test_pragmas);
	g_test_add_func("/store/transaction", test_transaction);
	g_test_add_func("/store/values", test_values);
	g_test_add_func("/store/busy", test_busy);
	g_test_add_func("/store/read-only", test_read_only);
	g_test_add_func("/store/role", test_role);
	g_test_add_func("/store/lent-twice", test_lent_twice);
	g_test_add_func("/store/write-outside", test_write_outside);
	g_test_add_func("/store/statements", test_statements);
	g_test_add_func("/store/never-wal", test_never_wal);
	g_test_add_func("/store/journal-deleted", test_journal_deleted);
	g_test_add_func("/store/moved", test_moved);
	/* Last: a process that had threads should not set what the others do.
	 */
	g_test_add_func("/store/lock-given-up", test_lock_given_up);
	return g_test_run();
}
