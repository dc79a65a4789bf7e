/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "rows.h"
#include "training/evaluation.h"

#define NEAR 1e-4 /* as published tables are rounded */
#define EXACT 1e-12

static const char *const values[] = { "negative", "neutral", "positive" };

enum {
	NEG,
	NEU,
	POS,
};

/* truth, told, p, confidence, abstained, language */
static const Verdict verdicts[] = {
	{ NEG, NEG, 0.95, CONFIDENCE_HIGH, false, LANGUAGE_DA },
	{ NEG, NEG, 0.85, CONFIDENCE_MEDIUM, false, LANGUAGE_DA },
	{ NEG, POS, 0.45, CONFIDENCE_LOW, true, LANGUAGE_DA },
	{ NEU, NEU, 0.75, CONFIDENCE_MEDIUM, false, LANGUAGE_DA },
	{ NEU, POS, 0.55, CONFIDENCE_LOW, false, LANGUAGE_EN },
	{ POS, POS, 0.92, CONFIDENCE_HIGH, false, LANGUAGE_EN },
	{ POS, POS, 0.65, CONFIDENCE_MEDIUM, false, LANGUAGE_EN },
	{ POS, NEG, 0.98, CONFIDENCE_HIGH, false, LANGUAGE_EN },
	{ NEU, NEU, 0.35, CONFIDENCE_LOW, true, LANGUAGE_EN },
	{ NEU, NEU, 0.78, CONFIDENCE_MEDIUM, false, LANGUAGE_EN },
};

static Evaluation *
of_verdicts(void)
{
	Evaluation *evaluation =
		evaluation_new("sentiment", values, G_N_ELEMENTS(values));

	for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
		evaluation_add(evaluation, &verdicts[i]);
	return evaluation;
}

/* `right` of `n` texts of two values, as many of each. */
static EvaluationFigures
of_share(unsigned right, unsigned n)
{
	g_autoptr(Evaluation) evaluation = evaluation_new("x", values, 2);
	EvaluationFigures figures;

	for (unsigned i = 0; i < n; i++) {
		Verdict verdict = { .truth = i % 2, .p = 0.5 };

		verdict.value = i < right ? verdict.truth : !verdict.truth;
		evaluation_add(evaluation, &verdict);
	}
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	return figures;
}

/* Newcombe 1998, "Two-sided confidence intervals for the single proportion",
 * table I, method 3; and 7 of 10 by hand. */
static const struct row {
	const char *name;
	unsigned right, n;
	double low, high;
} rows[] = {
	{ "81-of-263", 81, 263, 0.2553, 0.3662 },
	{ "15-of-148", 15, 148, 0.0624, 0.1605 },
	{ "0-of-20", 0, 20, 0, 0.1611 },
	{ "1-of-29", 1, 29, 0.0061, 0.1718 },
	{ "7-of-10", 7, 10, 0.3968, 0.8922 },
	{ "20-of-20", 20, 20, 0.8389, 1 },
	{ "none", 0, 0, 0, 1 },
};

static void
test_share(const void *data)
{
	const struct row *row = data;
	EvaluationFigures figures = of_share(row->right, row->n);

	g_assert_cmpuint(figures.n, ==, row->n);
	g_assert_cmpfloat_with_epsilon(
		figures.accuracy.value,
		row->n > 0 ? (double)row->right / row->n : 0, EXACT);
	g_assert_cmpfloat_with_epsilon(figures.accuracy.low, row->low, NEAR);
	g_assert_cmpfloat_with_epsilon(figures.accuracy.high, row->high, NEAR);
}

static void
assert_value(const EvaluationValue *value, unsigned n, unsigned told,
             double precision, double recall)
{
	double f1 = 2 * precision * recall / (precision + recall);

	g_assert_cmpuint(value->n, ==, n);
	g_assert_cmpuint(value->told, ==, told);
	g_assert_cmpfloat_with_epsilon(value->precision, precision, EXACT);
	g_assert_cmpfloat_with_epsilon(value->recall, recall, EXACT);
	g_assert_cmpfloat_with_epsilon(value->f1, f1, EXACT);
}

static void
test_values(void)
{
	static const unsigned confusion[3][3] = { { 2, 0, 1 },
		                                  { 0, 3, 1 },
		                                  { 1, 0, 2 } };
	g_autoptr(Evaluation) evaluation = of_verdicts();
	EvaluationFigures figures;

	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	for (unsigned i = 0; i < 3; i++)
		for (unsigned k = 0; k < 3; k++)
			g_assert_cmpuint(figures.confusion[i][k], ==,
			                 confusion[i][k]);
	assert_value(&figures.value[NEG], 3, 3, 2.0 / 3, 2.0 / 3);
	assert_value(&figures.value[NEU], 4, 3, 1, 0.75);
	assert_value(&figures.value[POS], 3, 4, 0.5, 2.0 / 3);
	/* (14 + 18 + 12) / 21 / 3 */
	g_assert_cmpfloat_with_epsilon(figures.macro_f1.value, 44.0 / 63,
	                               EXACT);
	g_assert_cmpfloat_with_epsilon(figures.accuracy.value, 0.7, EXACT);
	g_assert_cmpfloat_with_epsilon(figures.abstained, 0.2, EXACT);
}

/* |sum of p - right| of bins 3 to 9: .65 .45 .55 .35 .47 .15 .85, by 10 */
static void
test_bins(void)
{
	static const unsigned n[EVALUATION_BINS] = { 0, 0, 0, 1, 1,
		                                     1, 1, 2, 1, 3 };
	g_autoptr(Evaluation) evaluation = of_verdicts();
	EvaluationFigures figures;

	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	for (unsigned b = 0; b < EVALUATION_BINS; b++)
		g_assert_cmpuint(figures.bin[b].n, ==, n[b]);
	g_assert_cmpfloat_with_epsilon(figures.bin[9].p, 0.95, EXACT);
	g_assert_cmpfloat_with_epsilon(figures.bin[9].right, 2.0 / 3, EXACT);
	g_assert_cmpfloat_with_epsilon(figures.bin[7].p, 0.765, EXACT);
	g_assert_cmpfloat(figures.bin[0].p, ==, 0);
	g_assert_cmpfloat_with_epsilon(figures.calibration_error, 0.347, EXACT);
}

static void
test_confidences(void)
{
	static const struct {
		unsigned n;
		double coverage, right;
	} wanted[CONFIDENCE_N] = {
		[CONFIDENCE_HIGH] = { 3, 0.3, 2.0 / 3 },
		[CONFIDENCE_MEDIUM] = { 7, 0.7, 6.0 / 7 },
		[CONFIDENCE_LOW] = { 8, 0.8, 6.0 / 8 },
	};
	g_autoptr(Evaluation) evaluation = of_verdicts();
	EvaluationFigures figures;

	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	for (unsigned c = 0; c < CONFIDENCE_N; c++) {
		g_assert_cmpuint(figures.confidence[c].n, ==, wanted[c].n);
		g_assert_cmpfloat_with_epsilon(figures.confidence[c].coverage,
		                               wanted[c].coverage, EXACT);
		g_assert_cmpfloat_with_epsilon(
			figures.confidence[c].right.value, wanted[c].right,
			EXACT);
	}
}

static void
test_languages(void)
{
	g_autoptr(Evaluation) evaluation = of_verdicts();
	EvaluationFigures da, en, de;

	evaluation_figures(evaluation, LANGUAGE_DA, &da);
	evaluation_figures(evaluation, LANGUAGE_EN, &en);
	evaluation_figures(evaluation, LANGUAGE_DE, &de);
	g_assert_cmpuint(da.n, ==, 4);
	g_assert_cmpfloat_with_epsilon(da.accuracy.value, 0.75, EXACT);
	/* no positive one among the Danish: mean of 2 * 2 / (3 + 2) and 1 */
	g_assert_cmpfloat_with_epsilon(da.macro_f1.value, 0.9, EXACT);
	g_assert_cmpuint(en.n, ==, 6);
	g_assert_cmpfloat_with_epsilon(en.accuracy.value, 4.0 / 6, EXACT);
	g_assert_cmpuint(de.n, ==, 0);
	g_assert_cmpfloat(de.macro_f1.value, ==, 0);
	g_assert_cmpfloat(de.macro_f1.high, ==, 1);
	g_assert_cmpfloat(de.calibration_error, ==, 0);
}

/* Two values of 200 texts each, 80 % right: a normal interval fits as well,
 * 0.8 -+ 1.96 * sqrt(0.8 * 0.2 / 400) = 0.8 -+ 0.0392. */
static void
test_bootstrap_width(void)
{
	EvaluationFigures figures = of_share(320, 400);

	g_assert_cmpfloat_with_epsilon(figures.macro_f1.value, 0.8, EXACT);
	g_assert_cmpfloat_with_epsilon(figures.macro_f1.low, 0.7608, 0.008);
	g_assert_cmpfloat_with_epsilon(figures.macro_f1.high, 0.8392, 0.008);
}

static void
test_bootstrap_ends(void)
{
	EvaluationFigures right = of_share(30, 30), wrong = of_share(0, 30);

	g_assert_cmpfloat(right.macro_f1.low, ==, 1);
	g_assert_cmpfloat(right.macro_f1.high, ==, 1);
	g_assert_cmpfloat(wrong.macro_f1.low, ==, 0);
	g_assert_cmpfloat(wrong.macro_f1.high, ==, 0);
}

static void
test_same_again(void)
{
	g_autoptr(Evaluation) once = of_verdicts();
	g_autoptr(Evaluation) again = of_verdicts();
	EvaluationFigures a, b;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	evaluation_figures(once, LANGUAGE_N, &a);
	evaluation_figures(again, LANGUAGE_N, &b);
	g_assert_cmpmem(&a.macro_f1, sizeof(Interval), &b.macro_f1,
	                sizeof(Interval));
	g_assert_cmpfloat(a.macro_f1.low, <, a.macro_f1.value);
	g_assert_cmpfloat(a.macro_f1.high, >, a.macro_f1.value);
}

/* What is no verdict is not counted, and p ends in a bin. */
static void
test_bounds(void)
{
	static const Verdict odd[] = {
		{ 3, NEG, 0.5, CONFIDENCE_LOW, false, LANGUAGE_DA },
		{ NEG, 3, 0.5, CONFIDENCE_LOW, false, LANGUAGE_DA },
		{ NEG, NEG, 0.5, CONFIDENCE_N, false, LANGUAGE_DA },
		{ NEG, NEG, (double)NAN, CONFIDENCE_LOW, false, LANGUAGE_DA },
		{ NEG, NEG, 1, CONFIDENCE_LOW, false, LANGUAGE_DA },
		{ NEG, NEG, 7, CONFIDENCE_LOW, false, LANGUAGE_DA },
		{ NEG, NEG, -1, CONFIDENCE_LOW, false, LANGUAGE_DA },
	};
	g_autoptr(Evaluation) evaluation = evaluation_new("x", values, 3);
	EvaluationFigures figures;

	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
		evaluation_add(evaluation, &odd[i]);
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	g_assert_cmpuint(figures.n, ==, 3);
	g_assert_cmpuint(figures.bin[9].n, ==, 2);
	g_assert_cmpuint(figures.bin[0].n, ==, 1);
	g_assert_cmpstr(evaluation_finding(evaluation), ==, "x");
	g_assert_cmpuint(evaluation_n_values(evaluation), ==, 3);
	g_assert_cmpstr(evaluation_value(evaluation, 2), ==, "positive");
	g_assert_cmpstr(evaluation_value(evaluation, 3), ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/evaluation/share/", rows, test_share);
	g_test_add_func("/evaluation/values", test_values);
	g_test_add_func("/evaluation/bins", test_bins);
	g_test_add_func("/evaluation/confidences", test_confidences);
	g_test_add_func("/evaluation/languages", test_languages);
	g_test_add_func("/evaluation/bootstrap/width", test_bootstrap_width);
	g_test_add_func("/evaluation/bootstrap/ends", test_bootstrap_ends);
	g_test_add_func("/evaluation/bootstrap/same", test_same_again);
	g_test_add_func("/evaluation/bounds", test_bounds);
	return g_test_run();
}
