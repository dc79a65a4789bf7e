/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libmilter takes the main thread; one more thread talks with the supervisor.
 * When the supervisor is gone, nobody would replace an analyser or this filter
 * any more: it drains, and whoever starts Tact again finds the socket free.
 */
#include "serve.h"

#include <errno.h>
#include <libmilter/mfapi.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "callbacks.h"
#include "control.h"
#include "drain.h"
#include "peers.h"
#include "store/site.h"

static Filter filter;

static void
obey(const ControlMessage *message, int passed)
{
	Channel channel = { message->slot, message->serial, passed };

	if (message->type == CONTROL_CHANNEL && passed >= 0) {
		pool_give(filter.pool, &channel);
		return;
	}
	if (message->type == CONTROL_DRAIN)
		drain_begin(message->value);
	if (passed >= 0)
		close(passed);
}

static void
read_control(struct pollfd *control)
{
	ControlMessage message = { 0 };
	int passed;

	if (control_receive(control->fd, &message, &passed)) {
		obey(&message, passed);
		return;
	}
	control->fd = -1; /* poll(2) then leaves it out */
	drain_begin(filter.snapshot->settings->milter_drain_time_max);
}

static void *
control_thread(void *unused)
{
	struct pollfd wait[] = {
		{ .fd = filter.control, .events = POLLIN },
		{ .fd = drain_descriptor(), .events = POLLIN },
	};

	(void)unused;
	for (;;) {
		if (poll(wait, 2, drain_poll_ms()) < 0 && errno != EINTR)
			continue;
		if (wait[0].revents != 0)
			read_control(&wait[0]);
		if (wait[1].revents != 0)
			wait[1].fd = -1;
		drain_step();
	}
	return NULL;
}

static bool
start_control_thread(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, control_thread, NULL) == 0 &&
	       pthread_detach(thread) == 0;
}

static void
serve(void)
{
	ControlMessage ready = { .type = CONTROL_READY };

	if (!callbacks_register(&filter) ||
	    smfi_setconn((char *)"fd:3") != MI_SUCCESS ||
	    smfi_opensocket(0) != MI_SUCCESS || !start_control_thread())
		return;
	control_send(filter.control, &ready, -1);
	smfi_main();
}

void
serve_run(const Snapshot *snapshot, Scoreboard *board, ScoreSlot *score)
{
	filter.snapshot = snapshot;
	filter.board = board;
	filter.score = score;
	filter.pool = pool_new();
	filter.control = SERVE_CONTROL;
	filter.keeper = site_has_store(snapshot->settings) ? SERVE_KEEPER : -1;
	peers_configure(&filter, SERVE_LISTENER);
	drain_prepare(&filter, SERVE_LISTENER);
	serve();
	log_error(NULL, EVENT("internal"), STR("what", "libmilter stopped"));
}
