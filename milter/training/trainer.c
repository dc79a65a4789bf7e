/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Examples teach the findings that they are labelled with. Confidence is fitted
 * on texts all the same: corrections are mails that were told wrong, and say
 * nothing of how often one is.
 */
#include "training/trainer.h"

#include <string.h>

#include "base/error.h"
#include "trainer_private.h"

/* Parts that are left out in turn for the probabilities of a model. */
#define FOLDS 5

Trainer *
trainer_new(const Rules *rules)
{
	Trainer *trainer = g_new0(Trainer, 1);

	trainer->problem = problem_new(rules);
	return trainer;
}

void
trainer_free(Trainer *trainer)
{
	if (trainer == NULL)
		return;
	problem_free(trainer->problem);
	g_free(trainer);
}

void
trainer_on_progress(Trainer *trainer, TrainerProgress *progress, void *data)
{
	trainer->progress = progress;
	trainer->data = data;
}

void
trainer_add(Trainer *trainer, const Sample *sample, unsigned use)
{
	problem_add(trainer->problem, sample, use);
}

void
trainer_add_example(Trainer *trainer, const Example *example,
                    const int8_t label[LIMIT_FINDINGS], int64_t customer)
{
	problem_add_example(trainer->problem, example, label, customer);
}

static unsigned
n_findings(const Trainer *trainer)
{
	return rules_n_findings(trainer->problem->rules);
}

void
trainer_begin(Trainer *trainer, unsigned folds, unsigned seed)
{
	if (!trainer->finished)
		problem_finish(trainer->problem);
	trainer->finished = true;
	problem_split(trainer->problem, folds, seed);
	trainer->done = 0;
	trainer->all = n_findings(trainer) * folds;
}

void
trainer_cross_validate(Trainer *trainer, unsigned folds, unsigned seed,
                       Evaluation *ret_evaluations[LIMIT_FINDINGS])
{
	folds = CLAMP(folds, 2, JUDGE_FOLDS_MAX);
	trainer_begin(trainer, folds, seed);
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++)
		ret_evaluations[f] = NULL;
	for (unsigned f = 0; f < n_findings(trainer); f++) {
		g_auto(Judged) judged = judge(trainer, f, folds, false);

		ret_evaluations[f] = judged_evaluate(
			&judged, trainer->problem->rules, false);
	}
}

typedef struct Training {
	GPtrArray *fits;
	Calibration calibrations[LIMIT_FINDINGS];
	unsigned outputs;
} Training;

/* A finding without a place in the file would be left to the rules without a
 * word, although somebody labelled texts for it. */
static bool
has_room(const Training *training, const Rules *rules, unsigned finding,
         GError **error)
{
	if (training->outputs + rules_n_values(rules, finding) <= MODEL_OUTPUTS)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
	            "no room for the finding %s: it has %u values, and a model "
	            "holds %d, of which those before it have %u; leave a "
	            "trait out of analysis.traits, or texts that are labelled "
	            "with it",
	            rules_finding_name(rules, finding),
	            rules_n_values(rules, finding), MODEL_OUTPUTS,
	            training->outputs);
	return false;
}

/* Adds what can be learned of a finding, which may be nothing. */
static bool
train_finding(Trainer *trainer, Training *training, unsigned finding,
              GError **error)
{
	Problem *problem = trainer->problem;
	bool site = problem_n_examples(problem, finding) > 0;
	FitTask task = { finding, FOLD_NONE, site };
	g_auto(Judged) judged = judge(trainer, finding, FOLDS, site);
	g_autoptr(Fit) fit = NULL;

	if (judged_scores(&judged)->len == 0)
		return true;
	fit = fit_new(problem, &task);
	if (fit == NULL)
		return true;
	if (!has_room(training, problem->rules, finding, error))
		return false;
	training->outputs += fit->n_values;
	training->calibrations[training->fits->len] =
		calibrate(judged_scores(&judged), fit->n_values, FOLD_NEVER);
	g_ptr_array_add(training->fits, g_steal_pointer(&fit));
	return true;
}

GBytes *
trainer_train(Trainer *trainer, unsigned rows, unsigned seed, GError **error)
{
	g_autoptr(GPtrArray) fits =
		g_ptr_array_new_with_free_func((GDestroyNotify)fit_free);
	Training training = { .fits = fits };

	trainer_begin(trainer, FOLDS, seed);
	for (unsigned f = 0; f < n_findings(trainer); f++)
		if (!train_finding(trainer, &training, f, error))
			return NULL;
	if (fits->len > 0)
		return model_write(trainer->problem, fits,
		                   training.calibrations, rows);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
	            "too few labelled texts to learn from: a finding needs "
	            "some dozen of two values at least");
	return NULL;
}

/* -------------------------------------------------------------------- site
 */

void
trainer_site_clear(TrainerSite *site)
{
	for (unsigned i = 0; i < 2; i++) {
		g_clear_pointer(&site->corpus[i], evaluation_free);
		g_clear_pointer(&site->own[i], evaluation_free);
	}
}

void
trainer_judge_site(Trainer *trainer, unsigned seed,
                   TrainerSite ret_sites[LIMIT_FINDINGS])
{
	const Rules *rules = trainer->problem->rules;

	memset(ret_sites, 0, LIMIT_FINDINGS * sizeof(*ret_sites));
	trainer_begin(trainer, FOLDS, seed);
	for (unsigned f = 0; f < n_findings(trainer); f++) {
		TrainerSite *site = &ret_sites[f];

		site->examples = problem_n_examples(trainer->problem, f);
		for (unsigned i = 0; i < 2 && site->examples > 0; i++) {
			g_auto(Judged) judged =
				judge(trainer, f, FOLDS, i == 1);

			site->corpus[i] =
				judged_evaluate(&judged, rules, false);
			site->own[i] = judged_evaluate(&judged, rules, true);
		}
	}
}
