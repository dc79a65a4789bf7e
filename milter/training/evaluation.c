/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verdicts are kept one by one: the bootstrap draws texts, and figures are
 * asked for each language afterwards. A verdict is small and a corpus is read
 * once, so sums on the way would save nothing.
 */
#include "training/evaluation.h"

#include <math.h>

#include "intervals.h"

struct Evaluation {
	char *finding;
	GPtrArray *values; /* of char * */
	GArray *verdicts;  /* of Verdict */
};

Evaluation *
evaluation_new(const char *finding, const char *const *values,
               unsigned n_values)
{
	Evaluation *evaluation = g_new(Evaluation, 1);

	g_assert(n_values <= LIMIT_FINDING_VALUES);
	evaluation->finding = g_strdup(finding);
	evaluation->values = g_ptr_array_new_with_free_func(g_free);
	for (unsigned i = 0; i < n_values; i++)
		g_ptr_array_add(evaluation->values, g_strdup(values[i]));
	evaluation->verdicts = g_array_new(FALSE, FALSE, sizeof(Verdict));
	return evaluation;
}

void
evaluation_free(Evaluation *evaluation)
{
	if (evaluation == NULL)
		return;
	g_free(evaluation->finding);
	g_ptr_array_unref(evaluation->values);
	g_array_unref(evaluation->verdicts);
	g_free(evaluation);
}

void
evaluation_add(Evaluation *evaluation, const Verdict *verdict)
{
	Verdict copy = *verdict;

	if (copy.truth >= evaluation->values->len ||
	    copy.value >= evaluation->values->len ||
	    copy.confidence >= CONFIDENCE_N || isnan(copy.p))
		return;
	copy.p = CLAMP(copy.p, 0, 1);
	g_array_append_val(evaluation->verdicts, copy);
}

const char *
evaluation_finding(const Evaluation *evaluation)
{
	return evaluation->finding;
}

unsigned
evaluation_n_values(const Evaluation *evaluation)
{
	return evaluation->values->len;
}

const char *
evaluation_value(const Evaluation *evaluation, unsigned value)
{
	return value < evaluation->values->len
	               ? evaluation->values->pdata[value]
	               : "";
}

/* While summing: the means of bins and the shares are counts yet. */
typedef struct Summing {
	EvaluationFigures *figures;
	GArray *cells; /* of ConfusionCell */
	unsigned right, abstained;
	unsigned bin_right[EVALUATION_BINS];
	unsigned confidence_right[CONFIDENCE_N];
} Summing;

static void
sum_verdict(Summing *summing, const Verdict *verdict)
{
	EvaluationFigures *figures = summing->figures;
	ConfusionCell cell = { (uint8_t)verdict->truth,
		               (uint8_t)verdict->value };
	bool right = verdict->truth == verdict->value;
	unsigned bin = MIN((unsigned)(verdict->p * EVALUATION_BINS),
	                   EVALUATION_BINS - 1);

	g_array_append_val(summing->cells, cell);
	figures->n++;
	figures->confusion[verdict->truth][verdict->value]++;
	figures->bin[bin].n++;
	figures->bin[bin].p += verdict->p;
	summing->bin_right[bin] += right;
	summing->right += right;
	summing->abstained += verdict->abstained;
	if (verdict->abstained)
		return;
	for (unsigned c = 0; c <= (unsigned)verdict->confidence; c++) {
		figures->confidence[c].n++;
		summing->confidence_right[c] += right;
	}
}

static void
set_values(EvaluationFigures *figures, unsigned n_values)
{
	for (unsigned v = 0; v < n_values; v++) {
		EvaluationValue *value = &figures->value[v];
		unsigned hit = figures->confusion[v][v];

		for (unsigned k = 0; k < n_values; k++) {
			value->n += figures->confusion[v][k];
			value->told += figures->confusion[k][v];
		}
		value->precision = interval_ratio(hit, value->told);
		value->recall = interval_ratio(hit, value->n);
		value->f1 = interval_ratio(2 * hit, value->n + value->told);
	}
}

/* Bins, and how far on the whole p is from how often it is right. */
static void
set_bins(const Summing *summing)
{
	EvaluationFigures *figures = summing->figures;
	double error = 0;

	for (unsigned b = 0; b < EVALUATION_BINS; b++) {
		EvaluationBin *bin = &figures->bin[b];

		if (bin->n == 0)
			continue;
		error += fabs(bin->p - summing->bin_right[b]);
		bin->p /= bin->n;
		bin->right = interval_ratio(summing->bin_right[b], bin->n);
	}
	figures->calibration_error = figures->n > 0 ? error / figures->n : 0;
}

static void
set_confidences(const Summing *summing)
{
	EvaluationFigures *figures = summing->figures;

	for (unsigned c = 0; c < CONFIDENCE_N; c++) {
		EvaluationConfidence *confidence = &figures->confidence[c];

		confidence->coverage =
			interval_ratio(confidence->n, figures->n);
		confidence->right = interval_share(summing->confidence_right[c],
		                                   confidence->n);
	}
}

void
evaluation_figures(const Evaluation *evaluation, Language language,
                   EvaluationFigures *ret_figures)
{
	g_autoptr(GArray) cells =
		g_array_new(FALSE, FALSE, sizeof(ConfusionCell));
	EvaluationFigures figures = { 0 };
	Summing summing = { .figures = &figures, .cells = cells };

	for (guint i = 0; i < evaluation->verdicts->len; i++) {
		const Verdict *verdict =
			&g_array_index(evaluation->verdicts, Verdict, i);

		if (language == LANGUAGE_N || verdict->language == language)
			sum_verdict(&summing, verdict);
	}
	figures.accuracy = interval_share(summing.right, figures.n);
	figures.macro_f1 = interval_macro_f1((const ConfusionCell *)cells->data,
	                                     figures.n);
	figures.abstained = interval_ratio(summing.abstained, figures.n);
	set_values(&figures, evaluation->values->len);
	set_bins(&summing);
	set_confidences(&summing);
	*ret_figures = figures;
}
