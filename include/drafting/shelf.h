/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/shelf - articles in memory, found by the words of a mail.
 *
 * For a few hundred articles and no database: what `tact template preview`
 * answers with. Stems that few articles have weigh more than those of many,
 * those of titles and tags more than those of the text.
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

#include "drafting/article.h"
#include "drafting/stem.h"

typedef struct Shelf Shelf;

/* `articles` are Article *, and outlive the Shelf. */
Shelf *shelf_new(const GPtrArray *articles);
void shelf_free(Shelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shelf, shelf_free)

/* At most `max` articles in that language, valid at `now`, the best first;
 * returns how many. `text` is what the mail says, subject and all. */
size_t shelf_find(const Shelf *shelf, Language language, const char *text,
                  int64_t now, const Article **ret_articles, size_t max);

/* Whether an article is about what a mail asks, whoever found it: two of the
 * mail's `words` (stem_words()) are in its title or tags. Its text mentions
 * much that it does not answer. */
bool article_answers(const Article *article, Stemmer *stemmer,
                     const char *const *words);

#endif
