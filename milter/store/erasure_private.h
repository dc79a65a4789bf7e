/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/erasure_private - the two lists beside the database.
 *
 * PATH.erasing: what was asked for and is not complete, a line each.
 *
 *     KIND KEY OLD-KEY|- SUPPRESSION SUBJECT ACTOR
 *
 * PATH.erasures: what was decided, for after a restore.
 *
 *     TIME KIND HASH|- SUPPRESSION|-
 *
 * HASH is made with the audit key from an alias's key as it is stored: what is
 * erased can be told again when it comes back, and not read from the list.
 *
 * Owns:    as each says.
 * Fails:   as store/store.h; a line that cannot be read is STORE_ERROR_CORRUPT.
 * Threads: as the Store; under beside_lock().
 */
#ifndef STORE_ERASURE_PRIVATE_H
#define STORE_ERASURE_PRIVATE_H

#include "person.h"
#include "store/audit.h"
#include "store/suppression.h"

#define ERASING_SUFFIX "erasing"
#define ERASURES_SUFFIX "erasures"

/* An erasure that was asked for. */
typedef struct Pending {
	ErasureKind kind;
	PersonNames names;
	Pseudonym suppression;
	uint8_t subject[AUDIT_SUBJECT_BYTES];
	char actor[AUDIT_ACTOR_MAX + 1];
} Pending;

char *pending_text(const Pending *pending);
bool pending_parse(const char *line, Pending *ret_pending);

typedef enum DecisionKind {
	DECISION_ERASE,
	DECISION_OBJECT,
	DECISION_UNOBJECT,
	DECISION_RESTRICT,
	DECISION_UNRESTRICT,
	DECISION_N,
} DecisionKind;

typedef struct Decision {
	int64_t at;
	DecisionKind kind;
	bool has_hash;
	Pseudonym hash;
	bool has_suppression;
	Pseudonym suppression;
} Decision;

Pseudonym decision_hash(const Keys *keys, const void *alias_key);
char *decision_text(const Decision *decision);
bool decision_parse(const char *line, Decision *ret_decision);
/* Of Decision; the caller's. */
GArray *decisions_read(const Store *store, GError **error);

/* Of who is asked about: all the hashes that a backup may hold, in lines. */
bool decisions_write(Store *store, const Keys *keys, const PersonNames *names,
                     const Pseudonym *suppression, DecisionKind kind,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The conversations in which drafts were asked for under this name. */
bool restrict_writer(Store *store, const Pseudonym *writer, bool restricted,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

bool erase_customer(Store *store, int64_t customer, ErasureResult *result,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of who is known by an address alone: the conversations in which drafts were
 * asked for; adds to `rows`. */
bool erase_writer(Store *store, const PersonNames *names, int64_t *rows,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of each address of a customer: what one wrote unproven is nobody's,
 * and yet of the person that is erased. */
bool erase_writers_of(Store *store, int64_t customer, int64_t *rows,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All of whoever is known by this alias, or wrote under it; of one of a
 * company's people only what is theirs. In the caller's transaction. */
bool erase_by_key(Store *store, const Pseudonym *key, ErasureResult *result,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
