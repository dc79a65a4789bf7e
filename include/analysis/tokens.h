/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/tokens - the words and marks of a mail, with what kind each is.
 *
 * One linear pass over subject, new text and signature. Words are folded to
 * lower case; a typographic apostrophe becomes ', runs of marks one mark.
 *
 * Owns:    a Tokens is the caller's; it borrows the texts it was read from.
 * Fails:   never; past LIMIT_TOKENS, or LIMIT_ANALYSE_TEXT bytes of a text,
 *          nothing more is read (`truncated`).
 * Threads: any, one Tokens a thread.
 */
#ifndef ANALYSIS_TOKENS_H
#define ANALYSIS_TOKENS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum TokenField {
	FIELD_SUBJECT,
	FIELD_TEXT,
	FIELD_SIGNATURE,
	FIELD_N,
} TokenField;

/* Where in the mail a token stands; a set of bits. The greeting, the closing
 * and the opening are parts of the text. */
typedef enum TokenRegion {
	REGION_SUBJECT = 1 << 0,
	REGION_TEXT = 1 << 1,
	REGION_GREETING = 1 << 2,
	REGION_CLOSING = 1 << 3,
	REGION_OPENING = 1 << 4,
	REGION_SIGNATURE = 1 << 5,
	REGION_ANY = (1 << 6) - 1,
} TokenRegion;

/* What a token is; a set of bits. The first TOKEN_CLASSES are <classes> of the
 * rules language, in the order of token_class_names. */
typedef enum TokenClass {
	TOKEN_NUM = 1 << 0,
	TOKEN_TIME = 1 << 1,
	TOKEN_DATE = 1 << 2,
	TOKEN_AMOUNT = 1 << 3,
	TOKEN_CODE = 1 << 4,
	TOKEN_VERSION = 1 << 5,
	TOKEN_URL = 1 << 6,
	TOKEN_EMAIL = 1 << 7,
	TOKEN_CAPS = 1 << 8,
	TOKEN_NAME = 1 << 9,
	TOKEN_EMOJI = 1 << 10,
	TOKEN_WORD = 1 << 11,
	TOKEN_MARK = 1 << 12,
	TOKEN_EMOTICON = 1 << 13,
	TOKEN_BARRIER = 1 << 14,    /* a mark that no phrase crosses unasked */
	TOKEN_STOP = 1 << 15,       /* a mark that ends a sentence */
	TOKEN_SKIP = 1 << 16,       /* a mark that phrases pass over */
	TOKEN_LINE_START = 1 << 17, /* the first word of its line */
	TOKEN_PARAGRAPH = 1 << 18,  /* the first token after a blank line */
	TOKEN_BULLET = 1 << 19,     /* the first token of a list's line */
	TOKEN_UPPER = 1 << 20,      /* begins with a capital letter */
	TOKEN_LOWER = 1 << 21,      /* begins with a small letter */
	TOKEN_APOSTROPHE = 1 << 22, /* has one inside */
	TOKEN_CURRENCY = 1 << 23,   /* a number beside a currency sign */
	TOKEN_DOTTED = 1 << 24,     /* has a full stop inside */
} TokenClass;

#define TOKEN_CLASSES 11
extern const char *const token_class_names[TOKEN_CLASSES];

typedef struct Token {
	uint32_t start, end; /* bytes in the text of its field */
	uint32_t folded;     /* offset of the folded form in Tokens.folded */
	uint32_t hash;       /* of the folded form: tokens_hash() */
	uint32_t classes;    /* TokenClass */
	uint16_t length;     /* bytes of the folded form */
	uint16_t letters;    /* letters and digits */
	uint16_t sentence;
	uint16_t line;
	uint8_t field;   /* TokenField */
	uint8_t regions; /* TokenRegion */
} Token;

/* What is counted of the new text while it is read. */
typedef struct TokenCounts {
	unsigned characters;
	unsigned digits;
	unsigned lines;      /* that are not blank */
	unsigned paragraphs; /* parted by blank lines */
	unsigned bullets;
	unsigned quotes; /* lines in quotes or code */
} TokenCounts;

typedef struct Tokens {
	const char *text[FIELD_N];
	size_t size[FIELD_N];
	Token *token;
	unsigned n;
	unsigned first[FIELD_N + 1]; /* the field's tokens: first[f] to
	                              * first[f + 1] */
	char *folded;
	size_t folded_size;
	unsigned sentences;
	TokenCounts counts;
	bool greeting, closing; /* the text has one */
	bool truncated;
	/* private */
	bool full; /* LIMIT_TOKENS */
	unsigned allocated;
	size_t folded_allocated;
} Tokens;

/* The texts are valid, sanitised UTF-8; NULL is "". */
Tokens *tokens_read(const char *subject, const char *text,
                    const char *signature);
void tokens_free(Tokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tokens, tokens_free)

/* FNV-1a, to be continued: start with TOKENS_HASH. */
#define TOKENS_HASH 2166136261u
static inline uint32_t
tokens_hash(uint32_t hash, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash;
}

static inline const char *
tokens_folded(const Tokens *tokens, const Token *token)
{
	return tokens->folded + token->folded;
}

#endif
