/* SPDX-License-Identifier: Apache-2.0 */
#include "store/upkeep.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db_private.h"
#include "store/site.h"
#include "store_fixture.h"
#include "store_workload.h"

#define LOCK_MS 300
#define MANY 300 /* steps: more pages than are copied at once */

static const UpkeepWatch unwatched = { NULL, NULL };

static void
fill(Store *store, int from, int to)
{
	g_autoptr(GError) error = NULL;

	for (int i = from; i <= to; i++)
		if (!workload_step(store, i, &error))
			g_error("step %d: %s", i, error->message);
}

static char *
beside(const StoreFixture *fixture, const char *name)
{
	return g_build_filename(fixture->directory, name, NULL);
}

/* What is found in the file, or why it cannot be opened. */
static char *
faults_of(Store *store, const Keys *keys)
{
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	g_assert_true(upkeep_check(store, keys, &unwatched, faults, &error));
	g_assert_no_error(error);
	g_ptr_array_add(faults, NULL);
	return g_strjoinv("\n", (char **)faults->pdata);
}

static StoreOptions
options_of(const StoreFixture *fixture)
{
	return (StoreOptions){ .path = fixture->path,
		               .role = STORE_ADMIN,
		               .busy_ms = 200 };
}

static void
test_backup(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	g_autofree char *part = beside(fixture, "backup.part");
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) copy = NULL;
	struct stat st;

	fill(fixture->store, 1, 20);
	g_assert_true(g_file_set_contents(part, "left over", -1, NULL));
	g_assert_true(upkeep_backup(fixture->store, path, &unwatched, &error));
	g_assert_no_error(error);
	g_assert_cmpint(stat(path, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 07777, ==, 0600);
	g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
	g_assert_false(upkeep_backup(fixture->store, path, &unwatched, &error));
	g_assert_nonnull(strstr(error->message, "is there already"));
	copy = store_connect_copy(path, NULL);
	g_assert_nonnull(copy);
	workload_check(copy, 20);
}

typedef struct Busy {
	Store *store;
	int last;
	unsigned rounds;
	int64_t before;
} Busy;

/* A mail comes between any two steps of the copy. */
static void
write_meanwhile(int64_t done, int64_t all, void *data)
{
	Busy *busy = data;

	g_assert_cmpint(done, <=, all);
	busy->rounds += done <= busy->before;
	busy->before = done;
	if (workload_step(busy->store, busy->last + 1, NULL))
		busy->last++;
}

/* A copy of a database that never rests ends all the same, and is one moment
 * of it. */
static void
test_backup_of_busy(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	g_autoptr(GError) error = NULL;
	Busy busy = { store_fixture_open(fixture, STORE_ADMIN), MANY, 0, 0 };
	const UpkeepWatch watch = { write_meanwhile, &busy };
	g_autoptr(Store) copy = NULL;
	int last;

	fill(fixture->store, 1, MANY);
	g_assert_true(upkeep_backup(fixture->store, path, &watch, &error));
	g_assert_no_error(error);
	copy = store_connect_copy(path, NULL);
	last = workload_last(copy);
	printf("# it began again %u times; %d mails meanwhile\n", busy.rounds,
	       busy.last - MANY);
	g_assert_cmpuint(busy.rounds, >=, 3);
	g_assert_cmpint(last, >, MANY);
	workload_check(copy, last);
	workload_check(busy.store, busy.last);
	store_close(busy.store);
}

typedef struct Locker {
	sqlite3 *db;
	GThread *thread;
	unsigned locks;
} Locker;

static gpointer
let_go(gpointer data)
{
	g_usleep(30000);
	sqlite3_exec(data, "COMMIT", NULL, NULL, NULL);
	return NULL;
}

/* Another has the lock when the next step begins; the second time long after
 * the first one's wait has ended. */
static void
lock_twice(int64_t done, int64_t all, void *data)
{
	Locker *locker = data;

	if (done == all || locker->locks == 2)
		return;
	if (locker->locks++ == 1) {
		g_thread_join(locker->thread);
		g_usleep(LOCK_MS * 1000 + 100000);
	}
	g_assert_cmpint(
		sqlite3_exec(locker->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
		==, SQLITE_OK);
	locker->thread = g_thread_new("lets go", let_go, locker->db);
}

/* How long a lock is waited for is counted anew for each. */
static void
test_backup_of_locked(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	g_autoptr(GError) error = NULL;
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = LOCK_MS };
	g_autoptr(Store) store = store_open(&options, NULL);
	Locker locker = { 0 };
	const UpkeepWatch watch = { lock_twice, &locker };

	fill(fixture->store, 1, 2 * MANY);
	g_assert_cmpint(sqlite3_open(fixture->path, &locker.db), ==, SQLITE_OK);
	g_assert_true(upkeep_backup(store, path, &watch, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(locker.locks, ==, 2);
	g_thread_join(locker.thread);
	sqlite3_close(locker.db);
}

/* Nothing is left of a copy that could not be made. */
static void
test_backup_fails(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "none/backup");
	g_autofree char *part = beside(fixture, "none/backup.part");
	g_autoptr(GError) error = NULL;

	g_assert_false(upkeep_backup(fixture->store, path, &unwatched, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
	g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
}

/* One who has the database open goes on with what was restored. */
static void
test_restore(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	const StoreOptions options = options_of(fixture);
	g_autoptr(GError) error = NULL;

	fill(fixture->store, 1, 12);
	g_assert_true(upkeep_backup(fixture->store, path, &unwatched, NULL));
	fill(fixture->store, 13, 30);
	g_assert_true(upkeep_restore(&options, NULL, path, &error));
	g_assert_no_error(error);
	workload_check(fixture->store, 12);
	fill(fixture->store, 13, 15);
	workload_check(fixture->store, 15);

	g_clear_pointer(&fixture->store, store_close);
	g_remove(fixture->path);
	g_assert_true(upkeep_restore(&options, NULL, path, &error));
	fixture->store = store_fixture_open(fixture, STORE_ADMIN);
	workload_check(fixture->store, 12);
}

/* While another writes it is not begun, and nothing is changed. */
static void
test_restore_locked(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	const StoreOptions options = options_of(fixture);
	g_autoptr(GError) error = NULL;
	StoreTxn *txn;

	fill(fixture->store, 1, 5);
	g_assert_true(upkeep_backup(fixture->store, path, &unwatched, NULL));
	fill(fixture->store, 6, 9);
	txn = store_begin(fixture->store, NULL);
	g_assert_false(upkeep_restore(&options, NULL, path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	store_end(txn);
	workload_check(fixture->store, 9);
}

static void
damage(const char *path, long at, const char *bytes)
{
	FILE *file = fopen(path, "r+b");

	g_assert_nonnull(file);
	g_assert_cmpint(fseek(file, at, SEEK_SET), ==, 0);
	g_assert_cmpuint(fwrite(bytes, 1, strlen(bytes), file), ==,
	                 strlen(bytes));
	g_assert_cmpint(fclose(file), ==, 0);
}

#define NOISE                                                                  \
	"Nothing that a page of a tree begins with, and long enough to go "    \
	"beyond what is between them; nothing that a page of a tree has."

/* A copy that is not whole, or not ours, leaves what is there alone. */
static void
test_restore_refused(void)
{
	static const struct {
		const char *name;
		long at;
		const char *bytes;
		StoreError code;
	} rows[] = {
		{ "not a database", 0, "nothing", STORE_ERROR_CORRUPT },
		{ "another application", 68, "XXXX", STORE_ERROR_CORRUPT },
		{ "newer", 60, "XXXX", STORE_ERROR_VERSION },
		{ "damaged", 4096 * 30, NOISE, STORE_ERROR_CORRUPT },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(StoreFixture) fixture =
			store_fixture_new(STORE_ADMIN);
		g_autofree char *path = beside(fixture, "backup");
		const StoreOptions options = options_of(fixture);
		g_autoptr(GError) error = NULL;

		g_test_message("%s", rows[i].name);
		fill(fixture->store, 1, 20);
		g_assert_true(
			upkeep_backup(fixture->store, path, &unwatched, NULL));
		fill(fixture->store, 21, 25);
		damage(path, rows[i].at, rows[i].bytes);
		g_assert_false(upkeep_restore(&options, NULL, path, &error));
		g_assert_error(error, STORE_ERROR, (int)rows[i].code);
		workload_check(fixture->store, 25);
	}
}

/* Nobody in it would be known, and who is there now would be gone. */
static void
test_restore_of_others(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(StoreFixture) other = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(other, "backup");
	const StoreOptions options = options_of(fixture);
	g_autoptr(GError) error = NULL;

	g_assert_true(site_note_keys(other->store, other->keys, NULL));
	fill(other->store, 1, 5);
	fill(fixture->store, 1, 9);
	g_assert_true(upkeep_backup(other->store, path, &unwatched, NULL));
	g_assert_false(upkeep_restore(&options, fixture->keys, path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
	workload_check(fixture->store, 9);
}

/* What others could have read is not taken. */
static void
test_restore_modes(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = beside(fixture, "backup");
	const StoreOptions options = options_of(fixture);
	g_autoptr(GError) error = NULL;

	g_assert_true(upkeep_backup(fixture->store, path, &unwatched, NULL));
	g_chmod(path, 0644);
	g_assert_false(upkeep_restore(&options, NULL, path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
}

static void
test_check(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *whole = NULL;
	g_autofree char *dangling = NULL;
	g_autofree char *damaged = NULL;

	fill(fixture->store, 1, 20);
	whole = faults_of(fixture->store, fixture->keys);
	g_assert_cmpstr(whole, ==, "");
	g_assert_true(store_exec(fixture->store,
	                         "PRAGMA foreign_keys = OFF;"
	                         "INSERT INTO override VALUES (99, 1, NULL, "
	                         "'', 0);"
	                         "INSERT INTO orders VALUES (99, 1, 2, 3);"
	                         "UPDATE alias SET kid = 9 WHERE customer = 1",
	                         NULL));
	dangling = faults_of(fixture->store, fixture->keys);
	g_assert_nonnull(strstr(dangling, "override: 1 row of customers"));
	g_assert_nonnull(strstr(dangling, "orders: 1 row of customers"));
	g_assert_nonnull(strstr(dangling, "1 name made with key 9"));
	g_clear_pointer(&fixture->store, store_close);
	damage(fixture->path, 4096 * 30, NOISE);
	fixture->store = store_fixture_open(fixture, STORE_ADMIN);
	damaged = faults_of(fixture->store, fixture->keys);
	g_assert_cmpstr(damaged, !=, dangling);
}

/* Every table of the schema is counted. */
static void
test_stats(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Statement) tables =
		store_statement(fixture->store, SQL_schema_tables);
	g_autoptr(GError) error = NULL;
	UpkeepStats stats = { 0 };
	struct stat st;
	guint n = 0;

	fill(fixture->store, 1, 4);
	g_assert_true(upkeep_stats(fixture->store, &stats, &error));
	g_assert_no_error(error);
	for (; statement_step(tables, NULL) == STEP_ROW; n++) {
		const UpkeepTable *table =
			&g_array_index(stats.tables, UpkeepTable, n);

		g_assert_cmpuint(n, <, stats.tables->len);
		g_assert_cmpstr(table->name, ==, statement_text(tables, 0));
		if (strcmp(table->name, "customer") == 0)
			g_assert_cmpint(table->rows, ==, 4);
	}
	g_assert_cmpuint(n, ==, stats.tables->len);
	g_assert_cmpint(stat(fixture->path, &st), ==, 0);
	g_assert_cmpint(stats.bytes, ==, st.st_size);
	g_assert_cmpint(stats.schema, ==, store_schema_version());
	upkeep_stats_clear(&stats);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/upkeep/backup", test_backup);
	g_test_add_func("/upkeep/backup-of-busy", test_backup_of_busy);
	g_test_add_func("/upkeep/backup-fails", test_backup_fails);
	g_test_add_func("/upkeep/restore", test_restore);
	g_test_add_func("/upkeep/restore-locked", test_restore_locked);
	g_test_add_func("/upkeep/restore-refused", test_restore_refused);
	g_test_add_func("/upkeep/restore-modes", test_restore_modes);
	g_test_add_func("/upkeep/restore-of-others", test_restore_of_others);
	g_test_add_func("/upkeep/check", test_check);
	g_test_add_func("/upkeep/stats", test_stats);
	/* Last: it has threads. */
	g_test_add_func("/upkeep/backup-of-locked", test_backup_of_locked);
	return g_test_run();
}
