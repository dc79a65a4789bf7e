/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libmilter's own way to stop (smfi_stop, or its signal thread) cuts every
 * session that is between two commands. So it never learns that we stop: a
 * descriptor that is never readable takes the listening socket's place, other
 * filters or the next instance accept what comes, and this process ends when
 * its last session has.
 *
 * libmilter's poll(2) under way still holds the old socket, up to five seconds;
 * a signal to its thread ends it, so that whoever comes next finds the address
 * free. The handler does nothing, and only poll(2) is not begun again after it.
 *
 * SIGTERM sent to a filter itself, by a service manager that signals the whole
 * group, would still reach libmilter's signal thread. It waits in sigwait(3),
 * called by name; the definition here begins a drain instead and never
 * returns.
 */
#include "drain.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "peers.h"

#define STEP_MS 10
/* After the time is up: for callbacks to end, then for libmilter to write. */
#define LAST_CALLBACKS_MS 1000
#define LAST_REPLIES_MS 150

static Filter *owner;
static int listening;
static int wake = -1;
static pthread_t listener_thread;
static _Atomic int64_t until; /* of the monotonic clock; 0: not draining */

static void
do_nothing(int number)
{
	(void)number;
}

void
drain_prepare(Filter *filter, int listener)
{
	struct sigaction action = { .sa_handler = do_nothing,
		                    .sa_flags = SA_RESTART };
	sigset_t one;

	owner = filter;
	listening = listener;
	listener_thread = pthread_self();
	wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	sigaction(SIGURG, &action, NULL);
	sigemptyset(&one);
	sigaddset(&one, SIGURG);
	pthread_sigmask(SIG_UNBLOCK, &one, NULL);
}

int
drain_descriptor(void)
{
	return wake;
}

static void
stop_listening(void)
{
	int silent = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	peers_refuse_all();
	if (silent >= 0) {
		dup2(silent, listening);
		close(silent);
	}
	pthread_kill(listener_thread, SIGURG);
}

void
drain_begin(int64_t milliseconds)
{
	int64_t at = clock_monotonic() + milliseconds * 1000;
	int64_t before = atomic_load(&until);

	while ((before == 0 || at < before) &&
	       !atomic_compare_exchange_weak(&until, &before, at))
		continue;
	if (before == 0) {
		stop_listening();
		eventfd_write(wake, 1);
	}
}

int
drain_poll_ms(void)
{
	return atomic_load(&until) == 0 ? -1 : STEP_MS;
}

static bool
is_idle(void)
{
	ScoreSlot *score = owner->score;

	return atomic_load(&score->open) == 0 &&
	       atomic_load(&score->sessions) == 0;
}

/* The time is up: sessions are cut, but no mail whose end has come. */
static void
end_by_force(void)
{
	Deadline last = deadline_in(LAST_CALLBACKS_MS);
	int64_t sessions = atomic_load(&owner->score->sessions);

	while (atomic_load(&owner->score->busy) > 0 && !deadline_passed(last))
		poll(NULL, 0, STEP_MS);
	poll(NULL, 0, LAST_REPLIES_MS);
	log_warning(NULL, EVENT("filter_cut"), INT("sessions", sessions));
	_exit(0);
}

void
drain_step(void)
{
	if (atomic_load(&until) == 0)
		return;
	if (is_idle())
		_exit(0);
	if (clock_monotonic() >= atomic_load(&until))
		end_by_force();
}

int
sigwait(const sigset_t *restrict set, int *restrict ret_signal)
{
	for (;;) {
		int number = sigwaitinfo(set, NULL);

		if (owner == NULL && number > 0) {
			*ret_signal = number;
			return 0;
		}
		if (owner == NULL && errno != EINTR)
			return errno;
		if (number == SIGTERM || number == SIGINT)
			drain_begin(owner->snapshot->settings
			                    ->milter_stop_time_max);
	}
}
