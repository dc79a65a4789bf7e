/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Welford's recurrence with decay: before each new value the weight of the old
 * ones is cut by a tenth, so that ten mails ago counts a third of today. Time
 * plays no part: who writes once a year still writes as they do.
 *
 * The prior is a bell over the positions of a finding's values, around the mean
 * and as wide as the spread; BELL_WIDTH keeps a writer of few, equal mails from
 * being pinned. It multiplies the odds of the mail with an exponent below one:
 * two mails outweigh any history. What a mail told is never taken back, for a
 * tag that vanishes is worse than one that is unsure.
 */
#include "analysis/manner.h"

#include <math.h>
#include <string.h>

#include "analysis/heads.h"

#define DECAY 0.9
#define PRIOR_WEIGHT 0.5 /* of the mail's own, with endless history */
#define PRIOR_HALF 5.0   /* mails until half of that */
#define BELL_WIDTH 25.0
#define TELL_MARGIN 0.2 /* between best and second, to tell what abstained */
#define TREND_READINGS 3
#define TREND_CHANGE 15.0 /* over all readings */

typedef struct Position {
	const char *value;
	double at;
} Position;

static const struct {
	const char *name;
	Position position[3];
	bool blended;
} axes[MANNER_AXES] = {
	[MANNER_SENTIMENT] = { "sentiment",
	                       { { "negative", 0 },
	                         { "neutral", 50 },
	                         { "positive", 100 } },
	                       false },
	[MANNER_EMOTION] = { "emotion",
	                     { { "frustrated", 0 },
	                       { "neutral", 50 },
	                       { "enthusiastic", 100 } },
	                     false },
	[MANNER_URGENCY] = { "urgency",
	                     { { "low", 0 },
	                       { "normal", 50 },
	                       { "high", 100 } },
	                     false },
	[MANNER_FORMALITY] = { "formality",
	                       { { "informal", 0 },
	                         { "neutral", 50 },
	                         { "formal", 100 } },
	                       true },
	[MANNER_DIRECTNESS] = { "directness",
	                        { { "elaborate", 0 }, { "direct", 100 } },
	                        true },
	[MANNER_EXPERTISE] = { "expertise",
	                       { { "beginner", 0 },
	                         { "intermediate", 50 },
	                         { "expert", 100 } },
	                       true },
};

const char *
manner_axis_name(MannerAxis axis)
{
	return (unsigned)axis < MANNER_AXES ? axes[axis].name : "";
}

const char *
trend_name(Trend trend)
{
	static const char *const names[] = { "", "worsening", "stable",
		                             "improving" };

	return (unsigned)trend < TREND_N ? names[trend] : "";
}

void
running_add(Running *running, double x)
{
	double distance = x - running->mean;

	running->n = running->n * DECAY + 1;
	running->mean += distance / running->n;
	running->squares =
		running->squares * DECAY + distance * (x - running->mean);
}

double
running_deviation(const Running *running)
{
	return running->n > 0 ? sqrt(running->squares / running->n) : 0;
}

/* Where on its axis a value stands; -1 for one that the site made up. */
static double
position_of(MannerAxis axis, const char *value)
{
	for (unsigned i = 0; i < 3; i++) {
		const Position *position = &axes[axis].position[i];

		if (position->value != NULL &&
		    strcmp(position->value, value) == 0)
			return position->at;
	}
	return -1;
}

/* Positions of a finding's values; 0: not all of them stand on the axis. */
static unsigned
positions_of(const Rules *rules, unsigned f, MannerAxis axis,
             double ret_at[LIMIT_FINDING_VALUES])
{
	unsigned n = rules_n_values(rules, f);

	for (unsigned v = 0; v < n; v++) {
		ret_at[v] = position_of(axis, rules_value_name(rules, f, v));
		if (ret_at[v] < 0)
			return 0;
	}
	return n;
}

/* The finding of that name that the mail has; -1 without. */
static int
finding_of(const Rules *rules, const Findings *findings, MannerAxis axis)
{
	for (unsigned f = 0; f < findings->n_findings; f++)
		if (strcmp(rules_finding_name(rules, f), axes[axis].name) == 0)
			return (int)f;
	return -1;
}

/* Probabilities of all values: what the best leaves is shared evenly, since
 * no more than its own crosses between processes. */
static void
spread(const Finding *finding, unsigned n, double *ret_p)
{
	double best = finding->score / 100.0;

	for (unsigned v = 0; v < n; v++)
		ret_p[v] = v == finding->value ? best : (1 - best) / (n - 1);
}

/* -1: not told. */
static double
place_of(const Rules *rules, const Findings *findings, MannerAxis axis)
{
	int f = finding_of(rules, findings, axis);
	double at[LIMIT_FINDING_VALUES], p[LIMIT_FINDING_VALUES], place = 0;
	unsigned n;

	if (f < 0 || findings->finding[f].abstained)
		return -1;
	if (axis == MANNER_SENTIMENT)
		return findings->finding[f].score;
	n = positions_of(rules, (unsigned)f, axis, at);
	if (n < 2)
		return -1;
	spread(&findings->finding[f], n, p);
	for (unsigned v = 0; v < n; v++)
		place += p[v] * at[v];
	return place;
}

static void
add_reading(Manner *manner, double mood, int64_t at)
{
	if (manner->n_readings == MANNER_READINGS)
		memmove(&manner->reading[0], &manner->reading[1],
		        sizeof(Reading) * (--manner->n_readings));
	manner->reading[manner->n_readings++] =
		(Reading){ at, (uint8_t)CLAMP(lround(mood), 0, 100) };
}

void
manner_note(Manner *manner, const Rules *rules, const Findings *findings,
            int64_t at)
{
	if (findings->status != FINDINGS_SCORED)
		return;
	for (unsigned axis = 0; axis < MANNER_AXES; axis++) {
		double place = place_of(rules, findings, axis);

		if (place < 0)
			continue;
		running_add(&manner->axis[axis], place);
		if (axis == MANNER_SENTIMENT)
			add_reading(manner, place, at);
	}
}

/* p by the mail to p by mail and history. */
static void
weigh(const Running *known, const double *at, unsigned n, double *p)
{
	double width = running_deviation(known) + BELL_WIDTH;
	double weight = PRIOR_WEIGHT * known->n / (known->n + PRIOR_HALF);
	double total = 0;

	for (unsigned v = 0; v < n; v++) {
		double far = (at[v] - known->mean) / width;

		p[v] *= exp(-weight * far * far / 2);
		total += p[v];
	}
	for (unsigned v = 0; v < n; v++)
		p[v] /= total;
}

static void
decide(const Rules *rules, unsigned f, const double *p, unsigned n,
       Finding *finding)
{
	unsigned best = finding->value;
	double second = 0;

	for (unsigned v = 0; v < n; v++)
		if (p[v] > p[best])
			best = v;
	for (unsigned v = 0; v < n; v++)
		if (v != best)
			second = MAX(second, p[v]);
	finding->value = (uint8_t)best;
	finding->score = (uint8_t)CLAMP(lround(100 * p[best]), 0, 100);
	finding->confidence = (uint8_t)heads_confidence(rules, f, p[best]);
	if (p[best] - second >= TELL_MARGIN)
		finding->abstained = 0;
}

static void
blend_axis(const Running *known, const Rules *rules, MannerAxis axis,
           Findings *findings)
{
	int f = finding_of(rules, findings, axis);
	double at[LIMIT_FINDING_VALUES], p[LIMIT_FINDING_VALUES];
	unsigned n;

	if (f < 0 || known->n <= 0)
		return;
	n = positions_of(rules, (unsigned)f, axis, at);
	if (n < 2)
		return;
	spread(&findings->finding[f], n, p);
	weigh(known, at, n, p);
	decide(rules, (unsigned)f, p, n, &findings->finding[f]);
}

static bool
tells_something(const Findings *findings)
{
	for (unsigned f = 0; f < findings->n_findings; f++)
		if (!findings->finding[f].abstained)
			return true;
	return false;
}

void
manner_blend(const Manner *manner, const Rules *rules, Findings *findings)
{
	bool open = findings->status == FINDINGS_ABSTAINED &&
	            findings->reason == ABSTAINED_EVIDENCE;

	if (findings->status != FINDINGS_SCORED && !open)
		return;
	for (unsigned axis = 0; axis < MANNER_AXES; axis++)
		if (axes[axis].blended)
			blend_axis(&manner->axis[axis], rules, axis, findings);
	if (open && tells_something(findings)) {
		findings->status = FINDINGS_SCORED;
		findings->reason = REASON_NONE;
	}
}

/* Slope of the line through the readings, by their order: who writes thrice in
 * an hour, ever angrier, is as much of a trend as thrice in a year. */
Trend
manner_trend(const Manner *manner)
{
	unsigned n = MIN(manner->n_readings, MANNER_READINGS);
	double middle = (n - 1) / 2.0, rise = 0, run = 0, change;

	if (n < TREND_READINGS)
		return TREND_NONE;
	for (unsigned i = 0; i < n; i++) {
		rise += (i - middle) * manner->reading[i].mood;
		run += (i - middle) * (i - middle);
	}
	change = rise / run * (n - 1);
	if (change >= TREND_CHANGE)
		return TREND_IMPROVING;
	return change <= -TREND_CHANGE ? TREND_WORSENING : TREND_STABLE;
}
