/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules are loaded without their model: one must not learn from what
 * another said, and has to be made also when the old one cannot be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "evaluate_value.h"
#include "labelled.h"
#include "print.h"
#include "progress.h"
#include "train.h"
#include "training/corpus.h"

#define FOLDS_MAX 50

static bool
matches(const char *const *patterns, const char *path)
{
	g_autofree char *name = g_path_get_basename(path);

	for (; *patterns != NULL; patterns++)
		if (g_pattern_match_simple(*patterns, name))
			return true;
	return false;
}

/* A pattern with a slip in it would make another model without a word. */
static bool
all_match(const char *option, const char *const *patterns, const Corpus *corpus)
{
	for (; *patterns != NULL; patterns++) {
		const char *const one[] = { *patterns, NULL };
		unsigned i = 0, n = corpus_size(corpus);

		while (i < n && !matches(one, corpus_sample(corpus, i)->file))
			i++;
		if (i < n)
			continue;
		print_error("train: --%s %s is the name of none of the files",
		            option, *patterns);
		return false;
	}
	return true;
}

static int
read_files(Corpus *corpus, const Rules *rules, const Options *options)
{
	int finding = -1, status;

	if (options->finding != NULL) {
		finding = labelled_finding(rules, options->finding);
		if (finding < 0) {
			labelled_no_finding(rules, options->finding, "");
			return CLI_USAGE;
		}
	}
	status = labelled_read(corpus, rules, finding, options,
	                       options->arguments);
	if (status == CLI_FINE && (!all_match("seen", options->seen, corpus) ||
	                           !all_match("only", options->only, corpus)))
		return CLI_USAGE;
	return status;
}

static void
add_texts(Trainer *trainer, const Corpus *corpus, const Options *options)
{
	Progress progress = progress_begin("texts");

	for (unsigned i = 0; i < corpus_size(corpus); i++) {
		const Sample *sample = corpus_sample(corpus, i);
		unsigned use = 0;

		if (matches(options->seen, sample->file))
			use |= TRAINER_SEEN;
		if (matches(options->only, sample->file))
			use |= TRAINER_ONLY;
		trainer_add(trainer, sample, use);
		progress_show(&progress, i + 1);
	}
	progress_end(&progress);
}

void
train_show_progress(unsigned done, unsigned all, void *data)
{
	(void)all;
	progress_show(data, done);
}

static int
cross_validate(Trainer *trainer, unsigned folds, const Options *options)
{
	Progress progress = progress_begin("trainings");
	json_t *value = json_object(), *findings = json_object();
	Evaluation *evaluations[LIMIT_FINDINGS];

	trainer_on_progress(trainer, train_show_progress, &progress);
	trainer_cross_validate(trainer, folds, TRAIN_SEED, evaluations);
	progress_end(&progress);
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "folds", folds);
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++) {
		if (evaluations[f] == NULL)
			continue;
		json_object_set_new(findings,
		                    evaluation_finding(evaluations[f]),
		                    evaluate_value(evaluations[f]));
		evaluation_free(evaluations[f]);
	}
	if (json_object_size(findings) == 0) {
		print_error("too few labelled texts to judge by: a finding "
		            "needs some dozen of two values at least");
		json_decref(findings);
		json_decref(value);
		return CLI_FOUND;
	}
	json_object_set_new(value, "findings", findings);
	print_value(options->json, value, evaluate_print_rows);
	return CLI_FINE;
}

static void
trained_text(const json_t *value)
{
	printf("%s: %" G_GINT64_FORMAT " bytes\n", print_string(value, "model"),
	       print_integer(value, "bytes"));
}

static void
tell_trained(const char *path, size_t size, bool json)
{
	g_autofree char *harmless = print_name(path);
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_string(value, "model", harmless);
	print_set_integer(value, "bytes", (gint64)size);
	print_value(json, value, trained_text);
}

static int
train_to(Trainer *trainer, const char *path, bool json)
{
	Progress progress = progress_begin("trainings");
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) model = NULL;
	const char *bytes;
	gsize size;

	trainer_on_progress(trainer, train_show_progress, &progress);
	model = trainer_train(trainer, TRAIN_ROWS, TRAIN_SEED, &error);
	progress_end(&progress);
	if (model == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	bytes = g_bytes_get_data(model, &size);
	if (!g_file_set_contents(path, bytes, (gssize)size, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	tell_trained(path, size, json);
	return CLI_FINE;
}

static bool
wanted_folds(const Options *options, unsigned *ret_folds)
{
	guint64 number = 0;

	*ret_folds = 0;
	if (options->folds == NULL) {
		if (options->output != NULL)
			return true;
		print_error("train: say --output FILE, or --cross-validate K");
		return false;
	}
	if (!g_ascii_string_to_unsigned(options->folds, 10, 2, FOLDS_MAX,
	                                &number, NULL)) {
		print_error("train: --cross-validate %s is no number from 2 to "
		            "%d",
		            options->folds, FOLDS_MAX);
		return false;
	}
	*ret_folds = (unsigned)number;
	return true;
}

static int
train_on_files(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = NULL;
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(Trainer) trainer = NULL;
	unsigned folds;
	int status;

	if (!wanted_folds(options, &folds))
		return CLI_USAGE;
	context = context_open_untrained(options, &error);
	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	status = read_files(corpus, context->rules, options);
	if (status != CLI_FINE)
		return status;
	trainer = trainer_new(context->rules);
	add_texts(trainer, corpus, options);
	if (folds > 0 && cross_validate(trainer, folds, options) != CLI_FINE)
		return CLI_FOUND;
	return options->output
	               ? train_to(trainer, options->output, options->json)
	               : CLI_FINE;
}

static bool
has_site_option(const Options *options)
{
	if (options->margin == NULL && !options->force && !options->if_stale)
		return false;
	print_error("train: --margin, --force and --if-stale go with --site");
	return true;
}

int
cmd_train(const Options *options)
{
	if (options->site)
		return train_site(options);
	if (has_site_option(options))
		return CLI_USAGE;
	if (options->n_arguments > 0)
		return train_on_files(options);
	print_error("train: say FILE..., or --site");
	return CLI_USAGE;
}
