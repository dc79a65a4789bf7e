/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/cli - what every command of `tact` shares: the table of commands, the
 * table of options, exit codes.
 *
 * Usage, `--help`, tact(1)'s lint and the shells' completion are made from the
 * two tables, so none of them can be out of step.
 *
 * Owns:    Options borrow from argv.
 * Threads: one.
 */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CLI_FINE = 0,
	CLI_FOUND = 1, /* something is wrong, or failed */
	CLI_USAGE = 2,
};

#define OPTION_LABELS 32 /* repeats of an option */

typedef struct Options {
	bool help;
	bool json;
	bool csv;
	bool why;
	bool text;
	const char *rules;
	const char *config;
	const char *mailbox;
	const char *postconf;
	const char *dir;
	const char *language;
	bool identify;
	const char *output;
	const char *folds; /* --cross-validate */
	const char *finding;
	const char *owner;
	bool finish;
	const char *until; /* YYYY-MM-DD */
	const char *reason;
	const char *summary; /* --from-summary */
	bool dry_run;
	const char *mapping;
	const char *watch; /* a folder */
	const char *sql;
	bool again;
	bool once;
	bool list;
	bool forget;
	bool site;
	const char *margin;
	bool force;
	bool if_stale;
	bool yes;
	const char *wait;  /* seconds */
	const char *known; /* a head of the audit trail */
	const char *mail;  /* a file */
	const char *days;
	bool daily, weekly, monthly;
	const char *since; /* YYYY-MM-DD */
	const char *role;
	bool html, prometheus;
	const char *state; /* of drafts */
	bool send;
	const char *sendmail; /* a program */
	const char *key;      /* a folder */
	/* Those that may be repeated; to the first NULL. */
	const char *labels[OPTION_LABELS + 1]; /* "OLD=NEW" */
	const char *seen[OPTION_LABELS + 1];   /* patterns of file names */
	const char *only[OPTION_LABELS + 1];
	const char *wishes[OPTION_LABELS + 1]; /* "NAME=VALUE" of learn */
	const char *const *arguments;          /* NULL-terminated */
	size_t n_arguments;
} Options;

/* Bits of Command.options; bit i is row i of the table in options.c. */
#define OPTION_HELP (UINT64_C(1) << 0)
#define OPTION_JSON (UINT64_C(1) << 1)
#define OPTION_CSV (UINT64_C(1) << 2)
#define OPTION_WHY (UINT64_C(1) << 3)
#define OPTION_TEXT (UINT64_C(1) << 4)
#define OPTION_RULES (UINT64_C(1) << 5)
#define OPTION_CONFIG (UINT64_C(1) << 6)
#define OPTION_MAILBOX (UINT64_C(1) << 7)
#define OPTION_POSTCONF (UINT64_C(1) << 8)
#define OPTION_DIR (UINT64_C(1) << 9)
#define OPTION_LANGUAGE (UINT64_C(1) << 10)
#define OPTION_IDENTIFY (UINT64_C(1) << 11)
#define OPTION_LABEL (UINT64_C(1) << 12)
#define OPTION_OUTPUT (UINT64_C(1) << 13)
#define OPTION_FOLDS (UINT64_C(1) << 14)
#define OPTION_SEEN (UINT64_C(1) << 15)
#define OPTION_ONLY (UINT64_C(1) << 16)
#define OPTION_FINDING (UINT64_C(1) << 17)
#define OPTION_OWNER (UINT64_C(1) << 18)
#define OPTION_FINISH (UINT64_C(1) << 19)
#define OPTION_UNTIL (UINT64_C(1) << 20)
#define OPTION_REASON (UINT64_C(1) << 21)
#define OPTION_DRY_RUN (UINT64_C(1) << 22)
#define OPTION_MAPPING (UINT64_C(1) << 23)
#define OPTION_WATCH (UINT64_C(1) << 24)
#define OPTION_SQL (UINT64_C(1) << 25)
#define OPTION_AGAIN (UINT64_C(1) << 26)
#define OPTION_ONCE (UINT64_C(1) << 27)
#define OPTION_SUMMARY (UINT64_C(1) << 28)
#define OPTION_LIST (UINT64_C(1) << 29)
#define OPTION_FORGET (UINT64_C(1) << 30)
#define OPTION_WISH (UINT64_C(1) << 31)
#define OPTION_SITE (UINT64_C(1) << 32)
#define OPTION_MARGIN (UINT64_C(1) << 33)
#define OPTION_FORCE (UINT64_C(1) << 34)
#define OPTION_IF_STALE (UINT64_C(1) << 35)
#define OPTION_YES (UINT64_C(1) << 36)
#define OPTION_WAIT (UINT64_C(1) << 37)
#define OPTION_KNOWN (UINT64_C(1) << 38)
#define OPTION_MAIL (UINT64_C(1) << 39)
#define OPTION_DAYS (UINT64_C(1) << 40)
#define OPTION_DAILY (UINT64_C(1) << 41)
#define OPTION_WEEKLY (UINT64_C(1) << 42)
#define OPTION_MONTHLY (UINT64_C(1) << 43)
#define OPTION_SINCE (UINT64_C(1) << 44)
#define OPTION_ROLE (UINT64_C(1) << 45)
#define OPTION_HTML (UINT64_C(1) << 46)
#define OPTION_PROMETHEUS (UINT64_C(1) << 47)
#define OPTION_STATE (UINT64_C(1) << 48)
#define OPTION_SEND (UINT64_C(1) << 49)
#define OPTION_SENDMAIL (UINT64_C(1) << 50)
#define OPTION_KEY (UINT64_C(1) << 51)

typedef struct OptionRow {
	const char *name;
	const char *argument; /* "FILE", "DIR", "ADDRESS"; NULL for none */
	const char *help;
	size_t offset; /* in Options */
	bool repeated;
} OptionRow;

#define OPTION_ROWS 52
extern const OptionRow option_rows[OPTION_ROWS];

typedef struct Command {
	const char *name;
	const char *operands; /* as in a synopsis: "PATH...|-" */
	const char *words;    /* the first operand is one of "a|b", or NULL */
	size_t n_min, n_max;  /* operands; SIZE_MAX: any number */
	uint64_t options;     /* OPTION_... */
	int (*run)(const Options *options);
	const char *help;
} Command;

/* Ends with a row whose name is NULL. */
extern const Command commands[];

const Command *command_find(const char *name);
/* True when `word` is one of the "a|b|c" in `words`. */
bool command_word(const char *words, const char *word);
void command_usage(const Command *command);
void command_list(void);

/*
 * Reads what follows the command's name; options and operands may mix, "--"
 * ends the options. False after a message about what is wrong. `argv` is
 * permuted and must outlive `ret_options`.
 */
bool options_parse(const Command *command, int argc, char **argv,
                   Options *ret_options);

int cmd_audit(const Options *options);
int cmd_check_mta(const Options *options);
int cmd_completion(const Options *options);
int cmd_config(const Options *options);
int cmd_customer(const Options *options);
int cmd_db(const Options *options);
int cmd_draft(const Options *options);
int cmd_evaluate(const Options *options);
int cmd_help(const Options *options);
int cmd_init(const Options *options);
int cmd_inspect(const Options *options);
int cmd_knowledge(const Options *options);
int cmd_language(const Options *options);
int cmd_learn(const Options *options);
int cmd_lesson(const Options *options);
int cmd_privacy(const Options *options);
int cmd_replay(const Options *options);
int cmd_report(const Options *options);
int cmd_rules(const Options *options);
int cmd_overdue(const Options *options);
int cmd_status(const Options *options);
int cmd_template(const Options *options);
int cmd_train(const Options *options);
int cmd_trust(const Options *options);
int cmd_value(const Options *options);

#endif
