/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a model would say of a text it never saw is asked once for every text,
 * by leaving parts out in turn. The same answers serve to report how good the
 * model is and to fit its probabilities; where both are done, the part that is
 * reported on has no say in the fit.
 */
#include "trainer_private.h"

static void
step(Trainer *trainer)
{
	trainer->done++;
	if (trainer->progress != NULL)
		trainer->progress(trainer->done, trainer->all, trainer->data);
}

static void
score_fold(const Problem *problem, const Fit *fit, unsigned fold,
           Judged *judged)
{
	for (unsigned i = 0; i < problem->rows->len; i++) {
		const Row *row = &g_array_index(problem->rows, Row, i);
		int label = (int)row->sample->label[fit->finding];
		Scored one = { .row = row, .truth = (unsigned)label };

		if (label < 0 || row->fold != fold)
			continue;
		fit_score(fit, row, one.score);
		g_array_append_val(row->site ? judged->site : judged->corpus,
		                   one);
	}
}

Judged
judge(Trainer *trainer, unsigned finding, unsigned folds, bool site)
{
	Judged judged = { .finding = finding,
		          .folds = folds,
		          .corpus = g_array_new(FALSE, FALSE, sizeof(Scored)),
		          .site = g_array_new(FALSE, FALSE, sizeof(Scored)) };

	for (unsigned fold = 0; fold < folds; fold++) {
		FitTask task = { finding, fold, site };
		g_autoptr(Fit) fit = fit_new(trainer->problem, &task);

		if (fit != NULL)
			score_fold(trainer->problem, fit, fold, &judged);
		step(trainer);
	}
	return judged;
}

void
judged_clear(Judged *judged)
{
	g_clear_pointer(&judged->corpus, g_array_unref);
	g_clear_pointer(&judged->site, g_array_unref);
}

const GArray *
judged_scores(const Judged *judged)
{
	return judged->corpus->len > 0 ? judged->corpus : judged->site;
}

static Evaluation *
evaluation_for(const Rules *rules, unsigned finding)
{
	unsigned n = rules_n_values(rules, finding);
	const char *values[LIMIT_FINDING_VALUES];

	for (unsigned v = 0; v < n; v++)
		values[v] = rules_value_name(rules, finding, v);
	return evaluation_new(rules_finding_name(rules, finding), values, n);
}

static Verdict
verdict_of(const Scored *one, const Calibration *mine, unsigned n_values)
{
	double p[LIMIT_FINDING_VALUES];
	Verdict verdict = { .truth = one->truth,
		            .language = one->row->sample->language };

	verdict.value = calibrated(mine, one->score, n_values, p);
	verdict.p = p[verdict.value];
	verdict.confidence = confidence_of(verdict.p, mine->likely, mine->sure);
	return verdict;
}

Evaluation *
judged_evaluate(const Judged *judged, const Rules *rules, bool site)
{
	const GArray *scored = site ? judged->site : judged->corpus;
	unsigned n = rules_n_values(rules, judged->finding);
	Calibration calibrations[JUDGE_FOLDS_MAX];
	Evaluation *evaluation;

	if (scored->len == 0)
		return NULL;
	evaluation = evaluation_for(rules, judged->finding);
	for (unsigned fold = 0; fold < judged->folds; fold++)
		calibrations[fold] = calibrate(judged_scores(judged), n, fold);
	for (unsigned i = 0; i < scored->len; i++) {
		const Scored *one = &g_array_index(scored, Scored, i);
		Verdict verdict =
			verdict_of(one, &calibrations[one->row->fold], n);

		evaluation_add(evaluation, &verdict);
	}
	return evaluation;
}
