/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Scoring as JSON, named member by member: what is missing or no number makes
 * all of it useless, and the next fit writes it anew.
 */
#include <math.h>
#include <string.h>

#include "value/scoring.h"

#define SCORING_SCHEMA 1

typedef struct Member {
	const char *name;
	size_t offset;
} Member;

#define MEMBER(member)                                                         \
	{                                                                      \
#member, offsetof(Scoring, member)                             \
	}
static const Member reals[] = {
	MEMBER(options.discount),
	MEMBER(model.r),
	MEMBER(model.alpha),
	MEMBER(model.a),
	MEMBER(model.b),
	MEMBER(model.log_likelihood),
	MEMBER(model.penalty),
	MEMBER(modified.r),
	MEMBER(modified.alpha),
	MEMBER(modified.a),
	MEMBER(modified.b),
	MEMBER(modified.log_likelihood),
	MEMBER(modified.penalty),
	MEMBER(amounts.p),
	MEMBER(amounts.q),
	MEMBER(amounts.gamma),
	MEMBER(amounts.log_likelihood),
	MEMBER(amounts.penalty),
	MEMBER(amounts.correlation),
	MEMBER(amounts.customers),
	MEMBER(holdout.customers),
	MEMBER(holdout.expected),
	MEMBER(holdout.actual),
	MEMBER(customers),
	MEMBER(purchases),
	MEMBER(sample),
	MEMBER(typical_gap),
	MEMBER(typical_rate),
};
static const Member tables[] = { MEMBER(recency), MEMBER(frequency),
	                         MEMBER(spent), MEMBER(worth) };

static json_t *
table_to_json(const Percentiles *table)
{
	json_t *list = json_array();

	for (size_t i = 0; i < G_N_ELEMENTS(table->at); i++)
		json_array_append_new(list, json_real(table->at[i]));
	return list;
}

json_t *
scoring_to_json(const Scoring *scoring)
{
	const char *base = (const char *)scoring;
	json_t *value = json_pack(
		"{si si si si si si si si}", "schema", SCORING_SCHEMA, "as_of",
		(int)scoring->options.as_of, "window", scoring->options.window,
		"months", (int)scoring->options.months, "method",
		(int)scoring->method, "orders", (int)scoring->orders, "money",
		(int)scoring->money, "holdout.days", scoring->holdout.days);

	for (size_t i = 0; i < G_N_ELEMENTS(reals); i++) {
		double real =
			*(const double *)(const void *)(base + reals[i].offset);

		json_object_set_new(value, reals[i].name,
		                    json_real(isfinite(real) ? real : 0));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		json_object_set_new(
			value, tables[i].name,
			table_to_json(
				(const Percentiles
		                         *)(const void *)(base +
		                                          tables[i].offset)));
	return value;
}

static bool
read_number(const json_t *value, double *ret_number)
{
	if (!json_is_number(value) || !isfinite(json_number_value(value)))
		return false;
	*ret_number = json_number_value(value);
	return true;
}

static bool
read_table(const json_t *list, Percentiles *table)
{
	size_t n = G_N_ELEMENTS(table->at);

	if (json_array_size(list) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!read_number(json_array_get(list, i), &table->at[i]))
			return false;
	return true;
}

static bool
read_members(const json_t *value, Scoring *scoring)
{
	char *base = (char *)scoring;

	for (size_t i = 0; i < G_N_ELEMENTS(reals); i++)
		if (!read_number(json_object_get(value, reals[i].name),
		                 (double *)(void *)(base + reals[i].offset)))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		if (!read_table(
			    json_object_get(value, tables[i].name),
			    (Percentiles *)(void *)(base + tables[i].offset)))
			return false;
	return true;
}

/* What is reckoned with cannot be what no fit gives. */
static bool
is_sane(const Scoring *scoring)
{
	const Bgnbd *models[] = { &scoring->model, &scoring->modified };

	if (scoring->method == SCORE_RFM)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(models); i++)
		if (!(models[i]->r > 0 && models[i]->alpha > 0 &&
		      models[i]->a > 0 && models[i]->b > 0))
			return false;
	return scoring->method != SCORE_MODEL ||
	       (scoring->amounts.p > 0 && scoring->amounts.q > 1 &&
	        scoring->amounts.gamma > 0);
}

bool
scoring_from_json(const json_t *value, Scoring *ret_scoring)
{
	Scoring scoring;
	int schema, as_of, window, months, method, orders, money, days;

	memset(&scoring, 0, sizeof(scoring));
	if (json_unpack((json_t *)value, "{si si si si si si si si}", "schema",
	                &schema, "as_of", &as_of, "window", &window, "months",
	                &months, "method", &method, "orders", &orders, "money",
	                &money, "holdout.days", &days) != 0 ||
	    schema != SCORING_SCHEMA || (unsigned)method > SCORE_MODEL_OWN ||
	    (unsigned)orders > FIT_FAILED || (unsigned)money > FIT_FAILED ||
	    months < 1 || months > 1200)
		return false;
	scoring.options.as_of = as_of;
	scoring.options.window = window;
	scoring.options.months = (unsigned)months;
	scoring.method = (ScoreMethod)method;
	scoring.orders = (FitVerdict)orders;
	scoring.money = (FitVerdict)money;
	scoring.holdout.days = days;
	scoring.modified.modified = true;
	if (!read_members(value, &scoring) || !is_sane(&scoring))
		return false;
	*ret_scoring = scoring;
	return true;
}
