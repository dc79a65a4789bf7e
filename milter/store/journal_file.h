/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/journal_file - a rollback journal that is written in large pieces, and
 * stays open between two transactions.
 *
 * Owns:    a JournalPark the file that waits in it; SQLite closes the others.
 * Fails:   as the file below; what was only gathered fails when it is synced,
 *          before which SQLite believes none of it.
 * Threads: as the Store.
 */
#ifndef STORE_JOURNAL_FILE_H
#define STORE_JOURNAL_FILE_H

#include <sqlite3.h>
#include <sys/stat.h>

/* Of the memory at `file`. */
#define JOURNAL_FILE_BYTES 224

/* Of one database. */
typedef struct JournalPark {
	sqlite3_file *real; /* as below opened it; NULL: none waits */
	struct stat seen;   /* of its name, when it was opened */
} JournalPark;

/* xOpen() for a journal, over the VFS `below`. */
int journal_file_open(sqlite3_vfs *below, JournalPark *park, const char *name,
                      sqlite3_file *file, int flags);
/* Before the database is closed. */
void journal_park_clear(JournalPark *park);

#endif
