/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the examples cost is measured before the model is made, each text and
 * each customer's examples judged by what the others teach, and a model that
 * costs more than the margin is not written: a site that taught nonsense by
 * mistake keeps the model that it has.
 *
 * The store is not held open meanwhile: mails are taught while this runs.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "print.h"
#include "progress.h"
#include "site.h"
#include "site_corpus.h"
#include "train.h"

#define MARGIN 0.01
#define MODEL_FILE "models/findings.model"

typedef struct SiteTraining {
	const Options *options;
	Context *context;
	SiteCorpus *corpus;
	char *output;
	double margin;
	json_t *value; /* what is said, and kept beside the model */
	bool too_dear;
} SiteTraining;

static void
training_clear(SiteTraining *training)
{
	g_free(training->output);
	site_corpus_free(training->corpus);
	context_close(training->context);
	json_decref(training->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SiteTraining, training_clear)

static bool
read_margin(SiteTraining *training)
{
	const char *text = training->options->margin;
	char *end = NULL;

	training->margin = MARGIN;
	if (text == NULL)
		return true;
	training->margin = g_ascii_strtod(text, &end);
	if (end != text && *end == '\0' && training->margin >= 0 &&
	    training->margin <= 1)
		return true;
	print_error("train: --margin %s is no number from 0 to 1", text);
	return false;
}

/* Never in the folder that the shipped model is in. */
static bool
choose_output(SiteTraining *training)
{
	char **dirs = training->context->dirs;
	unsigned n = g_strv_length(dirs);
	g_autofree char *folder = NULL;

	if (training->options->output != NULL) {
		training->output = g_strdup(training->options->output);
		return true;
	}
	if (n < 2) {
		print_error("train: no rule folder of the site's own; name "
		            "one in analysis.rules, or say --output FILE");
		return false;
	}
	training->output = g_build_filename(dirs[n - 1], MODEL_FILE, NULL);
	folder = g_path_get_dirname(training->output);
	if (g_mkdir_with_parents(folder, 0755) == 0)
		return true;
	print_error("train: %s: cannot be made: %s", folder, g_strerror(errno));
	return false;
}

/* ------------------------------------------------------------------- judge */

static double
macro_f1(const Evaluation *evaluation)
{
	EvaluationFigures figures;

	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	return figures.macro_f1.value;
}

/* Adds {"before", "after"}; after less before. */
static double
put_change(json_t *value, const char *key, Evaluation *const *of)
{
	json_t *change = json_object();
	double before, after;

	if (of[0] == NULL || of[1] == NULL) {
		json_object_set_new(value, key, json_null());
		json_decref(change);
		return 0;
	}
	before = macro_f1(of[0]);
	after = macro_f1(of[1]);
	json_object_set_new(change, "before", json_real(before));
	json_object_set_new(change, "after", json_real(after));
	json_object_set_new(value, key, change);
	return after - before;
}

static void
judge_finding(SiteTraining *training, const char *name, const TrainerSite *site)
{
	json_t *value = json_object();
	json_t *findings = json_object_get(training->value, "findings");
	bool learned = site->corpus[1] != NULL || site->own[1] != NULL;
	double gain;

	print_set_integer(value, "examples", site->examples);
	print_set_bool(value, "learned", learned);
	gain = put_change(value, "corpus", site->corpus);
	put_change(value, "site", site->own);
	json_object_set_new(findings, name, value);
	if (!learned)
		print_error("train: too few examples of %s to learn from; it "
		            "is told as before",
		            name);
	if (gain >= -training->margin)
		return;
	training->too_dear = true;
	print_error("train: %s: the examples cost the corpus %.4f of macro-F1, "
	            "more than %.4f",
	            name, -gain, training->margin);
}

static void
judge_site(SiteTraining *training)
{
	const Rules *rules = training->context->rules;
	Progress progress = progress_begin("trainings");
	TrainerSite sites[LIMIT_FINDINGS];

	json_object_set_new(training->value, "findings", json_object());
	trainer_on_progress(training->corpus->trainer, train_show_progress,
	                    &progress);
	trainer_judge_site(training->corpus->trainer, TRAIN_SEED, sites);
	progress_end(&progress);
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		if (sites[f].examples > 0)
			judge_finding(training, rules_finding_name(rules, f),
			              &sites[f]);
		trainer_site_clear(&sites[f]);
	}
}

/* ------------------------------------------------------------------- write */

static void
put_provenance(SiteTraining *training, GBytes *model)
{
	g_autofree char *sum =
		g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, model);
	g_autoptr(GDateTime) now =
		g_date_time_new_from_unix_utc(clock_wall() / G_USEC_PER_SEC);
	g_autofree char *made = g_date_time_format_iso8601(now);
	json_t *value = training->value;

	print_set_string(value, "made", made);
	print_set_string(value, "tact", TACT_VERSION);
	print_set_string(value, "model_sha256", sum);
	print_set_string(value, "corpus_sha256", training->corpus->sha256);
	print_set_integer(value, "corpus_texts",
	                  corpus_size(training->corpus->texts));
	print_set_bool(value, "forced",
	               training->too_dear && training->options->force);
}

/* The record first: a model without its record is found and made anew, a record
 * without its model is nothing. */
static bool
write_model(SiteTraining *training, GBytes *model, GError **error)
{
	g_autofree char *record = g_strconcat(training->output, ".json", NULL);
	g_autofree char *text = NULL;
	gsize size;
	const char *bytes = g_bytes_get_data(model, &size);
	bool good;

	put_provenance(training, model);
	text = json_dumps(training->value, JSON_INDENT(1));
	good = g_file_set_contents(record, text, -1, error) &&
	       g_file_set_contents(training->output, bytes, (gssize)size,
	                           error);
	return good;
}

static bool
note_fitted(SiteTraining *training, GError **error)
{
	const Settings *settings = training->context->settings;
	const AuditEntry entry = { .event = AUDIT_TRAIN,
		                   .n = training->corpus->count.examples };
	g_auto(Site) site = { 0 };
	g_autoptr(StoreTxn) txn = NULL;

	if (!site_open_with(&site, settings, SITE_WRITE, error))
		return false;
	txn = store_begin(site.store, error);
	return txn != NULL &&
	       examples_fitted(site.store, training->corpus->digest, error) &&
	       site_commit(&site, txn, &entry, error);
}

static bool
train_and_write(SiteTraining *training, GError **error)
{
	Trainer *trainer = training->corpus->trainer;
	Progress progress = progress_begin("trainings");
	g_autoptr(GBytes) model = NULL;

	trainer_on_progress(trainer, train_show_progress, &progress);
	model = trainer_train(trainer, TRAIN_ROWS, TRAIN_SEED, error);
	progress_end(&progress);
	return model != NULL && write_model(training, model, error) &&
	       (training->options->output != NULL ||
	        note_fitted(training, error));
}

/* ------------------------------------------------------------------ report */

static void
print_change(const char *of, const json_t *change)
{
	if (json_is_object(change))
		printf(", %s %.3f to %.3f", of,
		       json_real_value(json_object_get(change, "before")),
		       json_real_value(json_object_get(change, "after")));
}

static void
report_text(const json_t *value)
{
	const char *name;
	json_t *one;

	json_object_foreach(json_object_get(value, "findings"), name, one)
	{
		printf("%s: examples %" G_GINT64_FORMAT, name,
		       print_integer(one, "examples"));
		print_change("macro-F1 of the corpus",
		             json_object_get(one, "corpus"));
		print_change("of the site's mails",
		             json_object_get(one, "site"));
		putchar('\n');
	}
	if (json_is_true(json_object_get(value, "written")))
		printf("%s: written; tact-milter takes it at its next "
		       "reload\n",
		       print_string(value, "model"));
	else
		puts("The model was not written.");
}

static int
report(SiteTraining *training, bool written)
{
	print_set_bool(training->value, "written", written);
	print_value(training->options->json, json_incref(training->value),
	            report_text);
	return written ? CLI_FINE : CLI_FOUND;
}

static void
begin_report(SiteTraining *training)
{
	const SiteCorpus *corpus = training->corpus;
	json_t *value = json_object();

	training->value = value;
	print_set_integer(value, "schema", 1);
	print_set_string(value, "model", training->output);
	print_set_integer(value, "examples", corpus->count.examples);
	print_set_integer(value, "mails", corpus->count.mails);
	print_set_integer(value, "customers", corpus->count.customers);
	print_set_integer(value, "passed_over", corpus->passed_over);
	print_set_integer(value, "unreadable", corpus->unreadable);
	json_object_set_new(value, "margin", json_real(training->margin));
}

static void
warn_of_left_out(const SiteCorpus *corpus)
{
	if (corpus->passed_over > 0)
		print_error("train: %u %s passed over: the rules lack the "
		            "finding or value",
		            corpus->passed_over,
		            text_noun(corpus->passed_over, "example is",
		                      "examples are"));
	if (corpus->unreadable > 0)
		print_error(
			"train: %u %s cannot be read: made with other "
			"keys, or by another version; teach again",
			corpus->unreadable,
			text_noun(corpus->unreadable, "example", "examples"));
}

static int
failed(GError **error)
{
	print_failure(error);
	return CLI_FOUND;
}

static int
run(SiteTraining *training)
{
	g_autoptr(GError) error = NULL;

	warn_of_left_out(training->corpus);
	begin_report(training);
	judge_site(training);
	if (training->too_dear && !training->options->force) {
		print_error("train: look at what was taught (tact learn "
		            "--list), raise --margin, or say --force");
		return report(training, false);
	}
	if (!train_and_write(training, &error))
		return failed(&error);
	return report(training, true);
}

/* False when nothing is to be done, or with an error. */
static bool
read_site(SiteTraining *training, GError **error)
{
	g_auto(Site) site = { 0 };
	bool stale = true;

	if (!site_open_with(&site, training->context->settings, SITE_READ,
	                    error) ||
	    !examples_stale(site.store, &stale, error))
		return false;
	if (training->options->if_stale && !stale)
		return false;
	training->corpus = site_corpus_read(training->context, site.keys,
	                                    site.store, error);
	return training->corpus != NULL;
}

static void
nothing_text(const json_t *value)
{
	puts(print_string(value, "why"));
}

static int
do_nothing(const SiteTraining *training, const char *why)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_bool(value, "written", false);
	print_set_string(value, "why", why);
	print_value(training->options->json, value, nothing_text);
	return CLI_FINE;
}

static int
train_if_any(SiteTraining *training)
{
	g_autoptr(GError) error = NULL;

	if (training->options->if_stale &&
	    !site_has_store(training->context->settings))
		return do_nothing(training, "This site keeps nothing, so "
		                            "nothing was taught.");
	if (read_site(training, &error))
		return choose_output(training) ? run(training) : CLI_FOUND;
	if (error != NULL)
		return failed(&error);
	return do_nothing(training, "Nothing was taught or erased since the "
	                            "site's model was made.");
}

/* What says how files are read, or which: they would be passed over. */
static bool
has_file_option(const Options *options)
{
	if (options->n_arguments == 0 && options->folds == NULL &&
	    options->seen[0] == NULL && options->only[0] == NULL &&
	    options->labels[0] == NULL && options->finding == NULL &&
	    options->language == NULL)
		return false;
	print_error("train: --site takes no files, no --cross-validate and "
	            "nothing about files: it learns the corpus that is "
	            "installed with the rules");
	return true;
}

int
train_site(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(SiteTraining) training = { .options = options };

	if (has_file_option(options) || !read_margin(&training))
		return CLI_USAGE;
	training.context = context_open_site(options, &error);
	if (training.context == NULL)
		return failed(&error);
	return train_if_any(&training);
}
