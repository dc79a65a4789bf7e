/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terms of each token. Half the words of a text have stood in it before:
 * a small table of where spares them the vocabulary. What collides in it is
 * looked up again, so a hostile text costs no more than one without repeats.
 */
#include <string.h>

#include "match.h"

#define SEEN_SLOTS 1024

/* What vocabulary_lookup() looks at, but for the folded word. */
#define CLASSES_SEEN (TOKEN_WORD | ((1u << TOKEN_CLASSES) - 1))

G_STATIC_ASSERT(LIMIT_TOKENS < UINT16_MAX);

typedef struct Lookup {
	const Rules *rules;
	const Pack *pack;
	const Tokens *tokens;
	TokenTerms *of;  /* each token */
	uint32_t *terms; /* of all tokens */
	uint32_t n, allocated;
	uint16_t slots[SEEN_SLOTS]; /* a token + 1, by its hash */
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
	const Pack *pack = lookup->pack;

	if (lookup->n + VOCABULARY_MATCHES > lookup->allocated) {
		lookup->allocated *= 2;
		lookup->terms =
			g_renew(uint32_t, lookup->terms, lookup->allocated);
	}
	*of = (TokenTerms){ .first = lookup->n };
	lookup->n +=
		term_index_lookup(pack->index, lookup->rules->vocabulary, token,
	                          tokens_folded(lookup->tokens, token),
	                          &lookup->terms[lookup->n]);
	of->end = lookup->n;
	for (uint32_t k = of->first; k < of->end; k++) {
		uint32_t term = lookup->terms[k];

		of->bits |= term_bit(term);
		of->other |= other_bit(term);
		of->marks |= pack->marks[term];
		if (pack->marks[term] & MARK_INTENSIFIER)
			of->factor = pack->factors[term];
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
	uint16_t *slot = &lookup->slots[token->hash % SEEN_SLOTS];
	TokenTerms *of = &lookup->of[i];

	if (*slot != 0 &&
	    is_same(lookup->tokens, token, &lookup->tokens->token[*slot - 1]))
		*of = lookup->of[*slot - 1];
	else
		find_terms(lookup, token, of);
	of->pass = pass_of(token, i > 0 ? token - 1 : &none);
	*slot = (uint16_t)(i + 1);
}

uint32_t *
match_look_up(const Rules *rules, const Pack *pack, const Tokens *tokens,
              TokenTerms *ret_of)
{
	Lookup lookup = { .rules = rules,
		          .pack = pack,
		          .tokens = tokens,
		          .of = ret_of,
		          .allocated = 2 * tokens->n + VOCABULARY_MATCHES };

	lookup.terms = g_new(uint32_t, lookup.allocated);
	for (unsigned i = 0; i < tokens->n; i++)
		look_up(&lookup, i);
	return lookup.terms;
}

/* From the last token to the first: a mark that phrases pass over does not
 * hide what stands behind it. */
void
match_look_ahead(const TokenTerms *of, unsigned n, Ahead *ret_next)
{
	const Ahead nothing = { BIT_NONE, BIT_NONE, BIT_NONE, BIT_NONE };
	Ahead after = nothing;

	for (unsigned i = n; i-- > 0;) {
		ret_next[i] = after;
		if ((of[i].pass & PASS_JOINED) == 0) {
			after = nothing;
			continue;
		}
		after = (Ahead){ .next = of[i].bits | BIT_NONE,
			         .other = of[i].other | BIT_NONE,
			         .second = ret_next[i].next,
			         .later = of[i].other | ret_next[i].later };
		if (of[i].pass & PASS_OVER)
			ahead_add(&after, &ret_next[i]);
	}
}
