/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/journal_file - a rollback journal that is written in large pieces.
 *
 * Owns:    nothing; SQLite closes the file.
 * Fails:   as the file below; what was only gathered fails when it is synced,
 *          before which SQLite believes none of it.
 * Threads: as the Store.
 */
#ifndef STORE_JOURNAL_FILE_H
#define STORE_JOURNAL_FILE_H

#include <sqlite3.h>

/* Of the memory at `file`, before what the file below needs. */
#define JOURNAL_FILE_BYTES 64

/* xOpen() for a journal, over the VFS `below`. */
int journal_file_open(sqlite3_vfs *below, const char *name, sqlite3_file *file,
                      int flags, int *ret_flags);

#endif
