/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/article_check - what is well formed in a site's articles and yet not
 * good: two that answer the same, one that ended, a language without one.
 *
 * Owns:    nothing; what the visitor is shown is valid during the visit.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_ARTICLE_CHECK_H
#define DRAFTING_ARTICLE_CHECK_H

#include "analysis/rules.h"
#include "drafting/article.h"

/* `error` false is a warning; `line` 0: none. */
typedef void ArticleRemark(bool error, const char *file, unsigned line,
                           const char *message, void *data);

/* `articles` are Article *; `rules` tell which requests there are, and may be
 * NULL. */
void articles_check(const GPtrArray *articles, const Rules *rules, int64_t now,
                    ArticleRemark *remark, void *data);

#endif
