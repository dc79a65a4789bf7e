/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A customer's numbers are worth as much as the file that holds them is closed.
 * Modes are checked before every use, not only set once: a restore, a chown or
 * a careless cp is how such files come to be open.
 *
 * Paths are looked at with lstat(2) and never opened for it: closing any
 * descriptor of a database drops the locks that SQLite holds on it.
 */
#include "file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db_private.h"

bool
file_fail(GError **error, const char *path, const char *what)
{
	int code = errno;

	return store_refuse(error,
	                    code == ENOSPC || code == EDQUOT ? STORE_ERROR_FULL
	                                                     : STORE_ERROR_IO,
	                    "%s: %s: %s", path, what, g_strerror(code));
}

bool
file_check_private(const char *path, FileKind kind, GError **error)
{
	bool directory = kind == FILE_KIND_DIRECTORY;
	struct stat st;

	if (lstat(path, &st) != 0 && errno == ENOENT)
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: is not there; put back its copy, or "
		                    "make a new one with tact init",
		                    path);
	if (lstat(path, &st) != 0)
		return file_fail(error, path, "cannot be looked at");
	if (directory ? !S_ISDIR(st.st_mode) : !S_ISREG(st.st_mode))
		return store_refuse(error, STORE_ERROR_UNSAFE,
		                    "%s: is not a %s", path,
		                    directory ? "directory" : "plain file");
	if (geteuid() != 0 && st.st_uid != geteuid())
		return store_refuse(error, STORE_ERROR_UNSAFE,
		                    "%s: belongs to user %u, this is user %u; "
		                    "run it as that user, or: chown %u %s",
		                    path, (unsigned)st.st_uid,
		                    (unsigned)geteuid(), (unsigned)geteuid(),
		                    path);
	if ((st.st_mode & 077) != 0)
		return store_refuse(error, STORE_ERROR_UNSAFE,
		                    "%s: mode %04o lets others in; run: "
		                    "chmod %s %s",
		                    path, (unsigned)(st.st_mode & 07777),
		                    directory ? "0700" : "0600", path);
	return true;
}

bool
file_check_place(const char *path, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);

	return file_check_private(directory, FILE_KIND_DIRECTORY, error) &&
	       file_check_private(path, FILE_KIND_FILE, error);
}

static bool
sync_path(const char *path, int flags, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (!good)
		file_fail(error, path, "cannot be synced");
	if (fd >= 0)
		close(fd);
	return good;
}

bool
file_sync_directory(const char *directory, GError **error)
{
	return sync_path(directory, O_DIRECTORY, error);
}

bool
file_sync(const char *path, GError **error)
{
	return sync_path(path, O_NOFOLLOW, error);
}

bool
file_rename_new(const char *from, const char *to, GError **error)
{
	return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ||
	       file_fail(error, to, "cannot be named so");
}

bool
file_write_all(int fd, const void *bytes, size_t size)
{
	const char *p = bytes;

	while (size > 0) {
		ssize_t n = write(fd, p, size);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			p += n;
			size -= (size_t)n;
		}
	}
	return fsync(fd) == 0;
}

/* What root makes in another's folder is that one's: else the service could
 * not open what an administrator's command has made. */
static bool
give_away(int fd, const char *directory)
{
	struct stat st;

	return geteuid() != 0 || (stat(directory, &st) == 0 &&
	                          fchown(fd, st.st_uid, st.st_gid) == 0);
}

bool
file_write_new(const char *path, const void *bytes, size_t size, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good;

	if (fd < 0)
		return file_fail(error, path, "cannot be made");
	good = fchmod(fd, 0600) == 0 && give_away(fd, directory) &&
	       file_write_all(fd, bytes, size);
	if (!good) {
		file_fail(error, path, "cannot be written");
		unlink(path);
	}
	close(fd);
	return good && file_sync_directory(directory, error);
}

bool
file_erase(const char *path, GError **error)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	bool good;

	if (fd < 0)
		return file_fail(error, path, "cannot be opened");
	good = fstat(fd, &st) == 0;
	if (good && st.st_size > 0) {
		g_autofree char *zeros = g_malloc0((gsize)st.st_size);

		good = file_write_all(fd, zeros, (size_t)st.st_size);
	}
	good = good && unlink(path) == 0;
	if (!good)
		file_fail(error, path, "cannot be erased");
	close(fd);
	return good;
}

bool
file_make_empty(const char *path, GError **error)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return true;
	return file_write_new(path, "", 0, error);
}
