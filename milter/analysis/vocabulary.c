/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All words of all rules in hash tables, so that a token is looked up once,
 * however many thousand cues there are. A mail is in one language, so each
 * language has an index of its own terms: a fifth of the memory to touch. For
 * beginnings (word*) and ends (*word) the hash of each possible length would
 * have to be tried; `reach` keeps it to the few lengths that rules have for the
 * same three first or last bytes. A trie was considered: more memory touched a
 * token, and no faster.
 */
#include <string.h>

#include "rules_private.h"

static const Term *
term_at(const Vocabulary *vocabulary, uint32_t i)
{
	return &g_array_index(vocabulary->terms, Term, i);
}

/* ------------------------------------------------------------------- tables */

static void
table_init(TermTable *table, uint32_t size)
{
	table->slots = g_new0(TermSlot, size);
	table->mask = size - 1;
	table->n = 0;
}

static void
table_place(TermTable *table, uint32_t hash, uint32_t which)
{
	uint32_t i = (hash ^ hash >> 15) & table->mask;

	while (table->slots[i].term != 0)
		i = (i + 1) & table->mask;
	table->slots[i] = (TermSlot){ hash, which + 1 };
	table->n++;
}

static void
table_grow(TermTable *table)
{
	TermTable old = *table;

	table_init(table, (old.mask + 1) * 2);
	for (uint32_t i = 0; i <= old.mask; i++)
		if (old.slots[i].term != 0)
			table_place(table, old.slots[i].hash,
			            old.slots[i].term - 1);
	g_free(old.slots);
}

static void
table_add(TermTable *table, uint32_t hash, uint32_t which)
{
	if (table->n * 2 > table->mask)
		table_grow(table);
	table_place(table, hash, which);
}

static uint32_t
table_find(const TermTable *table, const Vocabulary *vocabulary, uint32_t hash,
           const char *text, size_t length)
{
	uint32_t i = (hash ^ hash >> 15) & table->mask;

	for (; table->slots[i].term != 0; i = (i + 1) & table->mask) {
		const Term *term;

		if (table->slots[i].hash != hash)
			continue;
		term = term_at(vocabulary, table->slots[i].term - 1);
		if (term->length == length &&
		    memcmp(vocabulary->text->str + term->text, text, length) ==
		            0)
			return table->slots[i].term - 1;
	}
	return TERM_NONE;
}

/* --------------------------------------------------------------- vocabulary */

Vocabulary *
vocabulary_new(void)
{
	Vocabulary *vocabulary = g_new0(Vocabulary, 1);

	vocabulary->terms = g_array_new(FALSE, FALSE, sizeof(Term));
	vocabulary->text = g_string_sized_new(65536);
	for (int i = 0; i < TERM_KINDS; i++)
		table_init(&vocabulary->table[i], 256);
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
		g_free(vocabulary->table[i].slots);
	g_free(vocabulary);
}

/* Ends are hashed from the last byte to the first. */
static uint32_t
hash_of(TermKind kind, const char *text, size_t length)
{
	uint32_t hash = TOKENS_HASH;

	if (kind != TERM_SUFFIX)
		return tokens_hash(hash, text, length);
	while (length > 0)
		hash = tokens_hash(hash, &text[--length], 1);
	return hash;
}

uint32_t
vocabulary_intern(Vocabulary *vocabulary, TermKind kind, const char *text,
                  size_t length, uint32_t classes)
{
	Term term = { .kind = (uint8_t)kind, .classes = classes };
	TermTable *table = &vocabulary->table[kind];
	uint32_t found;

	term.hash = hash_of(kind, text, length);
	found = table_find(table, vocabulary, term.hash, text, length);
	if (found != TERM_NONE)
		return found;
	term.text = (uint32_t)vocabulary->text->len;
	term.length = (uint16_t)length;
	g_string_append_len(vocabulary->text, text, (gssize)length);
	g_array_append_val(vocabulary->terms, term);
	found = vocabulary->terms->len - 1;
	table_add(table, term.hash, found);
	return found;
}

/* -------------------------------------------------------------------- index */

/* Which row of `reach` the three bytes choose. */
static uint32_t
reach_row(const char *bytes)
{
	uint32_t three = (uint32_t)(unsigned char)bytes[0] |
	                 (uint32_t)(unsigned char)bytes[1] << 8 |
	                 (uint32_t)(unsigned char)bytes[2] << 16;

	return three * 2654435761u >> (32 - REACH_BITS);
}

/* Returns where it stands in index->terms. */
static uint32_t
index_place(TermIndex *index, const Vocabulary *vocabulary, const Pack *pack,
            uint32_t which)
{
	static const uint8_t padding[_Alignof(IndexedTerm)];
	const Term *term = term_at(vocabulary, which);
	IndexedTerm indexed = { .term = which,
		                .start = pack->starts[which],
		                .end = pack->starts[which + 1],
		                .length = term->length,
		                .marks = pack->marks[which] };
	unsigned at = index->terms->len;
	size_t rest;

	g_byte_array_append(index->terms, (const uint8_t *)&indexed,
	                    offsetof(IndexedTerm, text));
	g_byte_array_append(index->terms,
	                    (const uint8_t *)vocabulary->text->str + term->text,
	                    term->length);
	rest = index->terms->len % sizeof(padding);
	if (rest > 0)
		g_byte_array_append(index->terms, padding,
		                    (unsigned)(sizeof(padding) - rest));
	return at;
}

static void
index_add(TermIndex *index, const Vocabulary *vocabulary, const Pack *pack,
          uint32_t which)
{
	const Term *term = term_at(vocabulary, which);
	const char *text = vocabulary->text->str + term->text;
	uint64_t reach = 1ull << MIN(term->length, 63);
	uint32_t at = index_place(index, vocabulary, pack, which);

	if (term->kind == TERM_CLASS) {
		index->classes[__builtin_ctz(term->classes)] = at;
		return;
	}
	table_add(&index->table[term->kind], term->hash, at);
	if (term->kind == TERM_PREFIX)
		index->reach[0][reach_row(text)] |= reach;
	else if (term->kind == TERM_SUFFIX)
		index->reach[1][reach_row(text + term->length - 3)] |= reach;
}

TermIndex *
term_index_new(const Vocabulary *vocabulary, const bool *wanted,
               const Pack *pack)
{
	TermIndex *index = g_new0(TermIndex, 1);

	index->terms = g_byte_array_new();
	for (int i = 0; i < TERM_CLASS; i++)
		table_init(&index->table[i], 256);
	for (int i = 0; i < TOKEN_CLASSES; i++)
		index->classes[i] = TERM_NONE;
	for (uint32_t i = TERM_FIRST_TAKING; i < vocabulary->terms->len; i++)
		if (wanted[i])
			index_add(index, vocabulary, pack, i);
	return index;
}

void
term_index_free(TermIndex *index)
{
	for (int i = 0; i < TERM_CLASS; i++)
		g_free(index->table[i].slots);
	g_byte_array_unref(index->terms);
	g_free(index);
}

typedef struct Lookup {
	const TermIndex *index;
	const IndexedTerm **terms;
	unsigned n;
} Lookup;

static const IndexedTerm *
indexed_at(const TermIndex *index, uint32_t offset)
{
	return (const IndexedTerm *)(const void *)(index->terms->data + offset);
}

static void
found_term(Lookup *lookup, const IndexedTerm *term)
{
	if (lookup->n < VOCABULARY_MATCHES)
		lookup->terms[lookup->n++] = term;
}

static void
find_term(Lookup *lookup, TermKind kind, uint32_t hash, const char *text,
          size_t length)
{
	const TermTable *table = &lookup->index->table[kind];
	uint32_t i = (hash ^ hash >> 15) & table->mask;

	for (; table->slots[i].term != 0; i = (i + 1) & table->mask) {
		const IndexedTerm *term;

		if (table->slots[i].hash != hash)
			continue;
		term = indexed_at(lookup->index, table->slots[i].term - 1);
		if (term->length == length &&
		    memcmp(term->text, text, length) == 0) {
			found_term(lookup, term);
			return;
		}
	}
}

/* Beginnings of the word, by growing length. */
static void
find_prefixes(Lookup *lookup, const char *word, size_t length)
{
	uint64_t reach = lookup->index->reach[0][reach_row(word)];
	uint32_t hash = TOKENS_HASH;
	size_t done = 0;

	for (; reach != 0; reach &= reach - 1) {
		size_t want = (size_t)__builtin_ctzll(reach);

		if (want > length)
			return;
		hash = tokens_hash(hash, word + done, want - done);
		done = want;
		find_term(lookup, TERM_PREFIX, hash, word, want);
	}
}

/* Ends of the word, likewise. */
static void
find_suffixes(Lookup *lookup, const char *word, size_t length)
{
	const char *end = word + length;
	uint64_t reach = lookup->index->reach[1][reach_row(end - 3)];
	uint32_t hash = TOKENS_HASH;
	size_t done = 0;

	for (; reach != 0; reach &= reach - 1) {
		size_t want = (size_t)__builtin_ctzll(reach);

		if (want > length)
			return;
		while (done < want)
			hash = tokens_hash(hash, end - ++done, 1);
		find_term(lookup, TERM_SUFFIX, hash, end - want, want);
	}
}

unsigned
term_index_lookup(const TermIndex *index, const Token *token,
                  const char *folded, const IndexedTerm **ret_terms)
{
	Lookup lookup = { .index = index, .terms = ret_terms };
	uint32_t classes = token->classes & ((1u << TOKEN_CLASSES) - 1);

	if (token->length > 0)
		find_term(&lookup, TERM_EXACT, token->hash, folded,
		          token->length);
	if ((token->classes & TOKEN_WORD) && token->letters >= 3 &&
	    token->length >= 3) {
		find_prefixes(&lookup, folded, token->length);
		find_suffixes(&lookup, folded, token->length);
	}
	for (; classes != 0; classes &= classes - 1) {
		uint32_t at = index->classes[__builtin_ctz(classes)];

		if (at != TERM_NONE)
			found_term(&lookup, indexed_at(index, at));
	}
	return lookup.n;
}
