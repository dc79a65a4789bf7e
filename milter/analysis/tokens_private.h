/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the tokenizer: characters, the scan of one field, what a word
 * with digits is, and the second pass that finds regions and sentences.
 */
#ifndef ANALYSIS_TOKENS_PRIVATE_H
#define ANALYSIS_TOKENS_PRIVATE_H

#include "analysis/tokens.h"

/* The same as char_at() and char_is_letter(), of what is not ASCII. */
uint32_t char_at_unicode(const char *text, size_t size, size_t at,
                         unsigned *ret_n);
bool char_is_letter_unicode(uint32_t c);

/* The character at `at` of valid UTF-8 and its length in bytes; U+FFFD, 1 for
 * what is not valid. At the end of the text: 0, 0. */
static inline uint32_t
char_at(const char *text, size_t size, size_t at, unsigned *ret_n)
{
	unsigned char c;

	*ret_n = 0;
	if (at >= size)
		return 0;
	c = (unsigned char)text[at];
	if (c >= 0x80)
		return char_at_unicode(text, size, at, ret_n);
	*ret_n = 1;
	return c;
}

static inline bool
char_is_letter(uint32_t c)
{
	if (c >= 0x80)
		return char_is_letter_unicode(c);
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool char_is_emoji(uint32_t c);
uint32_t char_lower(uint32_t c);

static inline bool
char_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool
char_is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

static inline bool
char_is_word(uint32_t c)
{
	return char_is_letter(c) || char_is_digit(c) || c == '_';
}

#define FOLDED_MAX 128 /* bytes of a word that count */

/* A word as it is read. */
typedef struct Word {
	char folded[FOLDED_MAX + 8];
	size_t length;
	unsigned letters, digits, upper;
	bool first_upper, apostrophe, dotted, underscore;
	uint32_t previous;
	size_t segment; /* characters since the last full stop */
} Word;

/* Reads the word at `at`; returns where it ends. */
size_t word_read(Word *word, const char *text, size_t size, size_t at);

/* A word of nothing but ASCII and Latin-1 letters. */
typedef struct PlainWord {
	size_t end; /* where it ends in the text; folding adds no byte */
	unsigned letters, upper;
	uint32_t hash;
	bool first_upper;
} PlainWord;

#define PLAIN_MAX 64 /* bytes */

/* Reads the word at `at` if it is plain and plainly ends, which spares
 * word_read(), email_at() and url_at(): what goes on as an address, a number
 * or with a mark inside is left to them. `folded` has room for PLAIN_MAX. */
bool word_read_plain(PlainWord *word, char *folded, const char *text,
                     size_t size, size_t at);

/* Appends the tokens of one field. */
void scan_field(Tokens *tokens, TokenField field);
/* For the scan: a new token with that folded form. NULL: no room. */
Token *tokens_add(Tokens *tokens, TokenField field, const char *folded,
                  size_t length);
/* Where the next folded form of at most `length` bytes may be written. NULL: no
 * room. */
char *tokens_reserve(Tokens *tokens, size_t length);
/* A token with the form that was written there, hashed already. */
Token *tokens_append(Tokens *tokens, TokenField field, size_t length,
                     uint32_t hash);

/* Is the token, folded, one of these `n` words? */
bool token_is_among(const Tokens *tokens, const Token *token,
                    const char *const *words, size_t n);

/* The classes of a word or number as written, UTF-8 of `n` bytes. */
uint32_t classify_word(const char *word, size_t n);
/* Adds what follows from neighbours: kl 14, 500 kr. */
void classify_neighbours(Tokens *tokens);

/* Length of the emoticon at `text`, its normal form in `ret_form`; 0: none. */
size_t emoticon_at(const char *text, size_t size, const char **ret_form);

/* The length of the address (URL) at `text`, which holds no blank; 0: none. */
size_t email_at(const char *text, size_t size);
size_t url_at(const char *text, size_t size);
/* The length of the pictograph at `text`, with modifiers, or of several joined
 * by U+200D; without modifiers in `folded`. */
size_t emoji_at(const char *text, size_t size, char *folded, size_t max,
                size_t *ret_length);
/* What a line of `n` bytes is; `indent` blanks stood before it. */
bool line_is_bullet(const char *line, size_t n);
bool line_is_quoted(const char *line, size_t n, size_t indent);

void regions_mark(Tokens *tokens);
void sentences_mark(Tokens *tokens);

#endif
