/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/gaps - what customers asked that nothing answered, counted so that
 * no one's words are shown.
 *
 * Questions are grouped by language and request. A word is told when it stands,
 * by its stem, in the questions of at least GAPS_PEOPLE people; and as it was
 * written only when so many wrote it so. A customer is one, from whichever
 * address, and of others each address is.
 *
 * Owns:    Gaps is the caller's; groups are valid during their visit.
 * Fails:   never; of a question the first GAPS_QUESTION_WORDS words count.
 * Threads: one.
 */
#ifndef DRAFTING_GAPS_H
#define DRAFTING_GAPS_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/findings.h"

#define GAPS_PEOPLE 3
#define GAPS_WORDS 12 /* of a group, the most frequent ones */
#define GAPS_QUESTION_WORDS 300

typedef struct Gaps Gaps;

typedef struct GapQuestion {
	Language language;
	const char *request; /* "" for none */
	int64_t person;      /* 0: who is not known; all of them are one */
	const char *text;    /* valid UTF-8 */
} GapQuestion;

/* What is kept of a question, to be sealed; `writer` is the address. */
char *gap_text_make(const char *writer, const char *subject, const char *text);
/* What was said in it, and who: a number that is `customer`, if there is one,
 * and never that of a customer else. `made` may be anything. */
const char *gap_text_read(const char *made, int64_t customer,
                          int64_t *ret_person);

typedef struct GapWord {
	const char *word;
	unsigned people;
} GapWord;

typedef struct GapGroup {
	Language language;
	const char *request;
	unsigned questions, people;
	GapWord words[GAPS_WORDS]; /* those of most people first */
	size_t n_words;
} GapGroup;

Gaps *gaps_new(void);
void gaps_free(Gaps *gaps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gaps, gaps_free)

void gaps_add(Gaps *gaps, const GapQuestion *question);

typedef void GapVisit(const GapGroup *group, void *data);
/* Those of most questions first. */
void gaps_each(const Gaps *gaps, GapVisit *visit, void *data);

#endif
