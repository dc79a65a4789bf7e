/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/file_private - files that nobody else may read.
 *
 * Owns:    what returns a descriptor gives it away.
 * Fails:   STORE_ERROR_UNSAFE, naming file, what is wrong and the command that
 *          mends it; STORE_ERROR_IO.
 * Threads: any.
 */
#ifndef STORE_FILE_PRIVATE_H
#define STORE_FILE_PRIVATE_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef enum FileKind {
	FILE_KIND_FILE,
	FILE_KIND_DIRECTORY,
} FileKind;

/*
 * Is `path` what it should be, its owner's alone (no mode bit for group or
 * others), and is that owner this process's user? Root may use everybody's. A
 * symbolic link is no file.
 */
bool file_check_private(const char *path, FileKind kind,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The file, and the directory that it is in. */
bool file_check_place(const char *path,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes an empty file, 0600, durably; one that is there is left alone. */
bool file_make_empty(const char *path,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A new file, 0600, with these bytes, durably; never replaces one. Root makes
 * it as its folder's owner. */
bool file_write_new(const char *path, const void *bytes, size_t size,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* False: errno as an error, STORE_ERROR_FULL or STORE_ERROR_IO; `what`:
 * "cannot be opened". */
bool file_fail(GError **error, const char *path, const char *what);
/* All of them, durably; false leaves errno. */
bool file_write_all(int fd, const void *bytes, size_t size);
/* Its bytes are on the disk. */
bool file_sync(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Never replaces one. */
bool file_rename_new(const char *from, const char *to,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Overwrites it with zeros, durably, and removes it. */
bool file_erase(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What was done to names in this directory is on the disk. */
bool file_sync_directory(const char *directory,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
