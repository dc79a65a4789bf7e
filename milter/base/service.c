/* SPDX-License-Identifier: Apache-2.0 */
#include "base/service.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"

#define EXIT_USAGE 2

static void
print_usage(const Service *service, FILE *to)
{
	fprintf(to,
	        "usage: %s [-c FILE] [-f] [--check | --%s]\n"
	        "       %s --version | --help\n"
	        "\n"
	        "  -c, --config FILE  read settings from FILE (" SETTINGS_FILE
	        ")\n"
	        "  -f, --foreground   stay in the foreground, as it always "
	        "does\n"
	        "%s",
	        service->name, service->other, service->name, service->help);
}

static _Noreturn void
misused(const Service *service)
{
	print_usage(service, stderr);
	exit(EXIT_USAGE);
}

/* What is not about the work: the program ends. */
static _Noreturn void
tell(const Service *service, int option)
{
	if (option == 'V')
		printf("%s %s\n", service->name, TACT_VERSION);
	else if (option == 'h')
		print_usage(service, stdout);
	else
		misused(service);
	exit(EXIT_SUCCESS);
}

ServiceTask
service_options(const Service *service, int argc, char **argv,
                const char **ret_config)
{
	const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "foreground", no_argument, NULL, 'f' },
		{ "check", no_argument, NULL, 'C' },
		{ service->other, no_argument, NULL, 'O' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	ServiceTask task = SERVICE_SERVE;
	int option;

	while ((option = getopt_long(argc, argv, "c:fh", options, NULL)) >= 0) {
		if (option == 'c')
			*ret_config = optarg;
		else if (option == 'C')
			task = SERVICE_CHECK;
		else if (option == 'O')
			task = SERVICE_OTHER;
		else if (option != 'f')
			tell(service, option);
	}
	if (optind != argc)
		misused(service);
	return task;
}

bool
service_is_root(const Service *service)
{
	if (getuid() != 0 && geteuid() != 0)
		return false;
	fprintf(stderr,
	        "%s: refuses to run as root; start it as its own user, see "
	        "%s(8)\n",
	        service->name, service->name);
	return true;
}

static LogLevel
level_of(const Settings *settings)
{
	static const LogLevel levels[] = { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING,
		                           LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

	return levels[settings->log_level];
}

void
service_log(const char *name, const Settings *settings)
{
	log_configure(&(LogOptions){
		.level = level_of(settings),
		.syslog = settings->log_target == 1,
		.addresses = settings->log_addresses,
		.program = name,
	});
}
