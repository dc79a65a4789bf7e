/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A decision is a move in the draft's life, and a line in the audit trail that
 * tells the decision alone. Those of one command are made together or not at
 * all; what is sent cannot be, see draft_send.c.
 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "draft.h"
#include "print.h"

#define REASON_MAX 40

typedef struct Deciding {
	const Options *options;
	DraftDecision decision;
	const char *done; /* "approved" */
	json_t *list;
} Deciding;

/* Approving what is delivered nowhere would only lose it. */
static bool
has_folder(const DraftSite *site, const DraftOne *one, GError **error)
{
	const Mailbox *mailbox =
		settings_mailbox(site->site.settings, one->mailbox);
	const char *why = NULL;

	if (mailbox == NULL || mailbox->mailbox_mode != MAILBOX_MODE_DRAFT)
		why = "its mailbox has no mode = draft any more";
	else if (mailbox->mailbox_delivery == MAILBOX_DELIVERY_QUEUE)
		why = "its mailbox has delivery = queue, so there is no Drafts "
		      "to put it into: send it with --send, or set delivery";
	if (why == NULL)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING, "draft %s: %s",
	            one->public_id, why);
	return false;
}

static bool
decide_one(const DraftSite *site, const Deciding *deciding, const char *id,
           GError **error)
{
	g_auto(DraftOne) one = { 0 };
	g_auto(DraftOne) after = { 0 };
	const DraftDecide decide = { .decision = deciding->decision,
		                     .reason = deciding->options->reason,
		                     .at = draft_now() };
	DraftDecide move = decide;
	json_t *item;

	if (!draft_find(site, id, &one, error) ||
	    (decide.decision != DECIDE_REJECT &&
	     !draft_may_be_used(site, &one, error)) ||
	    (decide.decision == DECIDE_APPROVE &&
	     !has_folder(site, &one, error)))
		return false;
	move.id = one.id;
	if (!draft_decide(site, &one, &move, error) ||
	    !draft_find(site, one.public_id, &after, error))
		return false;
	item = json_object();
	print_set_string(item, "id", one.public_id);
	print_set_string(item, "decision", deciding->done);
	print_set_string(item, "state", draft_state_name(after.state));
	json_array_append_new(deciding->list, item);
	return true;
}

static bool
decide_all(const Deciding *deciding, GError **error)
{
	const Options *options = deciding->options;
	g_auto(DraftSite) site = { 0 };
	g_autoptr(StoreTxn) txn = NULL;

	if (!draft_site_open(&site, options, SITE_WRITE, error))
		return false;
	txn = store_begin(site.site.store, error);
	if (txn == NULL)
		return false;
	for (size_t i = 1; i < options->n_arguments; i++)
		if (!decide_one(&site, deciding, options->arguments[i], error))
			return false;
	return store_commit(txn, error) &&
	       audit_seal(site.site.store, site.site.keys, error);
}

static void
print_decisions(const json_t *value)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(value, "drafts"), i, item) printf(
		"%s %s, now %s\n", print_string(item, "id"),
		print_string(item, "decision"), print_string(item, "state"));
}

static int
decide(const Options *options, DraftDecision decision, const char *done)
{
	g_autoptr(GError) error = NULL;
	json_t *value = json_object();
	Deciding deciding = { options, decision, done, json_array() };

	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "drafts", deciding.list);
	if (!decide_all(&deciding, &error)) {
		json_decref(value);
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, value, print_decisions);
	return CLI_FINE;
}

/* It stays when the texts are erased, so it is a word and tells of nobody. */
static bool
is_word(const char *reason)
{
	size_t n = strspn(reason, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n <= REASON_MAX && reason[n] == '\0';
}

/* Options of one word with another. */
static const char *
misplaced(const Options *options, const char *word)
{
	const struct {
		bool given;
		const char *word, *why;
	} rows[] = {
		{ options->state != NULL || options->mailbox != NULL, "list",
		  "--state and --mailbox belong to list" },
		{ options->text, "show", "--text belongs to show" },
		{ options->reason != NULL, "reject",
		  "--reason belongs to reject" },
		{ options->send, "approve", "--send belongs to approve" },
		{ options->sendmail != NULL || options->yes, "approve",
		  "--sendmail and --yes belong to approve --send" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].given && strcmp(word, rows[i].word) != 0)
			return rows[i].why;
	return NULL;
}

/* NULL: it is asked as it should be. */
static const char *
asked_wrong(const Options *options, const char *word)
{
	bool list = strcmp(word, "list") == 0;

	if ((options->sendmail != NULL || options->yes) && !options->send)
		return "--sendmail and --yes belong to approve --send";
	if (list && options->n_arguments > 1)
		return "list takes no operand; see --mailbox and --state";
	if (!list && options->n_arguments < 2)
		return "say the ID that tact draft list shows";
	if (options->reason != NULL && !is_word(options->reason))
		return "--reason is a word of small letters, digits and -, "
		       "such as wrong-facts: it is kept when the text is not";
	return misplaced(options, word);
}

int
cmd_draft(const Options *options)
{
	const char *word = options->arguments[0];
	const char *wrong = asked_wrong(options, word);

	if (wrong != NULL) {
		print_error("draft: %s", wrong);
		return CLI_USAGE;
	}
	if (strcmp(word, "list") == 0)
		return draft_list(options);
	if (strcmp(word, "show") == 0)
		return draft_show(options);
	if (strcmp(word, "edit") == 0)
		return draft_edit(options);
	if (strcmp(word, "reject") == 0)
		return decide(options, DECIDE_REJECT, "rejected");
	if (strcmp(word, "retry") == 0)
		return decide(options, DECIDE_RETRY, "to be tried again");
	return options->send ? draft_send(options)
	                     : decide(options, DECIDE_APPROVE, "approved");
}
