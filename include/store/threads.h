/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/threads - conversations: which mail belongs to which, what is due.
 *
 * Owns:    nothing; an Overdue is the visitor's for the call.
 * Fails:   as store/store.h.
 * Threads: one Store a thread.
 */
#ifndef STORE_THREADS_H
#define STORE_THREADS_H

#include "store/mails.h"

typedef struct Thread {
	int64_t id; /* 0: none yet */
	int64_t contacts;
	int64_t due_at; /* 0: none */
	bool answered;
} Thread;

bool threads_read(Store *store, int64_t id, Thread *ret_thread,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What may be made of a thread, by who wrote its last mail. */
typedef enum ThreadQuiet {
	QUIET_NO,
	QUIET_CONSENT,    /* none was given: nothing is learnt from it */
	QUIET_RESTRICTED, /* nor is a draft written, or ended, meanwhile */
} ThreadQuiet;

/* What a mail that came in does to its thread. */
typedef struct Contact {
	int64_t mailbox;
	int64_t customer; /* 0: none */
	int64_t at;
	int64_t due_at;
	Tier tier;
	ThreadQuiet quiet;
} Contact;

/* The newest thread that the mail refers to, of this mailbox and customer. */
bool threads_find(Store *store, const MailSite *site, const MailRecord *record,
                  const Contact *contact, Thread *ret_thread,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One more mail that awaits an answer; opens the thread when there is none.
 * The sooner of two due times stays until the thread is answered. */
bool threads_contact(Store *store, const Contact *contact, Thread *thread,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The ids of the mail and of those it refers to now lead to `thread`. */
bool threads_refer(Store *store, const MailSite *site, const MailRecord *record,
                   int64_t thread, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A mail that went out: what it refers to is answered. `ret_thread`: one of
 * those, or 0. */
bool threads_answer(Store *store, const MailSite *site,
                    const MailRecord *record, int64_t mailbox,
                    int64_t *ret_thread,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The row of the site's own address; made when it is new. */
bool threads_mailbox(Store *store, const char *address, int64_t *ret_mailbox,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct Overdue {
	Tier tier;
	int64_t due_at;
	int64_t since; /* of the last mail that came in */
	int64_t contacts;
	const char *mailbox;
	const char *public_id; /* X-Tact-Id of that mail */
	int64_t customer;      /* 0: none known */
} Overdue;

/* What was due before `now` and is not answered: the best tier first, then the
 * longest overdue. */
typedef void OverdueVisit(const Overdue *overdue, void *data);
bool threads_each_overdue(Store *store, int64_t now, OverdueVisit *visit,
                          void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
