/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three headlines a role, no more: who is shown twelve figures looks at none.
 * One that cannot be told says why, and what would change that.
 */
#include <math.h>
#include <string.h>

#include "board.h"
#include "print.h"

#define HEADLINES 3

typedef enum HeadlineKind {
	HEAD_FIGURE,
	HEAD_OVERDUE,
	HEAD_ROI,
	HEAD_HOLD_OUT,
} HeadlineKind;

typedef struct HeadlineRow {
	HeadlineKind kind;
	FigureId figure;
} HeadlineRow;

static const HeadlineRow headlines[ROLE_N][HEADLINES] = {
	[ROLE_LEAD] = { { HEAD_FIGURE, FIGURE_business },
	                { HEAD_OVERDUE, FIGURE_N },
	                { HEAD_FIGURE, FIGURE_used } },
	[ROLE_DEPARTMENT] = { { HEAD_FIGURE, FIGURE_resolved },
	                      { HEAD_FIGURE, FIGURE_followed },
	                      { HEAD_FIGURE, FIGURE_response } },
	[ROLE_MANAGEMENT] = { { HEAD_ROI, FIGURE_N },
	                      { HEAD_HOLD_OUT, FIGURE_resolved },
	                      { HEAD_FIGURE, FIGURE_mood_better } },
};

/* What every headline has, unless it is set to something else later. */
static json_t *
headline(const char *name, const char *title, const char *unit)
{
	json_t *item = json_object();

	print_set_string(item, "name", name);
	print_set_string(item, "title", title);
	print_set_string(item, "unit", unit);
	json_object_set_new(item, "value", json_null());
	json_object_set_new(item, "low", json_null());
	json_object_set_new(item, "high", json_null());
	json_object_set_new(item, "n", json_null());
	print_set_bool(item, "few", false);
	json_object_set_new(item, "period", json_null());
	json_object_set_new(item, "before", json_null());
	print_set_string(item, "trend", shift_name(SHIFT_UNKNOWN));
	json_object_set_new(item, "good", json_null());
	json_object_set_new(item, "why", json_null());
	return item;
}

static void
set_period(const Board *board, json_t *item, unsigned i)
{
	g_autofree char *name =
		period_name(board->unit, board->zone,
	                    &g_array_index(board->periods, Period, i));

	print_set_string(item, "period", name);
}

static bool
is_settled_late(FigureId id)
{
	return id == FIGURE_resolved || id == FIGURE_followed;
}

static const char *
why_nothing(FigureId id)
{
	switch (id) {
	case FIGURE_resolved:
	case FIGURE_followed:
		return "no answer in this period";
	case FIGURE_mood_better:
		return "no conversation of two mails in which the mood was told";
	case FIGURE_used:
		return "no draft ended in this period";
	default:
		return "nothing was answered in this period";
	}
}

static void
set_trend(json_t *item, FigureId id, const Figure *now, const Figure *before)
{
	FigureBetter better = figure_rows[id].better;
	Shift trend = figure_shift(now, before);

	print_set_real(item, "before", before->interval.value);
	print_set_string(item, "trend", shift_name(trend));
	if (trend != SHIFT_UP && trend != SHIFT_DOWN)
		return;
	print_set_bool(item, "good",
	               (better == BETTER_MORE) == (trend == SHIFT_UP));
}

static json_t *
of_figure(const Board *board, FigureId id, const Figures *periods)
{
	const FigureRow *row = &figure_rows[id];
	json_t *item =
		headline(row->name, row->title,
	                 row->unit == UNIT_SECONDS ? "seconds" : "share");
	unsigned i = is_settled_late(id) ? board->settled : board->current;
	const Figure *now;

	if (i == BOARD_NONE) {
		print_set_string(item, "why",
		                 "too early: it is known seven days after a "
		                 "period");
		return item;
	}
	now = &periods[i].figure[id];
	set_period(board, item, i);
	board_set_interval(item, &now->interval);
	print_set_integer(item, "n", now->n);
	print_set_bool(item, "few", now->n < FIGURES_FEW);
	if (now->n == 0)
		print_set_string(item, "why", why_nothing(id));
	if (i > 0)
		set_trend(item, id, now, &periods[i - 1].figure[id]);
	return item;
}

static json_t *
of_overdue(const Board *board)
{
	json_t *item = headline("overdue", "Overdue now", "count");
	int64_t open = 0, overdue = 0;

	if (board->past) {
		print_set_string(item, "why",
		                 "only known of now; leave --until away");
		return item;
	}
	for (guint i = 0; i < board->backlog->len; i++) {
		const BoardBacklog *row =
			&g_array_index(board->backlog, BoardBacklog, i);

		open += row->open;
		overdue += row->overdue;
	}
	print_set_integer(item, "value", overdue);
	print_set_integer(item, "n", open);
	if (overdue > 0)
		print_set_bool(item, "good", false);
	return item;
}

Roi
board_roi(const Board *board, const Figures *periods)
{
	const Period *period =
		&g_array_index(board->periods, Period, board->current);
	const Settings *settings = board->settings;
	const RoiTerms terms = {
		.cost_per_hour = settings->report_cost_per_hour,
		.minutes_without = settings->report_minutes_per_reply_without,
		.minutes_with = settings->report_minutes_per_reply_with,
		.cost_per_month = settings->report_cost_per_month,
	};
	int64_t upto = MIN(period->upto, board->now + 1);
	Figure none = { { NAN, NAN, NAN }, 0, 0 };

	/* The cost is the whole site's. */
	return roi_of(&terms,
	              board->only != NULL
	                      ? &none
	                      : &periods[board->current].figure[FIGURE_used],
	              (double)(upto - period->from) / 86400);
}

static json_t *
of_roi(const Board *board, const Figures *periods)
{
	json_t *item = headline("roi", "Return on investment", "share");
	Roi roi = board_roi(board, periods);

	set_period(board, item, board->current);
	board_set_interval(item, &roi.rate);
	print_set_integer(item, "n",
	                  periods[board->current].figure[FIGURE_used].n);
	print_set_bool(item, "few",
	               periods[board->current].figure[FIGURE_used].n <
	                       FIGURES_FEW);
	if (board->only != NULL) {
		print_set_string(item, "why",
		                 "the cost is the whole site's: leave "
		                 "--mailbox away");
	} else if (roi.missing[0] != NULL) {
		g_autofree char *names = g_strjoinv(", ", (char **)roi.missing);
		g_autofree char *why =
			g_strconcat("not told in tact.conf: ", names, NULL);

		print_set_string(item, "why", why);
	} else if (isnan(roi.rate.value)) {
		print_set_string(item, "why", why_nothing(FIGURE_used));
	} else if (roi.rate.low > 0 || roi.rate.high < 0) {
		print_set_bool(item, "good", roi.rate.low > 0);
	}
	return item;
}

static void
count_arm(const Board *board, Arm arm, int64_t counts[2])
{
	counts[0] = counts[1] = 0;
	for (guint i = 0; i < board->answers->len; i++) {
		const AnswerFact *answer =
			&g_array_index(board->answers, AnswerFact, i);

		if (answer->arm != arm || !answer->first || answer->enough < 0)
			continue;
		counts[0] += answer->enough == 1;
		counts[1]++;
	}
}

static json_t *
of_hold_out(const Board *board)
{
	json_t *item = headline(
		"hold_out", "First-contact resolution, with draft less without",
		"points");
	int64_t with[2], without[2];
	Interval difference;

	count_arm(board, ARM_WITH, with);
	count_arm(board, ARM_WITHOUT, without);
	difference = interval_of_difference(with, without);
	board_set_interval(item, &difference);
	print_set_integer(item, "n", MIN(with[1], without[1]));
	print_set_bool(item, "few", MIN(with[1], without[1]) < FIGURES_FEW);
	if (without[1] == 0)
		print_set_string(item, "why",
		                 "no conversation was held out seven days ago "
		                 "or before; see hold_out in tact.conf");
	else if (with[1] == 0)
		print_set_string(item, "why",
		                 "no answer with a draft is seven days old");
	else if (difference.low > 0 || difference.high < 0)
		print_set_bool(item, "good", difference.low > 0);
	return item;
}

json_t *
board_headlines(const Board *board, BoardRole role, const Figures *periods)
{
	json_t *list = json_array();

	for (int i = 0; i < HEADLINES; i++) {
		const HeadlineRow *row = &headlines[role][i];
		json_t *item;

		if (row->kind == HEAD_FIGURE)
			item = of_figure(board, row->figure, periods);
		else if (row->kind == HEAD_OVERDUE)
			item = of_overdue(board);
		else if (row->kind == HEAD_ROI)
			item = of_roi(board, periods);
		else
			item = of_hold_out(board);
		json_array_append_new(list, item);
	}
	return list;
}
