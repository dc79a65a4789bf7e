/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statements of sql.def, each prepared once a connection, when it is first
 * needed. What fails in preparing or binding is kept and told by the step, so
 * that callers have one place to look.
 *
 * Text columns are fetched at the step: SQLite may need memory to end one with
 * a NUL, and a failure there must be a failed step, not an empty string.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "db_private.h"

typedef struct SqlRow {
	const char *name;
	const char *text;
	unsigned roles;
} SqlRow;

static const SqlRow rows[SQL_N + 1] = {
#define SQL(name, roles, text) { #name, text, roles },
#include "store/sql.def"
	{ NULL, NULL, 0 },
};

void
statements_init(Store *store)
{
	for (size_t i = 0; i < SQL_N; i++)
		store->statements[i].store = store;
}

void
statements_clear(Store *store)
{
	for (size_t i = 0; i < SQL_N; i++)
		sqlite3_finalize(store->statements[i].stmt);
}

static int
prepare(const Store *store, const SqlRow *row, sqlite3_stmt **ret_stmt)
{
	/* Here and in store_begin(); a mail runs a dozen statements. */
	g_assert(store->pid == getpid());
	return sqlite3_prepare_v3(store->db, row->text, -1,
	                          SQLITE_PREPARE_PERSISTENT, ret_stmt, NULL);
}

Statement *
store_statement(Store *store, SqlId id)
{
	Statement *statement = &store->statements[id];

	if ((rows[id].roles & store->role) == 0)
		g_error("statement %s is not for this role", rows[id].name);
	if (statement->lent)
		g_error("statement %s is in use", rows[id].name);
	statement->lent = true;
	statement->fault = SQLITE_OK;
	if (statement->stmt == NULL)
		statement->fault = prepare(store, &rows[id], &statement->stmt);
	return statement;
}

void
statement_reset(Statement *statement)
{
	if (statement == NULL)
		return;
	if (statement->stmt != NULL) {
		sqlite3_reset(statement->stmt);
		sqlite3_clear_bindings(statement->stmt);
	}
	statement->lent = false;
}

static void
note(Statement *statement, int code)
{
	if (statement->fault == SQLITE_OK)
		statement->fault = code;
}

void
statement_bind_int(Statement *statement, int at, int64_t value)
{
	note(statement, sqlite3_bind_int64(statement->stmt, at, value));
}

void
statement_bind_real(Statement *statement, int at, double value)
{
	note(statement, sqlite3_bind_double(statement->stmt, at, value));
}

void
statement_bind_text(Statement *statement, int at, const char *text)
{
	note(statement,
	     sqlite3_bind_text(statement->stmt, at, text, -1, SQLITE_STATIC));
}

void
statement_bind_bytes(Statement *statement, int at, const void *bytes,
                     size_t size)
{
	/* No bytes are an empty blob; a NULL pointer would be NULL. */
	note(statement,
	     sqlite3_bind_blob64(statement->stmt, at, bytes ? bytes : "", size,
	                         SQLITE_STATIC));
}

void
statement_bind_null(Statement *statement, int at)
{
	note(statement, sqlite3_bind_null(statement->stmt, at));
}

void
statement_bind_id(Statement *statement, int at, int64_t id)
{
	if (id != 0)
		statement_bind_int(statement, at, id);
	else
		statement_bind_null(statement, at);
}

static bool
texts_are_there(sqlite3_stmt *stmt)
{
	int n = sqlite3_column_count(stmt);

	for (int i = 0; i < n; i++)
		if (sqlite3_column_type(stmt, i) == SQLITE_TEXT &&
		    sqlite3_column_text(stmt, i) == NULL)
			return false;
	return true;
}

/* A write of its own would pay its own syncs, unseen. And once a failure has
 * rolled the transaction back, what follows of it must fail too. */
static bool
may_write(const Store *store, GError **error)
{
	if (store->txn.store == NULL)
		g_error("%s: a write outside a transaction", store->path);
	return sqlite3_get_autocommit(store->db) == 0 ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "%s: the transaction was rolled back", store->path);
}

StepResult
statement_step(Statement *statement, GError **error)
{
	sqlite3_stmt *stmt = statement->stmt;
	int code = statement->fault;

	g_assert(statement->lent);
	if (code == SQLITE_OK && sqlite3_stmt_readonly(stmt) == 0 &&
	    !may_write(statement->store, error))
		return STEP_FAILED;
	errno = 0;
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW && !texts_are_there(stmt))
		code = SQLITE_NOMEM;
	if (code == SQLITE_ROW)
		return STEP_ROW;
	if (code == SQLITE_DONE)
		return STEP_DONE;
	store_fail(statement->store, code, error);
	return STEP_FAILED;
}

bool
statement_run(Statement *statement, GError **error)
{
	StepResult result = statement_step(statement, error);

	g_assert(result != STEP_ROW);
	statement_reset(statement);
	return result == STEP_DONE;
}

int64_t
statement_int(Statement *statement, int column)
{
	return sqlite3_column_int64(statement->stmt, column);
}

double
statement_real(Statement *statement, int column)
{
	return sqlite3_column_double(statement->stmt, column);
}

const char *
statement_text(Statement *statement, int column)
{
	const void *text = sqlite3_column_text(statement->stmt, column);

	return text != NULL ? text : "";
}

const void *
statement_bytes(Statement *statement, int column, size_t *ret_size)
{
	const void *bytes = sqlite3_column_blob(statement->stmt, column);

	*ret_size = (size_t)sqlite3_column_bytes(statement->stmt, column);
	return bytes;
}

bool
statement_is_null(Statement *statement, int column)
{
	return sqlite3_column_type(statement->stmt, column) == SQLITE_NULL;
}
