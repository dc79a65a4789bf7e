/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One thread, one poll(2). A reload never leaves the socket without somebody
 * who accepts: the new generation must serve before the old one drains, and
 * when it does not come up, the old one stays.
 */
#include "supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "base/service.h"
#include "generation.h"
#include "keeper.h"
#include "reload.h"
#include "sandbox.h"
#include "scoreboard.h"
#include "selftest.h"
#include "serve.h"
#include "signals.h"
#include "socket.h"
#include "status.h"

/* Those that serve, start or drain at one time; more reloads wait. */
#define GENERATIONS_MAX 4
#define READY_MS 10000
#define STATUS_MS 3000
#define STATUS_SOON_MS 200

typedef struct Supervisor {
	const char *config;
	Listener listener;
	Scoreboard *board;
	Generation *current; /* serves */
	Generation *next;    /* starts, to become the current */
	Deadline next_until; /* or be given up */
	GPtrArray *draining;
	int signals;
	bool reload_wanted;
	bool stopping;
	Status status;
	Deadline status_due;
} Supervisor;

/* All generations, for what is done to each alike. */
typedef struct Generations {
	Generation *one[GENERATIONS_MAX + 2];
	size_t n;
} Generations;

static Generations
all_generations(const Supervisor *self)
{
	Generations all = { .n = 0 };

	if (self->current != NULL)
		all.one[all.n++] = self->current;
	if (self->next != NULL)
		all.one[all.n++] = self->next;
	for (unsigned i = 0; i < self->draining->len; i++)
		if (all.n < G_N_ELEMENTS(all.one))
			all.one[all.n++] = self->draining->pdata[i];
	return all;
}

static const Settings *
settings_of(const Supervisor *self)
{
	Generation *any = self->current ? self->current : self->next;

	return generation_snapshot(any)->settings;
}

/* ----------------------------------------------------------------- status */

static void
status_is_stale(Supervisor *self)
{
	Deadline soon = deadline_in(STATUS_SOON_MS);

	if (soon.at < self->status_due.at)
		self->status_due = soon;
}

static void
count_processes(Supervisor *self)
{
	Status *status = &self->status;
	const Settings *settings = settings_of(self);
	Generations all = all_generations(self);

	status->filters = status->analysers = status->keepers =
		status->draining = 0;
	for (size_t i = 0; i < all.n; i++) {
		GenerationCount count = generation_count(all.one[i]);

		if (all.one[i] == self->current) {
			status->filters = count.filters;
			status->analysers = count.analysers;
			status->keepers = count.keepers;
		} else if (all.one[i] != self->next) {
			status->draining += count.filters;
		}
	}
	status->filters_set = (unsigned)settings->milter_filters;
	status->analysers_set =
		status->filters_set * (unsigned)settings->milter_analysers;
}

static void
write_status(Supervisor *self)
{
	static bool failed_before;
	const char *path = settings_of(self)->milter_status_file;
	bool failed;

	count_processes(self);
	failed = !status_write(path, &self->status, self->board);
	if (failed && !failed_before)
		log_warning(NULL, EVENT("status_failed"), STR("path", path));
	failed_before = failed;
	self->status_due = deadline_in(STATUS_MS);
}

/* ------------------------------------------------------------ generations */

static void
start_next(Supervisor *self, Snapshot *snapshot)
{
	self->next = generation_new(snapshot, self->board,
	                            self->listener.descriptor);
	self->next_until = deadline_in(READY_MS);
}

static void
drain_current(Supervisor *self)
{
	const Settings *settings = settings_of(self);

	if (self->current == NULL)
		return;
	generation_drain(self->current, settings->milter_drain_time_max);
	g_ptr_array_add(self->draining, self->current);
	self->current = NULL;
}

static void
announce(Supervisor *self, bool first)
{
	const Settings *settings = settings_of(self);

	self->status.state = "running";
	self->status.loaded = clock_wall();
	self->status.generation++;
	service_log("tact-milter", settings);
	log_info(NULL, first ? EVENT("started") : EVENT("reloaded"),
	         STR("version", TACT_VERSION),
	         STR("socket", settings->milter_socket),
	         INT("filters", settings->milter_filters),
	         INT("analysers", settings->milter_analysers),
	         INT("mailboxes", (int64_t)settings->n_mailboxes));
	if (!first)
		score_count(&self->board->past, COUNTER_reloads);
	notify_send("READY=1");
	write_status(self);
}

static void
reload_failed(Supervisor *self, const char *why)
{
	log_error(NULL, EVENT("reload_failed"), STR("why", why));
	score_count(&self->board->past, COUNTER_reloads_failed);
	self->status.state = "running";
	notify_send("READY=1");
	status_is_stale(self);
}

/* The next generation takes over, or is given up. */
static void
promote(Supervisor *self)
{
	bool first = self->current == NULL;

	if (self->next == NULL || self->stopping)
		return;
	if (generation_is_ready(self->next)) {
		drain_current(self);
		self->current = self->next;
		self->next = NULL;
		announce(self, first);
	} else if (!first && deadline_passed(self->next_until)) {
		generation_drain(self->next, 0);
		g_ptr_array_add(self->draining, self->next);
		self->next = NULL;
		reload_failed(self, "the new processes did not come up");
	}
}

static void
bury(Supervisor *self)
{
	for (unsigned i = 0; i < self->draining->len; i++) {
		Generation *generation = self->draining->pdata[i];

		if (!generation_is_gone(generation))
			continue;
		g_ptr_array_remove_index_fast(self->draining, i--);
		status_is_stale(self);
	}
}

/* ---------------------------------------------------------------- signals */

static void
reload(Supervisor *self)
{
	g_autoptr(GError) error = NULL;
	Snapshot *snapshot;

	if (!self->reload_wanted || self->stopping || self->next != NULL ||
	    all_generations(self).n >= GENERATIONS_MAX)
		return;
	self->reload_wanted = false;
	self->status.state = "reloading";
	notify_reloading();
	snapshot = reload_snapshot(self->config, settings_of(self), &error);
	if (snapshot == NULL)
		reload_failed(self, error->message);
	else
		start_next(self, snapshot);
}

static void
stop(Supervisor *self, int64_t milliseconds, const char *why)
{
	Generations all = all_generations(self);

	log_info(NULL, EVENT("stopping"), STR("why", why),
	         INT("sessions", scoreboard_sessions(self->board)));
	notify_send("STOPPING=1");
	self->stopping = true;
	self->status.state = "stopping";
	for (size_t i = 0; i < all.n; i++)
		generation_drain(all.one[i], milliseconds);
	listener_close(&self->listener);
	status_is_stale(self);
}

static void
reap(Supervisor *self)
{
	Generations all = all_generations(self);
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < all.n; i++)
			if (generation_reaped(all.one[i], pid, status))
				break;
		status_is_stale(self);
	}
}

static void
obey_signal(Supervisor *self, int number)
{
	const Settings *settings = settings_of(self);

	switch (number) {
	case SIGCHLD:
		reap(self);
		break;
	case SIGUSR1:
		self->reload_wanted = true;
		break;
	case SIGUSR2:
		stop(self, settings->milter_drain_time_max, "SIGUSR2");
		break;
	case SIGHUP:
		log_info(NULL, EVENT("hangup_ignored"),
		         STR("remedy", "SIGUSR1 reloads, SIGTERM stops"));
		break;
	default:
		stop(self, settings->milter_stop_time_max,
		     number == SIGTERM ? "SIGTERM" : "SIGINT");
		break;
	}
}

/* ------------------------------------------------------------------- loop */

/* The shorter of two poll(2) timeouts. */
static int
sooner(int a, int b)
{
	if (a < 0 || b < 0)
		return MAX(a, b);
	return MIN(a, b);
}

static int
tend_all(Supervisor *self)
{
	Generations all = all_generations(self);
	int wait = deadline_poll_ms(self->status_due);

	for (size_t i = 0; i < all.n; i++)
		wait = sooner(wait, generation_tend(all.one[i]));
	if (self->next != NULL && self->current != NULL)
		wait = sooner(wait, deadline_poll_ms(self->next_until));
	return wait;
}

static void
wait_and_hear(Supervisor *self, int milliseconds)
{
	struct pollfd polls[1 + (GENERATIONS_MAX + 2) * LIMIT_FILTERS];
	Generations all = all_generations(self);
	size_t first[G_N_ELEMENTS(all.one)];
	size_t n = 1;
	int number;

	polls[0] = (struct pollfd){ .fd = self->signals, .events = POLLIN };
	for (size_t i = 0; i < all.n; i++) {
		first[i] = n;
		n += generation_polls(all.one[i], &polls[n]);
	}
	if (poll(polls, n, milliseconds) <= 0)
		return;
	for (size_t i = 0; i < all.n; i++)
		generation_hear(all.one[i], &polls[first[i]]);
	while ((number = signals_next(self->signals)) > 0)
		obey_signal(self, number);
}

static bool
is_over(const Supervisor *self)
{
	Generations all = all_generations(self);

	for (size_t i = 0; i < all.n; i++)
		if (!generation_is_gone(all.one[i]))
			return false;
	return self->stopping;
}

static void
loop(Supervisor *self)
{
	while (!is_over(self)) {
		wait_and_hear(self, tend_all(self));
		promote(self);
		reload(self);
		bury(self);
		if (deadline_passed(self->status_due))
			write_status(self);
	}
	self->status.state = "stopped";
	write_status(self);
	log_info(NULL, EVENT("stopped"));
}

static bool
fail_start(const char *why)
{
	log_error(NULL, EVENT("start_failed"), STR("why", why));
	return false;
}

static bool
start(Supervisor *self, const Settings *settings)
{
	g_autoptr(GError) error = NULL;

	/* First of all: it gets a fixed number. */
	if (!listener_open(settings, SERVE_LISTENER, &self->listener, &error))
		return fail_start(error->message);
	if (!keeper_check(settings, &error))
		return fail_start(error->message);
	if (!sandbox_prepare() || !selftest_sandbox_works(settings))
		return fail_start("the sandbox cannot be entered; see "
		                  "tact-milter --self-test");
	log_info(NULL, EVENT("sandbox"), STR("seccomp", "yes"),
	         INT("syscalls", (int64_t)sandbox_n_allowed()));
	self->draining =
		g_ptr_array_new_with_free_func((GDestroyNotify)generation_free);
	self->signals = signals_open();
	self->board = scoreboard_new();
	if (self->signals < 0 || self->board == NULL)
		return fail_start(g_strerror(errno));
	self->status.state = "starting";
	self->status.started = clock_wall();
	return true;
}

bool
supervisor_run(const char *config, Snapshot *snapshot)
{
	Supervisor self = { .config = config,
		            .listener = { .descriptor = -1 } };

	if (!start(&self, snapshot->settings)) {
		listener_close(&self.listener);
		snapshot_free(snapshot);
		return false;
	}
	start_next(&self, snapshot);
	loop(&self);
	generation_free(self.current);
	generation_free(self.next);
	g_ptr_array_free(self.draining, TRUE);
	close(self.signals);
	return true;
}
