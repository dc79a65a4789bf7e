/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What died is started again at once, but later and later when it dies right
 * after its start. An analyser's delay stays small, because a mail may be the
 * cause and the next mail must not pay for it; unless it could not enter its
 * sandbox, which no mail can cause.
 */
#include "generation.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "child.h"
#include "control.h"
#include "pool.h"
#include "processes.h"
#include "sandbox.h"
#include "store/site.h"

#define FILTER_DELAY_MS ((int64_t)100)
#define FILTER_DELAY_MAX_MS ((int64_t)5000)
#define KEEPER_DELAY_MAX_MS ((int64_t)2000)
#define ANALYSER_DELAY_MS ((int64_t)5)
#define ANALYSER_DELAY_MAX_MS ((int64_t)100)
/* After a drain's time a filter still finishes what it is at; then it is
 * killed. */
#define STUCK_MS ((int64_t)1400)

typedef struct Analyser {
	Child child;
	uint32_t serial;
} Analyser;

typedef struct FilterProcess {
	Child child;
	int control;
	bool ready;
	ScoreSlot *score;
	Analyser analyser[POOL_SLOTS];
} FilterProcess;

struct Generation {
	Snapshot *snapshot;
	Scoreboard *board;
	int listener;
	unsigned n_filters;
	unsigned n_analysers; /* of each filter */
	bool draining;
	Deadline until;
	Child keeper; /* only with a store, as its socket */
	int keeper_socket;
	int filters_socket; /* the other end; closed, the keeper ends */
	FilterProcess filter[LIMIT_FILTERS];
};

Generation *
generation_new(Snapshot *snapshot, Scoreboard *board, int listener)
{
	Generation *generation = g_new0(Generation, 1);
	const Settings *settings = snapshot->settings;

	generation->snapshot = snapshot;
	generation->board = board;
	generation->listener = listener;
	generation->n_filters = (unsigned)settings->milter_filters;
	generation->n_analysers = (unsigned)settings->milter_analysers;
	for (unsigned i = 0; i < LIMIT_FILTERS; i++)
		generation->filter[i].control = -1;
	generation->keeper_socket = generation->filters_socket = -1;
	if (site_has_store(settings) &&
	    !process_keeper_sockets(&generation->filters_socket,
	                            &generation->keeper_socket))
		generation->keeper_socket = generation->filters_socket = -1;
	atomic_store(&board->health.used, site_has_store(settings));
	return generation;
}

const Snapshot *
generation_snapshot(const Generation *generation)
{
	return generation->snapshot;
}

static void
kill_analysers(FilterProcess *filter)
{
	for (unsigned i = 0; i < POOL_SLOTS; i++)
		child_kill(&filter->analyser[i].child);
}

static void
close_socket(int *socket)
{
	if (*socket >= 0)
		close(*socket);
	*socket = -1;
}

void
generation_free(Generation *generation)
{
	if (generation == NULL)
		return;
	for (unsigned i = 0; i < generation->n_filters; i++) {
		FilterProcess *filter = &generation->filter[i];

		child_kill(&filter->child);
		kill_analysers(filter);
		if (filter->control >= 0)
			close(filter->control);
		scoreboard_retire(generation->board, filter->score);
	}
	child_kill(&generation->keeper);
	close_socket(&generation->keeper_socket);
	close_socket(&generation->filters_socket);
	snapshot_free(generation->snapshot);
	g_free(generation);
}

/* --------------------------------------------------------------- starting */

static void
start_filter(Generation *generation, FilterProcess *filter)
{
	FilterStart start;

	if (filter->score == NULL)
		filter->score = scoreboard_take(generation->board);
	if (filter->score == NULL)
		return;
	filter->ready = false;
	start = (FilterStart){ .board = generation->board,
		               .score = filter->score,
		               .listener = generation->listener,
		               .keeper = generation->filters_socket };
	child_began(&filter->child,
	            process_start_filter(generation->snapshot, &start,
	                                 &filter->control));
}

static void
start_keeper(Generation *generation)
{
	child_began(&generation->keeper,
	            process_start_keeper(generation->snapshot,
	                                 generation->board,
	                                 generation->keeper_socket));
	if (generation->keeper.pid > 0)
		log_debug(NULL, EVENT("keeper_started"),
		          INT("pid", generation->keeper.pid));
}

static void
start_analyser(Generation *generation, FilterProcess *filter, uint32_t slot)
{
	Analyser *analyser = &filter->analyser[slot];
	ControlMessage message = { .type = CONTROL_CHANNEL, .slot = slot };
	int channel = -1;

	child_began(&analyser->child,
	            process_start_analyser(generation->snapshot, &channel));
	if (analyser->child.pid == 0)
		return;
	log_debug(NULL, EVENT("analyser_started"),
	          INT("pid", analyser->child.pid), INT("slot", slot));
	message.serial = ++analyser->serial;
	/* Closed here in any case: if the filter did not get it, the analyser
	 * sees its channel's end, and the next one is tried. */
	control_send(filter->control, &message, channel);
	close(channel);
}

/* ---------------------------------------------------------------- tending */

static void
tend_filter(Generation *generation, FilterProcess *filter)
{
	if (!generation->draining && child_is_due(&filter->child))
		start_filter(generation, filter);
	if (filter->child.pid == 0)
		return;
	for (unsigned i = 0; i < generation->n_analysers; i++)
		if (child_is_due(&filter->analyser[i].child))
			start_analyser(generation, filter, i);
}

static bool
filters_are_gone(const Generation *generation)
{
	for (unsigned i = 0; i < generation->n_filters; i++)
		if (generation->filter[i].child.pid != 0)
			return false;
	return true;
}

/* It goes when the last filter that could ask it has gone. */
static void
tend_keeper(Generation *generation)
{
	if (generation->draining && filters_are_gone(generation)) {
		close_socket(&generation->filters_socket);
		close_socket(&generation->keeper_socket);
	}
	if (generation->keeper_socket >= 0 && child_is_due(&generation->keeper))
		start_keeper(generation);
}

static bool
is_stuck(const Generation *generation)
{
	return generation->draining &&
	       clock_monotonic() > generation->until.at + STUCK_MS * 1000;
}

static void
kill_stuck(Generation *generation)
{
	for (unsigned i = 0; i < generation->n_filters; i++) {
		Child *filter = &generation->filter[i].child;

		if (filter->pid == 0 || filter->killed)
			continue;
		log_warning(NULL, EVENT("filter_stuck"),
		            INT("pid", filter->pid));
		child_kill(filter);
	}
	/* Between two commits or within one: the journal undoes it. */
	if (filters_are_gone(generation))
		child_kill(&generation->keeper);
}

/* When it is to be killed; one that was, is waited for by its signal alone. */
static int64_t
stuck_due(const Generation *generation, const Child *child)
{
	return generation->draining && !child->killed
	               ? generation->until.at + (STUCK_MS + 50) * 1000
	               : INT64_MAX;
}

static int64_t
keeper_due(const Generation *generation)
{
	const Child *keeper = &generation->keeper;

	if (keeper->pid != 0)
		return filters_are_gone(generation)
		               ? stuck_due(generation, keeper)
		               : INT64_MAX;
	return generation->keeper_socket >= 0 ? keeper->due : INT64_MAX;
}

static int64_t
next_due(const Generation *generation, const FilterProcess *filter)
{
	int64_t due = INT64_MAX;

	if (filter->child.pid == 0)
		return generation->draining ? due : filter->child.due;
	for (unsigned i = 0; i < generation->n_analysers; i++)
		if (filter->analyser[i].child.pid == 0)
			due = MIN(due, filter->analyser[i].child.due);
	return MIN(due, stuck_due(generation, &filter->child));
}

int
generation_tend(Generation *generation)
{
	int64_t due;

	tend_keeper(generation);
	for (unsigned i = 0; i < generation->n_filters; i++)
		tend_filter(generation, &generation->filter[i]);
	if (is_stuck(generation))
		kill_stuck(generation);
	due = keeper_due(generation);
	for (unsigned i = 0; i < generation->n_filters; i++)
		due = MIN(due, next_due(generation, &generation->filter[i]));
	return due == INT64_MAX ? -1 : deadline_poll_ms((Deadline){ due });
}

/* ----------------------------------------------------------------- ending */

static void
log_ended(LogField event, bool expected, pid_t pid, int status)
{
	g_autofree char *how = process_how_ended(status);

	log_write(expected ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARNING, NULL,
	          (const LogField[]){ event, STR("how", how), INT("pid", pid) },
	          3);
}

static void
filter_ended(Generation *generation, FilterProcess *filter, int status)
{
	bool expected = generation->draining && WIFEXITED(status);

	log_ended(EVENT("filter_ended"), expected, filter->child.pid, status);
	child_ended(&filter->child, FILTER_DELAY_MS, FILTER_DELAY_MAX_MS);
	if (!generation->draining)
		score_count(&generation->board->past, COUNTER_filters_replaced);
	close(filter->control);
	filter->control = -1;
	filter->ready = false;
	kill_analysers(filter);
	scoreboard_retire(generation->board, filter->score);
	filter->score = NULL;
}

static void
analyser_ended(Generation *generation, FilterProcess *filter,
               Analyser *analyser, int status)
{
	bool sandboxed = !WIFEXITED(status) ||
	                 WEXITSTATUS(status) != SANDBOX_EXIT_FAILED;
	bool normal = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	log_ended(EVENT("analyser_ended"), normal || analyser->child.killed,
	          analyser->child.pid, status);
	child_ended(&analyser->child, ANALYSER_DELAY_MS,
	            sandboxed ? ANALYSER_DELAY_MAX_MS : FILTER_DELAY_MAX_MS);
	if (filter->child.pid == 0 || normal)
		analyser->child.due = 0;
	if (!sandboxed)
		log_error(NULL, EVENT("sandbox"),
		          STR("how", "an analyser cannot enter it; see "
		                     "tact-milter --self-test"));
	score_count(&generation->board->past, COUNTER_analysers_replaced);
}

static bool
analyser_reaped(Generation *generation, FilterProcess *filter, pid_t pid,
                int status)
{
	for (unsigned i = 0; i < generation->n_analysers; i++) {
		Analyser *analyser = &filter->analyser[i];

		if (analyser->child.pid != pid)
			continue;
		analyser_ended(generation, filter, analyser, status);
		return true;
	}
	return false;
}

static void
keeper_ended(Generation *generation, int status)
{
	bool expected = generation->keeper_socket < 0;

	log_ended(EVENT("keeper_ended"), expected, generation->keeper.pid,
	          status);
	child_ended(&generation->keeper, FILTER_DELAY_MS, KEEPER_DELAY_MAX_MS);
	if (!expected)
		score_count(&generation->board->past, COUNTER_keepers_replaced);
}

bool
generation_reaped(Generation *generation, pid_t pid, int status)
{
	if (generation->keeper.pid == pid) {
		keeper_ended(generation, status);
		return true;
	}
	for (unsigned i = 0; i < generation->n_filters; i++) {
		FilterProcess *filter = &generation->filter[i];

		if (filter->child.pid == pid) {
			filter_ended(generation, filter, status);
			return true;
		}
		if (analyser_reaped(generation, filter, pid, status))
			return true;
	}
	return false;
}

/* ---------------------------------------------------------------- hearing */

static void
obey(FilterProcess *filter, const ControlMessage *message)
{
	Analyser *analyser = &filter->analyser[message->slot % POOL_SLOTS];

	if (message->type == CONTROL_READY) {
		filter->ready = true;
		log_debug(NULL, EVENT("filter_started"),
		          INT("pid", filter->child.pid));
	}
	if (message->type == CONTROL_KILL &&
	    message->serial == analyser->serial)
		child_kill(&analyser->child);
}

size_t
generation_polls(const Generation *generation, struct pollfd *ret_polls)
{
	for (unsigned i = 0; i < generation->n_filters; i++)
		ret_polls[i] = (struct pollfd){
			.fd = generation->filter[i].control,
			.events = POLLIN,
		};
	return generation->n_filters;
}

void
generation_hear(Generation *generation, const struct pollfd *polls)
{
	for (unsigned i = 0; i < generation->n_filters; i++) {
		FilterProcess *filter = &generation->filter[i];
		ControlMessage message = { 0 };
		int passed;

		if (!(polls[i].revents & POLLIN) || filter->control < 0 ||
		    !control_receive(filter->control, &message, &passed))
			continue;
		if (passed >= 0)
			close(passed);
		obey(filter, &message);
	}
}

void
generation_drain(Generation *generation, int64_t milliseconds)
{
	ControlMessage message = { .type = CONTROL_DRAIN,
		                   .value = (uint32_t)milliseconds };

	generation->draining = true;
	generation->until = deadline_in(milliseconds);
	for (unsigned i = 0; i < generation->n_filters; i++)
		if (generation->filter[i].child.pid > 0)
			control_send(generation->filter[i].control, &message,
			             -1);
}

/* --------------------------------------------------------------- counting */

bool
generation_is_ready(const Generation *generation)
{
	for (unsigned i = 0; i < generation->n_filters; i++)
		if (!generation->filter[i].ready)
			return false;
	return true;
}

GenerationCount
generation_count(const Generation *generation)
{
	GenerationCount count = { .keepers = generation->keeper.pid > 0 };

	for (unsigned i = 0; i < generation->n_filters; i++) {
		const FilterProcess *filter = &generation->filter[i];

		count.filters += filter->child.pid > 0;
		for (unsigned j = 0; j < generation->n_analysers; j++)
			count.analysers += filter->analyser[j].child.pid > 0;
	}
	return count;
}

bool
generation_is_gone(const Generation *generation)
{
	GenerationCount count = generation_count(generation);

	return count.filters == 0 && count.analysers == 0 && count.keepers == 0;
}
