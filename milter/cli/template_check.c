/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "context.h"
#include "drafting/article.h"
#include "drafting/checks.h"
#include "drafting/template.h"
#include "print.h"
#include "template.h"

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

/* What no draft may say, no module may: its replies would all be refused. */
typedef struct Forbidden {
	const Rules *rules, *blocked;
	Remarks *remarks;
	GHashTable *told; /* places and words, once for both forms */
} Forbidden;

static bool
is_phrase(Check check)
{
	return check == CHECK_BLOCKED || check == CHECK_PROMISE ||
	       check == CHECK_REFUSAL || check == CHECK_PROMPT_LEAK;
}

static void
check_phrases(Language language, const char *file, unsigned line,
              const char *text, void *data)
{
	const Forbidden *forbidden = data;
	CheckInput input = { .text = text,
		             .language = language,
		             .rules = forbidden->rules,
		             .blocked = forbidden->blocked };
	g_auto(CheckResult) result = { 0 };

	if (checks_run(&input, &result))
		return;
	for (unsigned i = 0; i < result.remarks->len; i++) {
		const CheckRemark *remark =
			&g_array_index(result.remarks, CheckRemark, i);
		g_autofree char *message = NULL;

		if (!is_phrase(remark->check) ||
		    !g_hash_table_add(forbidden->told,
		                      g_strdup_printf("%s:%u:%s", file, line,
		                                      remark->words)))
			continue;
		message = g_strdup_printf("'%s': no draft may say that (%s); "
		                          "say it in other words",
		                          remark->words,
		                          check_name(remark->check));
		add_remark(true, file, line, message, forbidden->remarks);
	}
}

/* Folders without blocked.rules forbid nothing. */
static void
check_forbidden(const Pack *pack, const Context *context, Remarks *remarks)
{
	const char *const *dirs = (const char *const *)context->dirs;
	g_autoptr(Rules) blocked = rules_load_blocked(dirs, NULL);
	g_autoptr(GHashTable) told =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Forbidden forbidden = { context->rules, blocked, remarks, told };

	if (blocked == NULL)
		return;
	pack_each(pack, ADDRESS_INFORMAL, check_phrases, &forbidden);
	pack_each(pack, ADDRESS_FORMAL, check_phrases, &forbidden);
}

static unsigned
count_articles(const GPtrArray *articles, Language language)
{
	unsigned n = 0;

	for (unsigned i = 0; i < articles->len; i++) {
		const Article *article = articles->pdata[i];

		n += article->language == language;
	}
	return n;
}

/* NULL: there is nothing in that language. */
static json_t *
language_value(const Pack *pack, const GPtrArray *articles, Language language)
{
	json_t *value = json_object();
	json_t *slots = json_object();
	unsigned known = count_articles(articles, language);
	unsigned n = 0;

	for (unsigned s = 0; s < SLOT_N; s++) {
		unsigned modules = pack_count(pack, language, (Slot)s);

		n += modules;
		print_set_integer(slots, slot_name((Slot)s), modules);
	}
	print_set_string(value, "language", language_code(language));
	print_set_integer(value, "modules", n);
	json_object_set_new(value, "slots", slots);
	print_set_integer(value, "articles", known);
	if (n + known > 0)
		return value;
	json_decref(value);
	return NULL;
}

static void
remark_text(const json_t *remark)
{
	int line = (int)print_integer(remark, "line");

	printf("%s:", print_string(remark, "file"));
	if (line > 0)
		printf("%d:", line);
	printf(" %s: %s\n", print_string(remark, "kind"),
	       print_string(remark, "message"));
}

static void
check_text(const json_t *value)
{
	const json_t *item, *count;
	const char *slot;
	size_t i;

	json_array_foreach(json_object_get(value, "remarks"), i, item)
		remark_text(item);
	json_array_foreach(json_object_get(value, "languages"), i, item)
	{
		printf("%-3s modules %d:", print_string(item, "language"),
		       (int)print_integer(item, "modules"));
		json_object_foreach((json_t *)json_object_get(item, "slots"),
		                    slot, count)
			printf(" %s %d", slot, (int)json_integer_value(count));
		printf("; articles %d\n", (int)print_integer(item, "articles"));
	}
	printf("errors: %d, warnings: %d\n",
	       (int)print_integer(value, "errors"),
	       (int)print_integer(value, "warnings"));
}

static json_t *
check_value(const Pack *pack, const GPtrArray *articles, const Remarks *remarks)
{
	json_t *value = json_object();
	json_t *languages = json_array();

	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		json_t *item = language_value(pack, articles, (Language)l);

		if (item != NULL)
			json_array_append_new(languages, item);
	}
	print_set_integer(value, "schema", 1);
	print_set_bool(value, "ok", remarks->errors == 0);
	print_set_integer(value, "errors", remarks->errors);
	print_set_integer(value, "warnings", remarks->warnings);
	json_object_set_new(value, "languages", languages);
	json_object_set_new(value, "remarks", remarks->list);
	return value;
}

static bool
is_empty(const Pack *pack)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		for (unsigned s = 0; s < SLOT_N; s++)
			if (pack_count(pack, (Language)l, (Slot)s) > 0)
				return false;
	return true;
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
template_check(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open_untrained(options, &error);
	g_autoptr(GPtrArray) articles = NULL;
	g_autoptr(Pack) pack = NULL;
	const char *one[] = { NULL, NULL };
	const char *const *dirs;
	Remarks remarks = { 0 };

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	dirs = folders(options, context, one);
	remarks.list = json_array();
	pack = pack_load_reporting(dirs, context->rules, add_problem, &remarks);
	articles = articles_load_reporting(dirs, add_problem, &remarks);
	pack_check(pack, add_remark, &remarks);
	check_forbidden(pack, context, &remarks);
	if (is_empty(pack))
		add_problem(dirs[0], 0,
		            "no module; write templates/LANGUAGE/SLOT.md",
		            &remarks);
	print_value(options->json, check_value(pack, articles, &remarks),
	            check_text);
	return remarks.errors == 0 ? CLI_FINE : CLI_FOUND;
}
