/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No text makes a rule slow: 1 MiB made to be hard for it costs at most 20 ms
 * of processor time, and what is over a step limit is left out and flagged.
 */
#include <glib.h>
#include <string.h>

#include "analysis/features.h"
#include "cpu_clock.h"
#include "rows.h"
#include "rules_fixture.h"

#define SIZE (1024 * 1024)
#define RUNS 3

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWER 20
#else
#define SLOWER 1
#endif
#define RULE_MAX (20 * SLOWER)    /* milliseconds */
#define FOLDER_MAX (100 * SLOWER) /* all rules of a language at once */

/* What the phrases below want in the end: a text without it is no trial. */
#define WANTED " b z zz bbb "

/* `pattern` again and again, and once what is wanted. */
static char *
repeated(const char *pattern)
{
	size_t n = strlen(pattern);
	char *text = g_malloc(SIZE + 1);

	for (size_t i = 0; i < SIZE; i++)
		text[i] = pattern[i % n];
	memcpy(text + SIZE / 64, WANTED, strlen(WANTED));
	text[SIZE] = '\0';
	return text;
}

/* The least time of some runs; whether a limit was hit, how many hits. */
static double
run(const Rules *rules, Language language, const char *text, bool *ret_limited,
    unsigned *ret_hits)
{
	FeatureText parts = { .text = text };
	double best = 1e9;

	for (int i = 0; i < RUNS; i++) {
		double before = cpu_clock_ms();
		g_autoptr(Features) features =
			features_read(rules, language, &parts);

		best = MIN(best, cpu_clock_ms() - before);
		*ret_limited = features->limited;
		*ret_hits = features->n_hits;
	}
	return best;
}

static const struct row {
	const char *name, *phrase, *pattern;
} rows[] = {
	{ "word", "a", "a " },
	{ "first-words", "a a a a a a a b", "a " },
	{ "gaps", "a ... a ... a ... a ... a ... a ... a ... b", "a " },
	{ "gaps-words", "a ... b ... c ... d ... e ... f ... z",
	  "a b c d e f " },
	{ "options", "a a? a? a? a? a? a? a? a? a? a? a? a? a? a? b", "a " },
	{ "choices",
	  "(a|a a|a a a) (a|a a|a a a) (a|a a|a a a) (a|a a|a a a) b", "a " },
	{ "optional-choices",
	  "a (a|a a|a a a)? (a|a a)? (a|a a)? (a|a a)? (a|a a)? b", "a " },
	{ "classes", "<name> <name> <name> <name> <name> zz", "Ab " },
	{ "class-gaps", "<num> ... <num> ... <num> ... <num> ... zz", "1 2 " },
	{ "prefix", "aaa* aaa* aaa* aaa* bbb*", "aaaaaaaaaaaaaa " },
	{ "suffix", "*aaa *aaa *aaa *aaa *bbb", "aaaaaaaaaaaaaa " },
	{ "commas", "a b", "a , , , , , , , , , , , , , , , , , , , , , , " },
	{ "marks", "! ! !", "! ? !? !!!!!!!!!!!!! ....... ?????? " },
	{ "lines", "^ a $ ^ a $", "a\n" },
	{ "blank-lines", "a b", "a\n\n\n\n \n\n b\n" },
	{ "one-word", "aaa*", "a" },
	{ "hyphens", "*-aaa", "a-" },
	{ "stops", "a . a . b", "a. " },
	{ "dots", "a b", "a." },
	{ "emoji", "🙂 🙂 a", "🙂" },
	{ "at", "<email>", "a.b@" },
	{ "urls", "<url>", "www. http:// " },
	{ "digits", "<date>", "1.2/3-4:" },
	{ "abbreviations", "a b", "kl. " },
	{ "negation", "a", "not " },
	{ "contrast", "a", "but a " },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *source = g_strdup_printf(
		"finding sentiment\n values negative positive\n"
		"language en\nnegation not\nintensifier 2 a\ncontrast but\n"
		"cue a\n sentiment positive 1\n phrase %s\n"
		" match x\n no-match y\n",
		row->phrase);
	g_autofree char *text = repeated(row->pattern);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	bool limited;
	unsigned hits;
	double ms;

	g_assert_no_error(error);
	ms = run(rules, LANGUAGE_EN, text, &limited, &hits);
	g_test_message("%.1f ms, %u hits%s", ms, hits,
	               limited ? ", limited" : "");
	g_assert_cmpfloat(ms, <=, RULE_MAX);
	g_assert_cmpuint(hits, <=, LIMIT_CUE_HITS);
}

/* A cue that uses up its steps is no match, and says so; others go on. */
static void
test_limit(void)
{
	static const char text[] =
		"finding sentiment\n values negative positive\n"
		"language en\n"
		"cue hard\n sentiment positive 1\n phrase rare\n"
		" phrase a (a|a a|a a a|a a a a) ... (a|a a|a a a) ..."
		" (a|a a|a a a) ... (a|a a|a a a) ... (a|a a) ... zz\n"
		" match x\n no-match y\n"
		"cue easy\n sentiment negative 1\n phrase a\n"
		" match x\n no-match y\n";
	g_autofree char *many = repeated("a ");
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(text, NULL, &error);
	bool limited;
	unsigned hits;

	g_assert_no_error(error);
	memcpy(many, "rare", 4);
	run(rules, LANGUAGE_EN, many, &limited, &hits);
	g_assert_true(limited);
	g_assert_cmpuint(hits, ==, LIMIT_CUE_HITS); /* of the easy one */
	run(rules, LANGUAGE_EN, "rare a a a", &limited, &hits);
	g_assert_false(limited);
	g_assert_cmpuint(hits, ==, 4);
}

static void
ignore(const char *file, unsigned line, const char *message, void *data)
{
	(void)data;
	g_test_message("%s:%u: %s", file, line, message);
}

/* The first word of every phrase of a language's file, over and over. */
static char *
first_words(const char *code)
{
	g_autofree char *path =
		g_strdup_printf("%s/lang/%s.rules", RULES_DIR, code);
	g_autofree char *file = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GString) words = g_string_new("");

	g_assert_true(g_file_get_contents(path, &file, NULL, NULL));
	lines = g_strsplit(file, "\n", 0);
	for (unsigned i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);

		if (!g_str_has_prefix(line, "phrase "))
			continue;
		line += strspn(line + 7, "(^ *") + 7;
		g_string_append_len(words, line,
		                    (gssize)strcspn(line, " |)*?"));
		g_string_append_c(words, ' ');
	}
	return repeated(words->str);
}

static void
test_folder(void)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const char *const codes[] = { "da", "sv", "nb", "de", "en" };
	static const char *const traits[] = { "persona", "request", NULL };
	g_autoptr(Rules) rules =
		rules_load_reporting(dirs, traits, ignore, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *text = first_words(codes[i]);
		bool limited;
		unsigned hits;
		double ms = run(rules, language_from_code(codes[i]), text,
		                &limited, &hits);

		g_test_message("%s: %.1f ms, %u hits%s", codes[i], ms, hits,
		               limited ? ", limited" : "");
		g_assert_cmpfloat(ms, <=, FOLDER_MAX);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/match/time/", rows, test_row);
	g_test_add_func("/match/time/limit", test_limit);
	g_test_add_func("/match/time/folder", test_folder);
	return g_test_run();
}
