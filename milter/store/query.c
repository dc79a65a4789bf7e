/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Written out and then read as any other file: so a query has the same checks,
 * the same report and the same resuming as an export.
 */
#include "store/query.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "db_private.h"

#define BUFFER_BYTES 262144

typedef struct Writer {
	int fd;
	GString *text;
} Writer;

static bool
flush(Writer *writer, GError **error)
{
	const char *at = writer->text->str;
	size_t left = writer->text->len;

	while (left > 0) {
		ssize_t n = write(writer->fd, at, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return store_refuse(error,
			                    errno == ENOSPC ? STORE_ERROR_FULL
			                                    : STORE_ERROR_IO,
			                    "rows cannot be kept: %s",
			                    g_strerror(errno));
		at += n;
		left -= (size_t)n;
	}
	g_string_truncate(writer->text, 0);
	return true;
}

static void
add_cell(Writer *writer, const char *bytes, size_t size, bool first)
{
	if (!first)
		g_string_append_c(writer->text, ',');
	g_string_append_c(writer->text, '"');
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '"')
			g_string_append_c(writer->text, '"');
		g_string_append_c(writer->text, bytes[i]);
	}
	g_string_append_c(writer->text, '"');
}

static bool
end_row(Writer *writer, GError **error)
{
	g_string_append_c(writer->text, '\n');
	return writer->text->len < BUFFER_BYTES || flush(writer, error);
}

static bool
write_header(Writer *writer, sqlite3_stmt *stmt, GError **error)
{
	int n = sqlite3_column_count(stmt);

	for (int i = 0; i < n; i++) {
		const char *name = sqlite3_column_name(stmt, i);

		add_cell(writer, name ? name : "", name ? strlen(name) : 0,
		         i == 0);
	}
	return end_row(writer, error);
}

static bool
write_row(Writer *writer, sqlite3_stmt *stmt, GError **error)
{
	int n = sqlite3_column_count(stmt);

	for (int i = 0; i < n; i++) {
		const void *text = sqlite3_column_text(stmt, i);
		int size = sqlite3_column_bytes(stmt, i);

		add_cell(writer, text ? text : "", text ? (size_t)size : 0,
		         i == 0);
	}
	return end_row(writer, error);
}

/* Reading only: a query is a line of a configuration, not a program. */
static int
authorize(void *data, int action, const char *a, const char *b, const char *c,
          const char *d)
{
	(void)data;
	(void)a;
	(void)c;
	(void)d;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return b != NULL && strcmp(b, "load_extension") == 0
		               ? SQLITE_DENY
		               : SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

static bool
fail(sqlite3 *db, const char *path, GError **error)
{
	return store_refuse(error, STORE_ERROR_IO, "%s: %s", path,
	                    sqlite3_errmsg(db));
}

static bool
prepare(sqlite3 *db, const char *path, const char *sql, sqlite3_stmt **ret_stmt,
        GError **error)
{
	const char *tail = "";

	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_busy_timeout(db, 10000);
	sqlite3_set_authorizer(db, authorize, NULL);
	if (sqlite3_prepare_v2(db, sql, -1, ret_stmt, &tail) != SQLITE_OK)
		return fail(db, path, error);
	if (*ret_stmt != NULL && sqlite3_column_count(*ret_stmt) > 0 &&
	    tail[strspn(tail, "; \t\r\n")] == '\0')
		return true;
	return store_refuse(error, STORE_ERROR_IO,
	                    "%s: --sql takes one SELECT, and only one", path);
}

static bool
export_rows(sqlite3 *db, const char *path, const char *sql, Writer *writer,
            GError **error)
{
	sqlite3_stmt *stmt = NULL;
	bool good = prepare(db, path, sql, &stmt, error) &&
	            write_header(writer, stmt, error);
	int code = SQLITE_DONE;

	while (good && (code = sqlite3_step(stmt)) == SQLITE_ROW)
		good = write_row(writer, stmt, error);
	if (good && code != SQLITE_DONE)
		good = fail(db, path, error);
	sqlite3_finalize(stmt);
	return good && flush(writer, error);
}

bool
query_export(const char *path, const char *sql, int fd, GError **error)
{
	Writer writer = { fd, g_string_sized_new(BUFFER_BYTES) };
	sqlite3 *db = NULL;
	bool good;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		good = fail(db, path, error);
	else
		good = export_rows(db, path, sql, &writer, error);
	sqlite3_close_v2(db);
	g_string_free(writer.text, TRUE);
	return good;
}
