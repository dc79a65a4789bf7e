/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/drafts_private - what the files of store/drafts share.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   as store/store.h.
 * Threads: as the Store.
 */
#ifndef STORE_DRAFTS_PRIVATE_H
#define STORE_DRAFTS_PRIVATE_H

#include "store/drafts.h"

#define FAULT_MAX 80 /* bytes of a reason */

/* Ids alone, in a row of ours: what is not of their letters becomes '_', and
 * what is too long is cut at a space. */
char *drafts_list_of(const char *text, size_t max);

/* A copy of a blob; NULL when it is NULL. */
GBytes *drafts_column_bytes(Statement *statement, int column);

/* Two queues, of drafts and of what was sent, are claimed from alike: the row
 * that has been due for longest is read, then marked by its id. */
typedef struct Claim {
	SqlId due;  /* ?1 now; the id is its first column */
	SqlId mark; /* ?1 id */
	void (*read)(Statement *row, void *task);
} Claim;

/* False leaves in `task` what the caller clears. Nothing due: it is as it
 * was. */
bool drafts_claim_by(Store *store, const Claim *claim, int64_t now, void *task,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs what moves one row, or none. */
bool drafts_move(Store *store, Statement *statement, DraftMove *ret_move,
                 GError **error);

#endif
