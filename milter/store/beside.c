/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lock is a file of its own: those that it guards are replaced by rename(2)
 * and removed, and a lock on a name that is gone guards nothing.
 */
#include "beside.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_private.h"

char *
beside_path(const Store *store, const char *suffix)
{
	return g_strconcat(store->path, ".", suffix, NULL);
}

bool
beside_exists(const Store *store, const char *suffix)
{
	g_autofree char *path = beside_path(store, suffix);

	return access(path, F_OK) == 0;
}

char *
beside_read(const Store *store, const char *suffix, GError **error)
{
	g_autofree char *path = beside_path(store, suffix);
	char *text = NULL;
	struct stat st;

	if (lstat(path, &st) != 0 && errno == ENOENT)
		return g_strdup("");
	if (!file_check_private(path, FILE_KIND_FILE, error))
		return NULL;
	if (lstat(path, &st) != 0 || st.st_size > BESIDE_BYTES_MAX) {
		store_refuse(error, STORE_ERROR_IO, "%s: is too large", path);
		return NULL;
	}
	return g_file_get_contents(path, &text, NULL, error) ? text : NULL;
}

/* Root must not leave files that the service's user cannot write. */
static bool
give_to_owner(const Store *store, int fd)
{
	struct stat st;

	if (fchmod(fd, 0600) != 0)
		return false;
	return geteuid() != 0 || (lstat(store->path, &st) == 0 &&
	                          fchown(fd, st.st_uid, st.st_gid) == 0);
}

static bool
sync_place(const char *path, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);

	return file_sync_directory(directory, error);
}

static bool
write_to(const Store *store, const char *path, int flags, const char *text,
         GError **error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags,
	              0600);
	bool good;

	if (fd < 0)
		return file_fail(error, path, "cannot be opened");
	good = give_to_owner(store, fd) &&
	       file_write_all(fd, text, strlen(text));
	if (!good)
		file_fail(error, path, "cannot be written");
	close(fd);
	return good;
}

bool
beside_write(const Store *store, const char *suffix, const char *text,
             GError **error)
{
	g_autofree char *path = beside_path(store, suffix);
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);

	if (!write_to(store, fresh, O_TRUNC, text, error))
		return false;
	if (rename(fresh, path) != 0)
		return file_fail(error, path, "cannot be replaced");
	return sync_place(path, error);
}

bool
beside_append(const Store *store, const char *suffix, const char *text,
              GError **error)
{
	g_autofree char *path = beside_path(store, suffix);
	bool fresh = !beside_exists(store, suffix);

	if (!fresh && !file_check_private(path, FILE_KIND_FILE, error))
		return false;
	return write_to(store, path, O_APPEND, text, error) &&
	       (!fresh || sync_place(path, error));
}

/* The blocks are free after it; what they held should not be told by them. */
static void
overwrite(const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_size <= BESIDE_BYTES_MAX) {
		g_autofree char *zeros = g_malloc0((gsize)st.st_size + 1);

		/* An effort: the file goes in any case. */
		(void)file_write_all(fd, zeros, (size_t)st.st_size);
	}
	close(fd);
}

bool
beside_remove(const Store *store, const char *suffix, GError **error)
{
	g_autofree char *path = beside_path(store, suffix);

	overwrite(path);
	if (unlink(path) != 0 && errno != ENOENT)
		return file_fail(error, path, "cannot be removed");
	return sync_place(path, error);
}

static int
lock_with(const Store *store, int how, GError **error)
{
	g_autofree char *path = beside_path(store, "lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		file_fail(error, path, "cannot be opened");
		return -1;
	}
	if (give_to_owner(store, fd) && flock(fd, how) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		store_refuse(error, STORE_ERROR_BUSY, "%s: is locked", path);
	else
		file_fail(error, path, "cannot be locked");
	close(fd);
	return -1;
}

int
beside_lock(const Store *store, GError **error)
{
	return lock_with(store, LOCK_EX, error);
}

int
beside_try_lock(const Store *store, GError **error)
{
	return lock_with(store, LOCK_EX | LOCK_NB, error);
}

void
beside_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}
