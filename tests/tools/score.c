/* SPDX-License-Identifier: Apache-2.0 */
/*
 * score LABELS.tsv FINDINGS.jsonl [NAME=MINIMUM]... - what `tact inspect
 * --json` found, against labels: accuracy of the language, macro-F1 of each
 * finding, pooled and per language. With minimums (language=0.99
 * sentiment=0.60) each is a line of TAP.
 *
 * LABELS.tsv: a head of column names, the first two `file` and `language`.
 */
#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "matrix.h"

enum { COLUMNS_MAX = 16, LANGUAGES_MAX = 16 };

typedef struct Score {
	char **columns; /* file, language, findings ... */
	unsigned n_columns;
	GHashTable *labels; /* base name -> columns */
	char *languages[LANGUAGES_MAX];
	unsigned n_languages;
	Matrix all[COLUMNS_MAX];
	Matrix of[LANGUAGES_MAX][COLUMNS_MAX];
} Score;

static bool
read_labels(Score *score, const char *path)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	lines = g_strsplit(text, "\n", 0);
	score->columns = g_strsplit(lines[0], "\t", COLUMNS_MAX);
	score->n_columns = g_strv_length(score->columns);
	score->labels = g_hash_table_new(g_str_hash, g_str_equal);
	for (char **line = lines + 1; *line != NULL; line++) {
		char **row = g_strsplit(*line, "\t", COLUMNS_MAX);

		if (g_strv_length(row) == score->n_columns)
			g_hash_table_insert(score->labels, row[0], row);
		else
			g_strfreev(row);
	}
	return g_hash_table_size(score->labels) > 0;
}

static unsigned
language_index(Score *score, const char *code)
{
	for (unsigned i = 0; i < score->n_languages; i++)
		if (strcmp(score->languages[i], code) == 0)
			return i;
	g_assert(score->n_languages < LANGUAGES_MAX);
	score->languages[score->n_languages] = g_strdup(code);
	return score->n_languages++;
}

static bool
add_line(Score *score, const char *line)
{
	json_t *object = json_loads(line, 0, NULL);
	const char *file = json_string_value(json_object_get(object, "file"));
	g_autofree char *base = g_path_get_basename(file != NULL ? file : "");
	char **row = g_hash_table_lookup(score->labels, base);
	unsigned language = row != NULL ? language_index(score, row[1]) : 0;

	for (unsigned c = 1; row != NULL && c < score->n_columns; c++) {
		const char *found = json_string_value(json_object_get(
			json_object_get(object, score->columns[c]), "value"));

		matrix_add(&score->all[c], row[c], found ? found : "none");
		matrix_add(&score->of[language][c], row[c],
		           found ? found : "none");
	}
	json_decref(object);
	return row != NULL;
}

static bool
read_findings(Score *score, const char *path)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	lines = g_strsplit(text, "\n", 0);
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0' && !add_line(score, *line))
			fprintf(stderr, "no label: %.80s\n", *line);
	return score->n_languages > 0;
}

/* Column 1 is the language: how often right; the others by macro-F1. */
static double
figure(const Matrix *matrix, unsigned column)
{
	return column == 1 ? matrix_accuracy(matrix) : matrix_macro_f1(matrix);
}

static void
print_table(const Score *score)
{
	printf("# %-12s %6s %6s", "", "mails", "all");
	for (unsigned l = 0; l < score->n_languages; l++)
		printf(" %6s", score->languages[l]);
	printf("\n");
	for (unsigned c = 1; c < score->n_columns; c++) {
		printf("# %-12s %6u %6.3f", score->columns[c], score->all[c].n,
		       figure(&score->all[c], c));
		for (unsigned l = 0; l < score->n_languages; l++)
			printf(" %6.3f", figure(&score->of[l][c], c));
		printf("\n");
	}
}

/* One line of TAP for NAME=MINIMUM; false when it does not hold. */
static bool
check(const Score *score, const char *bar)
{
	g_auto(GStrv) parts = g_strsplit(bar, "=", 2);
	double minimum = parts[1] != NULL ? g_ascii_strtod(parts[1], NULL) : 2;

	for (unsigned c = 1; c < score->n_columns; c++) {
		double got = figure(&score->all[c], c);

		if (strcmp(score->columns[c], parts[0]) != 0)
			continue;
		printf("%sok - %s %.3f over %u mails, at least %s\n",
		       got >= minimum ? "" : "not ", parts[0], got,
		       score->all[c].n, parts[1]);
		return got >= minimum;
	}
	printf("not ok - no column %s\n", parts[0]);
	return false;
}

int
main(int argc, char **argv)
{
	static Score score;
	bool good = true;

	if (argc < 3) {
		fprintf(stderr, "usage: score LABELS.tsv FINDINGS.jsonl "
		                "[NAME=MINIMUM]...\n");
		return 2;
	}
	if (!read_labels(&score, argv[1]) || !read_findings(&score, argv[2])) {
		printf("not ok - nothing to score in %s, %s\n", argv[1],
		       argv[2]);
		return 1;
	}
	print_table(&score);
	for (int i = 3; i < argc; i++)
		good &= check(&score, argv[i]);
	return good ? 0 : 1;
}
