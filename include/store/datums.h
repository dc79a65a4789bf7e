/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/datums - which personal data (a phone number, an address, an account)
 * were seen in which conversation, as keyed hashes.
 *
 * So that an answer that holds what only another conversation knows can be
 * stopped. Each is written as it is compared: the caller folds spaces and case.
 * What many customers hold is nobody's secret (the site's own number). Whom no
 * customer stands for counts by the conversation.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_DATUMS_H
#define STORE_DATUMS_H

#include "store/keys.h"
#include "store/store.h"

#define DATUMS_MAX 50   /* of one mail; further ones are not looked at */
#define DATUMS_COMMON 3 /* customers from whom on it is no secret */

typedef struct DatumPlace {
	int64_t thread;   /* row; not 0 */
	int64_t customer; /* 0: none */
	int64_t at;
} DatumPlace;

bool datums_note(Store *store, const Keys *keys, const DatumPlace *place,
                 const char *const *texts, size_t n,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is to be told in a conversation. */
typedef struct DatumAsk {
	int64_t thread; /* row */
	const char *const *texts;
	size_t n;
} DatumAsk;

/* The first of `texts` that conversations other than `thread` hold, of fewer
 * than DATUMS_COMMON customers, and none of this one's customer does. -1: there
 * is none. */
bool datums_find_foreign(Store *store, const Keys *keys, const DatumAsk *ask,
                         int *ret_at, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
