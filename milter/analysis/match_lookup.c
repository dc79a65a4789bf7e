/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terms of each token. Half the words of a text have stood in it before:
 * a small table of where spares them the vocabulary. What collides in it is
 * looked up again, so a hostile text costs no more than one without repeats.
 */
#include <string.h>

#include "match.h"

#define SEEN_SLOTS 1024
#define SEEN_SLOTS_MANY 8192
#define SEEN_MANY 1024 /* tokens */
#define LOOK_TOKENS 16 /* that are looked at; behind them may be anything */

/* What vocabulary_lookup() looks at, but for the folded word. */
#define CLASSES_SEEN (TOKEN_WORD | ((1u << TOKEN_CLASSES) - 1))

G_STATIC_ASSERT(LIMIT_TOKENS < UINT16_MAX);

static const Ahead anything = { BITS_ALL, BITS_ALL, BITS_ALL,
	                        BITS_ALL, BITS_ALL, 0 };
static const Ahead nothing = { BIT_NONE, BIT_NONE, BIT_NONE,
	                       BIT_NONE, BIT_NONE, 0 };

typedef struct Lookup {
	const Pack *pack;
	const Tokens *tokens;
	TokenTerms *of;            /* each token */
	const IndexedTerm **terms; /* of all tokens */
	uint32_t n, allocated;
	uint16_t *slots; /* a token + 1, by its hash */
	uint32_t mask;
} Lookup;

static bool
is_same(const Tokens *tokens, const Token *a, const Token *b)
{
	return a->hash == b->hash && a->length == b->length &&
	       a->letters == b->letters &&
	       ((a->classes ^ b->classes) & CLASSES_SEEN) == 0 &&
	       memcmp(tokens_folded(tokens, a), tokens_folded(tokens, b),
	              a->length) == 0;
}

static void
find_terms(Lookup *lookup, const Token *token, TokenTerms *of)
{
	unsigned n;

	if (lookup->n + VOCABULARY_MATCHES > lookup->allocated) {
		lookup->allocated *= 2;
		lookup->terms = g_renew(const IndexedTerm *, lookup->terms,
		                        lookup->allocated);
	}
	n = term_index_lookup(lookup->pack->index, token,
	                      tokens_folded(lookup->tokens, token),
	                      &lookup->terms[lookup->n]);
	*of = (TokenTerms){ .first = lookup->n, .n = (uint8_t)n };
	for (; n > 0; n--) {
		const IndexedTerm *term = lookup->terms[lookup->n++];

		of->bits |= term_bit(term->term);
		of->other |= other_bit(term->term);
		of->marks |= term->marks;
	}
}

static uint8_t
pass_of(const Token *token, const Token *before)
{
	uint8_t pass = 0;

	if (token->field == before->field &&
	    (token->sentence == before->sentence ||
	     (before->classes & TOKEN_BARRIER)))
		pass |= PASS_JOINED;
	if (token->classes & TOKEN_SKIP)
		pass |= PASS_OVER;
	if (token->classes & TOKEN_BARRIER)
		pass |= PASS_NOT;
	return pass;
}

static void
look_up(Lookup *lookup, unsigned i)
{
	static const Token none = { .field = FIELD_N };
	const Token *token = &lookup->tokens->token[i];
	uint16_t *slot = &lookup->slots[token->hash & lookup->mask];
	TokenTerms *of = &lookup->of[i];

	if (*slot != 0 &&
	    is_same(lookup->tokens, token, &lookup->tokens->token[*slot - 1]))
		*of = lookup->of[*slot - 1];
	else
		find_terms(lookup, token, of);
	of->pass = pass_of(token, i > 0 ? token - 1 : &none);
	*slot = (uint16_t)(i + 1);
}

const IndexedTerm **
match_look_up(const Pack *pack, const Tokens *tokens, TokenTerms *ret_of)
{
	unsigned slots = tokens->n < SEEN_MANY ? SEEN_SLOTS : SEEN_SLOTS_MANY;
	g_autofree uint16_t *seen = g_new0(uint16_t, slots);
	Lookup lookup = { .pack = pack,
		          .tokens = tokens,
		          .of = ret_of,
		          .allocated = 2 * tokens->n + VOCABULARY_MATCHES,
		          .slots = seen,
		          .mask = slots - 1 };

	lookup.terms = g_new(const IndexedTerm *, lookup.allocated);
	for (unsigned i = 0; i < tokens->n; i++)
		look_up(&lookup, i);
	return lookup.terms;
}

/* A mark that phrases pass over does not hide what stands behind it. */
void
match_look_ahead(const TokenTerms *of, unsigned n, unsigned at,
                 Ahead *ret_ahead)
{
	unsigned end = MIN(n, at + LOOK_TOKENS), words = 0, i = at + 1;

	*ret_ahead = nothing;
	for (; i < end && (of[i].pass & PASS_JOINED); i++) {
		if (words == 0) {
			ret_ahead->next |= of[i].bits;
			ret_ahead->other |= of[i].other;
		}
		if (i > at + 1)
			ret_ahead->second |= of[i].bits;
		words += (of[i].pass & PASS_OVER) == 0;
		if (words == 2)
			return;
	}
	if (i == at + LOOK_TOKENS)
		*ret_ahead = anything;
}

void
match_look_further(const TokenTerms *of, unsigned n, unsigned at,
                   Ahead *ret_ahead)
{
	unsigned end = MIN(n, at + LOOK_TOKENS), words = 0, i = at + 1;

	for (; i < end && (of[i].pass & PASS_JOINED); i++) {
		ret_ahead->later |= of[i].bits;
		ret_ahead->later_other |= of[i].other;
		words += (of[i].pass & PASS_OVER) == 0;
		if (words == LATER_WORDS)
			return;
	}
	if (i == at + LOOK_TOKENS)
		ret_ahead->later = ret_ahead->later_other = BITS_ALL;
}
