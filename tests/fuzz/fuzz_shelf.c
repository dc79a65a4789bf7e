/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail against articles: up to a NUL an article's front matter, behind it the
 * mail. Who is found was explained, with the score that finds it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drafting/gaps.h"
#include "drafting/shelf.h"

typedef struct Best {
	const Article *article;
	double score;
} Best;

static void
take(const Article *article, double score, void *data)
{
	Best *best = data;

	if (score < 0)
		abort();
	if (best->article == NULL || score > best->score)
		*best = (Best){ article, score };
}

static void
read_why(const char *kind, const char *text, double points, void *data)
{
	(void)data;
	if (kind[0] == '\0' || !g_utf8_validate(text, -1, NULL) || points < 0)
		abort();
}

static void
read_group(const GapGroup *group, void *data)
{
	(void)data;
	for (size_t i = 0; i < group->n_words; i++)
		if (group->words[i].people < GAPS_PEOPLE)
			abort();
}

static void
read_gap(const char *text, int64_t customer)
{
	g_autofree char *made = gap_text_make(text, "s", text);
	int64_t one, other;
	const char *said = gap_text_read(made, customer, &one);

	if (!g_str_has_prefix(said, "s\n") || (customer > 0) != (one > 0) ||
	    gap_text_read(text, customer, &other) < text)
		abort();
}

static void
try(GPtrArray *articles, Language language, const char *text)
{
	g_autoptr(Shelf) shelf = shelf_new(articles);
	g_autoptr(Gaps) gaps = gaps_new();
	const Question question = {
		.language = language, .subject = text, .text = text, .now = 1
	};
	const Article *found = NULL;
	size_t n = shelf_find(shelf, &question, &found, 1);
	Best best = { NULL, 0 };

	shelf_explain(shelf, &question, read_why, take, &best);
	if ((n > 0) != (best.score >= SHELF_ANSWERS) ||
	    (n > 0 && found != best.article))
		abort();
	for (int64_t i = 0; i < 4; i++) {
		gaps_add(gaps, &(const GapQuestion){ language, "", i, text });
		read_gap(text, i);
	}
	gaps_each(gaps, read_group, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(GPtrArray) articles = g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))article_free);
	const uint8_t *nul = size > 0 ? memchr(bytes, '\0', size) : NULL;
	size_t front = nul != NULL ? (size_t)(nul - bytes) : size;
	g_autofree char *file =
		g_strdup_printf("---\ntitle: T\n%.*s\n---\n## Short\nS\n",
	                        (int)front, (const char *)bytes);
	const char *rest = nul != NULL ? (const char *)nul + 1 : "";
	g_autofree char *text = g_utf8_make_valid(
		rest, nul != NULL ? (gssize)(size - front - 1) : 0);
	Language language = (Language)(size % LANGUAGE_N);
	Article *article =
		article_parse("a.md", language, file, strlen(file), NULL);

	if (article == NULL)
		return 0;
	g_ptr_array_add(articles, article);
	try(articles, language, text);
	return 0;
}
