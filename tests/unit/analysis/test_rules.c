/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/rules.h"
#include "base/error.h"
#include "base/limits.h"
#include "rows.h"
#include "rules_fixture.h"

#define FINDING "finding sentiment\n values negative neutral positive\n"
#define CUE FINDING "language en\ncue a\n sentiment positive 1\n"
#define EXAMPLES " match good\n no-match bad\n"

/* What must not load: the line and a part of the message. */
static const struct bad {
	const char *name, *text;
	unsigned line;
	const char *message;
} bad[] = {
	{ "no-statement", "hello world\n", 1, "has no place here" },
	{ "line-number", "\n# comment\n\nhello\n", 4, "has no place here" },
	{ "finding-name", "finding Big\n", 1, "is no name" },
	{ "finding-words", "finding a b\n", 1, "finding NAME" },
	{ "one-value", "finding sentiment\n values one\n", 2, "two values" },
	{ "no-values", "finding sentiment\n", 1, "0 values" },
	{ "value-name", "finding sentiment\n values a B\n", 2, "is no name" },
	{ "default", FINDING " default great\n", 1, "'great' is no value" },
	{ "bias-value", FINDING " bias great 1\n", 3, "'great' is no value" },
	{ "bias-number", FINDING " bias neutral x\n", 3, "'x' is no number" },
	{ "opposite", FINDING " opposite negative up\n", 3, "no value" },
	{ "margin", FINDING " margin 1\n", 3, "0 to 0.99" },
	{ "header", FINDING " header X-Spam\n", 3, "X-Tact-" },
	{ "header-bytes", FINDING " header X-Tact-A:b\n", 3, "letters" },
	{ "twice", FINDING FINDING, 3, "defined already" },
	{ "language", "language xx\n", 1, "no language we tell" },
	{ "und", "language und\n", 1, "no language we tell" },
	{ "no-language", "cue a\n", 1, "language CODE" },
	{ "negation-without", "language en\nnegation\n", 2, "without a word" },
	{ "negation-two", "language en\nnegation 'a.b!c'\n", 2, "one word" },
	{ "intensifier", "language en\nintensifier very\n", 2, "no factor" },
	{ "intensifier-factor", "language en\nintensifier 9 very\n", 2,
	  "no factor" },
	{ "fallback", "language nn\nfallback xx\n", 2, "no language" },
	{ "group", "group A B\n", 1, "group NAME" },
	{ "cue-name", FINDING "language en\ncue Ä\n", 4, "is no name" },
	{ "cue-no-vote", FINDING "language en\ncue a\n phrase good\n" EXAMPLES,
	  4, "votes for nothing" },
	{ "cue-no-phrase", CUE, 4, "neither a phrase nor a when" },
	{ "cue-no-match", CUE " phrase good\n no-match bad\n", 4, "0 match" },
	{ "cue-no-no-match", CUE " phrase good\n match good\n", 4,
	  "0 no-match" },
	{ "cue-twice",
	  CUE " phrase good\n" EXAMPLES
	      "cue a\n sentiment positive 1\n phrase good\n" EXAMPLES,
	  9, "there already" },
	{ "vote-finding", CUE " mood good 1\n phrase good\n" EXAMPLES, 6,
	  "neither a finding nor" },
	{ "vote-value", CUE " sentiment good 1\n phrase good\n" EXAMPLES, 6,
	  "use one of: negative neutral positive" },
	{ "vote-weight", CUE " sentiment positive 10\n", 6, "0.1 to 9" },
	{ "vote-zero", CUE " sentiment positive 0\n", 6, "0.1 to 9" },
	{ "vote-text", CUE " sentiment positive x\n", 6,
	  "FINDING VALUE WEIGHT" },
	{ "option", CUE " always\n", 6, "nothing that a cue has" },
	{ "where", CUE " where body\n", 6, "'body' is no place" },
	{ "when-name", CUE " when length > 3\n", 6, "no structure number" },
	{ "when-sign", CUE " when words => 3\n", 6, "compares nothing" },
	{ "when-number", CUE " when words > few\n", 6, "no number" },
	{ "when-words", CUE " when words\n", 6, "when NUMBER-NAME" },
	{ "negated", CUE " negated no\n", 6, "keep, drop or flip" },
	{ "once", CUE " once more\n", 6, "once" },
	{ "escalate", CUE " escalate Big\n", 6, "is no code" },
	{ "phrase-empty", CUE " phrase\n", 6, "without text" },
	{ "phrase-nothing", CUE " phrase \"\n" EXAMPLES, 6, "without a word" },
	{ "phrase-star", CUE " phrase go*\n" EXAMPLES, 6, "3 letters" },
	{ "phrase-suffix", CUE " phrase *od\n" EXAMPLES, 6, "3 letters" },
	{ "phrase-stars", CUE " phrase *good*\n" EXAMPLES, 6, "two stars" },
	{ "phrase-inner-star", CUE " phrase go*od*\n" EXAMPLES, 6,
	  "two stars" },
	{ "phrase-class", CUE " phrase <word>\n" EXAMPLES, 6,
	  "no class of words" },
	{ "phrase-open", CUE " phrase (good\n" EXAMPLES, 6, "without its )" },
	{ "phrase-glued", CUE " phrase (a|b)good\n" EXAMPLES, 6, "blank" },
	{ "phrase-bar", CUE " phrase good|nice\n" EXAMPLES, 6, "around" },
	{ "phrase-gap", CUE " phrase good ...\n" EXAMPLES, 6, "start or end" },
	{ "phrase-gap-first", CUE " phrase ... good\n" EXAMPLES, 6,
	  "start or end" },
	{ "phrase-optional", CUE " phrase good? (a|b)?\n" EXAMPLES, 6,
	  "match nothing" },
	{ "phrase-url", CUE " phrase www.a.de\n" EXAMPLES, 6, "<url>" },
	{ "phrase-long",
	  CUE " phrase a b c d e f g h i j k l m n o p q\n" EXAMPLES, 6,
	  "shorter" },
	{ "utf8", FINDING "# \xff\n", 3, "UTF-8" },
};

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(row->text, NULL, &error);
	g_autofree char *place = g_strdup_printf("test.rules:%u: ", row->line);

	g_assert_null(rules);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, place));
	g_assert_nonnull(strstr(error->message, row->message));
}

static void
test_long_line(void)
{
	g_autofree char *fill = g_strnfill(LIMIT_RULES_LINE + 1, 'x');
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(fill, NULL, &error);

	g_assert_null(rules);
	g_assert_nonnull(strstr(error->message, ":1: a line of"));
}

static void
test_many_alternatives(void)
{
	g_autoptr(GString) text = g_string_new(CUE " phrase");
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = NULL;

	/* nine options: 512 ways to choose */
	g_string_append(text, " (x (a)? (b)? (c)? (d)? (e)? (f)? (g)? (h)? "
	                      "(i)?)\n" EXAMPLES);
	rules = fixture_rules(text->str, NULL, &error);
	g_assert_null(rules);
	g_assert_nonnull(strstr(error->message, "alternatives"));
}

static const char good[] =
	"\xef\xbb\xbf# with a byte order mark\n" FINDING " default neutral\n"
	" bias neutral 1\n opposite negative positive\n margin 0.1\n"
	"trait persona\n values user buyer\n header X-Tact-Who\n"
	"trait decision-type\n values fast slow\n"
	"finding emotion\r\n values calm angry\r\n"
	"language en\nnegation not\nintensifier 1.4 very\ncontrast but\n"
	"group praise\ncue a\n sentiment positive 1\n persona buyer 1\n"
	" phrase (good|very (nice|fine)?) (thing)?, <name>? ...  $ end!\n"
	" where text+subject\n when words >= 1\n negated flip\n once\n"
	" escalate press\n match good end!\n no-match bad\n"
	"group anger\ncue b\n decision-type slow -1\n when words < 3\n"
	"language nn\nfallback nb\nlanguage nb\ncue c\n emotion angry 1\n"
	" phrase :( ?\n match :( ?\n no-match x\n";

static void
test_good(void)
{
	static const char *const traits[] = { "decision-type", "persona",
		                              NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(good, traits, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(rules_n_findings(rules), ==, 4);
	g_assert_cmpstr(rules_finding_name(rules, 0), ==, "sentiment");
	g_assert_cmpstr(rules_finding_name(rules, 1), ==, "emotion");
	g_assert_cmpstr(rules_finding_name(rules, 2), ==, "decision-type");
	g_assert_cmpstr(rules_finding_name(rules, 3), ==, "persona");
	g_assert_cmpstr(rules_finding_header(rules, 0), ==, "X-Tact-Sentiment");
	g_assert_cmpstr(rules_finding_header(rules, 2), ==,
	                "X-Tact-Decision-Type");
	g_assert_cmpstr(rules_finding_header(rules, 3), ==, "X-Tact-Who");
	g_assert_cmpuint(rules_n_values(rules, 0), ==, 3);
	g_assert_cmpstr(rules_value_name(rules, 0, 2), ==, "positive");
	g_assert_cmpuint(rules_n_escalations(rules), ==, 1);
	g_assert_cmpstr(rules_escalation_name(rules, 0), ==, "press");
	g_assert_cmpuint(rules_n_groups(rules), ==, 2);
	g_assert_cmpstr(rules_group_name(rules, 1), ==, "anger");
	g_assert_true(rules_speak(rules, LANGUAGE_EN));
	g_assert_true(rules_speak(rules, LANGUAGE_NN));
	g_assert_false(rules_speak(rules, LANGUAGE_DE));
	g_assert_false(rules_speak(rules, LANGUAGE_UND));
}

static void
test_trait_missing(void)
{
	static const char *const traits[] = { "mood", NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(good, traits, &error);

	g_assert_null(rules);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, "traits/mood.rules"));
}

static void
test_overlay(void)
{
	g_autofree char *ours = fixture_dir();
	g_autofree char *theirs = fixture_dir();
	const char *both[] = { ours, theirs, "/nonexistent", NULL };
	const char *missing[] = { "/nonexistent", ours, NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = NULL;

	fixture_write(ours, "findings.rules", FINDING);
	fixture_write(ours, "traits/mood.rules", "trait mood\n values a b\n");
	fixture_write(ours, "lang/xx.rules", "this is no rule\n");
	fixture_write(ours, "lang/notes.txt", "not read\n");
	fixture_write(theirs, "lang/xx.rules", "# replaced\n");
	fixture_write(theirs, "traits/own.rules", "trait own\n values c d\n");
	rules = rules_load(both, (const char *[]){ "own", "mood", NULL },
	                   &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rules_n_findings(rules), ==, 3);
	g_assert_cmpstr(rules_finding_name(rules, 1), ==, "own");
	rules_free(g_steal_pointer(&rules));

	rules = rules_load(missing, NULL, &error);
	g_assert_null(rules);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
	fixture_remove(ours);
	fixture_remove(theirs);
}

static void
count_problem(const char *file, unsigned line, const char *message, void *data)
{
	GString *lines = data;

	(void)file;
	(void)message;
	g_string_append_printf(lines, "%u ", line);
}

/* All problems are told, and what is good stays. */
static void
test_reporting(void)
{
	g_autofree char *dir = fixture_dir();
	const char *dirs[] = { dir, NULL };
	g_autoptr(GString) lines = g_string_new("");
	g_autoptr(Rules) rules = NULL;

	fixture_write(dir, "test.rules",
	              CUE " phrase good\n phrase *oo*\n" EXAMPLES
	                  "cue B\n sentiment positive 1\n phrase x\n"
	                  "cue c\n sentiment up 1\n phrase nice\n" EXAMPLES);
	rules = rules_load_reporting(dirs, NULL, count_problem, lines);
	fixture_remove(dir);
	g_assert_nonnull(rules);
	g_assert_cmpstr(lines->str, ==, "10 7 14 ");
	g_assert_true(rules_speak(rules, LANGUAGE_EN));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/rules/bad/", bad, test_bad);
	g_test_add_func("/rules/long-line", test_long_line);
	g_test_add_func("/rules/many-alternatives", test_many_alternatives);
	g_test_add_func("/rules/good", test_good);
	g_test_add_func("/rules/trait-missing", test_trait_missing);
	g_test_add_func("/rules/overlay", test_overlay);
	g_test_add_func("/rules/reporting", test_reporting);
	return g_test_run();
}
