/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/outcome_facts (private) - what the mails of a conversation tell of an
 * answer: who wrote how often, how long it took, in which mood.
 *
 * Owns:    nothing.
 * Fails:   the store alone; without a calendar business seconds are not known.
 * Threads: one.
 */
#ifndef DRAFTER_OUTCOME_FACTS_H
#define DRAFTER_OUTCOME_FACTS_H

#include "office.h"
#include "store/outcomes.h"
#include "store/sent.h"

/* All of an Outcome but what is of a draft. `mailbox` is borrowed from the
 * task, `language` is that of the last mail. */
bool facts_read(const Office *office, const SentTask *task,
                Outcome *ret_outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
