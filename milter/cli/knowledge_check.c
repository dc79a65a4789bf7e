/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/clock.h"
#include "drafting/article_check.h"
#include "knowledge.h"
#include "print.h"
#include "remarks.h"

static json_t *
count_articles(const GPtrArray *articles)
{
	json_t *counts = json_object();
	unsigned n[LANGUAGE_N] = { 0 };

	for (unsigned i = 0; i < articles->len; i++)
		n[((const Article *)articles->pdata[i])->language]++;
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		if (n[l] > 0)
			print_set_integer(counts, language_code((Language)l),
			                  n[l]);
	return counts;
}

static void
check_text(const json_t *value)
{
	const json_t *count;
	const char *code;

	remarks_print(value);
	fputs("articles:", stdout);
	json_object_foreach((json_t *)json_object_get(value, "articles"), code,
	                    count)
		printf(" %s %d", code, (int)json_integer_value(count));
	putchar('\n');
	remarks_print_counts(value);
}

int
knowledge_check(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open_untrained(options, &error);
	g_autoptr(GPtrArray) articles = NULL;
	const char *one[] = { NULL, NULL };
	const char *const *dirs;
	Remarks remarks;
	json_t *value;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	dirs = remarks_folders(options, context, one);
	remarks = remarks_begin();
	articles = articles_load_reporting(dirs, remarks_add_error, &remarks);
	articles_check(articles, context->rules, clock_wall() / G_USEC_PER_SEC,
	               remarks_add, &remarks);
	if (articles->len == 0 && remarks.errors == 0)
		remarks_add_error(dirs[g_strv_length((char **)dirs) - 1], 0,
		                  "no article; write knowledge/LANGUAGE/ID.md",
		                  &remarks);
	value = remarks_end(&remarks);
	json_object_set_new(value, "articles", count_articles(articles));
	print_value(options->json, value, check_text);
	return remarks.errors == 0 ? CLI_FINE : CLI_FOUND;
}
