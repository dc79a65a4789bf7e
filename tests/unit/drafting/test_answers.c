/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which article answers which mail: tests/corpus/answers, and the sample
 * articles. The figures of the relevance were chosen on the mails of the set
 * "tune"; what is asked for must hold on those of "kept" too.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "analysis/examine.h"
#include "drafting/shelf.h"
#include "message/message.h"
#include "rows.h"

#define PRECISION 0.90
#define RECALL 0.70
#define FOUND_MAX 3

typedef struct Tally {
	unsigned mails, wanted, drawn, right;
} Tally;

typedef struct Run {
	Rules *rules;
	GPtrArray *articles;
	Shelf *shelf;
} Run;

static Run run;

static const struct row {
	const char *name;
	const char *set;
	Language language;
} rows[] = {
	{ "da/tune", "tune", LANGUAGE_DA }, { "da/kept", "kept", LANGUAGE_DA },
	{ "sv/tune", "tune", LANGUAGE_SV }, { "sv/kept", "kept", LANGUAGE_SV },
	{ "nb/tune", "tune", LANGUAGE_NB }, { "nb/kept", "kept", LANGUAGE_NB },
	{ "de/tune", "tune", LANGUAGE_DE }, { "de/kept", "kept", LANGUAGE_DE },
	{ "en/tune", "tune", LANGUAGE_EN }, { "en/kept", "kept", LANGUAGE_EN },
};

static char *
read_mails(Language language)
{
	g_autofree char *path = g_strdup_printf("tests/corpus/answers/%s.tsv",
	                                        language_code(language));
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	return text;
}

static size_t
find(Language language, const char *subject, const char *text,
     const Article **ret_found)
{
	const ExamineText mail = { subject, text, "" };
	g_autoptr(Report) report = examine_text(run.rules, &mail, language);
	const Question question = {
		.language = language,
		.subject = subject,
		.text = text,
		.findings = &report->findings,
		.rules = run.rules,
		.now = 1800000000,
	};

	return shelf_find(run.shelf, &question, ret_found, FOUND_MAX);
}

/* "set article subject text" */
static void
judge(Tally *tally, Language language, char **field)
{
	const Article *found[FOUND_MAX];
	size_t n = find(language, field[2], field[3], found);
	bool wanted = strcmp(field[1], "none") != 0;
	unsigned right = 0;

	for (size_t i = 0; i < n; i++)
		right += strcmp(found[i]->id, field[1]) == 0;
	tally->mails++;
	tally->wanted += wanted;
	tally->drawn += (unsigned)n;
	tally->right += right;
	if (right == wanted && n == right)
		return;
	g_test_message("%s: %s: drew %s%s%s: %s: %s", language_code(language),
	               field[1], n > 0 ? found[0]->id : "none",
	               n > 1 ? ", " : "", n > 1 ? found[1]->id : "", field[2],
	               field[3]);
}

static void
judge_set(const struct row *row, Tally *tally)
{
	g_autofree char *mails = read_mails(row->language);
	g_auto(GStrv) lines = g_strsplit(mails, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) field = g_strsplit(*line, "\t", -1);

		if (g_strv_length(field) == 4 &&
		    strcmp(field[0], row->set) == 0)
			judge(tally, row->language, field);
	}
}

static void
test_answers(const void *data)
{
	const struct row *row = data;
	Tally tally = { 0 };
	double precision, recall;

	judge_set(row, &tally);
	g_assert_cmpuint(tally.mails, >=, 30);
	g_assert_cmpuint(tally.drawn, >, 0);
	precision = (double)tally.right / tally.drawn;
	recall = (double)tally.right / tally.wanted;
	g_test_message("%s: %u mails, %u drawn, precision %.3f, recall %.3f",
	               row->name, tally.mails, tally.drawn, precision, recall);
	g_assert_cmpfloat(precision, >=, PRECISION);
	g_assert_cmpfloat(recall, >=, RECALL);
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const char *const traits[] = { "persona", "request", NULL };
	g_autoptr(GError) error = NULL;
	int code;

	g_test_init(&argc, &argv, NULL);
	message_init();
	run.rules = rules_load(dirs, traits, &error);
	g_assert_no_error(error);
	run.articles = articles_load(dirs, &error);
	g_assert_no_error(error);
	run.shelf = shelf_new(run.articles);
	rows_add("/answers/", rows, test_answers);
	code = g_test_run();
	shelf_free(run.shelf);
	g_ptr_array_unref(run.articles);
	rules_free(run.rules);
	return code;
}
