/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/quote, its parts: lines of a mail and what each of them is.
 *
 * Every matcher looks at a fixed number of lines from the one given, so that
 * the whole stays linear.
 *
 * Owns:    QuoteLines is the caller's; it borrows the text.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_QUOTE_LINES_H
#define MESSAGE_QUOTE_LINES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum QuoteKind {
	QUOTE_NEW,
	QUOTE_QUOTED,
	QUOTE_SIGNATURE,
	QUOTE_FOOTER,
} QuoteKind;

typedef struct QuoteLine {
	const char *text; /* as written, `size` bytes */
	size_t size;
	const char *fold; /* case folded, no asterisks, plain blanks, trimmed */
	QuoteKind kind;
	bool blank;
	bool marked; /* with a leading > */
	bool ends;   /* as an attribution may: a colon or dash last */
} QuoteLine;

typedef struct QuoteLines {
	QuoteLine *at;
	size_t n;
	char *folds;
} QuoteLines;

void quote_lines_init(QuoteLines *lines, const char *text);
void quote_lines_clear(QuoteLines *lines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(QuoteLines, quote_lines_clear)

/* The first line from `i` on that is not blank; n past the end. */
size_t quote_next_filled(const QuoteLines *lines, size_t i);
/* Words, separated by blanks. */
size_t quote_count_words(const char *fold);
/* `word` stands in `fold` with no letter or digit beside it; where. */
const char *quote_find_word(const char *fold, const char *word);
bool quote_ends_with_colon(const char *fold);
/* Only signs that people and programs draw rules with, three at least. */
bool quote_is_rule(const QuoteLine *line);

/* "On ... wrote:" from line `i`: how many lines it takes, 0 for none. */
size_t quote_attribution(const QuoteLines *lines, size_t i);
/* "From: ... Sent: ..." from line `i`: how many lines, 0 for none. */
size_t quote_header_block(const QuoteLines *lines, size_t i);
/* "-----Original Message-----" and the lines that belong to it. */
size_t quote_divider(const QuoteLines *lines, size_t i);
/* Marks mobile footers, advertisements and disclaimers among new lines. */
void quote_mark_footers(QuoteLines *lines);
/* Marks what follows the closing phrase or stands last in lines from
 * `start` to before `end`. */
void quote_mark_signature(QuoteLines *lines, size_t start, size_t end);

#endif
