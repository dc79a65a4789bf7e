/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis-bench - what the rules cost: loading, and texts of 2 and 32 KB.
 *
 *     analysis-bench [RULES_DIR [LANG TEXT_FILE]...]
 *
 * Without files, the texts are made from the examples in the rule files, so
 * that they hold far more cues than mail does. The mean of two texts, the least
 * of many runs of each, and what both as one cost against that mean.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/features.h"
#include "analysis/heads.h"
#include "analysis/language.h"
#include "analysis/model.h"

#define RUNS 300

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

static const Cost unmeasured = { INT64_MAX, INT64_MAX, INT64_MAX };

static int64_t
cost_sum(Cost cost)
{
	return cost.read + cost.identify + cost.judge;
}

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

static void
keep_least(Cost *least, Cost cost)
{
	least->read = MIN(least->read, cost.read);
	least->identify = MIN(least->identify, cost.identify);
	least->judge = MIN(least->judge, cost.judge);
}

/* Where a text is cut in two. */
static size_t
middle(const char *text)
{
	const char *blank = strchr(text + strlen(text) / 2, ' ');

	return blank != NULL ? (size_t)(blank - text) : strlen(text);
}

/* A text of `size` bytes, another, and both as one, in turn: a machine that is
 * slow for a while is so for all. */
static void
measure_size(const Bench *bench, const char *code, const char *source,
             size_t size)
{
	g_autofree char *whole = text_of_size(source, 2 * size);
	g_autofree char *half = g_strndup(whole, middle(whole));
	const char *other = whole + strlen(half);
	Cost costs[3] = { unmeasured, unmeasured, unmeasured };
	int64_t halves;

	for (int i = 0; i < RUNS; i++) {
		keep_least(&costs[0], cost_once(bench, half));
		keep_least(&costs[1], cost_once(bench, other));
		keep_least(&costs[2], cost_once(bench, whole));
	}
	halves = cost_sum(costs[0]) + cost_sum(costs[1]);
	printf("%s %2zu KB: %4d us (features %d, language %d, judgement %d), "
	       "x%.2f for twice\n",
	       code, size / 1024, (int)(halves / 2),
	       (int)(costs[0].read + costs[1].read) / 2,
	       (int)(costs[0].identify + costs[1].identify) / 2,
	       (int)(costs[0].judge + costs[1].judge) / 2,
	       2 * (double)cost_sum(costs[2]) / (double)MAX(halves, 1));
}

static void
measure(Bench *bench, const char *code, const char *source)
{
	bench->language = language_from_code(code);
	for (size_t size = 2048; size <= 32768; size *= 16)
		measure_size(bench, code, source, size);
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
