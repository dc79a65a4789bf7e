/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/answers - answers that humans wrote and the site wants to find again.
 *
 * Only where the site says so, and redacted by the caller. Sealed, so that they
 * are found by opening them: there are ANSWERS_MAX of a mailbox and language,
 * the newest.
 *
 * Owns:    a KeptAnswer is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_ANSWERS_H
#define STORE_ANSWERS_H

#include "analysis/findings.h"
#include "store/keys.h"
#include "store/store.h"

#define ANSWERS_MAX 1000

typedef struct KeptAnswer {
	int64_t id;            /* row; 0: to be put */
	const char *public_id; /* what it was sealed for */
	int64_t thread;        /* row */
	int64_t customer;      /* 0: none */
	const char *mailbox;   /* address */
	Language language;
	int64_t at;
	const GBytes *text; /* SEAL_ANSWER */
} KeptAnswer;

/* The oldest above ANSWERS_MAX goes. Nothing is kept of a customer whose data
 * are restricted, or who consents to no drafts. */
bool answers_put(Store *store, const KeptAnswer *answer,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void AnswerVisit(const KeptAnswer *answer, void *data);
/* The newest first; none of whom data are restricted, or who consents to no
 * drafts any more. */
bool answers_each(Store *store, const char *mailbox, Language language,
                  AnswerVisit *visit, void *data,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The administrator's: of all mailboxes and languages. */
bool answers_each_all(Store *store, AnswerVisit *visit, void *data,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* With its entry in the audit trail; afterwards audit_seal(). `ret_found`:
 * there was one. */
bool answers_drop(Store *store, const Keys *keys, int64_t id, bool *ret_found,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
