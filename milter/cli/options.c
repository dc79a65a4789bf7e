/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own reader rather than GOption or getopt_long(3): the same rows must
 * also make the completions, and a command takes a subset of them.
 */
#include "cli.h"

#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "print.h"

const OptionRow option_rows[OPTION_ROWS] = {
	{ "help", NULL, "this text", offsetof(Options, help), false },
	{ "json", NULL, "JSON for scripts", offsetof(Options, json), false },
	{ "csv", NULL, "comma-separated values for a spreadsheet",
	  offsetof(Options, csv), false },
	{ "why", NULL, "the cues behind each finding, strongest first",
	  offsetof(Options, why), false },
	{ "text", NULL, "the new text that was looked at",
	  offsetof(Options, text), false },
	{ "rules", "DIR", "rule folder, instead of the configured ones",
	  offsetof(Options, rules), false },
	{ "config", "FILE", "settings, instead of " SETTINGS_FILE,
	  offsetof(Options, config), false },
	{ "mailbox", "ADDRESS", "the configured mailbox the mails came to",
	  offsetof(Options, mailbox), false },
	{ "postconf", "FILE", "output of postconf -n, or a main.cf, - stdin",
	  offsetof(Options, postconf), false },
	{ "dir", "DIR", "folder of the MTA's configuration",
	  offsetof(Options, dir), false },
	{ "language", "CODE", "of texts that do not tell theirs",
	  offsetof(Options, language), false },
	{ "identify", NULL, "find out the language also where it is told",
	  offsetof(Options, identify), false },
	{ "label", "OLD=NEW", "label OLD stands for value NEW; may be repeated",
	  offsetof(Options, labels), true },
	{ "output", "FILE", "where the model is written",
	  offsetof(Options, output), false },
	{ "cross-validate", "K",
	  "judge each of K parts by what the others teach",
	  offsetof(Options, folds), false },
	{ "seen", "PATTERN", "files that rules were written from; repeatable",
	  offsetof(Options, seen), true },
	{ "only", "PATTERN", "files never left out to be judged; repeatable",
	  offsetof(Options, only), true },
	{ "finding", "NAME",
	  "what TSV files, mboxes and folders are labelled for",
	  offsetof(Options, finding), false },
	{ "owner", "USER", "whose the files shall be, run by root",
	  offsetof(Options, owner), false },
	{ "finish", NULL, "end the rotation of the key",
	  offsetof(Options, finish), false },
	{ "until", "DATE", "the last day on which it holds, YYYY-MM-DD",
	  offsetof(Options, until), false },
	{ "reason", "TEXT", "why, for whoever reads it later",
	  offsetof(Options, reason), false },
	{ "dry-run", NULL, "only say what would be done",
	  offsetof(Options, dry_run), false },
	{ "mapping", "LIST", "how to read it: email=Contact,dates=mdy,...",
	  offsetof(Options, mapping), false },
	{ "watch", "DIR", "import what is dropped there, until stopped",
	  offsetof(Options, watch), false },
	{ "sql", "QUERY", "the rows that it selects in an SQLite database",
	  offsetof(Options, sql), false },
	{ "again", NULL, "also what was imported before",
	  offsetof(Options, again), false },
	{ "once", NULL, "look one time only", offsetof(Options, once), false },
	{ "from-summary", "FILE",
	  "fit a CSV of customer, frequency, recency, T and mean order",
	  offsetof(Options, summary), false },
	{ "list", NULL, "what was taught, counted by value",
	  offsetof(Options, list), false },
	{ "forget", NULL, "take back what the mails taught",
	  offsetof(Options, forget), false },
	{ "finding", "NAME=VALUE",
	  "what the mails should have been told as; repeatable",
	  offsetof(Options, wishes), true },
	{ "site", NULL, "learn the site's examples beside the corpus",
	  offsetof(Options, site), false },
	{ "margin", "M", "macro-F1 that the corpus may lose, 0.01",
	  offsetof(Options, margin), false },
	{ "force", NULL, "write the model whatever it costs",
	  offsetof(Options, force), false },
	{ "if-stale", NULL, "only if something changed since the last time",
	  offsetof(Options, if_stale), false },
	{ "yes", NULL, "do not ask", offsetof(Options, yes), false },
	{ "wait", "SECONDS", "how long others' locks are waited for, 5",
	  offsetof(Options, wait), false },
	{ "known", "HEAD", "the end of the trail as it was seen before",
	  offsetof(Options, known), false },
	{ "mail", "FILE", "the mail to find articles for, - for stdin",
	  offsetof(Options, mail), false },
	{ "days", "N", "how many days back", offsetof(Options, days), false },
	{ "daily", NULL, "by days", offsetof(Options, daily), false },
	{ "weekly", NULL, "by weeks from Monday on; so without one of these",
	  offsetof(Options, weekly), false },
	{ "monthly", NULL, "by months", offsetof(Options, monthly), false },
	{ "since", "DATE", "from the period of that day on, YYYY-MM-DD",
	  offsetof(Options, since), false },
	{ "role", "ROLE", "only for lead, department or management",
	  offsetof(Options, role), false },
	{ "html", NULL, "one page with charts that needs no other file",
	  offsetof(Options, html), false },
	{ "prometheus", NULL, "metrics for Prometheus's textfile collector",
	  offsetof(Options, prometheus), false },
	{ "state", "STATE", "only drafts in that state",
	  offsetof(Options, state), false },
	{ "send", NULL, "send it now, as yours", offsetof(Options, send),
	  false },
	{ "sendmail", "FILE", "the program that sends, /usr/sbin/sendmail",
	  offsetof(Options, sendmail), false },
	{ "key", "DIR", "the folder of drafter.key, to open sealed texts with",
	  offsetof(Options, key), false },
};

/* The row named by `word`, "--name" or "--name=value", if it is taken. */
static const OptionRow *
find_row(const Command *command, const char *word, const char **ret_value)
{
	const char *name = word + 2;
	size_t length = strcspn(name, "=");

	for (size_t i = 0; i < OPTION_ROWS; i++) {
		const OptionRow *row = &option_rows[i];
		uint64_t taken = command->options | OPTION_HELP;

		if ((taken & UINT64_C(1) << i) != 0 &&
		    strlen(row->name) == length &&
		    strncmp(row->name, name, length) == 0) {
			*ret_value =
				name[length] == '=' ? name + length + 1 : NULL;
			return row;
		}
	}
	return NULL;
}

static bool
add_repeated(const Command *command, const OptionRow *row, const char **list,
             const char *value)
{
	for (size_t i = 0; i < OPTION_LABELS; i++) {
		if (list[i] == NULL) {
			list[i] = value;
			return true;
		}
	}
	print_error("%s: more than %d --%s", command->name, OPTION_LABELS,
	            row->name);
	return false;
}

/* Sets what `argv[*i]` asks for, and moves `i` past its value. */
static bool
take_option(const Command *command, char **argv, int *i, Options *options)
{
	const char *word = argv[*i];
	const char *value = NULL;
	const OptionRow *row = find_row(command, word, &value);
	char *member;

	if (row == NULL) {
		print_error("%s: no option %s", command->name, word);
		return false;
	}
	member = (char *)options + row->offset;
	if (row->argument == NULL) {
		if (value != NULL) {
			print_error("%s: --%s takes no value", command->name,
			            row->name);
			return false;
		}
		*(bool *)member = true;
		return true;
	}
	if (value == NULL)
		value = argv[*i + 1] != NULL ? argv[++*i] : NULL;
	if (value == NULL || value[0] == '\0') {
		print_error("%s: --%s needs a %s", command->name, row->name,
		            row->argument);
		return false;
	}
	if (row->repeated)
		return add_repeated(command, row, (const char **)(void *)member,
		                    value);
	*(const char **)member = value;
	return true;
}

static bool
operands_fit(const Command *command, const Options *options)
{
	size_t n = options->n_arguments;

	if (options->help)
		return true;
	if (n < command->n_min) {
		print_error("%s: say %s", command->name, command->operands);
		return false;
	}
	if (command->words != NULL &&
	    !command_word(command->words, options->arguments[0])) {
		print_error("%s: %s is none of %s", command->name,
		            options->arguments[0], command->words);
		return false;
	}
	if (n > command->n_max) {
		print_error("%s: too many operands: %s", command->name,
		            options->arguments[command->n_max]);
		return false;
	}
	return true;
}

bool
options_parse(const Command *command, int argc, char **argv,
              Options *ret_options)
{
	Options options = { 0 };
	bool ended = false;
	int n = 0;

	for (int i = 0; i < argc; i++) {
		if (!ended && strcmp(argv[i], "--") == 0) {
			ended = true;
		} else if (!ended && argv[i][0] == '-' && argv[i][1] == '-') {
			if (!take_option(command, argv, &i, &options))
				return false;
		} else if (!ended && argv[i][0] == '-' && argv[i][1] != '\0') {
			print_error("%s: no option %s", command->name, argv[i]);
			return false;
		} else {
			argv[n++] = argv[i];
		}
	}
	argv[n] = NULL;
	options.arguments = (const char *const *)argv;
	options.n_arguments = (size_t)n;
	if (!operands_fit(command, &options))
		return false;
	*ret_options = options;
	return true;
}
