/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "print.h"

int
cmd_help(const Options *options)
{
	const Command *command;

	if (options->n_arguments == 0) {
		command_list();
		return CLI_FINE;
	}
	command = command_find(options->arguments[0]);
	if (command == NULL) {
		print_error("no command %s; tact help lists them",
		            options->arguments[0]);
		return CLI_USAGE;
	}
	command_usage(command);
	return CLI_FINE;
}

static int
run(const Command *command, int argc, char **argv)
{
	Options options;

	if (!options_parse(command, argc, argv, &options)) {
		print_error("tact %s --help tells more", command->name);
		return CLI_USAGE;
	}
	if (options.help) {
		command_usage(command);
		return CLI_FINE;
	}
	return command->run(&options);
}

int
main(int argc, char **argv)
{
	const Command *command;
	int code;

	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		print_error("say a command; tact help lists them");
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("tact " TACT_VERSION);
		return print_end(CLI_FINE);
	}
	if (strcmp(argv[1], "--help") == 0)
		argv[1] += 2;
	command = command_find(argv[1]);
	if (command == NULL) {
		print_error("no command %s; tact help lists them", argv[1]);
		return CLI_USAGE;
	}
	code = run(command, argc - 2, argv + 2);
	return print_end(code);
}
