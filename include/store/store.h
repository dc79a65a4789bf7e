/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/store - the database file: open, transactions, statements.
 *
 * All SQL stands in store/sql.def; a call names its statement, and a Store
 * opened in one role cannot run the statements of another. Writers take the
 * write lock when their transaction begins (BEGIN IMMEDIATE). A statement that
 * writes runs within a transaction; anything else is our own bug.
 *
 * Owns:    a Store is its opener's; a Statement is borrowed from its Store and
 *          must be reset (g_autoptr does) before it is asked for again.
 * Fails:   STORE_ERROR_BUSY: another held the lock past the deadline; try
 *          again. STORE_ERROR_FULL: no room on the disk. STORE_ERROR_CORRUPT:
 *          not a database of ours. STORE_ERROR_VERSION: made by a newer Tact,
 *          or not yet migrated. STORE_ERROR_UNSAFE: owner or mode of a file is
 *          not as it must be; the message names file and remedy.
 *          STORE_ERROR_IO: all else.
 * Threads: one Store a thread; never fork with one open.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum StoreError {
	STORE_ERROR_BUSY,
	STORE_ERROR_FULL,
	STORE_ERROR_CORRUPT,
	STORE_ERROR_VERSION,
	STORE_ERROR_UNSAFE,
	STORE_ERROR_IO,
} StoreError;

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);

/* Who opens it; a set of bits in sql.def. */
typedef enum StoreRole {
	STORE_KEEPER = 1 << 0,  /* tact-milter: mails, customers' numbers */
	STORE_DRAFTER = 1 << 1, /* tact-drafter: jobs and drafts */
	STORE_ADMIN = 1 << 2,   /* tact: what the administrator asks for */
} StoreRole;

#define STORE_ANY (STORE_KEEPER | STORE_DRAFTER | STORE_ADMIN)

typedef struct Store Store;
typedef struct Statement Statement;

typedef struct StoreOptions {
	const char *path;
	StoreRole role;
	int busy_ms;     /* how long a lock is waited for */
	bool create;     /* make it, and bring an older one up to date */
	bool read_only;  /* reports: never takes the write lock */
	int cache_kib;   /* page cache; 0: a small one */
	const char *vfs; /* a test's; NULL: the system's */
} StoreOptions;

Store *store_open(const StoreOptions *options,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)
/* Its name leads to another file by now, or to none: what is written into this
 * one nobody will read. */
bool store_has_moved(Store *store);

/* The schema that this program writes. */
int store_schema_version(void);

/* A transaction is rolled back when it leaves scope without a commit. */
typedef struct StoreTxn StoreTxn;

StoreTxn *store_begin(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After true all of it is on the disk. */
bool store_commit(StoreTxn *txn, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void store_end(StoreTxn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreTxn, store_end)

/* One of sql.def, by its name there: SQL_mail_insert, ... */
typedef enum SqlId {
#define SQL(name, roles, text) SQL_##name,
#include "store/sql.def"
	SQL_N,
} SqlId;

/* Ready to be bound. It is our own bug to ask for one of another role. */
Statement *store_statement(Store *store, SqlId id);
void statement_reset(Statement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_reset)

/* Parameters count from 1, columns from 0. Bytes bound are borrowed until the
 * reset; columns' until the next step. */
void statement_bind_int(Statement *statement, int at, int64_t value);
void statement_bind_real(Statement *statement, int at, double value);
void statement_bind_text(Statement *statement, int at, const char *text);
void statement_bind_bytes(Statement *statement, int at, const void *bytes,
                          size_t size);
void statement_bind_null(Statement *statement, int at);
/* 0 is NULL. */
void statement_bind_id(Statement *statement, int at, int64_t id);

typedef enum StepResult {
	STEP_FAILED,
	STEP_ROW,
	STEP_DONE,
} StepResult;

StepResult statement_step(Statement *statement, GError **error);
/* Steps, and resets; for what returns no row. */
bool statement_run(Statement *statement,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

int64_t statement_int(Statement *statement, int column);
double statement_real(Statement *statement, int column);
const char *statement_text(Statement *statement, int column); /* "" if NULL */
const void *statement_bytes(Statement *statement, int column, size_t *ret_size);
bool statement_is_null(Statement *statement, int column);

/* Rows that the last statement changed; the id of the last one inserted. */
int64_t store_changes(Store *store);
int64_t store_last_id(Store *store);

#endif
