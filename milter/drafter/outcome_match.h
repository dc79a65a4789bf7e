/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/outcome_match (private) - which draft an answer stands for, and what
 * was done with it.
 *
 * The keeper found the conversation by In-Reply-To and References. Its live
 * draft is this answer's when the answer refers to the mail that the draft was
 * made for, or has the draft's own Message-ID: an answer to an earlier mail
 * leaves a newer draft alone. What the text is like never decides.
 *
 * Owns:    a Match's contents are the caller's: match_clear().
 * Fails:   the store alone.
 * Threads: one.
 */
#ifndef DRAFTER_OUTCOME_MATCH_H
#define DRAFTER_OUTCOME_MATCH_H

#include "analysis/edit.h"
#include "office.h"
#include "store/sent.h"

/* Thousandths. */
#define MATCH_AS_IS 20   /* distance up to which a draft went out as it was */
#define MATCH_EDITED 700 /* and up to which it was edited */
#define MATCH_OWN                                                              \
	100 /* of its own words in what is another text: less is               \
	     * nothing of it */

typedef struct Match {
	DraftFate fate; /* NONE: there was no draft */
	int distance;   /* thousandths; -1: not known */
	int64_t close;  /* row to close so; 0: it is closed */
	Language language;
	char *engine;   /* "" */
	Sheet *sheet;   /* the draft's text; NULL: none was compared */
	Material *mail; /* with `sheet`: what it answers */
	char *request;  /* what that asks for; NULL or "": not known */
	Edit edit;      /* with `sheet` */
} Match;

void match_clear(Match *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Match, match_clear)

/* `sent` NULL: it cannot be read. `asked_at`: when the mail came that it
 * answers; 0: not known. */
bool match_find(const Office *office, const SentTask *task,
                const Material *sent, int64_t asked_at, Match *ret_match,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* By the comparison alone. `own_id`: it was sent with the draft's id. */
DraftFate match_fate(const Edit *edit, bool own_id);

#endif
