/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/shelf - articles in memory, and those of them that answer a mail.
 *
 * An article that does not answer is worse than none: an honest reply that
 * somebody will look at it beats a wrong one. So each article must bring its
 * own proof, by the words that it says it is found by; see tact-templates(5).
 *
 * Owns:    a Shelf is the caller's; it borrows the articles.
 * Fails:   never.
 * Threads: immutable after shelf_new(), so any.
 */
#ifndef DRAFTING_SHELF_H
#define DRAFTING_SHELF_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "analysis/rules.h"
#include "drafting/article.h"
#include "drafting/stem.h"

/* From this score on an article answers. */
#define SHELF_ANSWERS 2.25
#define SHELF_MAX 8 /* that are found */

typedef struct Shelf Shelf;

/* `articles` are Article *, and outlive the Shelf. */
Shelf *shelf_new(const GPtrArray *articles);
void shelf_free(Shelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shelf, shelf_free)

/* What a mail says; both texts are UTF-8 and may be NULL. */
typedef struct Question {
	Language language;
	const char *subject, *text; /* without quotes and signature */
	const Findings *findings;   /* with the Rules that made them; both may
	                             * be NULL */
	const Rules *rules;
	int64_t now;
} Question;

/* At most `max` articles that answer, the best first; returns how many. */
size_t shelf_find(const Shelf *shelf, const Question *question,
                  const Article **ret_articles, size_t max);

/* "asks", "forgot password", 3.0: what speaks for an article or against it.
 * "request" and "mood": what the mail is like; `points` is a factor then. */
typedef void ShelfWhy(const char *kind, const char *text, double points,
                      void *data);
/* An article of which anything speaks. */
typedef void ShelfVisit(const Article *article, double score, void *data);

/* Each article that a mail has a word of, in their order: first its reasons,
 * then its score. */
void shelf_explain(const Shelf *shelf, const Question *question, ShelfWhy *why,
                   ShelfVisit *visit, void *data);

#endif
