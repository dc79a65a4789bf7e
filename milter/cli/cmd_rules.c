/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "analysis/model.h"
#include "base/error.h"
#include "base/text.h"
#include "context.h"
#include "print.h"

static void
add_failure(const char *file, unsigned line, const char *message, void *data)
{
	json_t *failure = json_object();

	print_set_string(failure, "file", file);
	print_set_integer(failure, "line", line);
	print_set_string(failure, "message", message);
	json_array_append_new(data, failure);
}

static void
add_language(Language language, unsigned cues, unsigned examples, void *data)
{
	json_t *object = json_object();

	print_set_string(object, "language",
	                 language == LANGUAGE_UND ? "all"
	                                          : language_code(language));
	print_set_integer(object, "cues", cues);
	print_set_integer(object, "examples", examples);
	json_array_append_new(data, object);
}

/* The findings that the model knows; null: no model. */
static json_t *
model_value(const Rules *rules)
{
	const Model *model = rules_model(rules);
	json_t *findings = json_array();

	if (model == NULL) {
		json_decref(findings);
		return json_null();
	}
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (model_knows(model, f))
			json_array_append_new(
				findings,
				json_string(rules_finding_name(rules, f)));
	return findings;
}

static void
model_text(const json_t *model)
{
	const json_t *name;
	size_t i;

	if (json_is_null(model)) {
		puts("no model: findings are told by the rules alone");
		return;
	}
	printf("the model tells");
	json_array_foreach(model, i, name)
		printf(" %s", json_string_value(name));
	puts(json_array_size(model) > 0 ? "" : " no finding of these rules");
}

static void
language_text(const json_t *value)
{
	gint64 cues = print_integer(value, "cues");
	gint64 examples = print_integer(value, "examples");

	printf("%-4s %5d %-4s %6d %s\n", print_string(value, "language"),
	       (int)cues, text_noun(cues, "cue", "cues"), (int)examples,
	       text_noun(examples, "example", "examples"));
}

static void
rules_text(const json_t *value)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(value, "failures"), i, item)
		printf("%s:%d: %s\n", print_string(item, "file"),
	               (int)print_integer(item, "line"),
	               print_string(item, "message"));
	json_array_foreach(json_object_get(value, "languages"), i, item)
		language_text(item);
	model_text(json_object_get(value, "model"));
	print_count(value, "examples", "example run", "examples run");
	printf(", %zu failed\n",
	       json_array_size(json_object_get(value, "failures")));
}

/* Those of blocked.rules, which are for drafts; how many were run. A site
 * whose folders have none drafts nothing, and misses none. */
static unsigned
check_blocked(const Context *context, json_t *failures)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) blocked =
		rules_load_blocked((const char *const *)context->dirs, &error);

	if (blocked != NULL)
		return rules_check_examples(blocked, add_failure, failures);
	if (!g_error_matches(error, BASE_ERROR, BASE_ERROR_IO))
		add_failure("blocked.rules", 0, error->message, failures);
	return 0;
}

int
cmd_rules(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open(options, &error);
	json_t *value, *failures, *languages;
	unsigned run;
	bool good;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	failures = json_array();
	languages = json_array();
	run = rules_check_examples(context->rules, add_failure, failures) +
	      check_blocked(context, failures);
	rules_summarise(context->rules, add_language, languages);
	good = json_array_size(failures) == 0;
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_bool(value, "ok", good);
	print_set_integer(value, "examples", run);
	json_object_set_new(value, "languages", languages);
	json_object_set_new(value, "model", model_value(context->rules));
	json_object_set_new(value, "failures", failures);
	print_value(options->json, value, rules_text);
	return good ? CLI_FINE : CLI_FOUND;
}
