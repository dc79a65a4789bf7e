/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis-bench - what the rules cost: loading, and texts of 2 and 32 KB.
 *
 *     analysis-bench [RULES_DIR [LANG TEXT_FILE]...]
 *
 * Without files, the texts are made from the examples in the rule files, so
 * that they hold far more cues than mail does. The best of several runs, and
 * what twice the text costs against the text.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/features.h"
#include "analysis/heads.h"
#include "analysis/language.h"
#include "analysis/model.h"

#define RUNS 100

/* Microseconds of this thread alone: the machine may be busy. */
static int64_t
cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* All examples of a language's file, one after the other. */
static char *
examples_of(const char *dir, const char *code)
{
	g_autofree char *name = g_strconcat(code, ".rules", NULL);
	g_autofree char *path = g_build_filename(dir, "lang", name, NULL);
	g_autofree char *file = NULL;
	g_auto(GStrv) lines = NULL;
	GString *text = g_string_new("");

	if (g_file_get_contents(path, &file, NULL, NULL)) {
		lines = g_strsplit(file, "\n", 0);
		for (unsigned i = 0; lines[i] != NULL; i++) {
			const char *line = g_strstrip(lines[i]);

			if (g_str_has_prefix(line, "match ") ||
			    g_str_has_prefix(line, "no-match "))
				g_string_append_printf(
					text, "%s%s", strchr(line, ' ') + 1,
					i % 5 == 0 ? "\n\n" : " ");
		}
	}
	return g_string_free(text, FALSE);
}

/* `size` bytes of `source`, repeated if need be, cut at a blank. */
static char *
text_of_size(const char *source, size_t size)
{
	GString *text = g_string_new("");

	while (source[0] != '\0' && text->len < size)
		g_string_append(text, source);
	g_string_truncate(text, MIN(text->len, size));
	while (text->len > 0 && text->str[text->len - 1] != ' ')
		g_string_truncate(text, text->len - 1);
	return g_string_free(text, FALSE);
}

typedef struct Bench {
	const Rules *rules;
	const LanguageProfile *profile; /* or NULL */
	Language language;
} Bench;

/* What one text costs, in microseconds. */
typedef struct Cost {
	int64_t read, identify, judge;
} Cost;

/* As an analyser does it: no reasons. */
static Cost
cost_once(const Bench *bench, const char *body)
{
	FeatureText text = { .text = body };
	int64_t start = cpu_time(), read, identified;
	g_autoptr(Features) features =
		features_read(bench->rules, bench->language, &text);
	HeadSums sums = { 0 };
	Findings findings;
	unsigned score;

	read = cpu_time();
	if (bench->profile != NULL)
		(void)language_identify(bench->profile, body, strlen(body),
		                        &score);
	identified = cpu_time();
	heads_add_rules(bench->rules, features, &sums);
	if (rules_model(bench->rules) != NULL)
		model_judge(rules_model(bench->rules), features, &sums);
	heads_decide(bench->rules, &sums, &findings);
	heads_explain(bench->rules, features, &findings);
	return (Cost){ read - start, identified - read,
		       cpu_time() - identified };
}

static Cost
best_cost(const Bench *bench, const char *source, size_t size)
{
	g_autofree char *text = text_of_size(source, size);
	Cost best = { INT64_MAX, INT64_MAX, INT64_MAX };

	for (int i = 0; i < RUNS; i++) {
		Cost cost = cost_once(bench, text);

		best.read = MIN(best.read, cost.read);
		best.identify = MIN(best.identify, cost.identify);
		best.judge = MIN(best.judge, cost.judge);
	}
	return best;
}

static void
measure(Bench *bench, const char *code, const char *source)
{
	bench->language = language_from_code(code);
	for (size_t size = 2048; size <= 32768; size *= 16) {
		Cost cost = best_cost(bench, source, size);
		Cost twice = best_cost(bench, source, 2 * size);

		printf("%s %2zu KB: features %4d us (x%.2f for twice), "
		       "language %3d us, judgement %3d us\n",
		       code, size / 1024, (int)cost.read,
		       (double)twice.read / (double)MAX(cost.read, 1),
		       (int)cost.identify, (int)cost.judge);
	}
}

static void
measure_examples(Bench *bench, const char *dir)
{
	static const char *const codes[] = { "da", "sv", "nb", "de", "en" };

	for (unsigned i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *source = examples_of(dir, codes[i]);

		measure(bench, codes[i], source);
	}
}

int
main(int argc, char **argv)
{
	static const char *const traits[] = { "persona", "request", NULL };
	const char *dirs[] = { argc > 1 ? argv[1] : "rules", NULL };
	g_autofree char *file =
		g_build_filename(dirs[0], "language.profile", NULL);
	int64_t before = cpu_time();
	g_autoptr(GError) error = NULL;
	g_autoptr(LanguageProfile) profile = NULL;
	g_autoptr(Rules) rules = rules_load(dirs, traits, &error);
	Bench bench = { .rules = rules };

	if (rules == NULL) {
		fprintf(stderr, "analysis-bench: %s\n", error->message);
		return 1;
	}
	printf("load %.1f ms\n", (double)(cpu_time() - before) / 1000);
	profile = language_profile_load(file, NULL);
	bench.profile = profile;
	if (argc <= 3)
		measure_examples(&bench, dirs[0]);
	for (int i = 2; i + 1 < argc; i += 2) {
		g_autofree char *source = NULL;

		if (g_file_get_contents(argv[i + 1], &source, NULL, NULL))
			measure(&bench, argv[i], source);
	}
	return 0;
}
