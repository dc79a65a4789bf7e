/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/redact_private - what the files of analysis/redact share.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_REDACT_PRIVATE_H
#define ANALYSIS_REDACT_PRIVATE_H

#include "analysis/redact.h"

/* What a word says of the number or value after it. */
typedef enum RedactWord {
	REDACT_WORD_PHONE,
	REDACT_WORD_REFERENCE, /* an order, an article: no phone, no person */
	REDACT_WORD_NATIONAL,
	REDACT_WORD_COMPANY,
	REDACT_WORD_CARD,
	REDACT_WORD_SECRET,
	REDACT_WORD_CODE, /* a secret only when it is said to be one */
	REDACT_WORD_N,
} RedactWord;

/* REDACT_WORD_N for a word that says nothing. `word` is as written. */
RedactWord redact_word(const char *word, size_t size);
/* er, is, ist, är: what may stand between a keyword and its value. */
bool redact_is_copula(const char *word, size_t size);
/* kr, EUR, stk, GB: what makes a number an amount. */
bool redact_is_unit(const char *word, size_t size);

/* One pass over a text. */
typedef struct RedactScan {
	const char *text;
	size_t size;
	size_t at; /* the next byte to be read */
	RedactSpan *spans;
	size_t n, max;
	unsigned word;                /* how many were read, from 1000 */
	unsigned seen[REDACT_WORD_N]; /* the number of the last such word */
} RedactScan;

/* Was such a word among the last `words`? */
bool redact_near(const RedactScan *scan, RedactWord word, unsigned words);
/* Was `a` read after `b`, or `b` never? */
bool redact_nearer(const RedactScan *scan, RedactWord a, RedactWord b);
/* Notes a span and goes on after it. */
void redact_take(RedactScan *scan, size_t start, size_t end, RedactKind kind);
/* The byte at `at`, 0 past the end. */
char redact_byte(const RedactScan *scan, size_t at);
/* Is the byte at `at` of a letter or a digit, beyond ASCII too? A quote, a dash
 * or a blank beyond it ends a word as one within. False past the end. */
bool redact_is_word(const char *text, size_t size, size_t at);
bool redact_is_word_at(const RedactScan *scan, size_t at);
/* The end of the run of word bytes at `at`. */
size_t redact_word_end(const RedactScan *scan, size_t at);

/* `end`, or the start of the character that it stands within. */
size_t redact_whole(const RedactScan *scan, size_t end);

/* Each reads at scan->at, the start of a word or a mark, and says whether it
 * went on. */
bool redact_read_secret_form(RedactScan *scan); /* sk-..., eyJ..., PEM */
bool redact_read_secret_value(RedactScan *scan, RedactWord word, size_t end);
bool redact_read_url(RedactScan *scan);
bool redact_read_email(RedactScan *scan);
bool redact_read_lettered(RedactScan *scan); /* IBAN, DK12345678 */
bool redact_read_number(RedactScan *scan);

/* Of `n` digits as text. */
bool redact_luhn(const char *digits, size_t n);
bool redact_weighted(const char *digits, const char *weights, size_t n,
                     unsigned modulus);
bool redact_fodselsnummer(const char *digits); /* 11 */
bool redact_steuer_id(const char *digits);     /* 11 */
bool redact_mod_11_10(const char *digits, size_t n);
bool redact_cpr_date(const char *digits);     /* 10 */
bool redact_cpr_mod_11(const char *digits);   /* 10 */
bool redact_personnummer(const char *digits); /* 10, the last ones */
bool redact_orgnr_se(const char *digits);     /* 10 */
bool redact_orgnr_no(const char *digits);     /* 9 */
bool redact_orgnr_fi(const char *digits);     /* 8 */
bool redact_cvr(const char *digits);          /* 8 */
bool redact_card(const char *digits, size_t n);
/* `text` of 11 bytes: ddmmyyCzzzQ. */
bool redact_hetu(const char *text);
/* Letters and digits without spaces. */
bool redact_iban(const char *text, size_t n);
/* How long the IBANs of that country are; 0 when it has none. */
size_t redact_iban_length(const char *country);

/* As redact_find(), of those kinds and what looks like a placeholder. */
size_t redact_find_kinds(const char *text, size_t size, unsigned kinds,
                         RedactSpan *ret_spans, size_t max);

/* A placeholder at the start of `text`: its bytes, 0 when there is none. A
 * model may spell it <PHONE_1>, [phone 1], {PHONE-1} or PHONE_1; the last only
 * as a word of its own, which `before`, the byte before it, tells. */
size_t redact_placeholder(const char *text, size_t size, char before,
                          RedactKind *ret_kind, unsigned *ret_number);

#endif
