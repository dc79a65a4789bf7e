/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/told_words (private) - the words by which drafting/told knows what
 * a number is: "ordrenr", "Rechnung", "case".
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_TOLD_WORDS_H
#define DRAFTING_TOLD_WORDS_H

#include "told.h"

/* What a word in small letters says of the number behind it. */
typedef struct Label {
	ToldKind kind;
	bool number; /* it says that it is one: "ordrenummer" */
} Label;

bool told_label(Language language, const char *word, Label *ret_label);
/* "nr", "no", "#" */
bool told_is_number_word(const char *word);
/* What may stand between a label and its number: "is", "mit der". */
bool told_is_filler(const char *word);
/* "stk" and "kr": what makes of a number an amount of something else than
 * pieces. */
bool told_is_measure(const char *word);
/* "kr", "stk": what stood before was no number of anything. */
bool told_is_amount(const char *word);
/* A day of the week, a month, "tomorrow". */
bool told_is_day(Language language, const char *word);
/* "attached" */
bool told_is_attached(Language language, const char *word);
/* "version", "firmware"; "error", "code" */
bool told_is_version_word(const char *word);
bool told_is_error_word(const char *word);

#endif
