/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/outcomes - what became of a conversation, as facts without text.
 *
 * One row for each answer that a human sent. Read off the traffic: who wrote
 * when, and what was found in it; what it means is counted by who reports.
 *
 * Whether one answer was enough is known only later: outcomes_settle() asks it
 * of those that are old enough.
 *
 * Owns:    what visitors are shown is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_OUTCOMES_H
#define STORE_OUTCOMES_H

#include "store/drafts.h"

/* So long nobody must write for an answer to have been enough. */
#define OUTCOME_SETTLED_SECONDS INT64_C(604800)

typedef struct Outcome {
	int64_t id, thread, customer; /* customer: 0 none */
	const char *mailbox;          /* address */
	int64_t at;                   /* of the answer */
	int64_t asked_at; /* the first mail that it answers; 0: none is known */
	int64_t response; /* seconds between them; -1: not known */
	int64_t business; /* of them in opening hours; -1: not known */
	unsigned contacts;  /* mails of the customer up to it */
	unsigned answers;   /* ours up to it, this one counted */
	int draft;          /* DraftFate; FATE_NONE: there was no draft */
	int distance;       /* thousandths; -1: not known */
	const char *engine; /* of the draft, or "" */
	Language language;
	int mood_first, mood_last; /* index of the sentiment's value in the
	                            * first and the last mail; -1: not told */
	int enough; /* 1: nobody wrote again; 0: somebody did; -1: too early */
	int tier;   /* of the conversation; put: the better of it and the
	             * thread's */
} Outcome;

/* `id` and `enough` are not looked at. */
bool outcomes_put(Store *store, const Outcome *outcome,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Up to a thousand answers of OUTCOME_SETTLED_SECONDS ago; call until 0. */
bool outcomes_settle(Store *store, int64_t now, int64_t *ret_n,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void OutcomeVisit(const Outcome *outcome, void *data);
/* from <= at < upto, in order. */
bool outcomes_each(Store *store, int64_t from, int64_t upto,
                   OutcomeVisit *visit, void *data,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A draft that a human could use, and how it ended: any fate of use. */
typedef struct DraftOutcome {
	const char *mailbox; /* address */
	int64_t at;
	DraftFate fate;
	int distance; /* thousandths; -1: not known */
} DraftOutcome;

typedef void DraftOutcomeVisit(const DraftOutcome *draft, void *data);
/* from <= at < upto, in order. */
bool outcomes_each_draft(Store *store, int64_t from, int64_t upto,
                         DraftOutcomeVisit *visit, void *data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the mails of a conversation tell: the grounds of an Outcome. */
typedef struct ThreadMail {
	int64_t id; /* row */
	int64_t at;
	bool out;          /* one of ours */
	const char *facts; /* for mails_findings() */
} ThreadMail;

typedef void ThreadMailVisit(const ThreadMail *mail, void *data);
/* In the order of time; those of one second as they came. */
bool outcomes_each_mail(Store *store, int64_t thread, ThreadMailVisit *visit,
                        void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Conversations that wait for an answer at `now`, by mailbox and tier. */
typedef struct Backlog {
	const char *mailbox;
	int tier;
	int64_t open, overdue;
	int64_t oldest; /* unix seconds of the longest waiting mail */
} Backlog;

/* From a mail until the next answer in its conversation. */
typedef struct Wait {
	const char *mailbox;
	int64_t from, upto; /* INT64_MAX: it waits still */
} Wait;

typedef void WaitVisit(const Wait *wait, void *data);
/* By the mails before `upto` that are kept. */
bool outcomes_each_wait(Store *store, int64_t upto, WaitVisit *visit,
                        void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void BacklogVisit(const Backlog *backlog, void *data);
bool outcomes_each_backlog(Store *store, int64_t now, BacklogVisit *visit,
                           void *data,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
