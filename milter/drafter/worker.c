/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One thread, one poll(2): signals are read between two steps of the work, and
 * each step has a deadline.
 */
#include "worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>

#include "base/log.h"
#include "base/notify.h"
#include "base/signals.h"
#include "store/site.h"

#define POLL_MS 1000

typedef struct Worker {
	const char *config;
	Settings *settings;
	int signals;
	bool stopping;
} Worker;

bool
worker_check(const Settings *settings, GError **error)
{
	g_autoptr(Store) store =
		site_open_store(settings, STORE_DRAFTER, SITE_READ, error);

	return store != NULL;
}

static void
obey_signal(Worker *self, int number)
{
	switch (number) {
	case SIGTERM:
	case SIGINT:
		log_info(NULL, EVENT("stopping"),
		         STR("why", number == SIGTERM ? "SIGTERM" : "SIGINT"));
		notify_send("STOPPING=1");
		self->stopping = true;
		break;
	case SIGHUP:
		log_info(NULL, EVENT("hangup_ignored"),
		         STR("remedy", "SIGUSR1 reloads, SIGTERM stops"));
		break;
	default:
		break;
	}
}

static void
hear(Worker *self, int milliseconds)
{
	struct pollfd heard = { .fd = self->signals, .events = POLLIN };
	int number;

	if (poll(&heard, 1, milliseconds) <= 0)
		return;
	while ((number = signals_next(self->signals)) > 0)
		obey_signal(self, number);
}

bool
worker_run(const char *config, Settings *settings, bool once)
{
	Worker self = { .config = config, .settings = settings };

	self.signals = signals_open();
	if (self.signals < 0) {
		log_error(NULL, EVENT("start_failed"),
		          STR("why", g_strerror(errno)));
		return false;
	}
	log_info(NULL, EVENT("drafter_started"),
	         INT("mailboxes", (int64_t)settings->n_mailboxes));
	notify_send("READY=1");
	while (!once && !self.stopping)
		hear(&self, POLL_MS);
	log_info(NULL, EVENT("stopped"));
	settings_free(self.settings);
	return true;
}
