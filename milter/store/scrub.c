/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What clean_vfs.c keeps out of the file, for pages that another program has
 * written: a copy that was restored, or sqlite3(1) in somebody's hand.
 *
 * Gaps are overwritten through SQLite's own file handle and under its own
 * locks: no other descriptor of the file is ever opened, because closing it
 * would drop those locks. Others may hold such a page in their cache and write
 * it back; that is why the same lock also commits a change: on it they drop
 * their caches.
 *
 * Pages are looked through under a shared lock, some megabytes at a time, so
 * that nobody waits long; the few that need it are then read again and written
 * under the exclusive one. A row deleted before the look cannot come to a page
 * after it.
 */
#include "scrub.h"

#include <string.h>

#define CHUNK_BYTES ((size_t)8 << 20)
#define PAGES_A_LOCK 512

typedef struct Scrub {
	Store *store;
	sqlite3_file *file;
	size_t page_size;
	size_t usable;
	GArray *wanted; /* of int64_t: numbers of pages, from 0 */
	uint8_t *bytes;
	int64_t pages;
} Scrub;

static size_t
read_16(const uint8_t *at)
{
	return (size_t)at[0] << 8 | at[1];
}

size_t
scrub_gap_of(const uint8_t *page, size_t usable, bool first, size_t *ret_from)
{
	const uint8_t *header = page + (first ? 100 : 0);
	bool leaf = header[0] == 10 || header[0] == 13;
	size_t from, to;

	if (!leaf && header[0] != 2 && header[0] != 5)
		return 0;
	from = (size_t)(header - page) + (leaf ? 8u : 12u) +
	       2 * read_16(header + 3);
	to = read_16(header + 5);
	if (to == 0)
		to = 65536;
	if (from >= to || to > usable)
		return 0;
	*ret_from = from;
	return to - from;
}

static bool
is_zero(const uint8_t *bytes, size_t size)
{
	return size == 0 ||
	       (bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0);
}

static bool
needs_it(const Scrub *scrub, const uint8_t *page, int64_t number,
         size_t *ret_from, size_t *ret_size)
{
	*ret_size = scrub_gap_of(page, scrub->usable, number == 0, ret_from);
	return *ret_size > 0 && !is_zero(page + *ret_from, *ret_size);
}

static bool
read_at(const Scrub *scrub, int64_t offset, size_t size, GError **error)
{
	int code = scrub->file->pMethods->xRead(scrub->file, scrub->bytes,
	                                        (int)size, offset);

	return code == SQLITE_OK || store_fail(scrub->store, code, error);
}

static void
look_through(Scrub *scrub, int64_t number, size_t n)
{
	size_t from, size;

	for (size_t i = 0; i < n; i++) {
		int64_t page = number + (int64_t)i;

		if (needs_it(scrub, scrub->bytes + i * scrub->page_size, page,
		             &from, &size))
			g_array_append_val(scrub->wanted, page);
	}
}

/* Up to `n` pages from `number`, fewer at the file's end; 0 past it. */
static bool
look_at_chunk(Scrub *scrub, int64_t number, size_t n, size_t *ret_n,
              GError **error)
{
	int64_t count = 0;

	/* The first statement takes the shared lock, the end lets go of it. */
	if (!store_exec(scrub->store, "BEGIN", error))
		return false;
	if (store_read_int(scrub->store,
	                   "SELECT 0 * count(*) + (SELECT page_count"
	                   " FROM pragma_page_count) FROM meta",
	                   &count, error)) {
		*ret_n = (size_t)CLAMP(count - number, 0, (int64_t)n);
		if (*ret_n == 0 ||
		    read_at(scrub, number * (int64_t)scrub->page_size,
		            *ret_n * scrub->page_size, error)) {
			look_through(scrub, number, *ret_n);
			return store_exec(scrub->store, "COMMIT", error);
		}
	}
	sqlite3_exec(scrub->store->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static bool
find_pages(Scrub *scrub, GError **error)
{
	size_t at_once = CHUNK_BYTES / scrub->page_size, n = at_once;

	for (int64_t number = 0; n > 0; number += (int64_t)n) {
		if (number > SCRUB_PAGES_MAX)
			return store_refuse(error, STORE_ERROR_IO,
			                    "%s: is too large to be scrubbed",
			                    scrub->store->path);
		if (!look_at_chunk(scrub, number, at_once, &n, error))
			return false;
	}
	return true;
}

static bool
overwrite(Scrub *scrub, int64_t number, GError **error)
{
	int64_t offset = number * (int64_t)scrub->page_size;
	size_t from, size;
	int code;

	if (!read_at(scrub, offset, scrub->page_size, error))
		return false;
	if (!needs_it(scrub, scrub->bytes, number, &from, &size))
		return true;
	memset(scrub->bytes + from, 0, size);
	scrub->pages++;
	code = scrub->file->pMethods->xWrite(scrub->file, scrub->bytes + from,
	                                     (int)size, offset + (int64_t)from);
	return code == SQLITE_OK || store_fail(scrub->store, code, error);
}

static bool
sync_file(const Scrub *scrub, GError **error)
{
	int code = scrub->file->pMethods->xSync(scrub->file, SQLITE_SYNC_FULL);

	return code == SQLITE_OK || store_fail(scrub->store, code, error);
}

/* Some change, so that other connections drop their caches. */
static bool
mark(Store *store, GError **error)
{
	g_autoptr(Statement) write = store_statement(store, SQL_scrub_mark);

	return statement_run(write, error);
}

static StoreTxn *
begin_exclusive(Store *store, GError **error)
{
	if (!store_exec(store, "BEGIN EXCLUSIVE", error))
		return NULL;
	store->txn.store = store;
	/* Our own cache, of pages as they were. */
	sqlite3_db_release_memory(store->db);
	return &store->txn;
}

static bool
overwrite_some(Scrub *scrub, size_t from, size_t to, GError **error)
{
	g_autoptr(StoreTxn) txn = begin_exclusive(scrub->store, error);

	if (txn == NULL)
		return false;
	for (size_t i = from; i < to; i++) {
		int64_t number = g_array_index(scrub->wanted, int64_t, i);

		if (!overwrite(scrub, number, error))
			return false;
	}
	return sync_file(scrub, error) && mark(scrub->store, error) &&
	       store_commit(txn, error);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
run(Scrub *scrub, GError **error)
{
	size_t n;

	if (!find_pages(scrub, error))
		return false;
	n = scrub->wanted->len;
	g_array_sort(scrub->wanted, by_number);
	for (size_t i = 0; i < n; i += PAGES_A_LOCK)
		if (!overwrite_some(scrub, i, MIN(n, i + PAGES_A_LOCK), error))
			return false;
	return true;
}

static bool
prepare(Scrub *scrub, GError **error)
{
	int64_t size = 0;
	uint8_t header[100];
	int code =
		sqlite3_file_control(scrub->store->db, "main",
	                             SQLITE_FCNTL_FILE_POINTER, &scrub->file);

	if (code != SQLITE_OK || scrub->file->pMethods == NULL)
		return store_fail(scrub->store, code, error);
	if (!store_read_int(scrub->store, "PRAGMA page_size", &size, error))
		return false;
	code = scrub->file->pMethods->xRead(scrub->file, header, sizeof header,
	                                    0);
	if (code != SQLITE_OK)
		return store_fail(scrub->store, code, error);
	if (memcmp(header + 52, "\0\0\0", 4) != 0)
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: has auto_vacuum; run PRAGMA "
		                    "auto_vacuum = 0 and VACUUM with sqlite3",
		                    scrub->store->path);
	scrub->page_size = (size_t)size;
	scrub->usable = (size_t)size - header[20];
	return true;
}

bool
scrub_gaps(Store *store, int64_t *ret_pages, GError **error)
{
	g_autofree uint8_t *bytes = g_malloc(CHUNK_BYTES);
	g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(int64_t));
	Scrub scrub = { .store = store, .wanted = wanted, .bytes = bytes };
	bool good = prepare(&scrub, error) && run(&scrub, error);

	*ret_pages = scrub.pages;
	return good;
}
