/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/clock.h"
#include "context.h"
#include "drafting/article_check.h"
#include "knowledge.h"
#include "print.h"

typedef struct Remarks {
	json_t *list;
	unsigned errors, warnings;
} Remarks;

static void
add_remark(bool error, const char *file, unsigned line, const char *message,
           void *data)
{
	Remarks *remarks = data;
	json_t *remark = json_object();
	g_autofree char *name = print_name(file);

	print_set_string(remark, "kind", error ? "error" : "warning");
	print_set_string(remark, "file", name);
	print_set_integer(remark, "line", line);
	print_set_string(remark, "message", message);
	json_array_append_new(remarks->list, remark);
	remarks->errors += error;
	remarks->warnings += !error;
}

static void
add_problem(const char *file, unsigned line, const char *message, void *data)
{
	add_remark(true, file, line, message, data);
}

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
	const json_t *item, *count;
	const char *code;
	size_t i;

	json_array_foreach(json_object_get(value, "remarks"), i, item)
	{
		int line = (int)print_integer(item, "line");

		printf("%s:", print_string(item, "file"));
		if (line > 0)
			printf("%d:", line);
		printf(" %s: %s\n", print_string(item, "kind"),
		       print_string(item, "message"));
	}
	fputs("articles:", stdout);
	json_object_foreach((json_t *)json_object_get(value, "articles"), code,
	                    count)
		printf(" %s %d", code, (int)json_integer_value(count));
	printf("\nerrors: %d, warnings: %d\n",
	       (int)print_integer(value, "errors"),
	       (int)print_integer(value, "warnings"));
}

static json_t *
check_value(const GPtrArray *articles, const Remarks *remarks)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_bool(value, "ok", remarks->errors == 0);
	print_set_integer(value, "errors", remarks->errors);
	print_set_integer(value, "warnings", remarks->warnings);
	json_object_set_new(value, "articles", count_articles(articles));
	json_object_set_new(value, "remarks", remarks->list);
	return value;
}

/* The folder that was named stands for all others. */
static const char *const *
folders(const Options *options, const Context *context, const char **one)
{
	if (options->n_arguments < 2)
		return (const char *const *)context->dirs;
	one[0] = options->arguments[1];
	return one;
}

int
knowledge_check(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open_untrained(options, &error);
	g_autoptr(GPtrArray) articles = NULL;
	const char *one[] = { NULL, NULL };
	const char *const *dirs;
	Remarks remarks = { 0 };

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	dirs = folders(options, context, one);
	remarks.list = json_array();
	articles = articles_load_reporting(dirs, add_problem, &remarks);
	articles_check(articles, context->rules, clock_wall() / G_USEC_PER_SEC,
	               add_remark, &remarks);
	if (articles->len == 0 && remarks.errors == 0)
		add_problem(dirs[0], 0,
		            "no article; write knowledge/LANGUAGE/ID.md",
		            &remarks);
	print_value(options->json, check_value(articles, &remarks), check_text);
	return remarks.errors == 0 ? CLI_FINE : CLI_FOUND;
}
