/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One connection, opened in one order, with one set of pragmas.
 *
 * The journal is TRUNCATE with synchronous=EXTRA: a commit is on the disk when
 * it returns, the journal's end included, and what secure_delete overwrote is
 * not left in a log beside the file. WAL would keep erased rows until a
 * checkpoint that any reader can hold up, and before SQLite 3.51.3 two
 * connections can corrupt it (the WAL-reset race); Debian 12 has 3.40.1. So
 * there is no setting for it, and a file that somebody made WAL is turned back.
 *
 * A reader opens the file for writing too, and is then held to queries: only
 * so can it roll back the journal that a crash has left.
 */
#include "db_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "clean_vfs.h"
#include "file_private.h"

#define SQLITE_OLDEST 3037000 /* STRICT tables */
#define CACHE_KIB 16384       /* the inner pages of ten million aliases */

/* How often a lock that another has is looked at. SQLite's own handler sleeps
 * ever longer, up to a tenth of a second, though a commit takes some
 * milliseconds: a mail waits for the keeper meanwhile. All others stand behind
 * it. */
#define LOCK_KEEPER_US 500
#define LOCK_OTHERS_US 2000

/* In this order: what guards the reading of the file comes before the first
 * statement that reads it. */
static const char pragmas[] = "PRAGMA trusted_schema = OFF;"
			      "PRAGMA cell_size_check = ON;"
			      "PRAGMA mmap_size = 0;"
			      "PRAGMA temp_store = MEMORY;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA synchronous = EXTRA;"
			      "PRAGMA secure_delete = ON;";

bool
store_exec(Store *store, const char *sql, GError **error)
{
	int code;

	errno = 0;
	code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
	return code == SQLITE_OK || store_fail(store, code, error);
}

bool
store_read_int(Store *store, const char *sql, int64_t *ret_value,
               GError **error)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	int code;

	errno = 0;
	code = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) {
		row = true;
		*ret_value = sqlite3_column_int64(stmt, 0);
	} else {
		store_fail(store, code, error);
	}
	sqlite3_finalize(stmt);
	return row;
}

/* The journal's mode as SQLite says it afterwards: it keeps another when it
 * cannot have the one asked for. */
static bool
set_journal(Store *store, GError **error)
{
	static const char sql[] = "PRAGMA journal_mode = TRUNCATE";
	sqlite3_stmt *stmt = NULL;
	int code;
	bool good;

	errno = 0;
	code = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code != SQLITE_ROW) {
		good = store_fail(store, code, error);
	} else {
		const char *mode = (const char *)sqlite3_column_text(stmt, 0);

		good = (mode != NULL && strcmp(mode, "truncate") == 0) ||
		       store_refuse(error, STORE_ERROR_IO,
		                    "%s: its journal cannot be made TRUNCATE",
		                    store->path);
	}
	sqlite3_finalize(stmt);
	return good;
}

/* What a hostile file could use is off; double quotes are never a string. */
static void
harden(sqlite3 *db)
{
	static const int switches[][2] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(switches); i++)
		sqlite3_db_config(db, switches[i][0], switches[i][1], NULL);
	sqlite3_extended_result_codes(db, 1);
}

/* sqlite3_busy_handler(): shall it be tried again? */
static int
wait_for_lock(void *data, int tried)
{
	Store *store = data;
	int64_t now = clock_monotonic();

	if (tried == 0)
		store->busy_until = now + store->busy_ms * INT64_C(1000);
	if (now >= store->busy_until)
		return 0;
	g_usleep(store->role == STORE_KEEPER ? LOCK_KEEPER_US : LOCK_OTHERS_US);
	return 1;
}

static bool
set_up(Store *store, const StoreOptions *options, GError **error)
{
	g_autofree char *cache = g_strdup_printf(
		"PRAGMA cache_size = -%d",
		options->cache_kib > 0 ? options->cache_kib : CACHE_KIB);

	harden(store->db);
	store->busy_ms = options->busy_ms;
	sqlite3_busy_handler(store->db, wait_for_lock, store);
	return store_exec(store, pragmas, error) &&
	       store_exec(store, cache, error) && set_journal(store, error);
}

static bool
library_is_fit(GError **error)
{
	if (sqlite3_libversion_number() >= SQLITE_OLDEST &&
	    sqlite3_threadsafe() != 0)
		return true;
	return store_refuse(error, STORE_ERROR_IO,
	                    "SQLite %s is not fit: 3.37 or newer, built with "
	                    "threads, is needed",
	                    sqlite3_libversion());
}

/* The file is made by us, not by SQLite, so that it is 0600 from its first
 * moment whatever the umask. Its journal gets the same mode. */
static bool
place_is_fit(const StoreOptions *options, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(options->path);

	if (!options->create)
		return file_check_place(options->path, error);
	return file_check_private(directory, FILE_KIND_DIRECTORY, error) &&
	       file_make_empty(options->path, error) &&
	       file_check_private(options->path, FILE_KIND_FILE, error);
}

static Store *
connect_to(const StoreOptions *options, GError **error)
{
	g_autoptr(Store) store = g_new0(Store, 1);
	int code;

	store->path = g_strdup(options->path);
	store->role = options->role;
	store->pid = getpid();
	statements_init(store);
	errno = 0;
	code = sqlite3_open_v2(options->path, &store->db,
	                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
	                       clean_vfs(options->vfs));
	if (code != SQLITE_OK) {
		store_fail(store, code, error);
		return NULL;
	}
	return set_up(store, options, error) ? g_steal_pointer(&store) : NULL;
}

Store *
store_connect(const StoreOptions *options, GError **error)
{
	if (!library_is_fit(error) || !place_is_fit(options, error))
		return NULL;
	return connect_to(options, error);
}

Store *
store_connect_copy(const char *path, GError **error)
{
	const StoreOptions options = { .path = path, .role = STORE_ADMIN };
	Store *store;

	if (!library_is_fit(error) ||
	    !file_check_private(path, FILE_KIND_FILE, error))
		return NULL;
	store = connect_to(&options, error);
	if (store != NULL &&
	    !store_exec(store, "PRAGMA query_only = ON", error))
		g_clear_pointer(&store, store_close);
	return store;
}

Store *
store_open(const StoreOptions *options, GError **error)
{
	g_autoptr(Store) store = store_connect(options, error);

	if (store == NULL || !schema_bring_up(store, options->create, error))
		return NULL;
	if (options->read_only &&
	    !store_exec(store, "PRAGMA query_only = ON", error))
		return NULL;
	return g_steal_pointer(&store);
}

void
store_close(Store *store)
{
	if (store == NULL)
		return;
	g_assert(store->pid == getpid());
	statements_clear(store);
	sqlite3_close_v2(store->db);
	g_free(store->path);
	g_free(store);
}

bool
store_has_moved(Store *store)
{
	int moved = 0;

	return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED,
	                            &moved) == SQLITE_OK &&
	       moved != 0;
}

StoreTxn *
store_begin(Store *store, GError **error)
{
	g_assert(store->pid == getpid());
	g_assert(store->txn.store == NULL);
	if (!store_exec(store, "BEGIN IMMEDIATE", error))
		return NULL;
	store->txn.store = store;
	return &store->txn;
}

bool
store_commit(StoreTxn *txn, GError **error)
{
	g_assert(txn->store != NULL);
	return store_exec(txn->store, "COMMIT", error);
}

/* Some failures (a full disk, no memory) have rolled back by themselves. */
void
store_end(StoreTxn *txn)
{
	if (txn == NULL)
		return;
	if (sqlite3_get_autocommit(txn->store->db) == 0)
		sqlite3_exec(txn->store->db, "ROLLBACK", NULL, NULL, NULL);
	txn->store = NULL;
}

int64_t
store_changes(Store *store)
{
	return sqlite3_changes64(store->db);
}

int64_t
store_last_id(Store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}
