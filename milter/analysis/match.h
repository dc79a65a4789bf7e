/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the cues of a pack stand in a text. Private to the layer.
 */
#ifndef ANALYSIS_MATCH_H
#define ANALYSIS_MATCH_H

#include "analysis/features.h"
#include "rules_private.h"

/* Fills the hits of `features`; its structure must be read already. */
void match_cues(const Rules *rules, const Pack *pack, const Tokens *tokens,
                Features *features);

/* One phrase at one token: the token after the longest match, or 0. Takes from
 * `steps` what it costs; 0 when they run out. */
typedef struct PhraseMatcher {
	const Rules *rules;
	const Tokens *tokens;
	const uint32_t *exact; /* the exact term of each token */
	const uint32_t *first; /* of each token: its terms, in `terms` */
	const uint32_t *terms; /* every term that matches the token */
	const uint64_t *bits;  /* of each token: term_bit() of its terms */
	long steps;
} PhraseMatcher;

unsigned match_phrase(PhraseMatcher *matcher, const Posting *posting,
                      unsigned at);

/* May a phrase go on from the token before `i` to it? */
bool match_may_pass(const Tokens *tokens, unsigned i);

#endif
