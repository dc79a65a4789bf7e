/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/answers - answers that humans wrote and the site wants to find again.
 *
 * Only where the site says so, and redacted by the caller. Sealed, so that they
 * are found by opening them: there are ANSWERS_MAX of a mailbox and language,
 * the newest.
 *
 * Owns:    an Answer is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_ANSWERS_H
#define STORE_ANSWERS_H

#include "analysis/findings.h"
#include "store/store.h"

#define ANSWERS_MAX 1000

typedef struct Answer {
	const char *public_id; /* what it was sealed for */
	int64_t thread;        /* row */
	int64_t customer;      /* 0: none */
	const char *mailbox;   /* address */
	Language language;
	int64_t at;
	const GBytes *text; /* SEAL_ANSWER */
} Answer;

/* The oldest above ANSWERS_MAX goes. */
bool answers_put(Store *store, const Answer *answer,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void AnswerVisit(const Answer *answer, void *data);
/* The newest first; none of whom data are restricted. */
bool answers_each(Store *store, const char *mailbox, Language language,
                  AnswerVisit *visit, void *data,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
