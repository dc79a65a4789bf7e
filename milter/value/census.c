/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory does not grow with the number of customers: counts go into bins, and
 * of the histories that the models are fitted on a sample is kept, in which
 * each customer has the same chance (Vitter's algorithm R). The seed is fixed,
 * so that the same orders give the same fit.
 */
#include <math.h>

#include "value/scoring.h"

#define SAMPLE_MAX 200000
#define SEED 20050501
#define HOLDOUT_MAX 182 /* days */
#define MONTH 30.4375
#define GAP_UNKNOWN 365 /* days, where nobody has ordered again */

/* A customer of the sample: all that is known, and what was at the split. */
typedef struct Sample {
	Purchases all;
	Purchases then; /* weight 0: was no customer yet */
	double later;   /* purchases since */
} Sample;

struct Census {
	ScoringOptions options;
	Ranks *recency, *frequency, *spent, *gaps;
	GArray *sample;
	GRand *rand;
	double customers, purchases, repeats, years;
	int32_t first; /* day of any order */
	int holdout;   /* days before as_of at which the past is split */
};

ScoringOptions
scoring_options(const Settings *settings, int32_t as_of)
{
	return (ScoringOptions){
		.as_of = as_of,
		.window = (int)((double)settings->value_window_months * MONTH),
		.months = (unsigned)settings->value_horizon_months,
		.discount = (double)settings->value_discount_percent / 100,
		.customers_min = settings->value_model_customers_min,
		.span_min =
			(int)((double)settings->value_model_months_min * MONTH),
	};
}

Census *
census_new(const ScoringOptions *options)
{
	Census *census = g_new0(Census, 1);

	census->options = *options;
	census->recency = ranks_new();
	census->frequency = ranks_new();
	census->spent = ranks_new();
	census->gaps = ranks_new();
	census->sample = g_array_new(FALSE, FALSE, sizeof(Sample));
	census->rand = g_rand_new_with_seed(SEED);
	census->first = options->as_of;
	census->holdout = CLAMP(options->span_min / 4, 1, HOLDOUT_MAX);
	return census;
}

void
census_free(Census *census)
{
	if (census == NULL)
		return;
	ranks_free(census->recency);
	ranks_free(census->frequency);
	ranks_free(census->spent);
	ranks_free(census->gaps);
	g_array_unref(census->sample);
	g_rand_free(census->rand);
	g_free(census);
}

static void
add_sample(Census *census, const Sample *sample)
{
	double at;

	if (census->sample->len < SAMPLE_MAX) {
		g_array_append_val(census->sample, *sample);
		return;
	}
	at = floor(g_rand_double(census->rand) * census->customers);
	if (at < SAMPLE_MAX)
		g_array_index(census->sample, Sample, (guint)at) = *sample;
}

static void
count(Census *census, const History *history)
{
	const ScoringOptions *options = &census->options;

	census->customers += 1;
	census->purchases += history->purchases;
	census->repeats += history->purchases - 1;
	census->years += (options->as_of - history->first) / 365.25;
	census->first = MIN(census->first, history->first);
	ranks_add(census->recency, options->as_of - history->last);
	ranks_add(census->frequency, history->window.purchases);
	ranks_add(census->spent, history->window.cents);
	if (history->gaps > 0)
		ranks_add(census->gaps, history->usual_gap);
}

void
census_add(Census *census, Order *orders, size_t n)
{
	const ScoringOptions *options = &census->options;
	History history =
		history_of(orders, n, options->as_of, options->window);
	History then;
	Sample sample = { .all = history_purchases(&history) };

	if (history.purchases == 0)
		return;
	count(census, &history);
	/* Its purchases are still there, a day each. */
	then = history_of(orders, n, options->as_of - census->holdout,
	                  options->window);
	if (then.purchases > 0) {
		sample.then = history_purchases(&then);
		sample.later = (double)history.purchases - then.purchases;
	}
	add_sample(census, &sample);
}

/* Rows of the sample that `then` or now are customers. */
static Purchases *
rows_of(const Census *census, bool then, size_t *ret_n)
{
	const GArray *sample = census->sample;
	Purchases *rows = g_new(Purchases, sample->len + 1);
	size_t n = 0;

	for (guint i = 0; i < sample->len; i++) {
		const Sample *one = &g_array_index(sample, Sample, i);
		const Purchases *row = then ? &one->then : &one->all;

		if (row->weight > 0)
			rows[n++] = *row;
	}
	*ret_n = n;
	return rows;
}

static void
hold_out(const Census *census, Scoring *scoring)
{
	size_t n;
	g_autofree Purchases *rows = rows_of(census, true, &n);
	PurchasesCount seen = purchases_compact(rows, n);
	Holdout *holdout = &scoring->holdout;
	Bgnbd model;

	if (bgnbd_fit(rows, seen.rows, false, &model) != FIT_FINE)
		return;
	holdout->days = census->holdout;
	for (guint i = 0; i < census->sample->len; i++) {
		const Sample *one = &g_array_index(census->sample, Sample, i);

		if (!(one->then.weight > 0))
			continue;
		holdout->customers += 1;
		holdout->actual += one->later;
		holdout->expected +=
			bgnbd_orders(&model, &one->then, census->holdout);
	}
}

static FitVerdict
enough(const Census *census)
{
	const ScoringOptions *options = &census->options;

	if (census->customers < (double)options->customers_min)
		return FIT_FEW_CUSTOMERS;
	return options->as_of - census->first < options->span_min ? FIT_SHORT
	                                                          : FIT_FINE;
}

static void
fit(const Census *census, Scoring *scoring)
{
	size_t n;
	g_autofree Purchases *rows = rows_of(census, false, &n);
	PurchasesCount seen;

	scoring->sample = (double)n;
	scoring->orders = scoring->money = enough(census);
	if (scoring->orders != FIT_FINE)
		return;
	scoring->money = gammagamma_fit(rows, n, &scoring->amounts);
	seen = purchases_compact(rows, n);
	scoring->orders = bgnbd_fit(rows, seen.rows, false, &scoring->model);
	if (scoring->orders == FIT_FINE)
		scoring->orders =
			bgnbd_fit(rows, seen.rows, true, &scoring->modified);
	if (scoring->orders != FIT_FINE)
		return;
	scoring->method =
		scoring->money == FIT_FINE ? SCORE_MODEL : SCORE_MODEL_OWN;
	hold_out(census, scoring);
}

void
census_learn(Census *census, Scoring *ret_scoring)
{
	Scoring scoring = { .options = census->options };

	scoring.customers = census->customers;
	scoring.purchases = census->purchases;
	scoring.typical_gap = ranks_count(census->gaps) > 0
	                              ? ranks_quantile(census->gaps, 0.5)
	                              : GAP_UNKNOWN;
	scoring.typical_rate =
		census->years > 0 ? census->repeats / census->years : 0;
	scoring.recency = ranks_percentiles(census->recency);
	scoring.frequency = ranks_percentiles(census->frequency);
	scoring.spent = ranks_percentiles(census->spent);
	fit(census, &scoring);
	*ret_scoring = scoring;
}
