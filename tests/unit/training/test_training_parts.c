/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of training that the public header does not show.
 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "../../../milter/training/trainer_private.h"
#include "analysis/model.h"
#include "rules_fixture.h"
#include "toy_corpus.h"

#define N_VALUES 3
#define FOLDS 4

/* Texts left out, each with its row. */
typedef struct LeftOut {
	Row rows[400];
	GArray *scored;
} LeftOut;

/* The best score is right in `right` of a hundred texts, and `lead` above the
 * others. */
static LeftOut *
left_out(unsigned n, unsigned right, double lead)
{
	LeftOut *all = g_new0(LeftOut, 1);
	g_autoptr(GRand) dice = g_rand_new_with_seed(11);

	all->scored = g_array_new(FALSE, TRUE, sizeof(Scored));
	for (unsigned i = 0; i < n; i++) {
		unsigned best = i % N_VALUES;
		Scored one = { .row = &all->rows[i], .truth = best };

		all->rows[i].fold = i % FOLDS;
		if (i * 37 % 100 >= right)
			one.truth = (best + 1) % N_VALUES;
		for (unsigned v = 0; v < N_VALUES; v++)
			one.score[v] = g_rand_double_range(dice, 0, 0.1);
		one.score[best] += lead * g_rand_double_range(dice, 0.5, 1.5);
		g_array_append_val(all->scored, one);
	}
	return all;
}

static void
left_out_free(LeftOut *all)
{
	g_array_unref(all->scored);
	g_free(all);
}

static Calibration
calibration_of(unsigned n, unsigned right, double lead)
{
	LeftOut *all = left_out(n, right, lead);
	Calibration calibration = calibrate(all->scored, N_VALUES, FOLD_NEVER);

	g_assert_cmpfloat(calibration.factor, >=, 0.05);
	g_assert_cmpfloat(calibration.factor, <=, 20);
	g_assert_cmpfloat(calibration.likely, >, 0);
	g_assert_cmpfloat(calibration.likely, <=, calibration.sure);
	g_assert_cmpfloat(calibration.sure, <=, 1);
	left_out_free(all);
	return calibration;
}

static void
test_factor(void)
{
	Calibration none = calibration_of(0, 0, 0);
	Calibration chance = calibration_of(300, 33, 1);
	Calibration fair = calibration_of(300, 70, 1);
	Calibration good = calibration_of(300, 95, 1);
	Calibration large = calibration_of(300, 70, 10);
	double p[LIMIT_FINDING_VALUES];
	const double score[N_VALUES] = { 1, 0, 0 };

	g_assert_cmpfloat(chance.factor, <, fair.factor);
	g_assert_cmpfloat(fair.factor, <, good.factor);
	g_assert_cmpfloat(large.factor, <, fair.factor);
	/* what is right in 70 of a hundred is told with about 0.7 */
	calibrated(&fair, score, N_VALUES, p);
	g_assert_cmpfloat_with_epsilon(p[0], 0.7, 0.08);
	g_assert_cmpfloat(none.sure, ==, 1);
}

static void
test_bounds(void)
{
	Calibration good = calibration_of(300, 98, 1);
	Calibration fair = calibration_of(300, 88, 1);
	Calibration bad = calibration_of(300, 60, 1);
	Calibration few = calibration_of(20, 100, 1);
	LeftOut *all = left_out(300, 70, 1);
	Calibration telling;

	for (unsigned i = 0; i < all->scored->len; i++) {
		Scored *one = &g_array_index(all->scored, Scored, i);

		if (one->truth == i % N_VALUES)
			one->score[one->truth] += 2;
	}
	telling = calibrate(all->scored, N_VALUES, FOLD_NEVER);
	left_out_free(all);
	/* all are sure enough */
	g_assert_cmpfloat(good.sure, <, 0.999);
	g_assert_cmpfloat(good.sure, ==, good.likely);
	g_assert_cmpfloat(fair.likely, <, fair.sure);
	/* none is */
	g_assert_cmpfloat(bad.sure, ==, 1);
	g_assert_cmpfloat(bad.likely, ==, 1);
	/* the surest are */
	g_assert_cmpfloat(telling.sure, <, 0.999);
	g_assert_cmpfloat(telling.sure, >, telling.likely);
	/* nothing is promised on so few */
	g_assert_cmpfloat(few.sure, ==, 1);
}

/* A part that is judged has no say in how: its own texts may be anything. */
static void
test_fold(void)
{
	LeftOut *all = left_out(200, 80, 1);
	Calibration before = calibrate(all->scored, N_VALUES, 2), after;

	for (unsigned i = 0; i < all->scored->len; i++) {
		Scored *one = &g_array_index(all->scored, Scored, i);

		if (one->row->fold == 2)
			one->truth = (one->truth + 1) % N_VALUES;
	}
	after = calibrate(all->scored, N_VALUES, 2);
	g_assert_cmpfloat(before.factor, ==, after.factor);
	g_assert_cmpfloat(before.sure, ==, after.sure);
	g_assert_cmpfloat(before.likely, ==, after.likely);
	after = calibrate(all->scored, N_VALUES, 1);
	g_assert_cmpfloat(before.factor, !=, after.factor);
	left_out_free(all);
}

static void
test_calibrated(void)
{
	const Calibration calibration = { .factor = 2 };
	double last = 0, p[LIMIT_FINDING_VALUES];
	const double huge[N_VALUES] = { -1e6, 1e6, 0 };
	const double equal[N_VALUES] = { 3, 3, 3 };

	for (double lead = -4; lead < 4; lead += 0.25) {
		double score[N_VALUES] = { 0.5, 0.5 + lead, 0.5 };
		unsigned best = calibrated(&calibration, score, N_VALUES, p);

		g_assert_cmpuint(best, ==, lead > 0 ? 1 : 0);
		g_assert_cmpfloat_with_epsilon(p[0] + p[1] + p[2], 1, 1e-9);
		g_assert_cmpfloat(p[1], >, last);
		g_assert_cmpfloat_with_epsilon(p[1] / p[0], exp(2 * lead),
		                               1e-6 * exp(2 * lead));
		last = p[1];
	}
	g_assert_cmpuint(calibrated(&calibration, huge, N_VALUES, p), ==, 1);
	g_assert_cmpfloat(p[1], ==, 1);
	g_assert_cmpfloat(p[0], ==, 0);
	calibrated(&calibration, equal, N_VALUES, p);
	g_assert_cmpfloat_with_epsilon(p[2], 1.0 / 3, 1e-9);
}

/* ------------------------------------------------------------- what is written
 */

typedef struct Written {
	Rules *rules;
	Corpus *corpus;
	Problem *problem;
	Fit *fit;
	Calibration calibration;
	Model *model;
} Written;

static Written
write_model(unsigned rows)
{
	Written all = { .calibration = { 3, 0.625, 0.875 } };
	FitTask task = { .finding = 0, .fold = FOLD_NONE };
	g_autoptr(GPtrArray) fits = g_ptr_array_new();
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;

	all.rules = fixture_rules(TOY_RULES, NULL, &error);
	g_assert_no_error(error);
	all.corpus = toy_corpus(all.rules, 1, 120);
	all.problem = problem_new(all.rules);
	for (unsigned i = 0; i < corpus_size(all.corpus); i++)
		problem_add(all.problem, corpus_sample(all.corpus, i), 0);
	problem_finish(all.problem);
	problem_split(all.problem, FOLDS, 1);
	all.fit = fit_new(all.problem, &task);
	g_assert_nonnull(all.fit);
	g_ptr_array_add(fits, all.fit);
	bytes = model_write(all.problem, fits, &all.calibration, rows);
	all.model = model_parse("written", bytes, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(model_bind(all.model, all.rules), ==, 1);
	return all;
}

static void
written_clear(Written *all)
{
	model_free(all->model);
	fit_free(all->fit);
	problem_free(all->problem);
	corpus_free(all->corpus);
	rules_free(all->rules);
}

/* How far at most the model's sums are from the fit's scores. */
static double
largest_difference(const Written *all)
{
	double largest = 0;

	for (unsigned i = 0; i < all->problem->rows->len; i++) {
		const Row *row = &g_array_index(all->problem->rows, Row, i);
		FeatureText text = { .text = row->sample->text, .grams = true };
		g_autoptr(Features) features =
			features_read(all->rules, LANGUAGE_EN, &text);
		double score[LIMIT_FINDING_VALUES];
		HeadSums sums;

		memset(&sums, 0, sizeof(sums));
		heads_add_rules(all->rules, features, &sums);
		model_judge(all->model, features, &sums);
		fit_score(all->fit, row, score);
		for (unsigned v = 0; v < N_VALUES; v++)
			largest = MAX(largest,
			              fabs(sums.sum[0][v] -
			                   all->calibration.factor * score[v]));
	}
	return largest;
}

/* The model that is read back says what the fit says, but for weights as bytes
 * and those left out. */
static void
test_written(void)
{
	Written all = write_model(1u << 14);
	double difference = largest_difference(&all), likely, sure;

	model_confidence(all.model, 0, &likely, &sure);
	g_test_message("differs by %.4f", difference);
	g_assert_cmpfloat(difference, <, 0.05);
	g_assert_cmpfloat_with_epsilon(likely, 0.625, 1e-4);
	g_assert_cmpfloat_with_epsilon(sure, 0.875, 1e-4);
	written_clear(&all);
}

static unsigned
count_right(const Written *all)
{
	unsigned right = 0;

	for (unsigned i = 0; i < corpus_size(all->corpus); i++) {
		const Sample *sample = corpus_sample(all->corpus, i);
		FeatureText text = { .text = sample->text, .grams = true };
		g_autoptr(Features) features =
			features_read(all->rules, LANGUAGE_EN, &text);
		Findings findings = { 0 };
		HeadSums sums = { 0 };

		model_judge(all->model, features, &sums);
		heads_decide(all->rules, &sums, &findings);
		right +=
			findings.finding[0].value == (unsigned)sample->label[0];
	}
	return right;
}

/* With too few rows what says most is kept; less than all of it. */
static void
test_narrow(void)
{
	Written all = write_model(16);
	double difference = largest_difference(&all);

	g_test_message("differs by %.4f, %u right", difference,
	               count_right(&all));
	g_assert_cmpfloat(difference, >, 0.05);
	g_assert_cmpuint(count_right(&all), ==, 120);
	written_clear(&all);
}

/* Each text is in one part and parts are of one size; those only trained on
 * are in none; another seed, other parts. */
static void
test_split(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(TOY_RULES, NULL, &error);
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 100);
	Problem *problem = problem_new(rules);
	unsigned size[FOLDS] = { 0 }, first[100], moved = 0;

	for (unsigned i = 0; i < 100; i++)
		problem_add(problem, corpus_sample(corpus, i),
		            i % 5 == 0 ? TRAINER_ONLY : 0);
	problem_finish(problem);
	problem_split(problem, FOLDS, 1);
	for (unsigned i = 0; i < 100; i++) {
		first[i] = g_array_index(problem->rows, Row, i).fold;
		g_assert_true(i % 5 == 0 ? first[i] == FOLD_NEVER
		                         : first[i] < FOLDS);
		if (first[i] < FOLDS)
			size[first[i]]++;
	}
	for (unsigned i = 0; i < FOLDS; i++)
		g_assert_cmpuint(size[i], >=, 12);
	problem_split(problem, FOLDS, 2);
	for (unsigned i = 0; i < 100; i++)
		moved += g_array_index(problem->rows, Row, i).fold != first[i];
	g_assert_cmpuint(moved, >, 30);
	problem_free(problem);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calibrate/factor", test_factor);
	g_test_add_func("/calibrate/bounds", test_bounds);
	g_test_add_func("/calibrate/fold", test_fold);
	g_test_add_func("/calibrate/calibrated", test_calibrated);
	g_test_add_func("/calibrate/written", test_written);
	g_test_add_func("/calibrate/narrow", test_narrow);
	g_test_add_func("/calibrate/split", test_split);
	return g_test_run();
}
