/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite writes a page into its journal in three calls: number, page, checksum.
 * With a mail's dozen of small statements that is most of what the kernel does
 * for a commit. A journal means nothing before it is synced, so what follows on
 * what was written last is gathered, and goes out with one call: before a sync,
 * and before anything that could see that it is not there.
 *
 * SQLite also opens the journal anew for each transaction, as if it were made
 * then, and so syncs its folder each time. Here the file that was opened first
 * waits, when it is closed, for the next transaction: what it still has to sync
 * it knows itself. Whether the name still leads to it is looked at under the
 * lock that makes whoever else would delete it wait.
 */
#include "journal_file.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define GATHER_MAX 65536

typedef struct JournalFile {
	sqlite3_file base;
	JournalPark place; /* the file itself; memory of its own */
	JournalPark *park; /* where to leave it; NULL: it is closed */
	uint8_t *gathered; /* GATHER_MAX bytes */
	sqlite3_int64 at;  /* where the first of them belongs */
	size_t n;
} JournalFile;

G_STATIC_ASSERT(sizeof(JournalFile) <= JOURNAL_FILE_BYTES);

static JournalFile *
journal_of(sqlite3_file *file)
{
	return (JournalFile *)(void *)file;
}

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return journal_of(file)->place.real;
}

/* What could not be written stays, to be read: SQLite takes back by it what it
 * changed in its cache. */
static int
flush(JournalFile *journal)
{
	sqlite3_file *real = journal->place.real;
	int code = SQLITE_OK;

	if (journal->n > 0)
		code = real->pMethods->xWrite(real, journal->gathered,
		                              (int)journal->n, journal->at);
	if (code == SQLITE_OK)
		journal->n = 0;
	return code;
}

static bool
follows(const JournalFile *journal, int size, sqlite3_int64 offset)
{
	return journal->n > 0 &&
	       offset == journal->at + (sqlite3_int64)journal->n &&
	       journal->n + (size_t)size <= GATHER_MAX;
}

static int
journal_write(sqlite3_file *file, const void *bytes, int size,
              sqlite3_int64 offset)
{
	JournalFile *journal = journal_of(file);
	int code;

	if (!follows(journal, size, offset)) {
		code = flush(journal);
		if (code != SQLITE_OK)
			return code;
		if (size > GATHER_MAX)
			return real_of(file)->pMethods->xWrite(
				real_of(file), bytes, size, offset);
		journal->at = offset;
	}
	memcpy(journal->gathered + journal->n, bytes, (size_t)size);
	journal->n += (size_t)size;
	return SQLITE_OK;
}

/* `size` bytes that are not gathered. */
static int
read_real(const JournalFile *journal, uint8_t *bytes, sqlite3_int64 size,
          sqlite3_int64 offset)
{
	sqlite3_file *real = journal->place.real;

	return size <= 0
	               ? SQLITE_OK
	               : real->pMethods->xRead(real, bytes, (int)size, offset);
}

/* What lies before what is gathered, of that, and behind it. */
static int
journal_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
	const JournalFile *journal = journal_of(file);
	sqlite3_int64 last = offset + size;
	sqlite3_int64 from = CLAMP(journal->at, offset, last);
	sqlite3_int64 to =
		CLAMP(journal->at + (sqlite3_int64)journal->n, from, last);
	uint8_t *out = bytes;
	int code = read_real(journal, out, from - offset, offset);

	if (code != SQLITE_OK)
		return code;
	if (to > from)
		memcpy(out + (from - offset),
		       journal->gathered + (from - journal->at),
		       (size_t)(to - from));
	return read_real(journal, out + (to - offset), last - to, to);
}

static int
journal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	JournalFile *journal = journal_of(file);
	int code;

	if (size <= journal->at)
		journal->n = 0;
	code = flush(journal);
	return code != SQLITE_OK ? code
	                         : real_of(file)->pMethods->xTruncate(
					   real_of(file), size);
}

static int
journal_sync(sqlite3_file *file, int flags)
{
	int code = flush(journal_of(file));

	return code != SQLITE_OK
	               ? code
	               : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int
journal_size(sqlite3_file *file, sqlite3_int64 *size)
{
	const JournalFile *journal = journal_of(file);
	int code = real_of(file)->pMethods->xFileSize(real_of(file), size);

	if (code == SQLITE_OK && journal->n > 0)
		*size = MAX(*size, journal->at + (sqlite3_int64)journal->n);
	return code;
}

static int
close_real(sqlite3_file *real)
{
	int code = real->pMethods->xClose(real);

	g_free(real);
	return code;
}

void
journal_park_clear(JournalPark *park)
{
	if (park->real != NULL)
		(void)close_real(park->real);
	park->real = NULL;
}

static int
journal_close(sqlite3_file *file)
{
	JournalFile *journal = journal_of(file);
	int code = flush(journal);
	int closed;

	g_free(journal->gathered);
	if (code == SQLITE_OK && journal->park != NULL &&
	    journal->park->real == NULL) {
		*journal->park = journal->place;
		return SQLITE_OK;
	}
	closed = close_real(journal->place.real);
	return code != SQLITE_OK ? code : closed;
}

/* Nobody locks a journal. */
static int
journal_lock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int
journal_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int
journal_is_reserved(sqlite3_file *file, int *result)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file),
	                                                   result);
}

static int
journal_control(sqlite3_file *file, int what, void *data)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, data);
}

static int
journal_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
journal_device(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = journal_close,
	.xRead = journal_read,
	.xWrite = journal_write,
	.xTruncate = journal_truncate,
	.xSync = journal_sync,
	.xFileSize = journal_size,
	.xLock = journal_lock,
	.xUnlock = journal_unlock,
	.xCheckReservedLock = journal_is_reserved,
	.xFileControl = journal_control,
	.xSectorSize = journal_sector,
	.xDeviceCharacteristics = journal_device,
};

/* And may still be written, which an open file would not tell: of a disk that
 * was made read-only somebody thinks that nothing changes there. */
static bool
leads_to(const char *name, const JournalPark *place)
{
	struct stat now;

	return place->real != NULL && lstat(name, &now) == 0 &&
	       now.st_dev == place->seen.st_dev &&
	       now.st_ino == place->seen.st_ino && access(name, W_OK) == 0;
}

/* One that this made waits not: should its folder's sync fail, SQLite tells
 * nobody, and does it again for the next. Nor one that cannot be written, which
 * SQLite opens too. */
static int
open_real(sqlite3_vfs *below, const char *name, int flags,
          JournalPark *ret_place, bool *ret_known)
{
	sqlite3_file *real = g_malloc0((gsize)below->szOsFile);
	bool was_there = lstat(name, &ret_place->seen) == 0;
	int out = 0;
	int code = below->xOpen(below, name, real, flags, &out);

	if (code != SQLITE_OK) {
		if (real->pMethods != NULL)
			real->pMethods->xClose(real);
		g_free(real);
		return code;
	}
	ret_place->real = real;
	*ret_known = was_there && (out & SQLITE_OPEN_READWRITE) != 0 &&
	             lstat(name, &ret_place->seen) == 0;
	return SQLITE_OK;
}

/* For a transaction's own; one that is left over is opened without CREATE. */
static bool
may_wait(int flags)
{
	return (flags & SQLITE_OPEN_CREATE) != 0 &&
	       (flags & SQLITE_OPEN_READWRITE) != 0;
}

int
journal_file_open(sqlite3_vfs *below, JournalPark *park, const char *name,
                  sqlite3_file *file, int flags)
{
	JournalFile *journal = journal_of(file);
	bool waits = may_wait(flags);
	bool known = true;
	int code = SQLITE_OK;

	*journal = (JournalFile){ .park = waits ? park : NULL };
	if (waits && leads_to(name, park)) {
		journal->place = *park;
		park->real = NULL;
	} else {
		journal_park_clear(park);
		code = open_real(below, name, flags, &journal->place, &known);
	}
	if (code != SQLITE_OK)
		return code;
	if (!known)
		journal->park = NULL;
	journal->gathered = g_malloc(GATHER_MAX);
	journal->base.pMethods = &methods;
	return SQLITE_OK;
}
