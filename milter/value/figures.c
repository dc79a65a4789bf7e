/* SPDX-License-Identifier: Apache-2.0 */
#include "value/figures.h"

#include <glib.h>
#include <math.h>

const FigureRow figure_rows[FIGURE_N] = {
#define FIGURE(name, unit, better, title, definition)                          \
	{ #name, title, definition, UNIT_##unit, BETTER_##better },
#include "value/figures.def"
};

void
figures_mark_last(AnswerFact *answers, size_t n)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new(g_int64_hash, g_int64_equal);

	for (size_t i = n; i-- > 0;)
		answers[i].last = answers[i].thread == 0 ||
		                  g_hash_table_add(seen, &answers[i].thread);
}

typedef struct Tally {
	GArray *values[FIGURE_N]; /* of double: of medians */
	int64_t hit[FIGURE_N], n[FIGURE_N];
} Tally;

static bool
is_median(FigureId id)
{
	return id == FIGURE_response || id == FIGURE_business ||
	       id == FIGURE_distance;
}

static void
tally_init(Tally *tally)
{
	*tally = (Tally){ .n = { 0 } };
	for (int id = 0; id < FIGURE_N; id++)
		if (is_median((FigureId)id))
			tally->values[id] =
				g_array_new(FALSE, FALSE, sizeof(double));
}

static void
tally_clear(Tally *tally)
{
	for (int id = 0; id < FIGURE_N; id++)
		if (tally->values[id] != NULL)
			g_array_unref(tally->values[id]);
}

static void
add_value(Tally *tally, FigureId id, int64_t known, double unit)
{
	double value = (double)known / unit;

	if (known >= 0)
		g_array_append_val(tally->values[id], value);
}

static void
add_hit(Tally *tally, FigureId id, bool hit)
{
	tally->n[id]++;
	tally->hit[id] += hit;
}

static void
add_answer(Tally *tally, const AnswerFact *answer)
{
	bool asked = answer->response >= 0;

	add_value(tally, FIGURE_response, answer->response, 1);
	add_value(tally, FIGURE_business, answer->business, 1);
	/* A second answer in a row answers nothing. */
	if (answer->enough >= 0 && answer->first)
		add_hit(tally, FIGURE_resolved, answer->enough == 1);
	if (answer->enough >= 0 && asked)
		add_hit(tally, FIGURE_followed, answer->enough == 0);
	if (!answer->last || !answer->again || answer->mood[0] < 0 ||
	    answer->mood[1] < 0)
		return;
	add_hit(tally, FIGURE_mood_better, answer->mood[1] > answer->mood[0]);
	add_hit(tally, FIGURE_mood_worse, answer->mood[1] < answer->mood[0]);
}

static void
add_draft(Tally *tally, const DraftFact *draft)
{
	bool used =
		draft->ending == ENDING_AS_IS || draft->ending == ENDING_EDITED;

	add_hit(tally, FIGURE_used, used);
	add_hit(tally, FIGURE_as_is, draft->ending == ENDING_AS_IS);
	add_hit(tally, FIGURE_edited, draft->ending == ENDING_EDITED);
	add_hit(tally, FIGURE_rewritten, draft->ending == ENDING_REWRITTEN);
	add_hit(tally, FIGURE_unused, draft->ending == ENDING_UNUSED);
	if (draft->ending != ENDING_UNUSED)
		add_value(tally, FIGURE_distance, draft->distance, 1000);
}

static bool
is_of(const FigureScope *scope, unsigned mailbox)
{
	return scope->mailbox == MAILBOX_ANY || scope->mailbox == mailbox;
}

/* The first of `n` that is not before `at`; facts stand in time's order. */
#define FIRST_SINCE(facts, n, since, ret_i)                                    \
	do {                                                                   \
		size_t low_ = 0, high_ = (n);                                  \
		while (low_ < high_) {                                         \
			size_t middle_ = low_ + (high_ - low_) / 2;            \
			if ((facts)[middle_].at < (since))                     \
				low_ = middle_ + 1;                            \
			else                                                   \
				high_ = middle_;                               \
		}                                                              \
		*(ret_i) = low_;                                               \
	} while (0)

static int64_t
count_answers(const Facts *facts, const FigureScope *scope, Tally *tally)
{
	int64_t count = 0;
	size_t i;

	FIRST_SINCE(facts->answers, facts->n_answers, scope->from, &i);
	for (; i < facts->n_answers; i++) {
		const AnswerFact *answer = &facts->answers[i];

		if (answer->at >= scope->upto)
			break;
		if (!is_of(scope, answer->mailbox) ||
		    (scope->arm != ARM_ANY && scope->arm != answer->arm))
			continue;
		count++;
		add_answer(tally, answer);
	}
	return count;
}

static int64_t
count_drafts(const Facts *facts, const FigureScope *scope, Tally *tally)
{
	int64_t count = 0;
	size_t i;

	FIRST_SINCE(facts->drafts, facts->n_drafts, scope->from, &i);
	for (; i < facts->n_drafts; i++) {
		const DraftFact *draft = &facts->drafts[i];

		if (draft->at >= scope->upto)
			break;
		if (!is_of(scope, draft->mailbox))
			continue;
		count++;
		add_draft(tally, draft);
	}
	return count;
}

static Figure
finish(const Tally *tally, FigureId id)
{
	const GArray *values = tally->values[id];

	if (values != NULL)
		return (Figure){ interval_of_median(
					 (double *)(void *)values->data,
					 values->len),
			         values->len, -1 };
	return (Figure){ interval_of_share(tally->hit[id], tally->n[id]),
		         tally->n[id], tally->hit[id] };
}

void
figures_of(const Facts *facts, const FigureScope *scope, Figures *ret_figures)
{
	Figures figures = { .answers = 0 };
	Tally tally;

	tally_init(&tally);
	figures.answers = count_answers(facts, scope, &tally);
	figures.drafts = count_drafts(facts, scope, &tally);
	for (int id = 0; id < FIGURE_N; id++)
		figures.figure[id] = finish(&tally, (FigureId)id);
	tally_clear(&tally);
	*ret_figures = figures;
}

Interval
figure_difference(const Figure *one, const Figure *other)
{
	if (one->hit < 0 || other->hit < 0)
		return (Interval){ NAN, NAN, NAN };
	return interval_of_difference(
		(const int64_t[]){ one->hit, one->n },
		(const int64_t[]){ other->hit, other->n });
}

Shift
figure_shift(const Figure *now, const Figure *before)
{
	Interval change = figure_difference(now, before);

	if (now->hit < 0) {
		change.low = now->interval.low - before->interval.high;
		change.high = now->interval.high - before->interval.low;
	}
	if (now->n == 0 || before->n == 0)
		return SHIFT_UNKNOWN;
	if (change.low > 0)
		return SHIFT_UP;
	return change.high < 0 ? SHIFT_DOWN : SHIFT_UNCLEAR;
}

const char *
shift_name(Shift trend)
{
	static const char *const names[] = { "unknown", "unclear", "up",
		                             "down" };

	return names[trend];
}
