/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/db_private - what the files of a Store share.
 *
 * Owns:    a Store owns its connection and its statements.
 * Fails:   store_fail() and store_refuse() set an error and return false.
 * Threads: as store/store.h says.
 */
#ifndef STORE_DB_PRIVATE_H
#define STORE_DB_PRIVATE_H

#include <sqlite3.h>
#include <sys/types.h>

#include "store/store.h"

/* What tells a file of ours: "TACT". */
#define STORE_APPLICATION_ID 0x54414354

struct Statement {
	Store *store;
	sqlite3_stmt *stmt; /* prepared when first asked for */
	int fault;          /* of preparing or binding; told by the step */
	bool lent;
};

struct StoreTxn {
	Store *store; /* NULL: none under way */
};

struct Store {
	sqlite3 *db;
	char *path;
	StoreRole role;
	pid_t pid; /* a fork must not use it */
	int busy_ms;
	int64_t busy_until; /* of the lock that is waited for */
	StoreTxn txn;
	Statement statements[SQL_N];
};

/* SQLite's `code` as an error of ours that names the file; errno, which was 0
 * before the call that failed, tells more. */
bool store_fail(const Store *store, int code, GError **error);
bool store_refuse(GError **error, StoreError code, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* SQL of the schema or a pragma; no rows are read. */
bool store_exec(Store *store, const char *sql,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The one integer that `sql` answers with. */
bool store_read_int(Store *store, const char *sql, int64_t *ret_value,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As store_open(), but whatever is in the file. */
Store *store_connect(const StoreOptions *options, GError **error);
/* To be read; it may lie in a folder that is open to others. */
Store *store_connect_copy(const char *path, GError **error);

/* In schema.c: is it ours, and not of a newer Tact? */
bool schema_is_known(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Is it ours, and of this version? With `create` made so. */
bool schema_bring_up(Store *store, bool create,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In sql.c. */
void statements_init(Store *store);
void statements_clear(Store *store);

#endif
