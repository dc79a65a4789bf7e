/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tact-milter - the start, on one screen: settings and rules, then the sandbox
 * and the socket (supervisor.c), then processes. Whatever is wrong is found
 * before the socket is opened, so that a half-configured Tact never answers.
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
#include "reload.h"
#include "selftest.h"
#include "serve.h"
#include "supervisor.h"
#include "warmup.h"

static const Service service = {
	.name = "tact-milter",
	.other = "self-test",
	.help = "      --check        check settings and rules, serve nothing\n"
		"      --self-test    check that the sandbox of analysers holds\n"
		"\n"
		"SIGUSR1 reads settings and rules again, SIGTERM stops, SIGUSR2 drains\n"
		"and ends (for an upgrade). See tact-milter(8).\n",
};

static int
self_test(void)
{
	g_autoptr(Settings) settings = settings_new_default();

	return selftest_run(settings) ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* libmilter's threads would each keep an arena; a connection is a descriptor;
 * what is inherited but not the listening socket is not ours. */
static void
prepare_process(const Settings *settings)
{
	struct rlimit files;
	bool passed = g_str_has_prefix(settings->milter_socket, "fd:");

	mallopt(M_ARENA_MAX, 2);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	if (!passed)
		close_range(SERVE_LISTENER, ~0U, 0);
}

static int
serve(const char *config, Snapshot *snapshot)
{
	const Settings *settings = snapshot->settings;

	prepare_process(settings);
	service_log(service.name, settings);
	warmup_run(snapshot);
	return supervisor_run(config, snapshot) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	const char *config = SETTINGS_FILE;
	g_autoptr(GError) error = NULL;
	g_autoptr(Snapshot) snapshot = NULL;
	ServiceTask task = service_options(&service, argc, argv, &config);

	if (task == SERVICE_OTHER)
		return self_test();
	if (task == SERVICE_SERVE && service_is_root(&service))
		return EXIT_FAILURE;
	message_init();
	snapshot = snapshot_load(config, &error);
	if (snapshot == NULL) {
		fprintf(stderr, "tact-milter: %s\n", error->message);
		return EXIT_FAILURE;
	}
	if (task == SERVICE_CHECK) {
		puts("settings and rules are good");
		return EXIT_SUCCESS;
	}
	return serve(config, g_steal_pointer(&snapshot));
}
