/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite's codes as the few that a caller acts on. A disk that is full comes as
 * SQLITE_FULL or, with a quota, as an I/O error whose errno tells it. It is
 * errno that is read: sqlite3_system_errno() is not set by a COMMIT that fails
 * (3.40), and may still tell of an earlier failure.
 */
#include <errno.h>
#include <stdarg.h>

#include "db_private.h"

G_DEFINE_QUARK(tact - store - error - quark, store_error)

static StoreError
store_code(int code, int number)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STORE_ERROR_BUSY;
	case SQLITE_FULL:
		return STORE_ERROR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return STORE_ERROR_CORRUPT;
	case SQLITE_IOERR:
		return number == ENOSPC || number == EDQUOT ? STORE_ERROR_FULL
		                                            : STORE_ERROR_IO;
	default:
		return STORE_ERROR_IO;
	}
}

static const char *
remedy(StoreError code)
{
	switch (code) {
	case STORE_ERROR_BUSY:
		return "; another program is writing, try again";
	case STORE_ERROR_FULL:
		return "; make room on the disk";
	case STORE_ERROR_CORRUPT:
		return "; see tact db check, and restore a backup";
	default:
		return "";
	}
}

bool
store_fail(const Store *store, int code, GError **error)
{
	int number = errno;
	StoreError mapped = store_code(code, number);
	bool system = (code & 0xff) == SQLITE_IOERR ||
	              (code & 0xff) == SQLITE_CANTOPEN;

	g_set_error(error, STORE_ERROR, (int)mapped, "%s: %s%s%s%s",
	            store->path,
	            store->db != NULL && sqlite3_errcode(store->db) != SQLITE_OK
	                    ? sqlite3_errmsg(store->db)
	                    : sqlite3_errstr(code),
	            system && number != 0 ? ": " : "",
	            system && number != 0 ? g_strerror(number) : "",
	            remedy(mapped));
	return false;
}

bool
store_refuse(GError **error, StoreError code, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	if (error != NULL)
		*error = g_error_new_valist(STORE_ERROR, (int)code, format,
		                            list);
	va_end(list);
	return false;
}
