/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text has some 1,500 different grams. Each costs one cache line of a table
 * that fits no cache near the processor, so the lines are asked for before they
 * are summed. A row is one vector: the loop over its bytes is a few
 * instructions, whatever the number of findings.
 */
#include "analysis/model.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "model_private.h"

#define AHEAD 16  /* rows asked for before they are needed */
#define BLOCK 256 /* rows of -128 to 127 that 16 bits can sum */
#define CHECK 1   /* bytes of a row before its outputs */

Model *
model_parse(const char *name, GBytes *bytes, GError **error)
{
	g_autoptr(Model) model = g_new0(Model, 1);
	const char *fault = model_read(model, bytes);

	if (fault == NULL)
		return g_steal_pointer(&model);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
	            "%s: the model %s; install it anew, or make it with `tact "
	            "train`",
	            name, fault);
	return NULL;
}

Model *
model_load(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
	g_autoptr(GBytes) bytes = NULL;

	if (file == NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "cannot read the model: %s", cause->message);
		return NULL;
	}
	bytes = g_mapped_file_get_bytes(file);
	return model_parse(path, bytes, error);
}

void
model_free(Model *model)
{
	if (model == NULL)
		return;
	g_aligned_free(model->table);
	g_free(model);
}

static bool
is_same(const ModelFinding *finding, const Rules *rules, unsigned f)
{
	if (strcmp(finding->name, rules_finding_name(rules, f)) != 0 ||
	    finding->n_values != rules_n_values(rules, f))
		return false;
	for (unsigned v = 0; v < finding->n_values; v++)
		if (strcmp(finding->value[v], rules_value_name(rules, f, v)) !=
		    0)
			return false;
	return true;
}

unsigned
model_bind(Model *model, const Rules *rules)
{
	unsigned known = 0;

	memset(model->of, 0, sizeof(model->of));
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		for (unsigned i = 0; i < model->n_findings; i++)
			if (is_same(&model->finding[i], rules, f)) {
				model->of[f] = &model->finding[i];
				known++;
			}
	return known;
}

bool
model_knows(const Model *model, unsigned finding)
{
	return finding < LIMIT_FINDINGS && model->of[finding] != NULL;
}

void
model_confidence(const Model *model, unsigned finding, double *ret_likely,
                 double *ret_sure)
{
	*ret_likely = model->of[finding]->likely;
	*ret_sure = model->of[finding]->sure;
}

/* ------------------------------------------------------------------- grams */

static const unsigned char *
pair_of(const Model *model, uint64_t key)
{
	return model->table +
	       (size_t)(key & (model->rows - 1) & ~1ull) * MODEL_ROW;
}

static const int8_t *
row_of(const Model *model, uint64_t key)
{
	static const int8_t nothing[MODEL_ROW];
	const unsigned char *row = pair_of(model, key);
	unsigned char check = (unsigned char)(key >> 56);

	if (row[0] != check)
		row += MODEL_ROW;
	return row[0] == check ? (const int8_t *)row : nothing;
}

/* The sums of all rows of one kind; of their checks too, since a whole row is
 * what compilers make two instructions of. */
typedef struct KindSums {
	int32_t sum[GRAM_KINDS][MODEL_ROW];
} KindSums;

static void
add_row(int16_t *restrict to, const int8_t *restrict row)
{
	for (unsigned k = 0; k < MODEL_ROW; k++)
		to[k] = (int16_t)(to[k] + row[k]);
}

static void
add_block(const Model *model, const Gram *gram, unsigned n, KindSums *sums)
{
	int16_t sum[GRAM_KINDS][MODEL_ROW] = { { 0 } };

	for (unsigned i = 0; i < n; i++) {
		if (i + AHEAD < n)
			__builtin_prefetch(pair_of(model, gram[i + AHEAD].key));
		add_row(sum[gram[i].kind], row_of(model, gram[i].key));
	}
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		for (unsigned k = 0; k < MODEL_ROW; k++)
			sums->sum[kind][k] += sum[kind][k];
}

static float
weight_of(unsigned seen)
{
	return seen > 0 ? 1 / sqrtf((float)seen) : 0;
}

static double
gram_sum(const Model *model, const Features *features, const KindSums *sums,
         unsigned output)
{
	double sum = 0;

	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		sum += (double)(model->output[output].scale[kind] *
		                weight_of(features->grams.seen[kind]) *
		                (float)sums->sum[kind][CHECK + output]);
	return sum;
}

/* ---------------------------------------------------------- what is not grams
 */

void
model_centre(const double *rule_sums, unsigned n_values, double *ret)
{
	double mean = 0;

	for (unsigned v = 0; v < n_values; v++)
		mean += rule_sums[v] / n_values;
	for (unsigned v = 0; v < n_values; v++)
		ret[v] = CLAMP(rule_sums[v] - mean, -MODEL_RULES_MAX,
		               MODEL_RULES_MAX);
}

void
model_shape(const Structure *structure, double *ret)
{
	for (unsigned i = 0; i < STRUCTURE_N; i++) {
		double number = fabs((double)structure->number[i]);

		ret[i] = log1p(number);
		ret[STRUCTURE_N + i] = number > 0 ? 0 : 1;
	}
}

static double
product(const float *weights, const double *numbers, unsigned n)
{
	double sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += (double)weights[i] * numbers[i];
	return sum;
}

void
model_judge(const Model *model, const Features *features, HeadSums *sums)
{
	KindSums kinds = { { { 0 } } };
	double shape[2 * STRUCTURE_N];
	const Grams *grams = &features->grams;

	for (unsigned i = 0; i < grams->n; i += BLOCK)
		add_block(model, grams->gram + i, MIN(BLOCK, grams->n - i),
		          &kinds);
	model_shape(&features->structure, shape);
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++) {
		const ModelFinding *finding = model->of[f];
		double rules[LIMIT_FINDING_VALUES];

		if (finding == NULL)
			continue;
		model_centre(sums->sum[f], finding->n_values, rules);
		for (unsigned v = 0; v < finding->n_values; v++) {
			unsigned o = finding->first + v;
			const ModelOutput *output = &model->output[o];

			sums->sum[f][v] = (double)output->bias +
			                  gram_sum(model, features, &kinds, o) +
			                  product(output->rules, rules,
			                          finding->n_values) +
			                  product(output->structure, shape,
			                          2 * STRUCTURE_N);
		}
	}
}

/* ------------------------------------------------------------------ explain */

/* What `weights`, one for each value, say for one of them. */
static double
less_mean(const double *weights, unsigned n, unsigned value)
{
	double mean = 0;

	for (unsigned v = 0; v < n; v++)
		mean += weights[v] / n;
	return weights[value] - mean;
}

static double
gram_weight(const Model *model, const Features *features,
            const ModelFinding *finding, unsigned value, const Gram *gram)
{
	const int8_t *row = row_of(model, gram->key);
	double weights[LIMIT_FINDING_VALUES];

	for (unsigned v = 0; v < finding->n_values; v++) {
		unsigned o = finding->first + v;

		weights[v] =
			(double)(model->output[o].scale[gram->kind] *
		                 weight_of(features->grams.seen[gram->kind]) *
		                 (float)row[CHECK + o]);
	}
	return less_mean(weights, finding->n_values, value);
}

void
model_explain(const Model *model, const Features *features,
              const HeadSums *rule_sums, ModelPoint point, ModelVisit *visit,
              void *data)
{
	static const char *const names[] = { "model/prior", "model/rules",
		                             "model/structure" };
	const ModelFinding *known = model->of[point.finding];
	double weights[G_N_ELEMENTS(names)][LIMIT_FINDING_VALUES];
	double rules[LIMIT_FINDING_VALUES], shape[2 * STRUCTURE_N];

	model_centre(rule_sums->sum[point.finding], known->n_values, rules);
	model_shape(&features->structure, shape);
	for (unsigned v = 0; v < known->n_values; v++) {
		const ModelOutput *output = &model->output[known->first + v];

		weights[0][v] = (double)output->bias;
		weights[1][v] = product(output->rules, rules, known->n_values);
		weights[2][v] =
			product(output->structure, shape, 2 * STRUCTURE_N);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		ModelPart part = { .name = names[i] };

		part.weight =
			less_mean(weights[i], known->n_values, point.value);
		visit(&part, data);
	}
	for (unsigned i = 0; i < features->grams.n; i++) {
		ModelPart part = { .gram = &features->grams.gram[i] };

		part.weight = gram_weight(model, features, known, point.value,
		                          part.gram);
		if (part.weight > 0 || part.weight < 0)
			visit(&part, data);
	}
}
