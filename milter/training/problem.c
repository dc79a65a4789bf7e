/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text's numbers are those that the model will see (analysis/model_file.h),
 * times a factor for each column that says how readily it is learned from. For
 * a gram the factor is its rarity: the logarithm of how few texts have it
 * (Spärck Jones 1972). The factor becomes part of the weight when the model is
 * written, so that nobody has to look it up later.
 */
#include <math.h>
#include <string.h>

#include "trainer_private.h"

#include "analysis/examine.h"
#include "analysis/model.h"

/* A gram that only one text has says nothing of others. */
#define TEXTS_MIN 2

static const double kind_scale[GRAM_KINDS] = {
	[GRAM_WORD] = 1.0 / 3, [GRAM_PAIR] = 1.0 / 3,
	[GRAM_PART] = 1.0 / 3, [GRAM_SIGNATURE] = 0.5 / 3,
	[GRAM_CUE] = 0.5 / 3,
};

static void
row_clear(void *data)
{
	g_free(((Row *)data)->nodes);
}

Problem *
problem_new(const Rules *rules)
{
	Problem *problem = g_new0(Problem, 1);

	problem->rules = rules;
	problem->rows = g_array_new(FALSE, FALSE, sizeof(Row));
	g_array_set_clear_func(problem->rows, row_clear);
	problem->columns = g_array_new(FALSE, FALSE, sizeof(Column));
	problem->by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	                                        g_free, NULL);
	return problem;
}

void
problem_free(Problem *problem)
{
	if (problem == NULL)
		return;
	g_array_unref(problem->rows);
	g_array_unref(problem->columns);
	g_hash_table_unref(problem->by_key);
	g_free(problem);
}

static Column *
column_of(const Problem *problem, unsigned i)
{
	return &g_array_index(problem->columns, Column, i);
}

/* Index in `columns`. */
static unsigned
column_for(Problem *problem, const Gram *gram)
{
	int64_t key = (int64_t)gram->key;
	unsigned at =
		GPOINTER_TO_UINT(g_hash_table_lookup(problem->by_key, &key));
	Column column = { .key = gram->key, .kind = gram->kind };

	if (at > 0)
		return at - 1;
	g_array_append_val(problem->columns, column);
	at = problem->columns->len;
	g_hash_table_insert(problem->by_key, g_memdup2(&key, sizeof(key)),
	                    GUINT_TO_POINTER(at));
	return at - 1;
}

double
problem_scale(const Column *column)
{
	return kind_scale[column->kind] * column->rarity;
}

static void
put(Row *row, int column, double value)
{
	row->nodes[row->n_nodes++] =
		(struct feature_node){ .index = column, .value = value };
}

static void
put_shape(Row *row, const Structure *structure)
{
	double shape[2 * STRUCTURE_N];

	put(row, COLUMN_ONE, 1);
	model_shape(structure, shape);
	for (int i = 0; i < 2 * STRUCTURE_N; i++)
		put(row, COLUMN_STRUCTURE + i, SCALE_STRUCTURE * shape[i]);
}

/* The grams, for now without their rarity. */
static void
put_grams(Problem *problem, Row *row, const Grams *grams)
{
	for (unsigned i = 0; i < grams->n; i++) {
		const Gram *gram = &grams->gram[i];
		unsigned at = column_for(problem, gram);

		column_of(problem, at)->n++;
		put(row, COLUMN_GRAMS + (int)at,
		    1 / sqrt(grams->seen[gram->kind]));
	}
}

void
problem_add(Problem *problem, const Sample *sample, unsigned use)
{
	ExamineText whole = { sample->subject, sample->text,
		              sample->signature };
	FeatureText text = { .subject = sample->subject,
		             .text = sample->text,
		             .signature = sample->signature,
		             .grams = true };
	unsigned score;
	Language language =
		sample->language != LANGUAGE_UND
			? sample->language
			: examine_language(problem->rules, &whole, &score);
	g_autoptr(Features) features =
		features_read(problem->rules, language, &text);
	Row row = { .sample = sample, .use = use, .fold = FOLD_NEVER };
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(problem->rules, features, &sums);
	for (unsigned f = 0; f < rules_n_findings(problem->rules); f++)
		model_centre(sums.sum[f], rules_n_values(problem->rules, f),
		             row.rules[f]);
	row.nodes = g_new(struct feature_node,
	                  COLUMN_GRAMS + features->grams.n + 1);
	put_shape(&row, &features->structure);
	for (int i = 0; i < LIMIT_FINDING_VALUES; i++)
		put(&row, COLUMN_RULES + i, 0); /* filled for each finding */
	put_grams(problem, &row, &features->grams);
	g_array_append_val(problem->rows, row);
}

void
problem_finish(Problem *problem)
{
	double texts = problem->rows->len;

	for (unsigned i = 0; i < problem->columns->len; i++) {
		Column *column = column_of(problem, i);

		if (column->n >= TEXTS_MIN)
			column->rarity = log((1 + texts) / (1 + column->n)) + 1;
	}
	for (unsigned i = 0; i < problem->rows->len; i++) {
		Row *row = &g_array_index(problem->rows, Row, i);
		unsigned kept = 0;

		for (unsigned k = 0; k < row->n_nodes; k++) {
			struct feature_node node = row->nodes[k];

			if (node.index >= COLUMN_GRAMS)
				node.value *= problem_scale(column_of(
					problem,
					(unsigned)node.index - COLUMN_GRAMS));
			if (node.index < COLUMN_GRAMS || node.value > 0)
				row->nodes[kept++] = node;
		}
		row->n_nodes = kept;
		row->nodes[kept].index = -1; /* liblinear's end */
	}
}

/* Deterministic: GLib's Mersenne twister gives the same numbers everywhere. */
void
problem_split(Problem *problem, unsigned folds, unsigned seed)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
	unsigned n = problem->rows->len;
	g_autofree unsigned *order = g_new(unsigned, n + 1);

	for (unsigned i = 0; i < n; i++)
		order[i] = i;
	for (unsigned i = n; i > 1; i--) {
		unsigned k = (unsigned)g_rand_int_range(dice, 0, (gint32)i);
		unsigned swap = order[i - 1];

		order[i - 1] = order[k];
		order[k] = swap;
	}
	for (unsigned i = 0; i < n; i++) {
		Row *row = &g_array_index(problem->rows, Row, order[i]);

		row->fold = row->use & TRAINER_ONLY ? FOLD_NEVER : i % folds;
	}
}
