/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/upkeep - is a database whole, what is in it, copies of it, and the end
 * of a key's rotation.
 *
 * Owns:    strings and arrays returned are the caller's.
 * Fails:   as store/store.h. What is found wrong is a result, not a failure.
 * Threads: as the Store. Call outside a transaction.
 */
#ifndef STORE_UPKEEP_H
#define STORE_UPKEEP_H

#include "store/keys.h"
#include "store/store.h"

/* Called now and then; `all` is 0 when it is not known. */
typedef void UpkeepProgress(int64_t done, int64_t all, void *data);

typedef struct UpkeepWatch {
	UpkeepProgress *progress; /* or NULL */
	void *data;
} UpkeepWatch;

/*
 * Adds to `faults` (of char *) what is wrong, at most UPKEEP_FAULTS of it:
 * trees and pages, references, names made with a key that is not here (`keys`
 * may be NULL).
 */
#define UPKEEP_FAULTS 100
bool upkeep_check(Store *store, const Keys *keys, const UpkeepWatch *watch,
                  GPtrArray *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct UpkeepStats {
	int64_t bytes, free_bytes; /* free: of pages that hold nothing */
	int64_t schema;
	GArray *tables; /* of UpkeepTable */
} UpkeepStats;

typedef struct UpkeepTable {
	char name[32];
	int64_t rows;
} UpkeepTable;

bool upkeep_stats(Store *store, UpkeepStats *ret_stats,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_stats_clear(UpkeepStats *stats);

/* All of the database as it is at one moment, into a new file, 0600, that is
 * there whole or not at all. Others go on writing meanwhile. */
bool upkeep_backup(Store *store, const char *path, const UpkeepWatch *watch,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The other way, into options->path, at once or not at all; the copy is checked
 * before, and brought up to date after. Others may have the database open.
 * STORE_ERROR_CORRUPT: the copy is not whole, or not ours; STORE_ERROR_UNSAFE:
 * it was made with other keys (NULL: any will do); nothing was changed.
 * Afterwards audit_restored() and erasures_reapply().
 */
bool upkeep_restore(const StoreOptions *options, const Keys *keys,
                    const char *from, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Names of customers that another than the key in use made. */
bool upkeep_count_old(Store *store, const Keys *keys, int64_t *ret_n,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes them, and erases who is known by nothing else: nobody can be found by
 * them once the old key has gone. */
bool upkeep_erase_old(Store *store, const Keys *keys, const UpkeepWatch *watch,
                      int64_t *ret_rows,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
