/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accuracy - how well the rules find what people labelled.
 *
 *     accuracy [--cues] [--confusion] [--dump] [--errors FINDING]
 *              [--lang CODE] [--rules DIR] FILE.jsonl...
 *     accuracy --check [--rules DIR]
 *
 * A line of a file is one JSON object: lang, labels {finding: value}, and
 * subject, body, signature or just text. Printed: the macro-F1 of each
 * finding, pooled and for each language, with the number of texts.
 */
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "analysis/examine.h"
#include "base/text.h"
#include "matrix.h"

G_STATIC_ASSERT(LIMIT_FINDING_VALUES <= MATRIX_VALUES);

static gboolean show_cues, show_confusion, show_dump;
static gboolean check_only, show_alerts;
static char *rules_dir, *errors_of, *only_lang;
static char **files;

static const GOptionEntry options[] = {
	{ "rules", 0, 0, G_OPTION_ARG_FILENAME, &rules_dir,
	  "the rules folder (default: rules)", "DIR" },
	{ "check", 0, 0, G_OPTION_ARG_NONE, &check_only,
	  "run the examples of the rules", NULL },
	{ "cues", 0, 0, G_OPTION_ARG_NONE, &show_cues,
	  "for each cue: hits, and how often its votes were right", NULL },
	{ "confusion", 0, 0, G_OPTION_ARG_NONE, &show_confusion,
	  "labels in rows, findings in columns", NULL },
	{ "dump", 0, 0, G_OPTION_ARG_NONE, &show_dump,
	  "TSV: id finding cue value weight label", NULL },
	{ "alerts", 0, 0, G_OPTION_ARG_NONE, &show_alerts,
	  "texts that are escalated, and why", NULL },
	{ "errors", 0, 0, G_OPTION_ARG_STRING, &errors_of,
	  "texts where this finding is wrong, with the cues", "FINDING" },
	{ "lang", 0, 0, G_OPTION_ARG_STRING, &only_lang,
	  "only texts in this language", "CODE" },
	{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL,
	  "FILE.jsonl..." },
	{ NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* How one cue did with its votes for one value. */
typedef struct CueScore {
	char *name; /* cue, finding and value, separated by tabs */
	unsigned hits, right;
	double weight;
} CueScore;

typedef struct Run {
	const Rules *rules;
	Matrix matrix[LANGUAGE_N][LIMIT_FINDINGS]; /* of LANGUAGE_UND: all */
	unsigned abstained[LIMIT_FINDINGS];
	GHashTable *cues;
	unsigned bad_lines;
} Run;

static void
bad_rule(const char *file, unsigned line, const char *message, void *data)
{
	unsigned *n = data;

	(*n)++;
	fprintf(stderr, "%s:%u: %s\n", file, line, message);
}

static void
print_summary(Language language, unsigned cues, unsigned examples, void *data)
{
	(void)data;
	printf("%-3s %5u cues %6u examples\n",
	       language == LANGUAGE_UND ? "*" : language_code(language), cues,
	       examples);
}

static int
value_index(const Rules *rules, unsigned finding, const char *name)
{
	for (unsigned v = 0; v < rules_n_values(rules, finding); v++)
		if (strcmp(rules_value_name(rules, finding, v), name) == 0)
			return (int)v;
	return -1;
}

static char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL)
		text = "";
	return text_sanitise(text, strlen(text), LIMIT_ANALYSE_TEXT, NULL);
}

static void
free_score(void *data)
{
	CueScore *score = data;

	g_free(score->name);
	g_free(score);
}

static void
count_cue(Run *run, const ExamineReason *reason, bool right)
{
	g_autofree char *name = g_strdup_printf(
		"%s\t%s\t%s", reason->cue,
		rules_finding_name(run->rules, reason->finding),
		rules_value_name(run->rules, reason->finding, reason->value));
	CueScore *score = g_hash_table_lookup(run->cues, name);

	if (score == NULL) {
		score = g_new0(CueScore, 1);
		score->name = g_strdup(name);
		g_hash_table_insert(run->cues, score->name, score);
	}
	score->hits++;
	score->right += right == (reason->weight > 0);
	score->weight += reason->weight;
}

static void
use_reasons(Run *run, const Report *report, const char *id, const int *labels)
{
	for (unsigned i = 0; i < report->reasons->len; i++) {
		const ExamineReason *reason =
			&g_array_index(report->reasons, ExamineReason, i);
		int label = labels[reason->finding];

		if (label < 0)
			continue;
		if (show_cues)
			count_cue(run, reason, label == reason->value);
		if (show_dump)
			printf("%s\t%s\t%s\t%s\t%.3f\t%s\n", id,
			       rules_finding_name(run->rules, reason->finding),
			       reason->cue,
			       rules_value_name(run->rules, reason->finding,
			                        reason->value),
			       reason->weight,
			       rules_value_name(run->rules, reason->finding,
			                        (unsigned)label));
	}
}

static void
print_error(const Run *run, const Report *report, const char *id,
            unsigned finding, int label)
{
	const Finding *found = &report->findings.finding[finding];

	printf("%s\t%s -> %s (%u)\n", id,
	       rules_value_name(run->rules, finding, (unsigned)label),
	       rules_value_name(run->rules, finding, found->value),
	       found->score);
	for (unsigned i = 0; i < report->reasons->len; i++) {
		const ExamineReason *reason =
			&g_array_index(report->reasons, ExamineReason, i);

		if (reason->finding == finding)
			printf("\t%+.2f %s\t%s\t%s\n", reason->weight,
			       rules_value_name(run->rules, finding,
			                        reason->value),
			       reason->cue, reason->words);
	}
}

static void
print_alerts(const Run *run, const Report *report, const char *id)
{
	for (unsigned i = 0; i < report->alerts->len; i++) {
		const ExamineAlert *alert =
			&g_array_index(report->alerts, ExamineAlert, i);

		printf("%s\t%s\t%s\t%s\n", id,
		       rules_escalation_name(run->rules, alert->escalation),
		       alert->cue, alert->words);
	}
}

static void
count_text(Run *run, const Report *report, const char *id, const int *labels)
{
	Language language = (Language)report->findings.language;

	for (unsigned f = 0; f < rules_n_findings(run->rules); f++) {
		const Finding *found = &report->findings.finding[f];
		const char *label, *value;

		if (labels[f] < 0)
			continue;
		label = rules_value_name(run->rules, f, (unsigned)labels[f]);
		value = rules_value_name(run->rules, f, found->value);
		matrix_add(&run->matrix[LANGUAGE_UND][f], label, value);
		if (language != LANGUAGE_UND)
			matrix_add(&run->matrix[language][f], label, value);
		run->abstained[f] += found->abstained;
		if (errors_of != NULL && labels[f] != found->value &&
		    strcmp(errors_of, rules_finding_name(run->rules, f)) == 0)
			print_error(run, report, id, f, labels[f]);
	}
	use_reasons(run, report, id, labels);
	if (show_alerts)
		print_alerts(run, report, id);
}

static void
read_labels(const Run *run, const json_t *object, int *ret_labels)
{
	const json_t *labels = json_object_get(object, "labels");

	for (unsigned f = 0; f < rules_n_findings(run->rules); f++) {
		const char *value = json_string_value(json_object_get(
			labels, rules_finding_name(run->rules, f)));

		ret_labels[f] = value ? value_index(run->rules, f, value) : -1;
	}
}

static void
run_line(Run *run, const char *line, size_t n)
{
	json_t *object = json_loadb(line, n, 0, NULL);
	const char *code = json_string_value(json_object_get(object, "lang"));
	const char *id = json_string_value(json_object_get(object, "id"));
	Language language = code ? language_from_code(code) : LANGUAGE_N;
	int labels[LIMIT_FINDINGS];

	if (language == LANGUAGE_N) {
		run->bad_lines++;
	} else if (only_lang == NULL || strcmp(only_lang, code) == 0) {
		g_autofree char *subject = text_of(object, "subject");
		g_autofree char *body = text_of(
			object,
			json_object_get(object, "body") ? "body" : "text");
		g_autofree char *signature = text_of(object, "signature");
		ExamineText text = { subject, body, signature };
		g_autoptr(Report) report =
			examine_text(run->rules, &text, language);

		read_labels(run, object, labels);
		count_text(run, report, id ? id : "?", labels);
	}
	json_decref(object);
}

static bool
run_file(Run *run, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	size_t size;

	if (!g_file_get_contents(path, &text, &size, &error)) {
		fprintf(stderr, "accuracy: %s\n", error->message);
		return false;
	}
	for (const char *at = text; at < text + size;) {
		const char *end = memchr(at, '\n', (size_t)(text + size - at));
		size_t n = end ? (size_t)(end - at) : strlen(at);

		if (n > 0)
			run_line(run, at, n);
		at += n + 1;
	}
	return true;
}

static void
print_confusion(const Run *run, unsigned f)
{
	const Matrix *matrix = &run->matrix[LANGUAGE_UND][f];
	unsigned n = rules_n_values(run->rules, f);

	printf("\n%-14s", rules_finding_name(run->rules, f));
	for (unsigned v = 0; v < n; v++)
		printf(" %12s", rules_value_name(run->rules, f, v));
	printf("   recall\n");
	for (unsigned v = 0; v < n; v++) {
		const char *label = rules_value_name(run->rules, f, v);

		printf("%-14s", label);
		for (unsigned w = 0; w < n; w++)
			printf(" %12u",
			       matrix_count(
				       matrix, label,
				       rules_value_name(run->rules, f, w)));
		printf("   %6.2f\n", matrix_recall(matrix, label));
	}
}

static void
print_table(const Run *run)
{
	double mean[LANGUAGE_N] = { 0 };
	unsigned n_mean = 0;

	printf("%-12s %6s %6s", "macro-F1", "texts", "all");
	for (unsigned l = 1; l < LANGUAGE_N; l++)
		if (run->matrix[l][0].n > 0)
			printf(" %6s", language_code((Language)l));
	printf("  abstained\n");
	for (unsigned f = 0; f < rules_n_findings(run->rules); f++) {
		const Matrix *all = &run->matrix[LANGUAGE_UND][f];

		if (all->n == 0)
			continue;
		printf("%-12s %6u", rules_finding_name(run->rules, f), all->n);
		for (unsigned l = 0; l < LANGUAGE_N; l++) {
			double score = matrix_macro_f1(&run->matrix[l][f]);

			mean[l] += score;
			if (l == 0 || run->matrix[l][0].n > 0)
				printf(" %6.3f", score);
		}
		printf(" %8.1f %%\n", 100.0 * run->abstained[f] / all->n);
		n_mean++;
	}
	printf("%-12s %6s", "mean", "");
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		if (l == 0 || run->matrix[l][0].n > 0)
			printf(" %6.3f", n_mean ? mean[l] / n_mean : 0);
	printf("\n");
}

static int
compare_scores(const void *a, const void *b)
{
	const CueScore *x = *(CueScore *const *)a, *y = *(CueScore *const *)b;

	return strcmp(x->name, y->name);
}

static void
print_cues(const Run *run)
{
	g_autoptr(GPtrArray) scores = g_ptr_array_new();
	GHashTableIter iter;
	void *score;

	g_hash_table_iter_init(&iter, run->cues);
	while (g_hash_table_iter_next(&iter, NULL, &score))
		g_ptr_array_add(scores, score);
	g_ptr_array_sort(scores, compare_scores);
	printf("\ncue\tfinding\tvalue\thits\tright\tprecision\tmean weight\n");
	for (unsigned i = 0; i < scores->len; i++) {
		const CueScore *s = scores->pdata[i];

		printf("%s\t%u\t%u\t%.2f\t%+.2f\n", s->name, s->hits, s->right,
		       1.0 * s->right / s->hits, s->weight / s->hits);
	}
}

static void
print_run(const Run *run)
{
	if (show_dump)
		return;
	print_table(run);
	for (unsigned f = 0; show_confusion && f < rules_n_findings(run->rules);
	     f++)
		print_confusion(run, f);
	if (show_cues)
		print_cues(run);
	if (run->bad_lines > 0)
		fprintf(stderr, "accuracy: %u lines without a known lang\n",
		        run->bad_lines);
}

static void
run_free(Run *run)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		for (unsigned f = 0; f < LIMIT_FINDINGS; f++)
			matrix_clear(&run->matrix[l][f]);
	g_hash_table_unref(run->cues);
	g_free(run);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)

static Run *
run_new(const Rules *rules)
{
	Run *run = g_new0(Run, 1);

	run->rules = rules;
	run->cues = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	                                  free_score);
	return run;
}

static int
check(const Rules *rules, unsigned bad_rules)
{
	unsigned failed = 0;
	unsigned n = rules_check_examples(rules, bad_rule, &failed);

	rules_summarise(rules, print_summary, NULL);
	printf("%u examples, %u failed; %u bad lines\n", n, failed, bad_rules);
	return failed + bad_rules > 0;
}

int
main(int argc, char **argv)
{
	static const char *const traits[] = { "persona", "request", "decision",
		                              "information-need", NULL };
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = NULL;
	g_autoptr(Run) run = NULL;
	const char *dirs[] = { "rules", NULL };
	unsigned bad_rules = 0;
	bool good = true;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error)) {
		fprintf(stderr, "accuracy: %s\n", error->message);
		return 2;
	}
	if (rules_dir != NULL)
		dirs[0] = rules_dir;
	rules = rules_load_reporting(dirs, traits, bad_rule, &bad_rules);
	if (rules == NULL)
		return 2;
	if (check_only)
		return check(rules, bad_rules);
	run = run_new(rules);
	for (unsigned i = 0; files != NULL && files[i] != NULL; i++)
		good &= run_file(run, files[i]);
	print_run(run);
	return good ? 0 : 1;
}
