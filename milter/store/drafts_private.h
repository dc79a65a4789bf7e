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

/* 0 is NULL. */
void drafts_bind_id(Statement *statement, int at, int64_t id);
/* A copy of a blob; NULL when it is NULL. */
GBytes *drafts_column_bytes(Statement *statement, int column);

/* Runs what moves one row, or none. */
bool drafts_move(Store *store, Statement *statement, DraftMove *ret_move,
                 GError **error);

#endif
