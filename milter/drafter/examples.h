/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/examples (private) - approved answers as examples for a model.
 *
 * Where the mailbox says so (draft_examples), an answer that a human sent as it
 * was drafted, or changed a little, is kept: redacted, sealed, with whose mail
 * it was. A new mail that asks alike, in the same language and with the same
 * request as far as that is known, has a few of them put into its prompt.
 *
 * Owns:    what is found is the caller's.
 * Fails:   the store alone; finding nothing is no failure.
 * Threads: one.
 */
#ifndef DRAFTER_EXAMPLES_H
#define DRAFTER_EXAMPLES_H

#include "outcome_match.h"

#define EXAMPLE_DISTANCE_MAX 300 /* thousandths: edited a little */

/* In the caller's transaction, with the draft not yet forgotten. */
bool examples_keep(const Office *office, const SentTask *task,
                   const Match *match, const Material *sent,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The best first, of char *, at most LIMIT_PROMPT_EXAMPLES; never NULL. */
GPtrArray *examples_find(const Office *office, const DraftTask *task,
                         const Material *material);

#endif
