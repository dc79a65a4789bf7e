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

/* What is known of one token. */
typedef struct TokenTerms {
	uint64_t bits;       /* term_bit() of its terms */
	uint32_t exact;      /* the term that is the word itself */
	uint32_t first, end; /* all its terms */
	float factor;        /* with MARK_INTENSIFIER */
	uint8_t marks;       /* Mark bits */
} TokenTerms;

/* Looks up each token; the result holds their terms, uint32_t. */
GArray *match_look_up(const Rules *rules, const Pack *pack,
                      const Tokens *tokens, TokenTerms *ret_of);
/* What follows each token. */
void match_look_ahead(const Tokens *tokens, const TokenTerms *of,
                      Ahead *ret_next);

/* One phrase at one token: the token after the longest match, or 0. Takes from
 * `steps` what it costs; 0 when they run out. */
typedef struct PhraseMatcher {
	const Rules *rules;
	const Tokens *tokens;
	const TokenTerms *of; /* each token */
	const uint32_t *terms;
	long steps;
} PhraseMatcher;

unsigned match_phrase(PhraseMatcher *matcher, const Posting *posting,
                      unsigned at);

/* May a phrase go on from the token before `i` to it? */
bool match_may_pass(const Tokens *tokens, unsigned i);

#endif
