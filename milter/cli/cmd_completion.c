/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made from the tables, so a command or option that is added is completed.
 * contrib/completion/ holds what this prints; a test compares.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const char bash_head[] =
	"# bash completion for tact(1), made by `tact completion bash`\n"
	"_tact()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal options= words=\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\tcase $prev in\n";

static const char bash_middle[] =
	"\tesac\n"
	"\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
	"\t\tCOMPREPLY=($(compgen -W '%s' -- \"$cur\"))\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tcase ${COMP_WORDS[1]} in\n";

static const char bash_tail[] =
	"\tesac\n"
	"\tcase $cur in\n"
	"\t-*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
	"\t*)\n"
	"\t\tif [ -n \"$words\" ] && [ \"$COMP_CWORD\" -eq 2 ]; then\n"
	"\t\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	"\t\telse\n"
	"\t\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	"\t\tfi\n"
	"\t\t;;\n"
	"\tesac\n"
	"}\n"
	"complete -o filenames -F _tact tact\n";

/* "a|b" as "a b". */
static void
put_words(const char *words)
{
	for (; words != NULL && *words != '\0'; words++)
		putchar(*words == '|' ? ' ' : *words);
}

static void
put_command_names(void)
{
	for (const Command *command = commands; command->name; command++)
		printf("%s%s", command == commands ? "" : " ", command->name);
}

/* What completes an option's value, or nothing. Names are lines: they may hold
 * blanks. */
static const char *
bash_value(const OptionRow *row)
{
	if (strcmp(row->argument, "FILE") == 0)
		return "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")";
	if (strcmp(row->argument, "DIR") == 0)
		return "mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")";
	return "COMPREPLY=()";
}

static void
bash_command(const Command *command)
{
	printf("\t%s)\n\t\toptions='", command->name);
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		if (((command->options | OPTION_HELP) & UINT64_C(1) << i) != 0)
			printf("%s--%s", i > 0 ? " " : "", option_rows[i].name);
	}
	fputs("'\n\t\twords='", stdout);
	if (command->run == cmd_help)
		put_command_names();
	else
		put_words(command->words);
	puts("'\n\t\t;;");
}

static void
print_bash(void)
{
	const char *mark = strstr(bash_middle, "%s");

	fputs(bash_head, stdout);
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		const OptionRow *row = &option_rows[i];

		if (row->argument == NULL)
			continue;
		printf("\t--%s) %s; return ;;\n", row->name, bash_value(row));
	}
	printf("%.*s", (int)(mark - bash_middle), bash_middle);
	put_command_names();
	fputs(mark + 2, stdout);
	for (const Command *command = commands; command->name; command++)
		bash_command(command);
	fputs(bash_tail, stdout);
}

/* Text inside '[...]' of an _arguments specification. */
static void
zsh_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else if (strchr("[]:", *text) != NULL)
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

static void
zsh_option(const OptionRow *row)
{
	printf("\t\t\t'%s--%s[", row->repeated ? "*" : "", row->name);
	zsh_text(row->help);
	putchar(']');
	if (row->argument != NULL && strcmp(row->argument, "FILE") == 0)
		printf(":%s:_files", row->argument);
	else if (row->argument != NULL && strcmp(row->argument, "DIR") == 0)
		printf(":%s:_files -/", row->argument);
	else if (row->argument != NULL)
		printf(":%s:", row->argument);
	puts("' \\");
}

static void
zsh_command(const Command *command)
{
	printf("\t%s)\n\t\t_arguments \\\n", command->name);
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		if (((command->options | OPTION_HELP) & UINT64_C(1) << i) != 0)
			zsh_option(&option_rows[i]);
	}
	if (command->run == cmd_help) {
		fputs("\t\t\t'1:command:(", stdout);
		put_command_names();
		puts(")'");
	} else if (command->words != NULL) {
		fputs("\t\t\t'1:what:(", stdout);
		put_words(command->words);
		puts(")' \\\n\t\t\t'*:file:_files'");
	} else {
		puts("\t\t\t'*:file:_files'");
	}
	puts("\t\t;;");
}

static void
print_zsh(void)
{
	puts("#compdef tact\n"
	     "# zsh completion for tact(1), made by `tact completion zsh`\n"
	     "local -a commands\n"
	     "commands=(");
	for (const Command *command = commands; command->name; command++) {
		printf("\t'%s:", command->name);
		zsh_text(command->help);
		puts("'");
	}
	puts(")\n"
	     "if (( CURRENT == 2 )); then\n"
	     "\t_describe -t commands command commands\n"
	     "\treturn\n"
	     "fi\n"
	     "local command=$words[2]\n"
	     "shift words\n"
	     "(( CURRENT-- ))\n"
	     "case $command in");
	for (const Command *command = commands; command->name; command++)
		zsh_command(command);
	puts("esac");
}

int
cmd_completion(const Options *options)
{
	if (strcmp(options->arguments[0], "bash") == 0)
		print_bash();
	else
		print_zsh();
	return CLI_FINE;
}
