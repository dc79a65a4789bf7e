/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secure_delete overwrites a row where it stands. It does not overwrite what a
 * split leaves behind: SQLite rebuilds both pages from their cells, and the
 * bytes of those that moved away stay in the gap between the cell pointers and
 * the first cell. Delete such a row later, and its old copy is still in the
 * file. Measured with 3.40.1: of 10,000 rows with random keys that were
 * deleted, 15 could be read in the file.
 *
 * VACUUM would write the file anew, and needs its size again and minutes;
 * looking through the file after each erasure is a second for every 500 MB. So
 * no page is ever written with something in its gap. It means nothing to
 * SQLite, so neither a crash nor another program that writes the file is harmed
 * by it; for pages that another has written there is scrub.c.
 *
 * With auto_vacuum there are pages that look like a tree's and are none; then
 * nothing is touched. All else is the system's own.
 */
#include "clean_vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "journal_file.h"
#include "scrub.h"

#define PAGE_MIN 512
#define PAGE_MAX 65536

typedef struct CleanFile {
	sqlite3_file base;
	sqlite3_file *real; /* behind this, in the same memory */
	bool trees;         /* pages can be told from one another */
	sqlite3_int64 size; /* of the file, when it was last locked, or more */
	uint8_t *page;      /* PAGE_MAX bytes to make one clean in */
	JournalPark park;   /* its journal, between two transactions */
} CleanFile;

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return ((CleanFile *)(void *)file)->real;
}

/* The fields of the first page that say how the file is made. */
static bool
has_trees(const uint8_t *header)
{
	static const uint8_t none[4];

	return memcmp(header + 52, none, sizeof none) == 0;
}

static bool
is_page(const CleanFile *clean, int size, sqlite3_int64 offset)
{
	return size >= PAGE_MIN && size <= PAGE_MAX &&
	       (size & (size - 1)) == 0 && offset % size == 0 &&
	       clean->size / size < SCRUB_PAGES_MAX;
}

static int
clean_write(sqlite3_file *file, const void *bytes, int size,
            sqlite3_int64 offset)
{
	CleanFile *clean = (CleanFile *)(void *)file;
	sqlite3_file *real = clean->real;
	size_t from, n = 0;

	clean->size = MAX(clean->size, offset + size);
	if (clean->trees && is_page(clean, size, offset)) {
		if (offset == 0)
			clean->trees = has_trees(bytes);
		if (clean->trees)
			n = scrub_gap_of(bytes, (size_t)size, offset == 0,
			                 &from);
	}
	if (n > 0) {
		memcpy(clean->page, bytes, (size_t)size);
		memset(clean->page + from, 0, n);
		bytes = clean->page;
	}
	return real->pMethods->xWrite(real, bytes, size, offset);
}

static int
clean_close(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	journal_park_clear(&((CleanFile *)(void *)file)->park);
	g_free(((CleanFile *)(void *)file)->page);
	return real->pMethods != NULL ? real->pMethods->xClose(real)
	                              : SQLITE_OK;
}

static int
clean_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xRead(real, bytes, size, offset);
}

static int
clean_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int
clean_sync(sqlite3_file *file, int flags)
{
	return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int
clean_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

/* What others have added before is in the size from now on; nobody else adds
 * anything while it is written. */
static int
clean_lock(sqlite3_file *file, int lock)
{
	CleanFile *clean = (CleanFile *)(void *)file;
	sqlite3_file *real = clean->real;
	int code = real->pMethods->xLock(real, lock);

	if (code == SQLITE_OK && lock == SQLITE_LOCK_SHARED)
		code = real->pMethods->xFileSize(real, &clean->size);
	return code;
}

static int
clean_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int
clean_is_reserved(sqlite3_file *file, int *result)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file),
	                                                   result);
}

static int
clean_control(sqlite3_file *file, int what, void *data)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, data);
}

static int
clean_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
clean_device(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/* For a file that another has made WAL, until it is turned back. */
static int
clean_shm_map(sqlite3_file *file, int page, int size, int extend,
              void volatile **memory)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size,
	                                        extend, memory);
}

static int
clean_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n,
	                                         flags);
}

static void
clean_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
clean_shm_unmap(sqlite3_file *file, int gone)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), gone);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = clean_close,
	.xRead = clean_read,
	.xWrite = clean_write,
	.xTruncate = clean_truncate,
	.xSync = clean_sync,
	.xFileSize = clean_size,
	.xLock = clean_lock,
	.xUnlock = clean_unlock,
	.xCheckReservedLock = clean_is_reserved,
	.xFileControl = clean_control,
	.xSectorSize = clean_sector,
	.xDeviceCharacteristics = clean_device,
	.xShmMap = clean_shm_map,
	.xShmLock = clean_shm_lock,
	.xShmBarrier = clean_shm_barrier,
	.xShmUnmap = clean_shm_unmap,
};

typedef struct CleanVfs {
	sqlite3_vfs vfs;
	sqlite3_vfs *below;
	char name[32];
} CleanVfs;

/* An empty file has none yet; its first page will tell. */
static int
read_trees(CleanFile *clean)
{
	sqlite3_file *real = clean->real;
	uint8_t header[100] = { 0 };
	int code = real->pMethods->xRead(real, header, sizeof header, 0);

	clean->trees = code == SQLITE_IOERR_SHORT_READ || has_trees(header);
	return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

/* A file that cannot be told is not opened: it would be written unclean. */
static int
open_database(CleanFile *clean)
{
	int code = read_trees(clean);

	if (code != SQLITE_OK)
		return code;
	clean->page = g_malloc(PAGE_MAX);
	clean->base.pMethods = &methods;
	return SQLITE_OK;
}

static int
open_journal(sqlite3_vfs *below, const char *name, sqlite3_file *file,
             int flags, int *ret_flags)
{
	CleanFile *of = (CleanFile *)(void *)sqlite3_database_file_object(name);

	if (ret_flags != NULL)
		*ret_flags = flags;
	return journal_file_open(below, &of->park, name, file, flags);
}

static int
clean_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
           int *ret_flags)
{
	sqlite3_vfs *below = ((CleanVfs *)(void *)vfs)->below;
	CleanFile *clean = (CleanFile *)(void *)file;
	int code;

	if ((flags & SQLITE_OPEN_MAIN_JOURNAL) != 0)
		return open_journal(below, name, file, flags, ret_flags);
	if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
		return below->xOpen(below, name, file, flags, ret_flags);
	*clean = (CleanFile){ .real = (sqlite3_file *)(void *)(clean + 1) };
	code = below->xOpen(below, name, clean->real, flags, ret_flags);
	if (code == SQLITE_OK)
		code = open_database(clean);
	if (code != SQLITE_OK && clean->real->pMethods != NULL)
		clean->real->pMethods->xClose(clean->real);
	return code;
}

/* All but the opening is done by the one below, which finds what it needs in
 * the copy. Never unregistered, so never freed. */
static const char *
make_over(sqlite3_vfs *below, const char *name)
{
	CleanVfs *clean = g_new0(CleanVfs, 1);

	g_strlcpy(clean->name, name, sizeof(clean->name));
	clean->below = below;
	clean->vfs = *below;
	clean->vfs.pNext = NULL;
	clean->vfs.zName = clean->name;
	clean->vfs.szOsFile = (int)MAX(sizeof(CleanFile), JOURNAL_FILE_BYTES) +
	                      below->szOsFile;
	clean->vfs.xOpen = clean_open;
	if (sqlite3_vfs_register(&clean->vfs, 0) == SQLITE_OK)
		return clean->name;
	g_free(clean);
	return NULL;
}

static const char *
find_or_make(const char *below)
{
	g_autofree char *name =
		below ? g_strconcat("tact-", below, NULL) : g_strdup("tact");
	sqlite3_vfs *made = sqlite3_vfs_find(name);
	sqlite3_vfs *found = sqlite3_vfs_find(below);

	if (made != NULL)
		return made->zName;
	return found != NULL ? make_over(found, name) : NULL;
}

const char *
clean_vfs(const char *below)
{
	static GMutex lock;
	const char *name;

	g_mutex_lock(&lock);
	name = find_or_make(below);
	g_mutex_unlock(&lock);
	return name;
}
