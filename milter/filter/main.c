/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tact-milter - the start, on one screen: settings and rules, then the sandbox
 * and the socket (supervisor.c), then processes. Whatever is wrong is found
 * before the socket is opened, so that a half-configured Tact never answers.
 */
#include <getopt.h>
#include <glib.h>
#include <linux/close_range.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "message/message.h"
#include "reload.h"
#include "selftest.h"
#include "serve.h"
#include "supervisor.h"
#include "warmup.h"

#define EXIT_USAGE 2

typedef enum Task { TASK_SERVE, TASK_CHECK, TASK_SELF_TEST } Task;

static const char usage[] =
	"usage: tact-milter [-c FILE] [-f] [--check | --self-test]\n"
	"       tact-milter --version | --help\n"
	"\n"
	"  -c, --config FILE  read settings from FILE (" SETTINGS_FILE ")\n"
	"  -f, --foreground   stay in the foreground, as it always does\n"
	"      --check        check settings and rules, serve nothing\n"
	"      --self-test    check that the sandbox of analysers holds\n"
	"\n"
	"SIGUSR1 reads settings and rules again, SIGTERM stops, SIGUSR2 drains\n"
	"and ends (for an upgrade). See tact-milter(8).\n";

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "foreground", no_argument, NULL, 'f' },
	{ "check", no_argument, NULL, 'C' },
	{ "self-test", no_argument, NULL, 'S' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static Task
parse_options(int argc, char **argv, const char **ret_config)
{
	Task task = TASK_SERVE;
	int option;

	while ((option = getopt_long(argc, argv, "c:fh", options, NULL)) >= 0) {
		switch (option) {
		case 'c':
			*ret_config = optarg;
			break;
		case 'f':
			break;
		case 'C':
			task = TASK_CHECK;
			break;
		case 'S':
			task = TASK_SELF_TEST;
			break;
		case 'V':
			puts("tact-milter " TACT_VERSION);
			exit(EXIT_SUCCESS);
		case 'h':
			fputs(usage, stdout);
			exit(EXIT_SUCCESS);
		default:
			fputs(usage, stderr);
			exit(EXIT_USAGE);
		}
	}
	if (optind == argc)
		return task;
	fputs(usage, stderr);
	exit(EXIT_USAGE);
}

static int
self_test(void)
{
	g_autoptr(Settings) settings = settings_new_default();

	return selftest_run(settings) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool
is_root(void)
{
	if (getuid() != 0 && geteuid() != 0)
		return false;
	fputs("tact-milter: refuses to run as root; start it as its own user, "
	      "see tact-milter(8)\n",
	      stderr);
	return true;
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
	log_configure(&(LogOptions){
		.level = reload_log_level(settings),
		.syslog = settings->log_target == 1,
		.addresses = settings->log_addresses,
		.program = "tact-milter",
	});
	warmup_run(snapshot);
	return supervisor_run(config, snapshot) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	const char *config = SETTINGS_FILE;
	g_autoptr(GError) error = NULL;
	g_autoptr(Snapshot) snapshot = NULL;
	Task task = parse_options(argc, argv, &config);

	if (task == TASK_SELF_TEST)
		return self_test();
	if (task == TASK_SERVE && is_root())
		return EXIT_FAILURE;
	message_init();
	snapshot = snapshot_load(config, &error);
	if (snapshot == NULL) {
		fprintf(stderr, "tact-milter: %s\n", error->message);
		return EXIT_FAILURE;
	}
	if (task == TASK_CHECK) {
		puts("settings and rules are good");
		return EXIT_SUCCESS;
	}
	return serve(config, g_steal_pointer(&snapshot));
}
