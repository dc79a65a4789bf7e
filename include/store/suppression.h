/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/suppression - who must not be profiled; nothing else is kept of them.
 *
 * Kept by a hash under the audit key, which never changes: an objection
 * outlives every rotation of the customer key, and tells nothing to one who
 * has the database.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: as the Store.
 */
#ifndef STORE_SUPPRESSION_H
#define STORE_SUPPRESSION_H

#include "store/keys.h"
#include "store/store.h"

/* Their numbers are stored. */
typedef enum SuppressionKind {
	SUPPRESSION_NONE = 0,
	SUPPRESSION_OBJECTION = 1,   /* GDPR 21: no profile, nothing stored */
	SUPPRESSION_RESTRICTION = 2, /* GDPR 18: kept, and not used */
} SuppressionKind;

/* Ask before a customer is made, written or used. */
bool suppression_find(Store *store, const Keys *keys, const char *identity,
                      SuppressionKind *ret_kind,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In the caller's transaction; NONE removes. An objection is not made less by
 * a restriction. */
bool suppression_put(Store *store, const Pseudonym *key, SuppressionKind kind,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
Pseudonym suppression_key(const Keys *keys, const char *identity);

#endif
