/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/lesson (private) - what edits teach, and what new drafts do with it.
 *
 * Only what a human wrote teaches: quotes are set aside before. Names:
 *
 *     module/SLOT/ID    1 kept .. 0 dropped; of a greeting or closing: whether
 *                       its form was kept
 *     greeting/FORM     1: it was used instead of the draft's
 *     greeting-kept/FORM
 *                       1: it was the draft's, and stayed
 *     signoff/FORM, signoff-kept/FORM  the same
 *     address/formal    1: De, Sie, vous were kept; 0: du was used instead
 *     address/informal  the same, the other way
 *     length            words sent by words drafted
 *     formality         -1 less formal .. 1
 *     part/KIND         -1 dropped, 0 kept, 1 added: apology, question, link
 *
 * A draft that went out as it was teaches, too: that all of it was kept. One
 * that was rewritten tells nothing of its parts.
 *
 * Owns:    a Guide is the caller's.
 * Fails:   the store alone; without it a Guide knows nothing.
 * Threads: one.
 */
#ifndef DRAFTER_LESSON_H
#define DRAFTER_LESSON_H

#include "outcome_match.h"

/* In the caller's transaction. */
bool lesson_learn(const Office *office, const SentTask *task,
                  const Match *match, const Material *sent,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The active lessons of a mailbox and language. */
typedef struct Guide Guide;

/* Never NULL. `pack` is borrowed. */
Guide *guide_read(Store *store, const Pack *pack, const char *mailbox,
                  Language language, int64_t now);
void guide_free(Guide *guide);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guide, guide_free)

/* TemplateInput.weigh; `guide` is its data. */
double guide_weigh(Language language, const char *module, void *guide);
/* The form to use where the draft would have `form`. */
AddressForm guide_address(const Guide *guide, AddressForm form);
/* Sentences for the prompt, NULL-terminated; the Guide's. */
const char *const *guide_advice(Guide *guide);

#endif
