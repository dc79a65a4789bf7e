/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keep - one mail to the keeper, what the store knows of it back.
 *
 * Owns:    nothing.
 * Fails:   false, or KEEP_MISSED: without the store, for any reason, in
 *          store.time_max at most. The mail goes on.
 * Threads: any.
 */
#ifndef FILTER_KEEP_H
#define FILTER_KEEP_H

#include "analysis/draftable.h"
#include "filter.h"
#include "ipc.h"
#include "session.h"
#include "store/mails.h"

/* Is there a store, and a mailbox that the mail is to or from? */
bool keep_is_wanted(const Filter *filter, const Session *session);
/* And has that mailbox drafts? */
bool keep_has_drafts(const Filter *filter, const Session *session);

typedef struct KeepAnswer {
	MailAnswer known;
	Draftable draft;
} KeepAnswer;

/* `draft`: as far as the mail says. */
bool keep_arrival(Filter *filter, const Session *session, const char *id,
                  const Insight *insight, Draftable draft,
                  KeepAnswer *ret_answer);

typedef enum KeepResult {
	KEEP_DONE,
	KEEP_MISSED,
	KEEP_FOREIGN, /* it holds what another customer wrote */
} KeepResult;

/* A mail that goes out. */
KeepResult keep_departure(Filter *filter, const Session *session,
                          const char *id, const Insight *insight);

#endif
