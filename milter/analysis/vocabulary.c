/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All words of all rules in hash tables, so that a token is looked up once,
 * however many thousand cues there are. For beginnings (word*) and ends (*word)
 * the hash of each possible length would have to be tried; `reach` keeps it to
 * the few lengths that rules have for the same three first or last letters.
 * A trie was considered: more memory touched a token, and no faster.
 */
#include <string.h>

#include "rules_private.h"

Vocabulary *
vocabulary_new(void)
{
	Vocabulary *vocabulary = g_new0(Vocabulary, 1);

	vocabulary->terms = g_array_new(FALSE, FALSE, sizeof(Term));
	vocabulary->text = g_string_sized_new(65536);
	for (int i = 0; i < TERM_KINDS; i++) {
		vocabulary->mask[i] = 255;
		vocabulary->slots[i] = g_new0(TermSlot, 256);
	}
	vocabulary_intern(vocabulary, TERM_GAP, "", 0, 0);
	vocabulary_intern(vocabulary, TERM_LINE_START, "", 0, 0);
	vocabulary_intern(vocabulary, TERM_LINE_END, "", 0, 0);
	return vocabulary;
}

void
vocabulary_free(Vocabulary *vocabulary)
{
	if (vocabulary == NULL)
		return;
	g_array_unref(vocabulary->terms);
	g_string_free(vocabulary->text, TRUE);
	for (int i = 0; i < TERM_KINDS; i++)
		g_free(vocabulary->slots[i]);
	g_free(vocabulary);
}

static const Term *
term_at(const Vocabulary *vocabulary, uint32_t i)
{
	return &g_array_index(vocabulary->terms, Term, i);
}

static uint32_t
hash_back(const char *text, size_t length)
{
	uint32_t hash = TOKENS_HASH;

	while (length > 0)
		hash = tokens_hash(hash, &text[--length], 1);
	return hash;
}

/* Bytes of the first (last) three letters. */
static size_t
three_letters(const char *text, size_t length, bool back)
{
	unsigned letters = 0;
	size_t i = 0;

	while (i < length && letters < 3) {
		size_t at = back ? length - 1 - i : i;

		i++;
		if (back) {
			letters += (text[at] & 0xc0) != 0x80;
		} else {
			/* a letter ends where the next begins */
			letters += i == length || (text[i] & 0xc0) != 0x80;
		}
	}
	return i;
}

static uint64_t *
reach_of(Vocabulary *vocabulary, TermKind kind, const char *text, size_t length)
{
	bool back = kind == TERM_SUFFIX;
	size_t n = three_letters(text, length, back);
	uint32_t hash = back ? hash_back(text + length - n, n)
	                     : tokens_hash(TOKENS_HASH, text, n);

	return &vocabulary->reach[back][hash % REACH_BUCKETS];
}

uint32_t
vocabulary_find(const Vocabulary *vocabulary, TermKind kind, uint32_t hash,
                const char *text, size_t length)
{
	const TermSlot *slots = vocabulary->slots[kind];
	uint32_t mask = vocabulary->mask[kind];
	uint32_t i = (hash ^ hash >> 15) & mask;

	for (; slots[i].term != 0; i = (i + 1) & mask) {
		const Term *term;

		if (slots[i].hash != hash)
			continue;
		term = term_at(vocabulary, slots[i].term - 1);
		if (term->length == length &&
		    memcmp(vocabulary->text->str + term->text, text, length) ==
		            0)
			return slots[i].term - 1;
	}
	return TERM_NONE;
}

static void
place_term(Vocabulary *vocabulary, TermKind kind, uint32_t which)
{
	uint32_t mask = vocabulary->mask[kind];
	uint32_t hash = term_at(vocabulary, which)->hash;
	uint32_t i = (hash ^ hash >> 15) & mask;

	while (vocabulary->slots[kind][i].term != 0)
		i = (i + 1) & mask;
	vocabulary->slots[kind][i] = (TermSlot){ hash, which + 1 };
}

static void
grow(Vocabulary *vocabulary, TermKind kind)
{
	uint32_t size = (vocabulary->mask[kind] + 1) * 2;

	g_free(vocabulary->slots[kind]);
	vocabulary->slots[kind] = g_new0(TermSlot, size);
	vocabulary->mask[kind] = size - 1;
	for (uint32_t i = 0; i < vocabulary->terms->len; i++)
		if (term_at(vocabulary, i)->kind == kind)
			place_term(vocabulary, kind, i);
}

uint32_t
vocabulary_intern(Vocabulary *vocabulary, TermKind kind, const char *text,
                  size_t length, uint32_t classes)
{
	Term term = { .kind = (uint8_t)kind, .classes = classes };
	uint32_t found;

	term.hash = kind == TERM_SUFFIX
	                    ? hash_back(text, length)
	                    : tokens_hash(TOKENS_HASH, text, length);
	found = vocabulary_find(vocabulary, kind, term.hash, text, length);
	if (found != TERM_NONE)
		return found;
	term.text = (uint32_t)vocabulary->text->len;
	term.length = (uint16_t)length;
	g_string_append_len(vocabulary->text, text, (gssize)length);
	g_array_append_val(vocabulary->terms, term);
	found = vocabulary->terms->len - 1;
	if (++vocabulary->n_of_kind[kind] * 2 > vocabulary->mask[kind])
		grow(vocabulary, kind);
	else
		place_term(vocabulary, kind, found);
	if (kind == TERM_PREFIX || kind == TERM_SUFFIX)
		*reach_of(vocabulary, kind, text, length) |= 1ull
		                                             << MIN(length, 63);
	return found;
}

typedef struct Lookup {
	const Vocabulary *vocabulary;
	uint32_t *terms;
	unsigned n;
} Lookup;

static void
found_term(Lookup *lookup, uint32_t term)
{
	if (term != TERM_NONE && lookup->n < VOCABULARY_MATCHES)
		lookup->terms[lookup->n++] = term;
}

/* Beginnings or ends of the word, by growing length. */
static void
lookup_parts(Lookup *lookup, TermKind kind, const char *word, size_t length)
{
	bool back = kind == TERM_SUFFIX;
	size_t n = three_letters(word, length, back), done = n;
	uint32_t hash = back ? hash_back(word + length - n, n)
	                     : tokens_hash(TOKENS_HASH, word, n);
	uint64_t reach = lookup->vocabulary->reach[back][hash % REACH_BUCKETS];

	reach &= ~0ull << MIN(n, 63);
	for (; reach != 0; reach &= reach - 1) {
		size_t want = (size_t)__builtin_ctzll(reach);

		if (want > length)
			return;
		for (; done < want; done++)
			hash = tokens_hash(hash,
			                   back ? &word[length - done - 1]
			                        : &word[done],
			                   1);
		found_term(lookup,
		           vocabulary_find(lookup->vocabulary, kind, hash,
		                           back ? word + length - want : word,
		                           want));
	}
}

unsigned
vocabulary_lookup(const Vocabulary *vocabulary, const Token *token,
                  const char *folded, uint32_t *ret_terms)
{
	Lookup lookup = { .vocabulary = vocabulary, .terms = ret_terms };

	if (token->length > 0)
		found_term(&lookup,
		           vocabulary_find(vocabulary, TERM_EXACT, token->hash,
		                           folded, token->length));
	if ((token->classes & TOKEN_WORD) && token->letters >= 3 &&
	    token->length > 0) {
		lookup_parts(&lookup, TERM_PREFIX, folded, token->length);
		lookup_parts(&lookup, TERM_SUFFIX, folded, token->length);
	}
	for (uint32_t classes = token->classes & ((1u << TOKEN_CLASSES) - 1);
	     classes != 0; classes &= classes - 1) {
		char bit = (char)__builtin_ctz(classes);

		found_term(&lookup,
		           vocabulary_find(vocabulary, TERM_CLASS,
		                           tokens_hash(TOKENS_HASH, &bit, 1),
		                           &bit, 1));
	}
	return lookup.n;
}
