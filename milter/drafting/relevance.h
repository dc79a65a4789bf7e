/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/relevance (private) - does an article answer a mail?
 *
 * The one place that decides. An article is found by its clues: `asks`, of
 * which one suffices; `tags`, of which two do, or one of several words; words
 * of its title, which help. A clue of several words holds where all of them
 * stand near each other in one sentence. A word that several articles have
 * tells less of each. `never` forbids.
 *
 * Owns:    Clues are the caller's, and borrow the article.
 * Fails:   never.
 * Threads: immutable after clues_new(), so any.
 */
#ifndef DRAFTING_RELEVANCE_H
#define DRAFTING_RELEVANCE_H

#include "book.h"
#include "drafting/article.h"
#include "drafting/shelf.h"

typedef struct Clues Clues;

/* Words of the article become words of the book. */
Clues *clues_new(const Article *article, Book *book, Stemmer *stemmer);
void clues_free(Clues *clues);
/* Counts in `counts` (by number) that this article has a word. */
void clues_count(const Clues *clues, unsigned *counts);

/* What a mail is, beside its words. */
typedef struct Temper {
	const char *request; /* "" when not known */
	bool pleased, cross;
} Temper;

Temper temper_of(const Question *question);

/* `counts`: of how many articles a word is. `why` may be NULL. */
double clues_weigh(const Clues *clues, const Reading *reading,
                   const Temper *temper, const unsigned *counts, ShelfWhy *why,
                   void *data);

#endif
