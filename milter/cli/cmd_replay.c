/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tags are made by the function the filter calls. X-Tact-Id is left out:
 * the filter makes a new one for each mail, and the output here must be the
 * same in each run, so that two versions of the rules can be compared.
 */
#include <stdio.h>

#include "analysis/tags.h"
#include "context.h"
#include "mails.h"
#include "print.h"

typedef struct Replay {
	const Context *context;
	MailboxMode mode;
} Replay;

static const char *const mode_words[] = {
	[MAILBOX_MODE_OFF] = "mailbox is off: passed untouched",
	[MAILBOX_MODE_SHADOW] = "shadow: logged, not added",
	[MAILBOX_MODE_TAG] = "",
	[MAILBOX_MODE_DRAFT] = "",
};

static void
replay_mail(const char *name, const char *bytes, size_t size, void *data)
{
	const Replay *replay = data;
	g_autoptr(Report) report = NULL;
	const char *words = mode_words[replay->mode];
	Tags tags;

	printf("%s%s%s%s\n", name, words[0] ? " (" : "", words,
	       words[0] ? ")" : "");
	if (replay->mode == MAILBOX_MODE_OFF)
		return;
	report = context_examine(replay->context, bytes, size);
	tags_make(replay->context->rules, &report->findings, NULL, &tags);
	for (size_t i = 0; i < tags.n; i++)
		printf("  %s: %s\n", tags.tag[i].name, tags.tag[i].value);
}

/* Which mailbox the mails came to: the one named, else the only one. */
static bool
choose_mode(const Context *context, const char *address, MailboxMode *ret_mode)
{
	const Settings *settings = context->settings;
	const Mailbox *mailbox = NULL;

	if (address != NULL) {
		mailbox = settings_mailbox(settings, address);
		if (mailbox == NULL) {
			print_error("%s: no mailbox %s; tact config show lists "
			            "them",
			            settings->file ? settings->file
			                           : "no settings file",
			            address);
			return false;
		}
	} else if (settings->n_mailboxes == 1) {
		mailbox = &settings->mailboxes[0];
	} else if (settings->n_mailboxes > 1) {
		print_error("%s: has %zu mailboxes; name one with --mailbox",
		            settings->file, settings->n_mailboxes);
		return false;
	}
	*ret_mode = mailbox != NULL ? (MailboxMode)mailbox->mailbox_mode
	                            : MAILBOX_MODE_TAG;
	return true;
}

int
cmd_replay(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open(options, &error);
	Replay replay = { context, MAILBOX_MODE_TAG };
	unsigned failed = 0;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	if (!choose_mode(context, options->mailbox, &replay.mode))
		return CLI_USAGE;
	for (size_t i = 0; i < options->n_arguments; i++)
		failed +=
			mails_each(options->arguments[i], replay_mail, &replay);
	return failed > 0 ? CLI_FOUND : CLI_FINE;
}
