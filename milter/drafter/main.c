/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tact-drafter - the start, on one screen: settings, the lock, then the worker.
 * Whatever is wrong is found before anything is claimed.
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
#include "worker.h"

#define EXIT_USAGE 2

typedef enum Task { TASK_WORK, TASK_CHECK, TASK_ONCE } Task;

static const char usage[] =
	"usage: tact-drafter [-c FILE] [-f] [--check | --once]\n"
	"       tact-drafter --version | --help\n"
	"\n"
	"  -c, --config FILE  read settings from FILE (" SETTINGS_FILE ")\n"
	"  -f, --foreground   stay in the foreground, as it always does\n"
	"      --check        check settings, keys, rules and texts, do nothing\n"
	"      --once         do what is due now, and end\n"
	"\n"
	"SIGUSR1 reads settings and texts again, SIGTERM ends after the step\n"
	"under way. See tact-drafter(8).\n";

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "foreground", no_argument, NULL, 'f' },
	{ "check", no_argument, NULL, 'C' },
	{ "once", no_argument, NULL, 'O' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static Task
parse_options(int argc, char **argv, const char **ret_config)
{
	Task task = TASK_WORK;
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
		case 'O':
			task = TASK_ONCE;
			break;
		case 'V':
			puts("tact-drafter " TACT_VERSION);
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

static bool
is_root(void)
{
	if (getuid() != 0 && geteuid() != 0)
		return false;
	fputs("tact-drafter: refuses to run as root; start it as its own user, "
	      "see tact-drafter(8)\n",
	      stderr);
	return true;
}

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
}

static bool
work(const char *config, Settings *settings, Task task)
{
	static const LogLevel levels[] = { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING,
		                           LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

	prepare_process();
	log_configure(&(LogOptions){
		.level = levels[settings->log_level],
		.syslog = settings->log_target == 1,
		.addresses = settings->log_addresses,
		.program = "tact-drafter",
	});
	return worker_run(config, settings, task == TASK_ONCE);
}

int
main(int argc, char **argv)
{
	const char *config = SETTINGS_FILE;
	g_autoptr(GError) error = NULL;
	Settings *settings;
	Task task = parse_options(argc, argv, &config);

	if (task != TASK_CHECK && is_root())
		return EXIT_FAILURE;
	message_init();
	settings = settings_load(config, &error);
	if (settings == NULL ||
	    (task == TASK_CHECK && !worker_check(settings, &error))) {
		fprintf(stderr, "tact-drafter: %s\n", error->message);
		return EXIT_FAILURE;
	}
	if (task == TASK_CHECK) {
		puts("settings, keys, rules and texts are good");
		return EXIT_SUCCESS;
	}
	return work(config, settings, task) ? EXIT_SUCCESS : EXIT_FAILURE;
}
