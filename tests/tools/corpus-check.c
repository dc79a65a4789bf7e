/* SPDX-License-Identifier: Apache-2.0 */
/*
 * corpus-check [--json | --table] FILE... - is the labelled corpus fit to train
 * on? Reads it as training does and says with file, line and remedy: what the
 * reader refuses; ids and texts that stand there twice; texts that are nearly
 * the same; mails that lack a label; a language that is not the one told;
 * values without a text; addresses that somebody may own.
 *
 * Exit status: 0, 1 when there is something to mend, 2 when it cannot run.
 */
#include <glib.h>
#include <jansson.h>
#include <stdio.h>

#include "corpus_check.h"
#include "message/message.h"

static gboolean as_json, as_table;
static char *rules_dir;
static char **files;

static const GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "One JSON object", NULL },
	{ "table", 0, 0, G_OPTION_ARG_NONE, &as_table,
	  "The counts alone, as a table for README.md", NULL },
	{ "rules", 0, 0, G_OPTION_ARG_FILENAME, &rules_dir,
	  "Rules folder (rules)", "FOLDER" },
	{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL,
	  "FILE..." },
	{ NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
};

static const char *
id_of(const CorpusCheck *check, unsigned i)
{
	return corpus_sample(check->corpus, i)->id;
}

static bool
is_used(const CorpusCheck *check, unsigned language)
{
	return check->kinds[language][0] + check->kinds[language][1] > 0;
}

static void
print_row(const CorpusCheck *check, const char *name, unsigned finding,
          unsigned value)
{
	unsigned sum = 0;

	printf("| %s | %s |", name,
	       rules_value_name(check->rules, finding, value));
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		if (!is_used(check, l))
			continue;
		printf(" %u |", check->count[l][finding][value]);
		sum += check->count[l][finding][value];
	}
	printf(" %u |\n", sum);
}

static void
print_kind(const CorpusCheck *check, const char *name, SampleKind kind)
{
	unsigned sum = 0;

	printf("| %s | |", name);
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		if (!is_used(check, l))
			continue;
		printf(" %u |", check->kinds[l][kind]);
		sum += check->kinds[l][kind];
	}
	printf(" %u |\n", sum);
}

static void
print_table(const CorpusCheck *check)
{
	unsigned used = 0;

	printf("| | |");
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		used += is_used(check, l);
		if (is_used(check, l))
			printf(" %s |", language_code((Language)l));
	}
	printf(" all |\n|---|---|");
	for (unsigned i = 0; i <= used; i++)
		printf("---:|");
	printf("\n");
	print_kind(check, "mails", SAMPLE_MAIL);
	print_kind(check, "utterances", SAMPLE_UTTERANCE);
	for (unsigned f = 0; f < rules_n_findings(check->rules); f++)
		for (unsigned v = 0; v < rules_n_values(check->rules, f); v++)
			print_row(check,
			          v == 0 ? rules_finding_name(check->rules, f)
			                 : "",
			          f, v);
}

static unsigned
count_neighbours(const CorpusCheck *check)
{
	unsigned sum = 0;

	for (unsigned l = 0; l < LANGUAGE_N; l++)
		sum += check->neighbours[l];
	return sum;
}

static void
print_text(const CorpusCheck *check)
{
	print_table(check);
	printf("\nnearest:\n");
	for (unsigned i = 0; i < check->nearest->len; i++) {
		const NearPair *pair =
			&g_array_index(check->nearest, NearPair, i);

		printf("  %.2f alike, %.2f contained: %s %s\n", pair->jaccard,
		       pair->contained, id_of(check, pair->a),
		       id_of(check, pair->b));
	}
	printf("%u texts; language of %u not told, of %u like a neighbour's; "
	       "%u to mend\n",
	       corpus_size(check->corpus), check->untold,
	       count_neighbours(check), check->problems->len);
}

static json_t *
counts_of(const CorpusCheck *check, unsigned language)
{
	json_t *object = json_pack(
		"{si si}", "mails", check->kinds[language][SAMPLE_MAIL],
		"utterances", check->kinds[language][SAMPLE_UTTERANCE]);

	for (unsigned f = 0; f < rules_n_findings(check->rules); f++) {
		json_t *values = json_object();

		for (unsigned v = 0; v < rules_n_values(check->rules, f); v++)
			json_object_set_new(
				values, rules_value_name(check->rules, f, v),
				json_integer(check->count[language][f][v]));
		json_object_set_new(object, rules_finding_name(check->rules, f),
		                    values);
	}
	return object;
}

static void
print_json(const CorpusCheck *check)
{
	json_t *languages = json_object(), *problems = json_array();
	json_t *nearest = json_array(), *root;

	for (unsigned l = 0; l < LANGUAGE_N; l++)
		if (is_used(check, l))
			json_object_set_new(languages,
			                    language_code((Language)l),
			                    counts_of(check, l));
	for (unsigned i = 0; i < check->problems->len; i++)
		json_array_append_new(problems,
		                      json_string(check->problems->pdata[i]));
	for (unsigned i = 0; i < check->nearest->len; i++) {
		const NearPair *pair =
			&g_array_index(check->nearest, NearPair, i);

		json_array_append_new(
			nearest,
			json_pack("{ss ss sf sf}", "a", id_of(check, pair->a),
		                  "b", id_of(check, pair->b), "jaccard",
		                  pair->jaccard, "contained", pair->contained));
	}
	root = json_pack("{si sb si si si so so so}", "schema", 1, "ok",
	                 check->problems->len == 0, "texts",
	                 corpus_size(check->corpus), "untold", check->untold,
	                 "neighbours", count_neighbours(check), "languages",
	                 languages, "nearest", nearest, "problems", problems);
	json_dumpf(root, stdout, JSON_COMPACT | JSON_REAL_PRECISION(4));
	printf("\n");
	json_decref(root);
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(CorpusCheck) check = NULL;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error)) {
		fprintf(stderr, "corpus-check: %s\n", error->message);
		return 2;
	}
	message_init();
	check = corpus_check_new(rules_dir != NULL ? rules_dir : "rules",
	                         &error);
	if (check == NULL) {
		fprintf(stderr, "corpus-check: %s\n", error->message);
		return 2;
	}
	for (char **file = files; file != NULL && *file != NULL; file++)
		corpus_check_read(check, *file);
	corpus_check_run(check);
	for (unsigned i = 0; !as_json && i < check->problems->len; i++)
		fprintf(stderr, "%s\n", (char *)check->problems->pdata[i]);
	if (as_json)
		print_json(check);
	else if (as_table)
		print_table(check);
	else
		print_text(check);
	return check->problems->len > 0;
}
