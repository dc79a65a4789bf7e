/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Scoring as lines of "name number...", each in its place: what differs in
 * anything makes all of it useless, and the next fit writes it anew.
 */
#include <math.h>
#include <string.h>

#include "value/scoring.h"

#define MARK "value-fit 1\n"
#define DIGITS "0123456789.+-e"

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

/* The members that are whole numbers, as those are. */
#define WHOLES 7

static void
read_wholes(const Scoring *scoring, double *wholes)
{
	const double values[WHOLES] = {
		scoring->options.as_of,  scoring->options.window,
		scoring->options.months, scoring->method,
		scoring->orders,         scoring->money,
		scoring->holdout.days,
	};

	memcpy(wholes, values, sizeof(values));
}

static void
add_numbers(GString *text, const char *name, const double *numbers, size_t n)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append(text, name);
	for (size_t i = 0; i < n; i++) {
		g_ascii_dtostr(number, sizeof(number),
		               isfinite(numbers[i]) ? numbers[i] : 0);
		g_string_append_c(text, ' ');
		g_string_append(text, number);
	}
	g_string_append_c(text, '\n');
}

char *
scoring_to_text(const Scoring *scoring)
{
	GString *text = g_string_new(MARK);
	const char *base = (const char *)scoring;
	double wholes[WHOLES];

	read_wholes(scoring, wholes);
	add_numbers(text, "wholes", wholes, WHOLES);
	for (size_t i = 0; i < G_N_ELEMENTS(reals); i++)
		add_numbers(
			text, reals[i].name,
			(const double *)(const void *)(base + reals[i].offset),
			1);
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		add_numbers(
			text, tables[i].name,
			(const double *)(const void *)(base + tables[i].offset),
			G_N_ELEMENTS(scoring->worth.at));
	return g_string_free(text, FALSE);
}

/* One line; moves `text` behind it. */
static bool
take_numbers(const char **text, const char *name, double *numbers, size_t n)
{
	size_t length = strlen(name);

	if (strncmp(*text, name, length) != 0)
		return false;
	*text += length;
	for (size_t i = 0; i < n; i++) {
		char *end;

		if (**text != ' ')
			return false;
		numbers[i] = g_ascii_strtod(*text + 1, &end);
		if (end == *text + 1 || !isfinite(numbers[i]) ||
		    end != *text + 1 + strspn(*text + 1, DIGITS))
			return false;
		*text = end;
	}
	return *(*text)++ == '\n';
}

static bool
take_members(const char **text, Scoring *scoring)
{
	char *base = (char *)scoring;

	for (size_t i = 0; i < G_N_ELEMENTS(reals); i++)
		if (!take_numbers(text, reals[i].name,
		                  (double *)(void *)(base + reals[i].offset),
		                  1))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		if (!take_numbers(text, tables[i].name,
		                  (double *)(void *)(base + tables[i].offset),
		                  G_N_ELEMENTS(scoring->worth.at)))
			return false;
	return **text == '\0';
}

static bool
set_wholes(const double *wholes, Scoring *scoring)
{
	static const double max[WHOLES] = {
		1e8, 1e6, 1200, SCORE_MODEL_OWN, FIT_FAILED, FIT_FAILED, 1e6,
	};

	for (size_t i = 0; i < WHOLES; i++)
		if (wholes[i] < 0 || wholes[i] > max[i])
			return false;
	scoring->options.as_of = (int32_t)wholes[0];
	scoring->options.window = (int)wholes[1];
	scoring->options.months = (unsigned)wholes[2];
	scoring->method = (ScoreMethod)(int)wholes[3];
	scoring->orders = (FitVerdict)(int)wholes[4];
	scoring->money = (FitVerdict)(int)wholes[5];
	scoring->holdout.days = (int)wholes[6];
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
scoring_from_text(const char *text, Scoring *ret_scoring)
{
	Scoring scoring;
	double wholes[WHOLES];

	memset(&scoring, 0, sizeof(scoring));
	if (!g_str_has_prefix(text, MARK))
		return false;
	text += strlen(MARK);
	if (!take_numbers(&text, "wholes", wholes, WHOLES) ||
	    !set_wholes(wholes, &scoring) || !take_members(&text, &scoring) ||
	    !is_sane(&scoring))
		return false;
	scoring.modified.modified = true;
	*ret_scoring = scoring;
	return true;
}
