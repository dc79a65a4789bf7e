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

/* How phrases go on over a token. */
enum {
	PASS_JOINED = 1 << 0, /* from the token before it to it */
	PASS_OVER = 1 << 1,   /* as if it were not there */
	PASS_NOT = 1 << 2,    /* a gap ends before it */
};

/* What is known of one token. */
typedef struct TokenTerms {
	uint64_t bits;  /* term_bit() of its terms */
	uint64_t other; /* other_bit() of them */
	uint32_t first; /* of its terms */
	uint8_t n;      /* of them */
	uint8_t marks;  /* Mark bits */
	uint8_t pass;   /* PASS bits */
} TokenTerms;

/* Looks up each token; the result, the caller's, holds their terms. */
const IndexedTerm **match_look_up(const Pack *pack, const Tokens *tokens,
                                  TokenTerms *ret_of);
/* What follows token `at` of `n`: next, other and second. */
void match_look_ahead(const TokenTerms *of, unsigned n, unsigned at,
                      Ahead *ret_ahead);
/* Likewise later and later_other. */
void match_look_further(const TokenTerms *of, unsigned n, unsigned at,
                        Ahead *ret_ahead);

/* One phrase at one token: the token after the longest match, or 0. Takes from
 * `steps` what it costs; 0 when they run out. */
typedef struct PhraseMatcher {
	const Rules *rules;
	const Tokens *tokens;
	const TokenTerms *of; /* each token */
	const IndexedTerm *const *terms;
	long steps;
	unsigned limit; /* the token at which the search ends */
} PhraseMatcher;

unsigned match_phrase(PhraseMatcher *matcher, const Posting *posting,
                      unsigned at);

#endif
