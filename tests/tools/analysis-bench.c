/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis-bench - what the rules cost: loading, and texts of 2 and 32 KB.
 *
 *     analysis-bench [RULES_DIR [LANG TEXT_FILE]]
 *
 * Without a file, the texts are made from the examples in the rule files, so
 * that they hold far more cues than mail does. The best of several runs.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/features.h"
#include "analysis/heads.h"

#define RUNS 40

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

/* As an analyser does it: no reasons. */
static int64_t
best_time(const Rules *rules, const char *body, Language language)
{
	FeatureText text = { .text = body };
	int64_t best = INT64_MAX;

	for (int i = 0; i < RUNS; i++) {
		int64_t before = cpu_time();
		g_autoptr(Features) features =
			features_read(rules, language, &text);
		HeadSums sums = { 0 };
		Findings findings;

		heads_add_rules(rules, features, &sums);
		heads_decide(rules, &sums, &findings);
		heads_explain(rules, features, &findings);
		best = MIN(best, cpu_time() - before);
	}
	return best;
}

static void
measure(const Rules *rules, const char *code, const char *source)
{
	g_autofree char *small = text_of_size(source, 2048);
	g_autofree char *large = text_of_size(source, 32768);
	Language language = language_from_code(code);

	printf("%s 2 KB %" G_GINT64_FORMAT " us, 32 KB %" G_GINT64_FORMAT
	       " us\n",
	       code, best_time(rules, small, language),
	       best_time(rules, large, language));
}

int
main(int argc, char **argv)
{
	static const char *const codes[] = { "da", "sv", "nb", "de", "en" };
	static const char *const traits[] = { "persona", "request", NULL };
	const char *dirs[] = { argc > 1 ? argv[1] : "rules", NULL };
	int64_t before = cpu_time();
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = rules_load(dirs, traits, &error);

	if (rules == NULL) {
		fprintf(stderr, "analysis-bench: %s\n", error->message);
		return 1;
	}
	printf("load %.1f ms\n", (double)(cpu_time() - before) / 1000);
	for (unsigned i = 0; argc <= 3 && i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *source = examples_of(dirs[0], codes[i]);

		measure(rules, codes[i], source);
	}
	if (argc > 3) {
		g_autofree char *source = NULL;

		if (g_file_get_contents(argv[3], &source, NULL, NULL))
			measure(rules, argv[2], source);
	}
	return 0;
}
