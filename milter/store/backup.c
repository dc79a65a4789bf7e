/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite's own online backup. It takes its read lock for some pages at a time,
 * so that a writer gets in between; and begins again when one did. On a site
 * where mails never pause that would have no end, so after some rounds it
 * copies all in one: writers wait or go on without, as with any long reader.
 *
 * A restore runs the same way backwards: the destination is written in one
 * transaction with a journal, so that it is the old database or the new one,
 * and those who have it open go on with the new.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "db_private.h"
#include "file_private.h"
#include "store/site.h"
#include "store/upkeep.h"

#define PAGES_AT_ONCE 512
#define ROUNDS 5
#define PAUSE_MS 5

typedef struct Copy {
	sqlite3 *to, *from;
	sqlite3_backup *backup;
	int done;   /* pages, when last looked at */
	int rounds; /* how often it began again */
} Copy;

/* A lock is waited for anew: sqlite3_backup_step() goes on counting where its
 * last wait ended, and a statement begins to count. */
static void
wait_anew(sqlite3 *db)
{
	sqlite3_exec(db, "SELECT 1", NULL, NULL, NULL);
}

static int
step_copy(Copy *copy, const UpkeepWatch *watch)
{
	int code, all, done;

	wait_anew(copy->to);
	wait_anew(copy->from);
	errno = 0;
	code = sqlite3_backup_step(copy->backup,
	                           copy->rounds < ROUNDS ? PAGES_AT_ONCE : -1);
	all = sqlite3_backup_pagecount(copy->backup);
	done = all - sqlite3_backup_remaining(copy->backup);
	copy->rounds += done <= copy->done;
	copy->done = done;
	if (watch->progress != NULL)
		watch->progress(done, all, watch->data);
	return code;
}

/* All pages of `from` to `to`; the error is of `blamed`. */
static bool
copy_pages(sqlite3 *to, sqlite3 *from, const UpkeepWatch *watch, int rounds,
           const Store *blamed, GError **error)
{
	Copy copy = { .to = to,
		      .from = from,
		      .backup = sqlite3_backup_init(to, "main", from, "main"),
		      .rounds = rounds };
	int code = SQLITE_OK;

	if (copy.backup == NULL)
		return store_fail(blamed, sqlite3_errcode(to), error);
	while (code == SQLITE_OK) {
		code = step_copy(&copy, watch);
		if (code == SQLITE_OK)
			sqlite3_sleep(PAUSE_MS);
	}
	if (code != SQLITE_DONE)
		store_fail(blamed, code, error);
	code = sqlite3_backup_finish(copy.backup) == SQLITE_OK ? code
	                                                       : SQLITE_ERROR;
	if (code != SQLITE_DONE && error != NULL && *error == NULL)
		store_fail(blamed, code, error);
	return code == SQLITE_DONE;
}

/* No journal: a copy that is cut short is thrown away. */
static bool
write_copy(Store *store, const char *path, const UpkeepWatch *watch,
           GError **error)
{
	const Store to = { .path = (char *)path };
	sqlite3 *db = NULL;
	int code;
	bool good;

	errno = 0;
	code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db,
		                    "PRAGMA journal_mode = OFF;"
		                    "PRAGMA synchronous = FULL",
		                    NULL, NULL, NULL);
	good = code == SQLITE_OK
	               ? copy_pages(db, store->db, watch, 0, &to, error)
	               : store_fail(&to, code, error);
	sqlite3_close_v2(db);
	return good;
}

static bool
is_whole(Store *copy, GError **error)
{
	const UpkeepWatch unwatched = { NULL, NULL };
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

	if (!upkeep_check(copy, NULL, &unwatched, faults, error))
		return false;
	return faults->len == 0 ||
	       store_refuse(error, STORE_ERROR_CORRUPT, "%s: is damaged: %s",
	                    copy->path, (const char *)faults->pdata[0]);
}

static bool
check_copy(const char *path, GError **error)
{
	g_autoptr(Store) copy = store_connect_copy(path, error);

	return copy != NULL && schema_is_known(copy, error) &&
	       is_whole(copy, error);
}

/* The name appears when all of it is on the disk. */
static bool
publish(const char *part, const char *path, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);

	return file_sync(part, error) && file_rename_new(part, path, error) &&
	       file_sync_directory(directory, error);
}

bool
upkeep_backup(Store *store, const char *path, const UpkeepWatch *watch,
              GError **error)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	bool good;

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: is there already, and stays", path);
	g_remove(part); /* of a run that was cut short */
	good = file_write_new(part, "", 0, error) &&
	       write_copy(store, part, watch, error) &&
	       check_copy(part, error) && publish(part, path, error);
	if (!good)
		g_remove(part);
	return good;
}

static bool
overwrite(const StoreOptions *options, Store *copy, GError **error)
{
	const UpkeepWatch unwatched = { NULL, NULL };
	g_autoptr(Store) store = NULL;
	StoreOptions made = *options;

	made.create = true;
	store = store_connect(&made, error);
	if (store == NULL) {
		if (error != NULL &&
		    g_error_matches(*error, STORE_ERROR, STORE_ERROR_CORRUPT))
			g_prefix_error(error,
			               "stop tact-milter and move the "
			               "damaged file away, then again: ");
		return false;
	}
	return copy_pages(store->db, copy->db, &unwatched, ROUNDS, store,
	                  error);
}

bool
upkeep_restore(const StoreOptions *options, const Keys *keys, const char *from,
               GError **error)
{
	g_autoptr(Store) copy = store_connect_copy(from, error);
	g_autoptr(Store) restored = NULL;
	StoreOptions made = *options;

	if (copy == NULL || !schema_is_known(copy, error) ||
	    !is_whole(copy, error) ||
	    (keys != NULL && !site_check_keys(copy, keys, error)) ||
	    !overwrite(options, copy, error))
		return false;
	made.create = true;
	restored = store_open(&made, error);
	return restored != NULL;
}
