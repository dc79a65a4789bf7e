/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tact-drafter - the start, on one screen: settings, the lock, then the worker.
 * Whatever is wrong is found before anything is claimed.
 */
#include <glib.h>
#include <linux/close_range.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/service.h"
#include "message/message.h"
#include "worker.h"

static const Service service = {
	.name = "tact-drafter",
	.other = "once",
	.help = "      --check        check settings, keys, rules and texts, do nothing\n"
		"      --once         do what is due now, and end\n"
		"\n"
		"SIGUSR1 reads settings and texts again, SIGTERM ends after the step\n"
		"under way. See tact-drafter(8).\n",
};

/* How far behind everything else it stands for a processor: a mail waits for
 * its tags, nobody for a draft. */
#define NICENESS 10

/* Keys and passwords are in memory: no core, no debugger, no descriptor of
 * somebody else's. */
static void
prepare_process(void)
{
	const struct rlimit none = { 0, 0 };

	mallopt(M_ARENA_MAX, 2);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	setrlimit(RLIMIT_CORE, &none);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	if (getpriority(PRIO_PROCESS, 0) < NICENESS)
		setpriority(PRIO_PROCESS, 0, NICENESS);
}

static bool
work(const char *config, Settings *settings, ServiceTask task)
{
	prepare_process();
	service_log(service.name, settings);
	return worker_run(config, settings, task == SERVICE_OTHER);
}

int
main(int argc, char **argv)
{
	const char *config = SETTINGS_FILE;
	g_autoptr(GError) error = NULL;
	Settings *settings;
	ServiceTask task = service_options(&service, argc, argv, &config);

	if (task != SERVICE_CHECK && service_is_root(&service))
		return EXIT_FAILURE;
	message_init();
	settings = settings_load(config, &error);
	if (settings == NULL ||
	    (task == SERVICE_CHECK && !worker_check(settings, &error))) {
		fprintf(stderr, "tact-drafter: %s\n", error->message);
		return EXIT_FAILURE;
	}
	if (task == SERVICE_CHECK) {
		puts("settings, keys, rules and texts are good");
		return EXIT_SUCCESS;
	}
	return work(config, settings, task) ? EXIT_SUCCESS : EXIT_FAILURE;
}
