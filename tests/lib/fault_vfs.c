/* SPDX-License-Identifier: Apache-2.0 */
#include "fault_vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#define PATH_SIZE 512

typedef struct Plan {
	unsigned at; /* counts down; 0: nothing planned */
	int number;
	bool lasting;
} Plan;

struct FaultVfs {
	FaultDisk *disk;
	Plan plans[FAULT_CALLS];
	int number; /* the last errno */
	bool failed;
	unsigned changes, cut_at;
	bool cut;
	unsigned n_open;
};

typedef struct Handle {
	sqlite3_file base;
	FaultVfs *vfs;
	DiskFile *file;
	int level;    /* of its lock */
	bool passing; /* deleted when closed */
} Handle;

enum { RESERVED, PENDING, EXCLUSIVE };

/* SQLite keeps the address of a VFS, and the product builds on it: so it stays,
 * and what is behind it changes. */
static FaultVfs *current;
static sqlite3_vfs *below; /* for the clock and for randomness */

static bool
fail_with(FaultVfs *vfs, int number)
{
	vfs->number = number;
	errno = number;
	return true;
}

/* True when this call must fail: its turn has come, or there is no power. */
static bool
fails(FaultVfs *vfs, FaultCall call)
{
	Plan *plan = &vfs->plans[call];

	if (vfs->cut)
		return fail_with(vfs, EIO);
	if (plan->at == 0 || --plan->at > 0)
		return false;
	if (plan->lasting)
		plan->at = 1;
	vfs->failed = true;
	return fail_with(vfs, plan->number);
}

/* The same for what changes the disk, where the power may go. */
static bool
change_fails(FaultVfs *vfs, FaultCall call)
{
	vfs->changes++;
	if (vfs->cut_at > 0 && vfs->changes >= vfs->cut_at)
		vfs->cut = true;
	return fails(vfs, call);
}

static int
on_close(sqlite3_file *base)
{
	Handle *handle = (Handle *)base;

	base->pMethods->xUnlock(base, SQLITE_LOCK_NONE);
	if (handle->passing)
		disk_file_delete(handle->file, false);
	handle->vfs->n_open--;
	return SQLITE_OK;
}

static int
on_read(sqlite3_file *base, void *bytes, int size, sqlite3_int64 at)
{
	Handle *handle = (Handle *)base;
	const GByteArray *seen = handle->file->seen;
	size_t have = 0;

	if (fails(handle->vfs, FAULT_READ))
		return SQLITE_IOERR_READ;
	if (at < (sqlite3_int64)seen->len)
		have = MIN((size_t)size, seen->len - (size_t)at);
	if (have > 0)
		memcpy(bytes, seen->data + at, have);
	if (have == (size_t)size)
		return SQLITE_OK;
	memset((char *)bytes + have, 0, (size_t)size - have);
	return SQLITE_IOERR_SHORT_READ;
}

static int
on_write(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 at)
{
	Handle *handle = (Handle *)base;

	if (change_fails(handle->vfs, FAULT_WRITE))
		return handle->vfs->number == ENOSPC ? SQLITE_FULL
		                                     : SQLITE_IOERR_WRITE;
	disk_file_write(handle->file, bytes, (size_t)size, (uint64_t)at);
	return SQLITE_OK;
}

static int
on_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	Handle *handle = (Handle *)base;

	if (change_fails(handle->vfs, FAULT_TRUNCATE))
		return SQLITE_IOERR_TRUNCATE;
	disk_file_truncate(handle->file, (uint64_t)size);
	return SQLITE_OK;
}

static int
on_sync(sqlite3_file *base, int flags)
{
	Handle *handle = (Handle *)base;

	(void)flags;
	if (change_fails(handle->vfs, FAULT_SYNC))
		return SQLITE_IOERR_FSYNC;
	disk_file_sync(handle->file);
	return SQLITE_OK;
}

static int
on_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
	*ret_size = ((Handle *)base)->file->seen->len;
	return SQLITE_OK;
}

static bool
others_hold(const Handle *handle, int what)
{
	const void *holder = handle->file->holder[what];

	return holder != NULL && holder != handle;
}

static int
lock_shared(Handle *handle)
{
	if (others_hold(handle, PENDING) || others_hold(handle, EXCLUSIVE))
		return SQLITE_BUSY;
	handle->file->shared++;
	handle->level = SQLITE_LOCK_SHARED;
	return SQLITE_OK;
}

/* Nobody new may read from now on; those who do are waited for. */
static int
lock_exclusive(Handle *handle)
{
	DiskFile *file = handle->file;

	if (others_hold(handle, PENDING) || others_hold(handle, EXCLUSIVE) ||
	    others_hold(handle, RESERVED))
		return SQLITE_BUSY;
	file->holder[PENDING] = handle;
	handle->level = SQLITE_LOCK_PENDING;
	if (file->shared > 1)
		return SQLITE_BUSY;
	file->holder[EXCLUSIVE] = handle;
	handle->level = SQLITE_LOCK_EXCLUSIVE;
	return SQLITE_OK;
}

static int
on_lock(sqlite3_file *base, int level)
{
	Handle *handle = (Handle *)base;

	if (handle->level >= level)
		return SQLITE_OK;
	if (level == SQLITE_LOCK_SHARED)
		return lock_shared(handle);
	if (level == SQLITE_LOCK_EXCLUSIVE)
		return lock_exclusive(handle);
	if (others_hold(handle, RESERVED) || others_hold(handle, PENDING))
		return SQLITE_BUSY;
	handle->file->holder[RESERVED] = handle;
	handle->level = SQLITE_LOCK_RESERVED;
	return SQLITE_OK;
}

static int
on_unlock(sqlite3_file *base, int level)
{
	Handle *handle = (Handle *)base;
	DiskFile *file = handle->file;

	if (handle->level <= level)
		return SQLITE_OK;
	for (size_t i = 0; i < G_N_ELEMENTS(file->holder); i++)
		if (file->holder[i] == handle)
			file->holder[i] = NULL;
	if (level == SQLITE_LOCK_NONE && file->shared > 0)
		file->shared--;
	handle->level = level;
	return SQLITE_OK;
}

static int
on_check_reserved(sqlite3_file *base, int *ret_held)
{
	const Handle *handle = (const Handle *)base;

	*ret_held = handle->file->holder[RESERVED] != NULL ||
	            handle->file->holder[PENDING] != NULL;
	return SQLITE_OK;
}

static int
on_control(sqlite3_file *base, int op, void *argument)
{
	(void)base;
	(void)op;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int
on_sector_size(sqlite3_file *base)
{
	(void)base;
	return 4096;
}

/* What Linux' VFS says of itself. */
static int
on_characteristics(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_check_reserved,
	.xFileControl = on_control,
	.xSectorSize = on_sector_size,
	.xDeviceCharacteristics = on_characteristics,
};

/* The product makes the file before SQLite opens it; on this disk it is there
 * when it is asked for. */
static int
on_open(sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags,
        int *ret_flags)
{
	FaultVfs *vfs = current;
	Handle *handle = (Handle *)file;
	bool make = (flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB)) != 0;

	(void)base;
	memset(handle, 0, sizeof(*handle));
	if (fails(vfs, FAULT_OPEN))
		return SQLITE_CANTOPEN;
	handle->vfs = vfs;
	handle->file =
		fault_disk_file(vfs->disk, name ? name : "passing", make);
	if (handle->file == NULL) {
		vfs->number = ENOENT;
		return SQLITE_CANTOPEN;
	}
	handle->passing = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
	file->pMethods = &methods;
	vfs->n_open++;
	if (ret_flags != NULL)
		*ret_flags = flags;
	return SQLITE_OK;
}

static int
on_delete(sqlite3_vfs *base, const char *name, int synced)
{
	FaultVfs *vfs = current;
	DiskFile *file = fault_disk_file(vfs->disk, name, false);

	(void)base;
	if (change_fails(vfs, FAULT_DELETE))
		return SQLITE_IOERR_DELETE;
	if (file == NULL)
		return SQLITE_IOERR_DELETE_NOENT;
	disk_file_delete(file, synced != 0);
	return SQLITE_OK;
}

/* An empty file counts as none, as SQLite's own VFS has it. */
static int
on_access(sqlite3_vfs *base, const char *name, int flags, int *ret_there)
{
	FaultVfs *vfs = current;
	const DiskFile *file = fault_disk_file(vfs->disk, name, false);

	(void)base;
	(void)flags;
	*ret_there = file != NULL && file->seen->len > 0;
	return SQLITE_OK;
}

static int
on_full_pathname(sqlite3_vfs *base, const char *name, int size, char *ret_path)
{
	(void)base;
	g_strlcpy(ret_path, name, (gsize)size);
	return SQLITE_OK;
}

static int
on_randomness(sqlite3_vfs *base, int size, char *bytes)
{
	(void)base;
	return below->xRandomness(below, size, bytes);
}

static int
on_sleep(sqlite3_vfs *base, int microseconds)
{
	(void)base;
	return microseconds;
}

static int
on_time(sqlite3_vfs *base, double *ret_time)
{
	(void)base;
	return below->xCurrentTime(below, ret_time);
}

static int
on_last_error(sqlite3_vfs *base, int size, char *text)
{
	FaultVfs *vfs = current;

	(void)base;
	(void)size;
	(void)text;
	return vfs->number;
}

static void
register_once(void)
{
	static sqlite3_vfs vfs = {
		.iVersion = 1,
		.szOsFile = sizeof(Handle),
		.mxPathname = PATH_SIZE,
		.zName = FAULT_VFS,
		.xOpen = on_open,
		.xDelete = on_delete,
		.xAccess = on_access,
		.xFullPathname = on_full_pathname,
		.xRandomness = on_randomness,
		.xSleep = on_sleep,
		.xCurrentTime = on_time,
		.xGetLastError = on_last_error,
	};

	if (below != NULL)
		return;
	below = sqlite3_vfs_find(NULL);
	g_assert_cmpint(sqlite3_vfs_register(&vfs, 0), ==, SQLITE_OK);
}

FaultVfs *
fault_vfs_new(void)
{
	FaultVfs *vfs = g_new0(FaultVfs, 1);

	g_assert_null(current);
	register_once();
	vfs->disk = fault_disk_new();
	current = vfs;
	return vfs;
}

void
fault_vfs_free(FaultVfs *vfs)
{
	if (vfs == NULL)
		return;
	g_assert_cmpuint(vfs->n_open, ==, 0);
	current = NULL;
	fault_disk_free(vfs->disk);
	g_free(vfs);
}

FaultDisk *
fault_vfs_disk(FaultVfs *vfs)
{
	return vfs->disk;
}

void
fault_vfs_fail(FaultVfs *vfs, FaultCall call, unsigned nth, int number,
               bool lasting)
{
	vfs->plans[call] = (Plan){ nth, number, lasting };
	vfs->failed = false;
}

void
fault_vfs_mend(FaultVfs *vfs)
{
	memset(vfs->plans, 0, sizeof(vfs->plans));
}

bool
fault_vfs_failed(const FaultVfs *vfs)
{
	return vfs->failed;
}

unsigned
fault_vfs_changes(const FaultVfs *vfs)
{
	return vfs->changes;
}

void
fault_vfs_cut_at(FaultVfs *vfs, unsigned nth)
{
	vfs->cut_at = vfs->changes + nth;
}

bool
fault_vfs_is_cut(const FaultVfs *vfs)
{
	return vfs->cut;
}

void
fault_vfs_restart(FaultVfs *vfs, uint32_t seed)
{
	g_assert_cmpuint(vfs->n_open, ==, 0);
	fault_disk_cut(vfs->disk, seed);
	vfs->cut = false;
	vfs->cut_at = 0;
}
