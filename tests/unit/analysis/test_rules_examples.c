/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every match: and no-match: of every cue in the rules folder, with every trait
 * in use. A failure names file and line.
 */
#include <glib.h>
#include <stdio.h>

#include "analysis/rules.h"
#include "rows.h"
#include "rules_fixture.h"

static const char *const all_traits[] = { "persona", "request", "decision",
	                                  "information-need", NULL };

static void
print_failed(const char *file, unsigned line, const char *message, void *data)
{
	unsigned *failed = data;

	(*failed)++;
	fprintf(stderr, "%s:%u: %s\n", file, line, message);
}

static void
count_cues(Language language, unsigned cues, unsigned examples, void *data)
{
	unsigned *counts = data;

	counts[language] = cues;
	g_test_message("%s: %u cues, %u examples", language_code(language),
	               cues, examples);
}

static void
test_folder(void)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const Language ours[] = { LANGUAGE_DA, LANGUAGE_SV, LANGUAGE_NB,
		                         LANGUAGE_DE, LANGUAGE_EN };
	unsigned failed = 0, counts[LANGUAGE_N] = { 0 };
	g_autoptr(Rules) rules =
		rules_load_reporting(dirs, all_traits, print_failed, &failed);

	g_assert_cmpuint(rules_check_examples(rules, print_failed, &failed), >,
	                 1000);
	g_assert_cmpuint(failed, ==, 0);
	rules_summarise(rules, count_cues, counts);
	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		g_assert_cmpuint(counts[ours[i]], >, 50);
	g_assert_true(rules_speak(rules, LANGUAGE_NN));
}

/* The codes that the documentation promises. */
static void
test_escalations(void)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const char *const codes[] = { "legal-threat",  "data-protection",
		                             "safety",        "press",
		                             "cancel-threat", "abuse",
		                             "injection",     "self-harm",
		                             "fraud" };
	unsigned failed = 0;
	g_autoptr(Rules) rules =
		rules_load_reporting(dirs, NULL, print_failed, &failed);

	g_assert_cmpuint(rules_n_escalations(rules), ==, G_N_ELEMENTS(codes));
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		unsigned k = 0;

		while (k < rules_n_escalations(rules) &&
		       g_strcmp0(rules_escalation_name(rules, k), codes[i]))
			k++;
		g_test_message("%s", codes[i]);
		g_assert_cmpuint(k, <, rules_n_escalations(rules));
	}
}

#define HEAD "finding sentiment\n values negative positive\n"

/* The check itself must be able to fail: how many of the examples do. */
static const struct row {
	const char *name, *cue;
	unsigned n, failed;
} rows[] = {
	{ "good", " phrase hot\n match It is hot.\n no-match It is cold.\n", 2,
	  0 },
	{ "no-match-fires", " phrase hot\n match hot\n no-match Hot!\n", 2, 1 },
	{ "match-fails", " phrase hot\n match cold\n no-match x\n", 2, 1 },
	{ "negated", " phrase hot\n match not hot\n no-match x\n", 2, 1 },
	{ "negated-no-match", " phrase hot\n match hot\n no-match not hot\n", 2,
	  0 },
	{ "signature",
	  " where signature\n phrase hot\n match hot\n no-match x\n", 2, 0 },
	{ "subject", " where subject\n phrase hot\n match hot\n no-match x\n",
	  2, 0 },
	{ "greeting",
	  " where greeting\n phrase hot\n match Hi hot,\n no-match x\n", 2, 0 },
	{ "greeting-lines",
	  " where greeting\n phrase hot\n match Hi hot,\\nall well.\n"
	  " no-match Hi Bo,\\nit is hot.\n",
	  2, 0 },
	{ "closing", " where closing\n phrase hot\n match hot\n no-match x\n",
	  2, 0 },
	{ "line-break",
	  " phrase ^ hot\n match a\\nhot day, is it\n no-match b hot\n", 2, 0 },
	{ "when",
	  " when words > 2\n phrase hot\n match is it hot\n no-match hot\n", 2,
	  0 },
	{ "when-alone", " when words > 2\n match is it hot\n no-match hot\n", 2,
	  0 },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *text =
		g_strdup_printf(HEAD "language en\nnegation not\ncue a\n"
	                             " escalate press\n%s",
	                        row->cue);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(text, NULL, &error);
	unsigned failed = 0;

	g_assert_no_error(error);
	g_assert_cmpuint(rules_check_examples(rules, print_failed, &failed), ==,
	                 row->n);
	g_assert_cmpuint(failed, ==, row->failed);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/examples/", rows, test_row);
	g_test_add_func("/examples/folder", test_folder);
	g_test_add_func("/examples/escalations", test_escalations);
	return g_test_run();
}
