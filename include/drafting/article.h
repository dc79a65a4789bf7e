/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/article - one piece of knowledge: an answer, told for several kinds
 * of readers.
 *
 * An article is a Markdown file, knowledge/LANGUAGE/ID.md below a rules folder;
 * tact-templates(5) has the format. Only the lines that begin with "## " and
 * the front matter are read as a language; the rest is plain text.
 *
 * Owns:    an Article is the caller's; its strings are borrowed from it.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX with file, line and remedy.
 * Threads: immutable after loading, so any.
 */
#ifndef DRAFTING_ARTICLE_H
#define DRAFTING_ARTICLE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/findings.h"

typedef enum ArticleSection {
	ARTICLE_SHORT,
	ARTICLE_STEPS,
	ARTICLE_DETAIL,
	ARTICLE_FIGURES,
	ARTICLE_PRICES,
	ARTICLE_SECTIONS,
} ArticleSection;

/* "Short", "Steps", ... */
const char *article_section_name(ArticleSection section);

/* Of the front matter. */
typedef enum ArticleKey {
	ARTICLE_TITLE,
	ARTICLE_TAGS,
	ARTICLE_ASKS,
	ARTICLE_NEVER,
	ARTICLE_REQUESTS,
	ARTICLE_VALID_FROM,
	ARTICLE_VALID_UNTIL,
	ARTICLE_KEYS,
} ArticleKey;

typedef struct Article {
	char *id; /* "password-reset": the file's name without .md */
	char *file;
	char *digest; /* SHA-256 of the file's bytes, in hex */
	Language language;
	char *title;
	char *tags;          /* "password, login"; "" for none */
	char *asks;          /* "forgot password, new login": each finds it */
	char *never;         /* "already, wrong amount": each forbids it */
	char *requests;      /* "support, billing"; "" for any */
	int64_t valid_from;  /* unix seconds, first of the day in UTC; 0 */
	int64_t valid_until; /* the second after the last day; INT64_MAX */
	/* Plain text with [[informal|formal]] in it; NULL: not there. Short
	 * always is. */
	char *section[ARTICLE_SECTIONS];
	unsigned line[ARTICLE_KEYS]; /* of the file; 0: not said */
} Article;

/* `file` stands for it in errors; its name, without folder and .md, is the id.
 */
Article *article_parse(const char *file, Language language, const char *text,
                       size_t size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void article_free(Article *article);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Article, article_free)

bool article_valid(const Article *article, int64_t now);
/* Its own, or Short. */
const char *article_section(const Article *article, ArticleSection section);

/*
 * Every knowledge/LANGUAGE/ID.md below the folders `dirs` (NULL-terminated), by
 * language and id. A file in a later folder replaces that of the same name; a
 * folder that is not there is skipped. The array owns the articles (of Article
 * *). Called for each bad file with `report`; without one the first is an
 * error.
 */
typedef void ArticleProblem(const char *file, unsigned line,
                            const char *message, void *data);
GPtrArray *articles_load(const char *const *dirs,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *articles_load_reporting(const char *const *dirs,
                                   ArticleProblem *report, void *data);

#endif
