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
	GArray *terms;   /* uint32_t */
	uint16_t *slots; /* a token + 1, by its hash */
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

static TokenTerms
terms_of(const Lookup *lookup, const Token *token)
{
	uint32_t terms[VOCABULARY_MATCHES];
	const Pack *pack = lookup->pack;
	TokenTerms of = { .first = lookup->terms->len };
	unsigned n =
		vocabulary_lookup(lookup->rules->vocabulary, token,
	                          tokens_folded(lookup->tokens, token), terms);

	of.end = of.first + n;
	g_array_append_vals(lookup->terms, terms, n);
	for (unsigned k = 0; k < n; k++) {
		of.bits |= term_bit(terms[k]);
		of.other |= other_bit(terms[k]);
		of.marks |= pack->marks[terms[k]];
		if (pack->marks[terms[k]] & MARK_INTENSIFIER)
			of.factor = pack->factors[terms[k]];
	}
	return of;
}

static uint8_t
pass_of(const Tokens *tokens, unsigned i)
{
	const Token *token = &tokens->token[i];
	uint8_t pass = 0;

	if (i > 0 && token->field == token[-1].field &&
	    (token->sentence == token[-1].sentence ||
	     (token[-1].classes & TOKEN_BARRIER)))
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
	const Token *token = &lookup->tokens->token[i];
	uint16_t *slot = &lookup->slots[token->hash % SEEN_SLOTS];

	if (*slot != 0 &&
	    is_same(lookup->tokens, token, &lookup->tokens->token[*slot - 1]))
		lookup->of[i] = lookup->of[*slot - 1];
	else
		lookup->of[i] = terms_of(lookup, token);
	lookup->of[i].pass = pass_of(lookup->tokens, i);
	*slot = (uint16_t)(i + 1);
}

GArray *
match_look_up(const Rules *rules, const Pack *pack, const Tokens *tokens,
              TokenTerms *ret_of)
{
	uint16_t slots[SEEN_SLOTS] = { 0 };
	Lookup lookup = { .rules = rules,
		          .pack = pack,
		          .tokens = tokens,
		          .of = ret_of,
		          .slots = slots };

	lookup.terms = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t),
	                                 2 * tokens->n + 64);
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
