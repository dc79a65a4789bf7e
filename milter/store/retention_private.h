/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/retention_private - a purge under way, and its two ways through a
 * table.
 *
 * Owns:    nothing.
 * Fails:   as store/retention.h.
 * Threads: as the Store.
 */
#ifndef STORE_RETENTION_PRIVATE_H
#define STORE_RETENTION_PRIVATE_H

#include "base/clock.h"
#include "erasure_private.h"
#include "store/retention.h"

typedef struct Purge {
	Store *store;
	const Settings *settings;
	int64_t now;
	Deadline deadline;
	RetentionResult *result;
} Purge;

/* One statement with bounds ?1 < id <= ?2 and a time ?3. */
typedef struct PurgeStep {
	SqlId sql;
	RetentionClass class;
} PurgeStep;

int64_t purge_cutoff_of(const Purge *purge, RetentionClass class);
bool purge_read_last(const Purge *purge, SqlId sql, int64_t *ret_last,
                     GError **error);
/* From 0 to `last`, a range a transaction; counts by the step's class. */
bool purge_range(const Purge *purge, const PurgeStep *step, int64_t last,
                 int64_t cutoff, GError **error);
/* A thousand at a time, as the statement has it, until there are no more. */
bool purge_all(const Purge *purge, const PurgeStep *step, int64_t cutoff,
               int64_t *sum, GError **error);

/* In retention_drafts.c: what drafts keep of persons, and facts of nobody. */
bool purge_drafts(const Purge *purge, GError **error);
bool purge_facts(const Purge *purge, int64_t before, GError **error);

#endif
