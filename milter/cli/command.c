/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define ANALYSIS (OPTION_RULES | OPTION_CONFIG)
#define ANY_NUMBER SIZE_MAX

const Command commands[] = {
	{ "audit", "PATH...", NULL, 1, ANY_NUMBER,
	  OPTION_JSON | OPTION_CSV | ANALYSIS, cmd_audit,
	  "what the mails of a mailbox are like: counts and shares" },
	{ "check-mta", "postfix|sendmail", "postfix|sendmail", 1, 1,
	  OPTION_JSON | OPTION_CONFIG | OPTION_POSTCONF | OPTION_DIR,
	  cmd_check_mta, "find what is wrong in the MTA's configuration" },
	{ "completion", "bash|zsh", "bash|zsh", 1, 1, 0, cmd_completion,
	  "print a shell's completion of this command" },
	{ "config", "check|show|has-store|sample|mdoc",
	  "check|show|has-store|sample|mdoc", 1, 1, OPTION_JSON | OPTION_CONFIG,
	  cmd_config,
	  "check or show the settings, print a sample or their manual" },
	{ "customer", "import FILE...|show WHO|merge WHO WHO|count",
	  "import|show|merge|count", 1, ANY_NUMBER,
	  OPTION_JSON | OPTION_DRY_RUN | OPTION_MAPPING | OPTION_WATCH |
	          OPTION_ONCE | OPTION_SQL | OPTION_AGAIN | ANALYSIS,
	  cmd_customer, "import orders and customers; show or merge them" },
	{ "db", "check|backup|restore|stats|rotate-key [FILE]",
	  "check|backup|restore|stats|rotate-key", 1, 2,
	  OPTION_JSON | OPTION_CONFIG | OPTION_FINISH, cmd_db,
	  "check, copy, restore or count the database, or change its key" },
	{ "draft", "list | show|edit ID | approve|reject|retry ID...",
	  "list|show|approve|edit|reject|retry", 1, ANY_NUMBER,
	  OPTION_STATE | OPTION_MAILBOX | OPTION_TEXT | OPTION_SEND |
	          OPTION_SENDMAIL | OPTION_YES | OPTION_REASON | OPTION_JSON |
	          ANALYSIS,
	  cmd_draft, "drafts: see them and why, approve, edit or reject" },
	{ "evaluate", "FINDING|all|language FILE...", NULL, 2, ANY_NUMBER,
	  OPTION_JSON | OPTION_LANGUAGE | OPTION_IDENTIFY | OPTION_LABEL |
	          ANALYSIS,
	  cmd_evaluate, "how right the findings are on labelled texts" },
	{ "help", "[COMMAND]", NULL, 0, 1, 0, cmd_help,
	  "list the commands, or explain one" },
	{ "init", "", NULL, 0, 0, OPTION_JSON | OPTION_CONFIG | OPTION_OWNER,
	  cmd_init,
	  "make the keys and the database, or bring them up to date" },
	{ "inspect", "PATH...|-", NULL, 1, ANY_NUMBER,
	  OPTION_JSON | OPTION_WHY | OPTION_TEXT | ANALYSIS, cmd_inspect,
	  "show what Tact finds in each mail, and why" },
	{ "knowledge", "check [FOLDER]|search WORDS...|gaps",
	  "check|search|gaps", 1, ANY_NUMBER,
	  OPTION_JSON | OPTION_LANGUAGE | OPTION_MAIL | OPTION_DAYS | ANALYSIS,
	  cmd_knowledge,
	  "check articles, show what finds them, or what none answers" },
	{ "language", "build CORPUSDIR OUT", "build", 3, 3, 0, cmd_language,
	  "make the language profile from sentences" },
	{ "learn", "PATH...|-", NULL, 0, ANY_NUMBER,
	  OPTION_JSON | OPTION_WISH | OPTION_FORGET | OPTION_LIST | ANALYSIS,
	  cmd_learn, "teach what mails should have been told as" },
	{ "lesson", "list | freeze|resume|drop NUMBER...",
	  "list|freeze|resume|drop", 1, ANY_NUMBER,
	  OPTION_JSON | OPTION_MAILBOX | OPTION_LANGUAGE | OPTION_CONFIG,
	  cmd_lesson, "what edits of drafts have taught, and what counts" },
	{ "overdue", "", NULL, 0, 0, OPTION_JSON | OPTION_CONFIG, cmd_overdue,
	  "what should have been answered by now, by tier" },
	{ "privacy",
	  "export|erase|object|unobject|restrict|unrestrict ADDRESS... | "
	  "purge | reapply | log [ADDRESS] | register",
	  "export|erase|object|unobject|restrict|unrestrict|purge|reapply|log|"
	  "register",
	  1, ANY_NUMBER,
	  OPTION_JSON | OPTION_YES | OPTION_WAIT | OPTION_KNOWN | OPTION_KEY |
	          OPTION_CONFIG,
	  cmd_privacy, "what is kept of a person: give it out, end it" },
	{ "replay", "PATH...|-", NULL, 1, ANY_NUMBER, OPTION_MAILBOX | ANALYSIS,
	  cmd_replay, "print the headers the filter would add to each mail" },
	{ "report", "", NULL, 0, 0,
	  OPTION_DAILY | OPTION_WEEKLY | OPTION_MONTHLY | OPTION_SINCE |
	          OPTION_UNTIL | OPTION_MAILBOX | OPTION_ROLE | OPTION_JSON |
	          OPTION_CSV | OPTION_HTML | OPTION_PROMETHEUS | OPTION_CONFIG,
	  cmd_report, "how mail is answered and what drafts are good for" },
	{ "rules", "check", "check", 1, 1, OPTION_JSON | ANALYSIS, cmd_rules,
	  "load the rules and run every example in them" },
	{ "status", "", NULL, 0, 0, OPTION_JSON | OPTION_CONFIG, cmd_status,
	  "is the filter running, and what has it done?" },
	{ "template", "check [FOLDER]|preview PATH...|-", "check|preview", 1,
	  ANY_NUMBER, OPTION_JSON | OPTION_LANGUAGE | ANALYSIS, cmd_template,
	  "check what replies are made of, or show those to mails" },
	{ "train", "FILE...", NULL, 0, ANY_NUMBER,
	  OPTION_JSON | OPTION_LANGUAGE | OPTION_LABEL | OPTION_OUTPUT |
	          OPTION_FOLDS | OPTION_SEEN | OPTION_ONLY | OPTION_FINDING |
	          OPTION_SITE | OPTION_MARGIN | OPTION_FORCE | OPTION_IF_STALE |
	          ANALYSIS,
	  cmd_train,
	  "learn a model from labelled texts, or say how good it is" },
	{ "trust", "allow DOMAIN|drop DOMAIN|list|report",
	  "allow|drop|list|report", 1, 2,
	  OPTION_JSON | OPTION_UNTIL | OPTION_REASON | ANALYSIS, cmd_trust,
	  "whose mail is trusted on SPF alone, and how often what was" },
	{ "value", "fit | report | card ADDRESS | tier ADDRESS TIER",
	  "fit|report|card|tier", 1, 3,
	  OPTION_JSON | OPTION_SUMMARY | OPTION_DRY_RUN | OPTION_UNTIL |
	          OPTION_REASON | OPTION_CONFIG,
	  cmd_value,
	  "what customers are worth: tiers, risk, a customer's card" },
	{ NULL, NULL, NULL, 0, 0, 0, NULL, NULL },
};

const Command *
command_find(const char *name)
{
	for (const Command *command = commands; command->name; command++) {
		if (strcmp(command->name, name) == 0)
			return command;
	}
	return NULL;
}

bool
command_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (; *words != '\0'; words += *words == '|') {
		size_t n = strcspn(words, "|");

		if (n == length && strncmp(words, word, n) == 0)
			return true;
		words += n;
	}
	return false;
}

static bool
takes(const Command *command, size_t row)
{
	return (command->options & UINT64_C(1) << row) != 0;
}

static void
list_options(const Command *command)
{
	int width = 10;

	for (size_t i = 0; i < OPTION_ROWS; i++)
		if (takes(command, i) &&
		    strlen(option_rows[i].name) > (size_t)width)
			width = (int)strlen(option_rows[i].name);
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		const OptionRow *row = &option_rows[i];

		if (takes(command, i))
			printf("  --%-*s %-8s %s\n", width, row->name,
			       row->argument ? row->argument : "", row->help);
	}
}

void
command_usage(const Command *command)
{
	printf("usage: tact %s", command->name);
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		const OptionRow *row = &option_rows[i];

		if (!takes(command, i))
			continue;
		printf(" [--%s%s%s]", row->name, row->argument ? " " : "",
		       row->argument ? row->argument : "");
	}
	printf("%s%s\n\n%s\n", command->operands[0] != '\0' ? " " : "",
	       command->operands, command->help);
	list_options(command);
}

void
command_list(void)
{
	puts("usage: tact COMMAND [OPTION]... [OPERAND]...\n");
	for (const Command *command = commands; command->name; command++)
		printf("  %-11s %s\n", command->name, command->help);
	puts("\ntact COMMAND --help explains one; the manual is tact(1).");
}
