/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keep - one mail to the keeper, what the store knows of it back.
 *
 * Owns:    nothing.
 * Fails:   false: without the store, for any reason, in store.time_max at
 *          most. The mail goes on.
 * Threads: any.
 */
#ifndef FILTER_KEEP_H
#define FILTER_KEEP_H

#include "filter.h"
#include "message/trace.h"
#include "session.h"
#include "store/mails.h"

/* Is there a store, and a mailbox that the mail is to or from? */
bool keep_is_wanted(const Filter *filter, const Session *session);

bool keep_arrival(Filter *filter, const Session *session, const char *id,
                  const Findings *findings, const Trace *trace,
                  MailAnswer *ret_answer);
/* A mail that goes out. */
bool keep_departure(Filter *filter, const Session *session, const char *id,
                    const Trace *trace);

#endif
