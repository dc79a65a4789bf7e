/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "board.h"
#include "print.h"

#define SCHEMA 1

/* All mailboxes together, or one, with its figures of each period. */
typedef struct Scope {
	const Board *board;
	unsigned mailbox;
	Figures *periods;
} Scope;

static const Period *
period_at(const Board *board, unsigned i)
{
	return &g_array_index(board->periods, Period, i);
}

static Figures
figures_between(const Board *board, unsigned mailbox, const Period *period,
                Arm arm)
{
	const Facts facts = {
		(const AnswerFact *)(void *)board->answers->data,
		board->answers->len,
		(const DraftFact *)(void *)board->drafts->data,
		board->drafts->len,
	};
	const FigureScope scope = { period->from, period->upto, mailbox, arm };
	Figures figures;

	figures_of(&facts, &scope, &figures);
	return figures;
}

void
board_set_interval(json_t *object, const Interval *interval)
{
	print_set_real(object, "value", interval->value);
	print_set_real(object, "low", interval->low);
	print_set_real(object, "high", interval->high);
}

static json_t *
figure_value(const Figure *figure)
{
	json_t *value = json_object();

	board_set_interval(value, &figure->interval);
	print_set_integer(value, "n", figure->n);
	print_set_bool(value, "few", figure->n < FIGURES_FEW);
	return value;
}

static json_t *
figures_value(const Figures *figures, uint32_t wanted)
{
	json_t *value = json_object();

	for (int id = 0; id < FIGURE_N; id++)
		if (wanted >> id & 1)
			json_object_set_new(value, figure_rows[id].name,
			                    figure_value(&figures->figure[id]));
	return value;
}

static json_t *
period_value(const Board *board, unsigned i)
{
	const Period *period = period_at(board, i);
	g_autofree char *name = period_name(board->unit, board->zone, period);
	g_autofree char *from = period_day(board->zone, period->from);
	g_autofree char *to = period_day(board->zone, period->upto - 1);
	json_t *value = json_object();

	print_set_string(value, "name", name);
	print_set_string(value, "from", from);
	print_set_string(value, "to", to);
	print_set_bool(value, "complete", period->upto <= board->now + 1);
	print_set_bool(value, "settled",
	               board->settled != BOARD_NONE && i <= board->settled);
	return value;
}

/* At the end of a period, or now. */
static json_t *
waiting_value(const Scope *scope, const Period *period)
{
	const GArray *waits = scope->board->waits;
	int64_t at = MIN(period->upto, scope->board->now + 1);
	json_t *value = json_object();
	int64_t n = 0;

	for (guint i = 0; i < waits->len; i++) {
		const BoardWait *wait = &g_array_index(waits, BoardWait, i);

		n += (scope->mailbox == MAILBOX_ANY ||
		      scope->mailbox == wait->mailbox) &&
		     wait->from < at && wait->upto >= at;
	}
	print_set_integer(value, "value", n);
	json_object_set_new(value, "low", json_null());
	json_object_set_new(value, "high", json_null());
	print_set_integer(value, "n", n);
	print_set_bool(value, "few", false);
	return value;
}

static json_t *
periods_value(const Scope *scope)
{
	const Board *board = scope->board;
	json_t *list = json_array();

	for (unsigned i = 0; i < board->periods->len; i++) {
		const Figures *figures = &scope->periods[i];
		json_t *item = period_value(board, i);

		print_set_integer(item, "answers", figures->answers);
		print_set_integer(item, "drafts", figures->drafts);
		json_object_set_new(item, "figures",
		                    figures_value(figures, UINT32_MAX));
		json_object_set_new(json_object_get(item, "figures"), "waiting",
		                    waiting_value(scope, period_at(board, i)));
		json_array_append_new(list, item);
	}
	return list;
}

static json_t *
backlog_row(const char *tier, const BoardBacklog *sum)
{
	json_t *row = json_object();

	if (tier != NULL)
		print_set_string(row, "tier", tier);
	print_set_integer(row, "open", sum->open);
	print_set_integer(row, "overdue", sum->overdue);
	if (sum->open > 0)
		print_set_integer(row, "oldest_at", sum->oldest_at);
	else
		json_object_set_new(row, "oldest_at", json_null());
	return row;
}

static void
add_up(BoardBacklog *sum, const BoardBacklog *row)
{
	if (sum->open == 0 || row->oldest_at < sum->oldest_at)
		sum->oldest_at = row->oldest_at;
	sum->open += row->open;
	sum->overdue += row->overdue;
}

static json_t *
backlog_value(const Scope *scope)
{
	const GArray *backlog = scope->board->backlog;
	BoardBacklog sums[TIER_N + 1] = { 0 }; /* the last: of all */
	json_t *tiers = json_array();
	json_t *value;

	if (scope->board->past) {
		json_decref(tiers);
		return json_null();
	}
	for (guint i = 0; i < backlog->len; i++) {
		const BoardBacklog *row =
			&g_array_index(backlog, BoardBacklog, i);

		if (scope->mailbox != MAILBOX_ANY &&
		    scope->mailbox != row->mailbox)
			continue;
		add_up(&sums[row->tier], row);
		add_up(&sums[TIER_N], row);
	}
	value = backlog_row(NULL, &sums[TIER_N]);
	for (int tier = TIER_N - 1; tier >= 0; tier--)
		json_array_append_new(
			tiers, backlog_row(tier_name((Tier)tier), &sums[tier]));
	json_object_set_new(value, "tiers", tiers);
	return value;
}

#define COMPARED                                                               \
	(1U << FIGURE_response | 1U << FIGURE_business |                       \
	 1U << FIGURE_resolved | 1U << FIGURE_followed)

static json_t *
arm_value(const Figures *figures)
{
	json_t *value = json_object();

	print_set_integer(value, "answers", figures->answers);
	json_object_set_new(value, "figures", figures_value(figures, COMPARED));
	return value;
}

/* Over all periods together: those held out are few. */
static json_t *
hold_out_value(const Scope *scope)
{
	static const FigureId shares[] = { FIGURE_resolved, FIGURE_followed };
	const Board *board = scope->board;
	const Period all = { period_at(board, 0)->from,
		             period_at(board, board->periods->len - 1)->upto };
	Figures with = figures_between(board, scope->mailbox, &all, ARM_WITH);
	Figures without =
		figures_between(board, scope->mailbox, &all, ARM_WITHOUT);
	json_t *value = json_object();
	json_t *differences = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
		Interval difference = figure_difference(
			&with.figure[shares[i]], &without.figure[shares[i]]);
		json_t *item = json_object();

		board_set_interval(item, &difference);
		json_object_set_new(differences, figure_rows[shares[i]].name,
		                    item);
	}
	json_object_set_new(value, "with_draft", arm_value(&with));
	json_object_set_new(value, "without_draft", arm_value(&without));
	json_object_set_new(value, "difference", differences);
	return value;
}

static json_t *
scope_value(const Scope *scope)
{
	const Board *board = scope->board;
	json_t *value = json_object();

	print_set_string(
		value, "mailbox",
		scope->mailbox == MAILBOX_ANY
			? board->only
			: g_ptr_array_index(board->mailboxes, scope->mailbox));
	json_object_set_new(value, "periods", periods_value(scope));
	json_object_set_new(value, "backlog", backlog_value(scope));
	json_object_set_new(value, "hold_out", hold_out_value(scope));
	return value;
}

static void
count_periods(const Board *board, unsigned mailbox, Figures *periods)
{
	for (unsigned i = 0; i < board->periods->len; i++)
		periods[i] = figures_between(board, mailbox,
		                             period_at(board, i), ARM_ANY);
}

static json_t *
roi_value(const Board *board, const Figures *periods)
{
	Roi roi = board_roi(board, periods);
	json_t *missing = json_array();
	json_t *value = json_object();
	json_t *hours = json_object();
	json_t *benefit = json_object();

	for (const char **name = roi.missing; *name != NULL; name++)
		json_array_append_new(missing, json_string(*name));
	json_object_set_new(value, "missing", missing);
	print_set_string(value, "currency", board->settings->report_currency);
	board_set_interval(hours, &roi.hours);
	json_object_set_new(value, "hours_saved", hours);
	board_set_interval(benefit, &roi.benefit);
	json_object_set_new(value, "benefit", benefit);
	print_set_real(value, "cost", roi.cost);
	board_set_interval(value, &roi.rate);
	return value;
}

static json_t *
definitions_value(void)
{
	static const char *const units[] = { "seconds", "share" };
	static const char *const better[] = { "neither", "less", "more" };
	json_t *value = json_object();

	for (int id = 0; id < FIGURE_N; id++) {
		const FigureRow *row = &figure_rows[id];
		json_t *item = json_object();

		print_set_string(item, "title", row->title);
		print_set_string(item, "unit", units[row->unit]);
		print_set_string(item, "better", better[row->better]);
		print_set_string(item, "definition", row->definition);
		json_object_set_new(value, row->name, item);
	}
	json_object_set_new(
		value, "waiting",
		json_pack("{s:s,s:s,s:s,s:s}", "title", "Backlog", "unit",
	                  "count", "better", "less", "definition",
	                  "Conversations that waited for an answer at the end "
	                  "of the period."));
	return value;
}

static json_t *
roles_value(const Board *board, const Figures *periods)
{
	static const char *const titles[] = { "Team lead", "Department",
		                              "Management" };
	json_t *list = json_array();

	for (int role = 0; role < ROLE_N; role++) {
		json_t *item;

		if (!(board->roles >> role & 1))
			continue;
		item = json_object();
		print_set_string(item, "role",
		                 board_role_name((BoardRole)role));
		print_set_string(item, "title", titles[role]);
		json_object_set_new(
			item, "headlines",
			board_headlines(board, (BoardRole)role, periods));
		json_array_append_new(list, item);
	}
	return list;
}

static int
by_name(const void *left, const void *right, void *data)
{
	const Board *board = data;

	return strcmp(
		g_ptr_array_index(board->mailboxes, *(const unsigned *)left),
		g_ptr_array_index(board->mailboxes, *(const unsigned *)right));
}

static void
add_mailboxes(const Board *board, Figures *periods, json_t *list)
{
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(unsigned));

	for (unsigned i = 0; i < board->mailboxes->len; i++)
		g_array_append_val(order, i);
	g_array_sort_with_data(order, by_name, (void *)board);
	for (guint i = 0; i < order->len; i++) {
		const Scope scope = { board, g_array_index(order, unsigned, i),
			              periods };

		count_periods(board, scope.mailbox, periods);
		json_array_append_new(list, scope_value(&scope));
	}
}

json_t *
board_value(const Board *board)
{
	g_autofree Figures *periods = g_new(Figures, board->periods->len);
	const Scope all = { board, MAILBOX_ANY, periods };
	json_t *value = json_object();
	json_t *scopes = json_array();

	count_periods(board, MAILBOX_ANY, periods);
	print_set_integer(value, "schema", SCHEMA);
	print_set_string(value, "every", period_unit_name(board->unit));
	print_set_integer(value, "now", board->now);
	print_set_string(value, "time_zone",
	                 g_time_zone_get_identifier(board->zone));
	print_set_string(value, "mailbox", board->only);
	print_set_integer(value, "told", board->current);
	json_object_set_new(value, "period",
	                    period_value(board, board->current));
	json_object_set_new(value, "roles", roles_value(board, periods));
	json_object_set_new(value, "roi", roi_value(board, periods));
	json_array_append_new(scopes, scope_value(&all));
	if (board->only == NULL)
		add_mailboxes(board, periods, scopes);
	json_object_set_new(value, "scopes", scopes);
	json_object_set_new(value, "definitions", definitions_value());
	return value;
}
