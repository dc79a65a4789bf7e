/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The editor runs without a lock on the store, so what it edited may have ended
 * meanwhile: then the decision is refused, and who wrote gets the text back.
 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "draft.h"
#include "draft_check.h"
#include "draft_paper.h"
#include "print.h"

static bool
may_edit(const DraftOne *one, GError **error)
{
	bool waits = one->state == DRAFT_READY || one->state == DRAFT_STUCK;

	if (waits && one->sheet != NULL && one->material != NULL)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "draft %s is %s: only one that waits here with its text "
	            "can be edited here",
	            one->public_id, draft_state_name(one->state));
	return false;
}

static bool
keep(const DraftSite *site, const DraftOne *one, const Sheet *sheet,
     const char *names, GError **error)
{
	g_autoptr(GBytes) bytes = sheet_encode(sheet);
	gsize size;
	const void *plain = g_bytes_get_data(bytes, &size);
	g_autoptr(GBytes) text =
		seal_close(site->seal, SEAL_TEXT, one->public_id, plain, size);
	const DraftDecide decide = { .decision = DECIDE_EDIT,
		                     .id = one->id,
		                     .text = text,
		                     .checks = names,
		                     .at = draft_now() };
	g_autoptr(StoreTxn) txn = store_begin(site->site.store, error);

	return txn != NULL && draft_decide(site, one, &decide, error) &&
	       store_commit(txn, error) &&
	       audit_seal(site->site.store, site->site.keys, error);
}

static json_t *
edited_value(const DraftOne *one, const Sheet *sheet, bool changed)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_string(value, "id", one->public_id);
	print_set_bool(value, "changed", changed);
	print_set_integer(value, "marks", draft_marks(sheet->body));
	json_object_set_new(value, "remarks", draft_remarks(sheet));
	draft_set_text(value, "text", sheet->body);
	return value;
}

/* Lines with a mark: what is still to be seen to. */
static void
print_marks(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if (strstr(*line, CHECK_MARK) != NULL)
			printf("  %s\n", *line);
}

static void
print_edited(const json_t *value)
{
	gint64 marks = print_integer(value, "marks");

	printf("%s %s", print_string(value, "id"),
	       json_is_true(json_object_get(value, "changed"))
	               ? "edited"
	               : "was not changed");
	if (marks > 0)
		printf(", %d to check", (int)marks);
	putchar('\n');
	draft_print_remarks(json_object_get(value, "remarks"));
	print_marks(print_string(value, "text"));
}

/* What is not kept is a person's work all the same: of a lock that lasted, a
 * draft that a colleague has ended meanwhile, a check that could not be made.
 */
static void
give_back(const char *text)
{
	print_error("draft: what you wrote was not kept; it was:");
	fprintf(stderr, "%s\n", text);
}

/* NULL with an error; what was printed before is the caller's. */
static json_t *
edit(const DraftSite *site, const Options *options, const DraftOne *one,
     GError **error)
{
	g_autofree char *text = NULL;
	g_autofree char *names = NULL;
	g_autoptr(DraftChecks) checks = NULL;
	g_autoptr(Sheet) sheet = NULL;

	if (!may_edit(one, error))
		return NULL;
	checks = draft_checks_new(site, options, one, error);
	if (checks == NULL)
		return NULL;
	text = draft_paper_edit(one->sheet->body, SHEET_BODY_MAX, error);
	if (text == NULL)
		return NULL;
	if (strcmp(text, one->sheet->body) == 0)
		return edited_value(one, one->sheet, false);
	sheet = draft_checks_run(checks, one, text, &names, error);
	if (sheet == NULL || !keep(site, one, sheet, names, error)) {
		give_back(text);
		return NULL;
	}
	return edited_value(one, sheet, true);
}

int
draft_edit(const Options *options)
{
	g_auto(DraftSite) site = { 0 };
	g_auto(DraftOne) one = { 0 };
	g_autoptr(GError) error = NULL;
	json_t *value = NULL;

	if (options->n_arguments != 2) {
		print_error("draft: edit takes one ID");
		return CLI_USAGE;
	}
	if (draft_site_open(&site, options, SITE_WRITE, &error) &&
	    draft_find(&site, options->arguments[1], &one, &error) &&
	    draft_site_unlock(&site, &error) && draft_open(&site, &one, &error))
		value = edit(&site, options, &one, &error);
	if (value == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, value, print_edited);
	return CLI_FINE;
}
