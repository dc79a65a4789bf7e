/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a model would say of a text it never saw is asked once for every text,
 * by leaving parts out in turn. The same answers serve to report how good the
 * model is and to fit its probabilities; where both are done, the part that is
 * reported on has no say in the fit.
 */
#include "training/trainer.h"

#include <string.h>

#include "base/error.h"
#include "trainer_private.h"

/* Parts that are left out in turn for the probabilities of a model. */
#define FOLDS 5
#define FOLDS_MAX 64

struct Trainer {
	Problem *problem;
	bool finished;
	TrainerProgress *progress;
	void *data;
	unsigned done, all;
};

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

static void
step(Trainer *trainer)
{
	trainer->done++;
	if (trainer->progress != NULL)
		trainer->progress(trainer->done, trainer->all, trainer->data);
}

static unsigned
n_findings(const Trainer *trainer)
{
	return rules_n_findings(trainer->problem->rules);
}

static void
score_fold(Problem *problem, const Fit *fit, unsigned fold, GArray *scored)
{
	for (unsigned i = 0; i < problem->rows->len; i++) {
		const Row *row = &g_array_index(problem->rows, Row, i);
		int label = (int)row->sample->label[fit->finding];
		Scored one = { .row = row, .truth = (unsigned)label };

		if (label < 0 || row->fold != fold)
			continue;
		fit_score(fit, row, one.score);
		g_array_append_val(scored, one);
	}
}

/* What is said of each text when it is left out. Empty: too few texts. */
static GArray *
score_left_out(Trainer *trainer, unsigned finding, unsigned folds)
{
	GArray *scored = g_array_new(FALSE, FALSE, sizeof(Scored));

	for (unsigned fold = 0; fold < folds; fold++) {
		g_autoptr(Fit) fit = fit_new(trainer->problem, finding, fold);

		if (fit != NULL)
			score_fold(trainer->problem, fit, fold, scored);
		step(trainer);
	}
	return scored;
}

static void
begin(Trainer *trainer, unsigned folds, unsigned seed)
{
	if (!trainer->finished)
		problem_finish(trainer->problem);
	trainer->finished = true;
	problem_split(trainer->problem, folds, seed);
	trainer->done = 0;
	trainer->all = n_findings(trainer) * folds;
}

static Evaluation *
evaluate(Trainer *trainer, unsigned finding, const GArray *scored,
         unsigned folds)
{
	const Rules *rules = trainer->problem->rules;
	unsigned n = rules_n_values(rules, finding);
	const char *values[LIMIT_FINDING_VALUES];
	Calibration calibrations[FOLDS_MAX];
	Evaluation *evaluation;

	for (unsigned v = 0; v < n; v++)
		values[v] = rules_value_name(rules, finding, v);
	evaluation =
		evaluation_new(rules_finding_name(rules, finding), values, n);
	for (unsigned fold = 0; fold < folds; fold++)
		calibrations[fold] = calibrate(scored, n, fold);
	for (unsigned i = 0; i < scored->len; i++) {
		const Scored *one = &g_array_index(scored, Scored, i);
		const Calibration *mine = &calibrations[one->row->fold];
		double p[LIMIT_FINDING_VALUES];
		Verdict verdict = { .truth = one->truth,
			            .language = one->row->sample->language };

		verdict.value = calibrated(mine, one->score, n, p);
		verdict.p = p[verdict.value];
		verdict.confidence =
			confidence_of(verdict.p, mine->likely, mine->sure);
		evaluation_add(evaluation, &verdict);
	}
	return evaluation;
}

void
trainer_cross_validate(Trainer *trainer, unsigned folds, unsigned seed,
                       Evaluation *ret_evaluations[LIMIT_FINDINGS])
{
	folds = CLAMP(folds, 2, FOLDS_MAX);
	begin(trainer, folds, seed);
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++)
		ret_evaluations[f] = NULL;
	for (unsigned f = 0; f < n_findings(trainer); f++) {
		g_autoptr(GArray) scored = score_left_out(trainer, f, folds);

		if (scored->len > 0)
			ret_evaluations[f] =
				evaluate(trainer, f, scored, folds);
	}
}

GBytes *
trainer_train(Trainer *trainer, unsigned rows, unsigned seed, GError **error)
{
	const Rules *rules = trainer->problem->rules;
	g_autoptr(GPtrArray) fits =
		g_ptr_array_new_with_free_func((GDestroyNotify)fit_free);
	Calibration calibrations[LIMIT_FINDINGS];
	unsigned outputs = 0;

	begin(trainer, FOLDS, seed);
	for (unsigned f = 0; f < n_findings(trainer); f++) {
		g_autoptr(GArray) scored = score_left_out(trainer, f, FOLDS);
		g_autoptr(Fit) fit = NULL;

		if (scored->len == 0 ||
		    outputs + rules_n_values(rules, f) > MODEL_OUTPUTS)
			continue;
		fit = fit_new(trainer->problem, f, FOLD_NONE);
		if (fit == NULL)
			continue;
		outputs += fit->n_values;
		calibrations[fits->len] =
			calibrate(scored, fit->n_values, FOLD_NONE);
		g_ptr_array_add(fits, g_steal_pointer(&fit));
	}
	if (fits->len > 0)
		return model_write(trainer->problem, fits, calibrations, rows);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
	            "too few labelled texts to learn from: a finding needs "
	            "some dozen of two values at least");
	return NULL;
}
