/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "drafting/article.h"
#include "drafting/checks.h"
#include "drafting/template.h"
#include "print.h"
#include "remarks.h"
#include "template.h"

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
		remarks_add(true, file, line, message, forbidden->remarks);
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
check_text(const json_t *value)
{
	const json_t *item, *count;
	const char *slot;
	size_t i;

	remarks_print(value);
	json_array_foreach(json_object_get(value, "languages"), i, item)
	{
		printf("%-3s modules %d:", print_string(item, "language"),
		       (int)print_integer(item, "modules"));
		json_object_foreach((json_t *)json_object_get(item, "slots"),
		                    slot, count)
			printf(" %s %d", slot, (int)json_integer_value(count));
		printf("; articles %d\n", (int)print_integer(item, "articles"));
	}
	remarks_print_counts(value);
}

static json_t *
count_languages(const Pack *pack, const GPtrArray *articles)
{
	json_t *languages = json_array();

	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		json_t *item = language_value(pack, articles, (Language)l);

		if (item != NULL)
			json_array_append_new(languages, item);
	}
	return languages;
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

int
template_check(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open_untrained(options, &error);
	g_autoptr(GPtrArray) articles = NULL;
	g_autoptr(Pack) pack = NULL;
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
	pack = pack_load_reporting(dirs, context->rules, remarks_add_error,
	                           &remarks);
	articles = articles_load_reporting(dirs, remarks_add_error, &remarks);
	pack_check(pack, remarks_add, &remarks);
	check_forbidden(pack, context, &remarks);
	if (is_empty(pack))
		remarks_add_error(dirs[0], 0,
		                  "no module; write templates/LANGUAGE/SLOT.md",
		                  &remarks);
	value = remarks_end(&remarks);
	json_object_set_new(value, "languages",
	                    count_languages(pack, articles));
	print_value(options->json, value, check_text);
	return remarks.errors == 0 ? CLI_FINE : CLI_FOUND;
}
