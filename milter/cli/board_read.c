/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts are read into memory, a few dozen bytes each: medians need them all.
 */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "board.h"
#include "context.h"
#include "day.h"
#include "store/outcomes.h"
#include "store/site.h"

#define DAILY 14 /* periods without --since */
#define WEEKLY 12
#define MONTHLY 12

const char *
board_role_name(BoardRole role)
{
	static const char *const names[] = { "lead", "department",
		                             "management" };

	return names[role];
}

static void
free_array(GArray *array)
{
	if (array != NULL)
		g_array_unref(array);
}

void
board_clear(Board *board)
{
	settings_free(board->settings);
	if (board->zone != NULL)
		g_time_zone_unref(board->zone);
	if (board->mailboxes != NULL)
		g_ptr_array_unref(board->mailboxes);
	free_array(board->answers);
	free_array(board->drafts);
	free_array(board->backlog);
	free_array(board->waits);
	free_array(board->periods);
	*board = (Board){ .settings = NULL };
}

static char *
choose_unit(Board *board, const Options *options)
{
	if (options->daily + options->weekly + options->monthly > 1)
		return g_strdup("one of --daily, --weekly, --monthly");
	board->unit = PERIOD_WEEK;
	if (options->daily)
		board->unit = PERIOD_DAY;
	else if (options->monthly)
		board->unit = PERIOD_MONTH;
	return NULL;
}

static char *
choose_roles(Board *board, const Options *options)
{
	board->roles = (1U << ROLE_N) - 1;
	if (options->role == NULL)
		return NULL;
	for (int role = 0; role < ROLE_N; role++) {
		board->roles = 1U << role;
		if (strcmp(options->role, board_role_name((BoardRole)role)) ==
		    0)
			return NULL;
	}
	return g_strdup("--role is one of lead, department, management");
}

char *
board_options(Board *board, const Options *options)
{
	char *fault = choose_unit(board, options);

	if (fault == NULL)
		fault = choose_roles(board, options);
	if (fault == NULL &&
	    options->json + options->csv + options->html + options->prometheus >
	            1)
		fault = g_strdup("one of --json, --csv, --html, --prometheus");
	return fault;
}

static bool
read_zone(Board *board, const Mailbox *mailbox, GError **error)
{
	const char *name = mailbox != NULL ? mailbox->mailbox_time_zone : NULL;

	if (name == NULL || *name == '\0')
		name = board->settings->value_time_zone;
	board->zone = name == NULL || *name == '\0'
	                      ? g_time_zone_new_local()
	                      : g_time_zone_new_identifier(name);
	if (board->zone != NULL)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "time_zone: \"%.60s\" is not known to this host; write "
	            "such as Europe/Copenhagen or UTC",
	            name);
	return settings_blame(board->settings, mailbox, "value", error);
}

static int64_t
default_since(const Board *board)
{
	static const int days[] = { DAILY, WEEKLY * 7, MONTHLY * 30 };

	return board->now - days[board->unit] * INT64_C(86400);
}

static bool
bad_day(const char *option, const char *why, GError **error)
{
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
	            "report: --%s is a day, YYYY-MM-DD, %s", option, why);
	return false;
}

static bool
choose_periods(Board *board, const Options *options, GError **error)
{
	int64_t real = clock_wall() / G_USEC_PER_SEC;
	int64_t since = 0, after;

	board->now = real;
	if (options->until != NULL) {
		if (!day_starts(options->until, board->zone, 0, &since) ||
		    since > real || since < 0 ||
		    !day_starts(options->until, board->zone, 1, &after))
			return bad_day("until",
			               "from 1970 on, not in the future",
			               error);
		/* The day's last second. */
		board->now = MIN(real, after - 1);
		board->past = after <= real;
	}
	since = default_since(board);
	if (options->since != NULL &&
	    (!day_starts(options->since, board->zone, 0, &since) ||
	     since > board->now))
		return bad_day("since",
		               board->past ? "not after --until"
		                           : "not in the future",
		               error);
	board->periods =
		periods_between(board->unit, board->zone, since, board->now);
	if (g_array_index(board->periods, Period, 0).from <= since)
		return true;
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
	            "report: --since: more than %d periods; say --weekly or "
	            "--monthly",
	            PERIODS_MAX);
	return false;
}

/* BOARD_NONE: another one is asked for. */
static unsigned
mailbox_number(Board *board, const char *address)
{
	const char *name = *address != '\0' ? address : "unknown";

	if (board->only != NULL && g_ascii_strcasecmp(board->only, name) != 0)
		return BOARD_NONE;
	for (guint i = 0; i < board->mailboxes->len; i++)
		if (strcmp(g_ptr_array_index(board->mailboxes, i), name) == 0)
			return i;
	g_ptr_array_add(board->mailboxes, g_strdup(name));
	return board->mailboxes->len - 1;
}

static Arm
arm_of(int fate)
{
	if (fate == FATE_NONE)
		return ARM_NONE;
	return fate == FATE_HELD_OUT ? ARM_WITHOUT : ARM_WITH;
}

static void
add_answer(const Outcome *outcome, void *data)
{
	Board *board = data;
	AnswerFact fact = { .mailbox = mailbox_number(board, outcome->mailbox),
		            .thread = outcome->thread,
		            .at = outcome->at,
		            .response = outcome->response,
		            .business = outcome->business,
		            .arm = arm_of(outcome->draft),
		            .first = outcome->answers == 1,
		            .again = outcome->contacts > 1,
		            .enough = outcome->enough,
		            .mood = { outcome->mood_first,
		                      outcome->mood_last } };

	if (fact.mailbox != BOARD_NONE)
		g_array_append_val(board->answers, fact);
}

static DraftEnding
ending_of(DraftFate fate)
{
	switch (fate) {
	case FATE_SENT_AS_IS:
		return ENDING_AS_IS;
	case FATE_SENT_EDITED:
		return ENDING_EDITED;
	case FATE_REWRITTEN:
		return ENDING_REWRITTEN;
	default:
		return ENDING_UNUSED;
	}
}

static void
add_draft(const DraftOutcome *draft, void *data)
{
	Board *board = data;
	DraftFact fact = { .mailbox = mailbox_number(board, draft->mailbox),
		           .at = draft->at,
		           .ending = ending_of(draft->fate),
		           .distance = draft->distance };

	if (fact.mailbox != BOARD_NONE)
		g_array_append_val(board->drafts, fact);
}

static void
add_backlog(const Backlog *backlog, void *data)
{
	Board *board = data;
	BoardBacklog row = { .mailbox = mailbox_number(board, backlog->mailbox),
		             .tier = (Tier)CLAMP(backlog->tier, 0, TIER_N - 1),
		             .open = backlog->open,
		             .overdue = backlog->overdue,
		             .oldest_at = backlog->oldest };

	if (row.mailbox != BOARD_NONE)
		g_array_append_val(board->backlog, row);
}

static void
add_wait(const Wait *wait, void *data)
{
	Board *board = data;
	BoardWait row = { .mailbox = mailbox_number(board, wait->mailbox),
		          .from = wait->from,
		          .upto = wait->upto };

	if (row.mailbox != BOARD_NONE)
		g_array_append_val(board->waits, row);
}

static bool
read_facts(Board *board, GError **error)
{
	g_autoptr(Store) store =
		site_open_store(board->settings, STORE_ADMIN, SITE_READ, error);
	int64_t from = g_array_index(board->periods, Period, 0).from;
	int64_t upto = board->now + 1;

	return store != NULL &&
	       outcomes_each(store, from, upto, add_answer, board, error) &&
	       outcomes_each_draft(store, from, upto, add_draft, board,
	                           error) &&
	       outcomes_each_wait(store, upto, add_wait, board, error) &&
	       (board->past ||
	        outcomes_each_backlog(store, board->now, add_backlog, board,
	                              error));
}

/* The last period that is over; the one under way when nothing was answered in
 * any that is. */
static void
choose_current(Board *board)
{
	const Period *periods = (const Period *)(void *)board->periods->data;
	unsigned last = board->periods->len - 1;
	bool any = board->answers->len > 0 &&
	           g_array_index(board->answers, AnswerFact, 0).at <
	                   periods[last].from;

	/* With --until the day asked for may be a period's last. */
	if (periods[last].upto <= board->now + 1)
		last++;
	board->current = last > 0 && (any || last == board->periods->len)
	                         ? last - 1
	                         : board->periods->len - 1;
	board->settled = BOARD_NONE;
	for (unsigned i = 0; i < board->periods->len; i++)
		if (periods[i].upto + FIGURES_SETTLED_SECONDS <= board->now + 1)
			board->settled = i;
}

bool
board_read(Board *board, const Options *options, GError **error)
{
	const Mailbox *mailbox = NULL;

	board->settings = context_settings(options, error);
	if (board->settings == NULL)
		return false;
	board->only = options->mailbox;
	if (options->mailbox != NULL)
		mailbox = settings_mailbox(board->settings, options->mailbox);
	if (mailbox != NULL)
		board->only = mailbox->address;
	board->mailboxes = g_ptr_array_new_with_free_func(g_free);
	board->answers = g_array_new(FALSE, FALSE, sizeof(AnswerFact));
	board->drafts = g_array_new(FALSE, FALSE, sizeof(DraftFact));
	board->backlog = g_array_new(FALSE, FALSE, sizeof(BoardBacklog));
	board->waits = g_array_new(FALSE, FALSE, sizeof(BoardWait));
	if (!read_zone(board, mailbox, error) ||
	    !choose_periods(board, options, error) || !read_facts(board, error))
		return false;
	if (board->only != NULL && mailbox == NULL &&
	    board->mailboxes->len == 0) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		            "report: no mailbox %.200s is in the settings, nor "
		            "was one seen",
		            board->only);
		return false;
	}
	figures_mark_last((AnswerFact *)(void *)board->answers->data,
	                  board->answers->len);
	choose_current(board);
	return true;
}
