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

/* A site's own words are few and tell much: what is learned of its examples is
 * to hang on them and not on the common words that stand beside them, which
 * the corpus knows better. */
#define SCALE_SITE 6.0

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
	problem->samples = g_ptr_array_new_with_free_func(g_free);
	problem->customers = g_array_new(FALSE, FALSE, sizeof(int64_t));
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
	g_ptr_array_unref(problem->samples);
	g_array_unref(problem->customers);
	g_free(problem);
}

static Column *
column_of(const Problem *problem, unsigned i)
{
	return &g_array_index(problem->columns, Column, i);
}

/* Index in `columns`. */
static unsigned
column_for(Problem *problem, uint64_t of, unsigned kind)
{
	int64_t key = (int64_t)of;
	unsigned at =
		GPOINTER_TO_UINT(g_hash_table_lookup(problem->by_key, &key));
	Column column = { .key = of, .kind = (uint8_t)kind };

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
		unsigned at = column_for(problem, gram->key, gram->kind);

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

/* --------------------------------------------------------------- examples */

static unsigned
customer_for(Problem *problem, int64_t customer)
{
	unsigned i = 0;

	while (i < problem->customers->len &&
	       g_array_index(problem->customers, int64_t, i) != customer)
		i++;
	if (i == problem->customers->len)
		g_array_append_val(problem->customers, customer);
	return i;
}

static void
count_example(Column *column, int64_t customer)
{
	if (column->n_site++ == 0)
		column->first = customer;
	else
		column->several |= column->first != customer;
}

static void
put_keys(Problem *problem, Row *row, const Example *example, int64_t customer)
{
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		for (unsigned i = 0; i < example->n[kind]; i++) {
			unsigned at = column_for(problem,
			                         example->keys[kind][i], kind);

			count_example(column_of(problem, at), customer);
			put(row, COLUMN_GRAMS + (int)at,
			    1 / sqrt(example->seen[kind]));
		}
}

static unsigned
count_keys(const Example *example)
{
	unsigned n = 0;

	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		n += example->n[kind];
	return n;
}

void
problem_add_example(Problem *problem, const Example *example,
                    const int8_t label[LIMIT_FINDINGS], int64_t customer)
{
	Sample *sample = g_new0(Sample, 1);
	Structure structure = example_structure(example);
	Row row = { .sample = sample,
		    .site = true,
		    .fold = FOLD_NEVER,
		    .customer = customer_for(problem, customer) };

	sample->language = example->language;
	memcpy(sample->label, label, sizeof(sample->label));
	g_ptr_array_add(problem->samples, sample);
	for (unsigned f = 0; f < rules_n_findings(problem->rules); f++)
		example_rule_sums(example, problem->rules, f, row.rules[f]);
	row.nodes = g_new(struct feature_node,
	                  COLUMN_GRAMS + count_keys(example) + 1);
	put_shape(&row, &structure);
	for (int i = 0; i < LIMIT_FINDING_VALUES; i++)
		put(&row, COLUMN_RULES + i, 0); /* filled for each finding */
	put_keys(problem, &row, example, customer);
	g_array_append_val(problem->rows, row);
	problem->n_site++;
}

unsigned
problem_n_examples(const Problem *problem, unsigned finding)
{
	unsigned n = 0;

	for (unsigned i = 0; i < problem->samples->len; i++) {
		const Sample *sample = problem->samples->pdata[i];

		n += sample->label[finding] >= 0;
	}
	return n;
}

/* ------------------------------------------------------------------ finish */

/* Rarity among the texts; a gram of the site alone, among its examples. */
static void
weigh_column(const Problem *problem, Column *column)
{
	double texts = problem->rows->len - problem->n_site;

	if (column->n >= TEXTS_MIN)
		column->rarity = log((1 + texts) / (1 + column->n)) + 1;
	else if (column->several)
		column->rarity = SCALE_SITE *
		                 (log((1 + texts) / (1 + column->n_site)) + 1);
}

/* The texts are learned from as if there were no examples, so that a finding
 * that these do not teach comes out the same. */
static bool
is_kept(const Row *row, const Column *column)
{
	return column->n >= TEXTS_MIN || (row->site && column->several);
}

static void
finish_row(const Problem *problem, Row *row)
{
	unsigned kept = 0;

	for (unsigned k = 0; k < row->n_nodes; k++) {
		struct feature_node node = row->nodes[k];

		if (node.index >= COLUMN_GRAMS) {
			const Column *column = column_of(
				problem, (unsigned)node.index - COLUMN_GRAMS);

			if (!is_kept(row, column))
				continue;
			node.value *= problem_scale(column);
		}
		row->nodes[kept++] = node;
	}
	row->n_nodes = kept;
	row->nodes[kept].index = -1; /* liblinear's end */
}

void
problem_finish(Problem *problem)
{
	for (unsigned i = 0; i < problem->columns->len; i++)
		weigh_column(problem, column_of(problem, i));
	for (unsigned i = 0; i < problem->rows->len; i++)
		finish_row(problem, &g_array_index(problem->rows, Row, i));
}

/* Deterministic: GLib's Mersenne twister gives the same numbers everywhere. */
void
problem_split(Problem *problem, unsigned folds, unsigned seed)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
	unsigned n = problem->rows->len - problem->n_site;
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
	/* all of a customer's examples are left out together */
	for (unsigned i = n; i < problem->rows->len; i++) {
		Row *row = &g_array_index(problem->rows, Row, i);

		row->fold = row->customer % folds;
	}
}
