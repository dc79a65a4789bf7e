/* SPDX-License-Identifier: Apache-2.0 */
#include "evaluate_value.h"

#include <string.h>

#include "print.h"

static json_t *
interval_value(Interval interval)
{
	json_t *value = json_object();

	json_object_set_new(value, "value", json_real(interval.value));
	json_object_set_new(value, "low", json_real(interval.low));
	json_object_set_new(value, "high", json_real(interval.high));
	return value;
}

static json_t *
values_value(const Evaluation *evaluation, const EvaluationFigures *figures)
{
	json_t *object = json_object();

	for (unsigned v = 0; v < evaluation_n_values(evaluation); v++) {
		const EvaluationValue *of = &figures->value[v];
		json_t *value = json_object();

		print_set_integer(value, "texts", of->n);
		print_set_integer(value, "told", of->told);
		json_object_set_new(value, "precision",
		                    json_real(of->precision));
		json_object_set_new(value, "recall", json_real(of->recall));
		json_object_set_new(value, "f1", json_real(of->f1));
		json_object_set_new(object, evaluation_value(evaluation, v),
		                    value);
	}
	return object;
}

static json_t *
confusion_value(const Evaluation *evaluation, const EvaluationFigures *figures)
{
	unsigned n = evaluation_n_values(evaluation);
	json_t *object = json_object();

	for (unsigned v = 0; v < n; v++) {
		json_t *row = json_object();

		for (unsigned k = 0; k < n; k++)
			print_set_integer(row, evaluation_value(evaluation, k),
			                  figures->confusion[v][k]);
		json_object_set_new(object, evaluation_value(evaluation, v),
		                    row);
	}
	return object;
}

static json_t *
bins_value(const EvaluationFigures *figures)
{
	json_t *list = json_array();

	for (unsigned b = 0; b < EVALUATION_BINS; b++) {
		json_t *value = json_object();

		print_set_integer(value, "texts", figures->bin[b].n);
		json_object_set_new(value, "p", json_real(figures->bin[b].p));
		json_object_set_new(value, "right",
		                    json_real(figures->bin[b].right));
		json_array_append_new(list, value);
	}
	return list;
}

static json_t *
confidence_value(const EvaluationFigures *figures)
{
	json_t *object = json_object();

	for (unsigned c = CONFIDENCE_N; c-- > 0;) {
		const EvaluationConfidence *of = &figures->confidence[c];
		json_t *value = json_object();

		print_set_integer(value, "texts", of->n);
		json_object_set_new(value, "coverage", json_real(of->coverage));
		json_object_set_new(value, "right", interval_value(of->right));
		json_object_set_new(object, confidence_name((Confidence)c),
		                    value);
	}
	return object;
}

static json_t *
figures_value(const Evaluation *evaluation, Language language)
{
	json_t *value = json_object();
	EvaluationFigures figures;

	evaluation_figures(evaluation, language, &figures);
	print_set_integer(value, "texts", figures.n);
	json_object_set_new(value, "accuracy",
	                    interval_value(figures.accuracy));
	json_object_set_new(value, "macro_f1",
	                    interval_value(figures.macro_f1));
	json_object_set_new(value, "calibration_error",
	                    json_real(figures.calibration_error));
	json_object_set_new(value, "abstained", json_real(figures.abstained));
	json_object_set_new(value, "values",
	                    values_value(evaluation, &figures));
	json_object_set_new(value, "confusion",
	                    confusion_value(evaluation, &figures));
	json_object_set_new(value, "reliability", bins_value(&figures));
	json_object_set_new(value, "confidence", confidence_value(&figures));
	return value;
}

json_t *
evaluate_value(const Evaluation *evaluation)
{
	json_t *object = json_object(), *languages = json_object();

	json_object_set_new(object, "all",
	                    figures_value(evaluation, LANGUAGE_N));
	for (unsigned i = 0; i < LANGUAGE_N; i++) {
		/* those that are told first, the others last */
		Language language = (Language)((i + 1) % LANGUAGE_N);
		json_t *value = figures_value(evaluation, language);

		if (print_integer(value, "texts") > 0)
			json_object_set(languages, language_code(language),
			                value);
		json_decref(value);
	}
	json_object_set_new(object, "languages", languages);
	return object;
}
