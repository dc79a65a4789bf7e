/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/quote, its parts: words of closings and signatures, da sv nb de en
 * fr es nl fi it pl, in folded case.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_QUOTE_WORDS_H
#define MESSAGE_QUOTE_WORDS_H

#include <stdbool.h>

typedef enum QuoteWords {
	QUOTE_STARTS_STRONG,  /* "best regards": a name or nothing follows */
	QUOTE_STARTS_WEAK,    /* "thanks": text may follow */
	QUOTE_STARTS_FREE,    /* "with": may open a closing of one's own */
	QUOTE_WORDS_CLOSING,  /* anywhere in a short line: "hilsen" */
	QUOTE_WORDS_CONTACT,  /* "tel", "mobil" */
	QUOTE_WORDS_COMPANY,  /* "gmbh", "a/s" */
	QUOTE_WORDS_SENTENCE, /* verbs and pronouns of running text */
	QUOTE_PARTS_TITLE,    /* parts of words: "ingenieur", "leiter" */
	QUOTE_WORDS_N,
} QuoteWords;

/* `fold` starts with one of the list, and a word ends there. */
bool quote_starts_with(const char *fold, QuoteWords list);
/* One of the list stands in `fold` as a word of its own. */
bool quote_has_word(const char *fold, QuoteWords list);
/* ... or as a part of one. */
bool quote_has_part(const char *fold, QuoteWords list);

#endif
