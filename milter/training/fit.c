/* SPDX-License-Identifier: Apache-2.0 */
/*
 * L2-regularised squared hinge loss, solved in the dual: its loops are
 * liblinear's own, so that no BLAS of the machine has a say in the result, and
 * its one source of chance, rand(3), starts from the same seed each time.
 * Values that are rare weigh more, by how rare they are, since macro-F1 asks
 * for each value alike.
 */
#include <stdlib.h>
#include <string.h>

#include "trainer_private.h"

#define COST 0.5
#define EPSILON 0.05
#define TEXTS_MIN 20

/* An example is learned so often, but all of them together at most as often as
 * one part in SITE_PART of the texts; and each once at least. */
#define SITE_WEIGHT_MAX 4
#define SITE_PART 4

static void
set_rules(Row *row, unsigned finding, bool hidden)
{
	for (unsigned k = 0; k < row->n_nodes; k++) {
		int at = row->nodes[k].index - COLUMN_RULES;

		if (at >= LIMIT_FINDING_VALUES)
			return;
		if (at >= 0)
			row->nodes[k].value =
				hidden ? 0
				       : SCALE_RULES * row->rules[finding][at];
	}
}

typedef struct Choice {
	GArray *x; /* struct feature_node * */
	GArray *y; /* double */
	unsigned count[LIMIT_FINDING_VALUES];
	unsigned n[2]; /* texts, examples; each once */
} Choice;

static bool
is_chosen(const Row *row, const FitTask *task)
{
	return row->sample->label[task->finding] >= 0 &&
	       row->fold != task->fold && (task->site || !row->site);
}

unsigned
site_weight(unsigned n, unsigned n_site)
{
	unsigned most = n / (SITE_PART * MAX(n_site, 1u));

	return CLAMP(most, 1, SITE_WEIGHT_MAX);
}

static void
take_row(Choice *choice, Row *row, unsigned finding, unsigned times)
{
	int label = (int)row->sample->label[finding];
	double y = label;

	set_rules(row, finding, (row->use & TRAINER_SEEN) != 0);
	for (unsigned i = 0; i < times; i++) {
		g_array_append_val(choice->x, row->nodes);
		g_array_append_val(choice->y, y);
	}
	choice->count[label] += times;
}

/* liblinear knows no weight of a text: what weighs more stands there more
 * often. */
static void
choose(Choice *choice, Problem *problem, const FitTask *task)
{
	choice->x = g_array_new(FALSE, FALSE, sizeof(struct feature_node *));
	choice->y = g_array_new(FALSE, FALSE, sizeof(double));
	for (unsigned i = 0; i < problem->rows->len; i++) {
		const Row *row = &g_array_index(problem->rows, Row, i);

		if (is_chosen(row, task))
			choice->n[row->site ? 1 : 0]++;
	}
	for (unsigned i = 0; i < problem->rows->len; i++) {
		Row *row = &g_array_index(problem->rows, Row, i);
		unsigned times =
			row->site ? site_weight(choice->n[0], choice->n[1]) : 1;

		if (is_chosen(row, task))
			take_row(choice, row, task->finding, times);
	}
}

static void
silent(const char *text)
{
	(void)text;
}

static struct model *
learn(const Choice *choice, unsigned n_values, size_t n_columns)
{
	int labels[LIMIT_FINDING_VALUES], n = 0;
	double weights[LIMIT_FINDING_VALUES];
	struct problem texts = {
		.l = (int)choice->y->len,
		.n = (int)n_columns,
		.y = (double *)(void *)choice->y->data,
		.x = (struct feature_node **)(void *)choice->x->data,
		.bias = -1
	};
	struct parameter how = { .solver_type = L2R_L2LOSS_SVC_DUAL,
		                 .C = COST,
		                 .eps = EPSILON,
		                 .weight_label = labels,
		                 .weight = weights };

	for (unsigned v = 0; v < n_values; v++)
		if (choice->count[v] > 0) {
			labels[n] = (int)v;
			weights[n++] = (double)choice->y->len /
			               (n_values * (double)choice->count[v]);
		}
	how.nr_weight = n;
	if (n < 2 || choice->n[0] + choice->n[1] < TEXTS_MIN)
		return NULL;
	set_print_string_function(silent);
	/* NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp): the same each time */
	srand(1);
	return train(&texts, &how);
}

/* liblinear keeps one row of weights for two values, and its own order. */
static void
copy_weights(Fit *fit, const struct model *model)
{
	for (size_t c = 0; c < fit->n_columns; c++)
		for (int k = 0; k < model->nr_class; k++) {
			double *to = &fit->weights[c * fit->n_values +
			                           (unsigned)model->label[k]];

			if (model->nr_class == 2)
				*to = (k == 0 ? 0.5 : -0.5) * model->w[c];
			else
				*to = model->w[c * (size_t)model->nr_class +
				               (size_t)k];
		}
}

Fit *
fit_new(Problem *problem, const FitTask *task)
{
	Fit *fit = g_new0(Fit, 1);
	Choice choice = { 0 };
	struct model *model;

	fit->finding = task->finding;
	fit->n_values = rules_n_values(problem->rules, task->finding);
	fit->n_columns = COLUMN_GRAMS - 1 + problem->columns->len;
	choose(&choice, problem, task);
	model = learn(&choice, fit->n_values, fit->n_columns);
	if (model != NULL) {
		fit->weights = g_new0(double, fit->n_columns * fit->n_values);
		copy_weights(fit, model);
		free_and_destroy_model(&model);
	}
	g_array_unref(choice.x);
	g_array_unref(choice.y);
	if (fit->weights != NULL)
		return fit;
	fit_free(fit);
	return NULL;
}

void
fit_free(Fit *fit)
{
	if (fit == NULL)
		return;
	g_free(fit->weights);
	g_free(fit);
}

void
fit_score(const Fit *fit, const Row *row, double *ret_scores)
{
	memset(ret_scores, 0, LIMIT_FINDING_VALUES * sizeof(*ret_scores));
	for (unsigned k = 0; k < row->n_nodes; k++) {
		const struct feature_node *node = &row->nodes[k];
		int at = node->index - COLUMN_RULES;
		double value = node->value;
		const double *weights;

		/* whatever training hid, judging sees */
		if (at >= 0 && at < LIMIT_FINDING_VALUES)
			value = SCALE_RULES * row->rules[fit->finding][at];
		weights = &fit->weights[(size_t)(node->index - 1) *
		                        fit->n_values];
		for (unsigned v = 0; v < fit->n_values; v++)
			ret_scores[v] += weights[v] * value;
	}
}
