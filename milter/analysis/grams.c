/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of words stand in for stems: in our languages endings and compounds
 * hide a word that the model knows ("Rückerstattungsbetrag"), and its first
 * letters tell. All n-grams of letters told no more and cost five times that.
 */
#include "analysis/grams.h"

#include <string.h>

#include "base/limits.h"
#include "tokens_private.h"

/* What numbers, and addresses, are to a model. */
enum { WORD_NUMBER = 1, WORD_ADDRESS = 2 };

static const unsigned starts[] = { 4, 5, 6 };
#define END_LETTERS 3

/* The finaliser of MurmurHash3 (Appleby 2011): all bits of the key depend on
 * all of the hash. */
static uint64_t
mix(uint64_t h)
{
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdull;
	h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 33;
}

void
grams_init(Grams *grams, unsigned n_tokens, unsigned n_hits)
{
	unsigned most =
		MIN(n_tokens * 6 + n_hits * 2 + 1, (unsigned)LIMIT_GRAMS);
	unsigned size = 64;

	while (size < 2 * most)
		size *= 2;
	*grams = (Grams){ .gram = g_new(Gram, most),
		          .slots = g_new0(uint32_t, size),
		          .mask = size - 1 };
}

void
grams_clear(Grams *grams)
{
	g_free(grams->gram);
	g_free(grams->slots);
	*grams = (Grams){ 0 };
}

static void
add(Grams *grams, GramKind kind, uint64_t hash, const Gram *at)
{
	uint64_t key = mix(hash ^ (uint64_t)(kind + 1) << 56);
	unsigned i = (unsigned)key & grams->mask;

	grams->seen[kind]++;
	for (; grams->slots[i] != 0; i = (i + 1) & grams->mask)
		if (grams->gram[grams->slots[i] - 1].key == key)
			return;
	if (grams->n >= LIMIT_GRAMS)
		return;
	grams->gram[grams->n] = *at;
	grams->gram[grams->n].key = key;
	grams->gram[grams->n].kind = (uint8_t)kind;
	grams->slots[i] = ++grams->n;
}

static uint32_t
word_of(const Token *token)
{
	if (token->classes & TOKEN_NUM)
		return WORD_NUMBER;
	return token->length == 0 ? WORD_ADDRESS : token->hash;
}

static bool
begins_letter(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static void
add_starts(Grams *grams, const char *word, size_t length, const Gram *at)
{
	uint32_t hash = TOKENS_HASH;
	unsigned letters = 0, next = 0;

	for (size_t i = 0; i < length && next < G_N_ELEMENTS(starts);
	     hash = tokens_hash(hash, &word[i++], 1)) {
		if (!begins_letter(word[i]))
			continue;
		if (letters == starts[next])
			add(grams, GRAM_PART,
			    (uint64_t)starts[next++] << 40 | hash, at);
		letters++;
	}
}

static void
add_end(Grams *grams, const char *word, size_t length, const Gram *at)
{
	unsigned letters = 0;
	size_t i = length;

	while (i > 0 && letters < END_LETTERS)
		letters += begins_letter(word[--i]);
	if (i > 0)
		add(grams, GRAM_PART,
		    tokens_hash(TOKENS_HASH, word + i, length - i), at);
}

static Gram
at_token(const Token *token)
{
	return (Gram){ .start = token->start,
		       .end = token->end,
		       .field = token->field };
}

static void
add_token(Grams *grams, const Tokens *tokens, unsigned i)
{
	const Token *token = &tokens->token[i];
	const char *folded = tokens_folded(tokens, token);
	Gram at = at_token(token), pair = at;

	add(grams, GRAM_WORD, word_of(token), &at);
	if (i + 1 < tokens->n && token[1].field == token->field) {
		pair.end = token[1].end;
		add(grams, GRAM_PAIR,
		    (uint64_t)word_of(token) << 24 ^ word_of(&token[1]), &pair);
	}
	if ((token->classes & (TOKEN_WORD | TOKEN_NUM)) != TOKEN_WORD)
		return;
	add_starts(grams, folded, token->length, &at);
	add_end(grams, folded, token->length, &at);
}

void
grams_add_tokens(Grams *grams, const Tokens *tokens)
{
	for (unsigned i = 0; i < tokens->first[FIELD_SIGNATURE]; i++)
		add_token(grams, tokens, i);
	for (unsigned i = tokens->first[FIELD_SIGNATURE]; i < tokens->n; i++) {
		Gram at = at_token(&tokens->token[i]);

		add(grams, GRAM_SIGNATURE, word_of(&tokens->token[i]), &at);
	}
}

uint32_t
grams_cue(const char *name)
{
	return tokens_hash(TOKENS_HASH, name, strlen(name));
}

void
grams_add_cue(Grams *grams, uint32_t cue, bool negated, const Gram *at)
{
	add(grams, GRAM_CUE, (uint64_t)negated << 40 | cue, at);
}
