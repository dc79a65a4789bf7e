/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a word ends and what it is folded to. Which marks stay inside a word is
 * a table: it follows how people write mail in the languages we read. Nine
 * words of ten are plain and have a reader of their own, which does no more
 * than they need.
 */
#include <stddef.h>
#include <string.h>

#include "tokens_private.h"

static void
word_append(Word *word, uint32_t c)
{
	if (word->length < FOLDED_MAX)
		word->length += (size_t)g_unichar_to_utf8(
			c, word->folded + word->length);
}

static void
word_take(Word *word, uint32_t c)
{
	uint32_t lower = char_lower(c);

	if (char_is_digit(c)) {
		word->digits++;
	} else if (c == '_') {
		word->underscore = true;
	} else {
		if (word->letters == 0)
			word->first_upper = lower != c;
		word->letters++;
		if (lower != c)
			word->upper++;
	}
	word->segment++;
	if (c < 0x80 && word->length < FOLDED_MAX)
		word->folded[word->length++] = (char)lower;
	else
		word_append(word, lower);
}

static bool
is_upper(uint32_t c)
{
	return char_lower(c) != c;
}

static bool
joins_letters(uint32_t before, uint32_t next)
{
	return char_is_letter(before) && char_is_letter(next);
}

/* f.eks, z.B, 1.2.3; not the end of a sentence without a blank. */
static bool
joins_stop(const Word *word, uint32_t next)
{
	if (char_is_digit(word->previous) && char_is_digit(next))
		return true;
	return joins_letters(word->previous, next) &&
	       (word->segment == 1 || !is_upper(next));
}

/* 14:30; and Swedish SLA:n, api:t. */
static bool
joins_colon(const Word *word, uint32_t next)
{
	if (char_is_digit(word->previous) && char_is_digit(next))
		return true;
	return joins_letters(word->previous, next) && !is_upper(next);
}

static bool
joins_hyphen(const Word *word, uint32_t next)
{
	return char_is_word(word->previous) && char_is_word(next);
}

static bool
joins_apostrophe(const Word *word, uint32_t next)
{
	return joins_letters(word->previous, next);
}

static bool
joins_number(const Word *word, uint32_t next)
{
	return word->letters == 0 && char_is_digit(word->previous) &&
	       char_is_digit(next);
}

static const struct {
	uint32_t mark, folded;
	bool (*joins)(const Word *word, uint32_t next);
} joiners[] = {
	{ '-', '-', joins_hyphen },         { '\'', '\'', joins_apostrophe },
	{ '.', '.', joins_stop },           { ',', ',', joins_number },
	{ '/', '/', joins_number },         { ':', ':', joins_colon },
	{ 0x2010, '-', joins_hyphen },      { 0x2011, '-', joins_hyphen },
	{ 0x2019, '\'', joins_apostrophe },
};

/* Does the mark `c` before `next` stay inside the word? Returns what it is
 * folded to, 0 for no. */
static uint32_t
joins(const Word *word, uint32_t c, uint32_t next)
{
	for (size_t i = 0; c != ' ' && i < G_N_ELEMENTS(joiners); i++)
		if (joiners[i].mark == c)
			return joiners[i].joins(word, next) ? joiners[i].folded
			                                    : 0;
	return 0;
}

static void
word_join(Word *word, uint32_t join)
{
	word->apostrophe |= join == '\'';
	if (join == '.') {
		word->dotted = true;
		word->segment = 0;
	}
	word_append(word, join);
}

/* Nearly every character of mail is one of these: no decoding, no tables of
 * Unicode. Returns where they end. */
static size_t
word_take_ascii(Word *word, const char *text, size_t size, size_t at)
{
	size_t start = at, length = word->length;
	unsigned upper = 0;

	for (; at < size; at++) {
		char c = text[at], lower = (char)(c | 0x20);

		if (lower < 'a' || lower > 'z')
			break;
		upper += c != lower;
		if (length < FOLDED_MAX)
			word->folded[length++] = lower;
	}
	if (at == start)
		return at;
	if (word->letters == 0)
		word->first_upper = g_ascii_isupper(text[start]);
	word->length = length;
	word->letters += (unsigned)(at - start);
	word->upper += upper;
	word->segment += at - start;
	word->previous = (unsigned char)text[at - 1];
	return at;
}

size_t
word_read(Word *word, const char *text, size_t size, size_t at)
{
	memset(&word->length, 0, sizeof(*word) - offsetof(Word, length));
	for (;;) {
		unsigned n, n_next;
		uint32_t c, join;

		at = word_take_ascii(word, text, size, at);
		c = char_at(text, size, at, &n);
		if (char_is_word(c)) {
			word_take(word, c);
		} else {
			join = c == 0 ? 0
			              : joins(word, c,
			                      char_at(text, size, at + n,
			                              &n_next));
			if (join == 0)
				return at;
			word_join(word, join);
		}
		word->previous = c;
		at += n;
	}
}

/* ASCII letters folded; 0: none. */
#define FOLD(upper, lower) [upper] = (lower), [lower] = (lower)
static const uint8_t folds[256] = {
	FOLD('A', 'a'), FOLD('B', 'b'), FOLD('C', 'c'), FOLD('D', 'd'),
	FOLD('E', 'e'), FOLD('F', 'f'), FOLD('G', 'g'), FOLD('H', 'h'),
	FOLD('I', 'i'), FOLD('J', 'j'), FOLD('K', 'k'), FOLD('L', 'l'),
	FOLD('M', 'm'), FOLD('N', 'n'), FOLD('O', 'o'), FOLD('P', 'p'),
	FOLD('Q', 'q'), FOLD('R', 'r'), FOLD('S', 's'), FOLD('T', 't'),
	FOLD('U', 'u'), FOLD('V', 'v'), FOLD('W', 'w'), FOLD('X', 'x'),
	FOLD('Y', 'y'), FOLD('Z', 'z'),
};

/* The second byte of a Latin-1 letter in UTF-8, folded; 0: none. */
static uint8_t
fold_latin(uint8_t c)
{
	if (c < 0x80 || c > 0xbf || c == 0x97 || c == 0xb7)
		return 0;
	return c < 0x9f ? c + 0x20 : c;
}

static bool
is_gap(const char *text, size_t size, size_t at)
{
	return at >= size || text[at] == ' ' || text[at] == '\n';
}

/* Does a word of letters surely end before `at`? What may stand in an address
 * might go on with it, and so might - ' . : before anything but a blank. */
static bool
plainly_ends(const char *text, size_t size, size_t at)
{
	if (is_gap(text, size, at))
		return true;
	switch (text[at]) {
	case '@':
	case '%':
	case '+':
	case '_':
		return false;
	case '-':
	case '\'':
	case '.':
	case ':':
		return is_gap(text, size, at + 1);
	default:
		return (unsigned char)text[at] < 0x80 &&
		       !g_ascii_isalnum(text[at]);
	}
}

static inline uint32_t
hash_byte(uint32_t hash, uint8_t byte)
{
	return tokens_hash(hash, (const char *)&byte, 1);
}

bool
word_read_plain(PlainWord *word, char *folded, const char *text, size_t size,
                size_t at)
{
	size_t start = at, end = MIN(size, at + PLAIN_MAX);
	uint32_t hash = TOKENS_HASH;
	unsigned upper = 0, doubles = 0;
	char *out = folded;

	for (; at < end; at++) {
		uint8_t c = (uint8_t)text[at], lower = folds[c];

		if (lower == 0) {
			if (c == 0xc3 && at + 1 < end)
				lower = fold_latin((uint8_t)text[at + 1]);
			if (lower == 0)
				break;
			*out++ = (char)c;
			hash = hash_byte(hash, c);
			doubles++;
			c = (uint8_t)text[++at];
		}
		*out++ = (char)lower;
		hash = hash_byte(hash, lower);
		upper += c != lower;
	}
	if (at == start || !plainly_ends(text, size, at))
		return false;
	word->end = at;
	word->letters = (unsigned)(at - start) - doubles;
	word->upper = upper;
	word->hash = hash;
	word->first_upper =
		folded[0] != text[start] ||
		((uint8_t)folded[0] == 0xc3 && folded[1] != text[start + 1]);
	return true;
}
