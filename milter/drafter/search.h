/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/search (private) - the articles that answer a mail.
 *
 * Owns:    articles are borrowed from the Kit.
 * Fails:   never: what cannot be searched finds nothing.
 * Threads: one.
 */
#ifndef DRAFTER_SEARCH_H
#define DRAFTER_SEARCH_H

#include "message/material.h"
#include "office.h"

/* The best first; how many. */
size_t search_articles(const Office *office, Language language,
                       const Material *material, const Findings *findings,
                       const Article *ret_articles[SEARCH_ARTICLES_MAX]);

#endif
