/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/sent - answers that went out, until the drafter has compared them with
 * the drafts.
 *
 * The keeper inserts one for a mail that answers a thread; the drafter reads
 * it, writes down what it tells (store/drafts, outcomes, lessons) and takes it
 * away in the same transaction. None lives longer than a draft's text.
 *
 * Owns:    a SentTask's contents are the caller's: sent_task_clear().
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_SENT_H
#define STORE_SENT_H

#include "store/store.h"

typedef struct SentMail {
	const char *public_id;         /* what the Material was sealed for */
	int64_t mail, thread, mailbox; /* rows, of MailPlace; thread not 0 */
	int64_t customer;              /* 0: none */
	int64_t at;
	const GBytes *material; /* SEAL_SENT */
} SentMail;

bool sent_insert(Store *store, const SentMail *sent,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct SentTask {
	int64_t id; /* 0: nothing is due */
	int64_t mail, thread, customer, at;
	int64_t attempts; /* this one counted */
	char *public_id;
	char *mailbox; /* address */
	GBytes *material;
} SentTask;

void sent_task_clear(SentTask *task);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SentTask, sent_task_clear)

/* The first moment at which one is due; 0: none waits. */
bool sent_next_due(Store *store, int64_t *ret_at,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The oldest. A claim that is not followed by one of the others is found again
 * by the next. */
bool sent_claim(Store *store, int64_t now, SentTask *ret_task,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool sent_later(Store *store, int64_t id, int64_t next_at,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* `ret_done` false: it is not there any more, or must not be used: erased,
 * restricted, merged since it was claimed. Nothing of it may be kept. */
bool sent_done(Store *store, const SentTask *task, bool *ret_done,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
