/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/person - from an address to what is kept under it.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: as the Store.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "store/erasure.h"

/* The pseudonyms that one may be kept under. */
typedef struct PersonNames {
	PseudonymKind kind;
	Pseudonym now;
	bool has_old; /* a rotation is under way */
	Pseudonym old;
} PersonNames;

void person_names(const Keys *keys, const char *who, PersonNames *ret_names);
/* 0 for nobody. */
bool person_customer(Store *store, const PersonNames *names,
                     int64_t *ret_customer,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Others too are known as this customer, by the domain that they share. */
bool person_is_company(Store *store, const PersonNames *names, int64_t customer,
                       bool *ret_company,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All pseudonyms of a customer. The visitor changes nothing of them. */
typedef void PersonVisit(const Pseudonym *key, PseudonymKind kind, void *data);
bool person_each_key(Store *store, int64_t customer, PersonVisit *visit,
                     void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
