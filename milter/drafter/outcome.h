/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/outcome (private) - answers that went out: what became of the draft,
 * the facts of it, and what they teach.
 *
 * All that one answer tells is written in one commit, together with its end as
 * a task: a drafter that dies before does it again, and none does it twice.
 *
 * Owns:    nothing.
 * Fails:   the store alone. An answer that cannot be read, or that killed
 *          drafters before, gives the facts that need no text.
 * Threads: one.
 */
#ifndef DRAFTER_OUTCOME_H
#define DRAFTER_OUTCOME_H

#include "office.h"

/* The one that has been due for longest; `ret_any`: there was one. */
bool outcome_step(const Office *office, bool *ret_any,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Asks of answers that are old enough whether they were enough. */
bool outcome_settle(const Office *office,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
