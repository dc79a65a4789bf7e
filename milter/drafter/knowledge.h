/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/knowledge (private) - the Kit's articles in the store's index, and
 * the questions that none of them answers.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   the store alone.
 * Threads: one.
 */
#ifndef DRAFTER_KNOWLEDGE_H
#define DRAFTER_KNOWLEDGE_H

#include "office.h"

/* The index becomes that of the Kit's articles; says in the log what changed.
 * Files that have not changed are not read again. */
bool knowledge_index(const Office *office,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The articles in `language` that have most of the words of `text`, of Article
 * *, borrowed from the Kit; empty when nothing is found. */
GPtrArray *knowledge_candidates(const Office *office, Language language,
                                const char *text);

/* In the caller's transaction: nothing answered this mail. */
bool knowledge_note_gap(const Office *office, const DraftTask *task,
                        const Material *material, const char *request,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
