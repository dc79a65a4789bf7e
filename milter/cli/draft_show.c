/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beside the text stands all that made it, so that who approves it need not
 * guess: a reviewer who cannot see why a draft says something can only trust
 * it.
 */
#include <stdio.h>

#include "draft.h"
#include "drafting/mail.h"
#include "message/reply.h"
#include "print.h"

/* Whom it answers, and what its first lines will warn of. */
static void
set_reply(json_t *value, const DraftSite *site, const DraftOne *one)
{
	const Material *material = one->material;
	const Mailbox *mailbox =
		settings_mailbox(site->site.settings, one->mailbox);
	const char *language = language_code(one->sheet->language);
	g_autofree char *subject = reply_subject(
		material->subject, language,
		mailbox != NULL ? (ReplyPrefix)mailbox->mailbox_subject_prefix
				: REPLY_PREFIX_RE);
	g_autofree char *warnings = reply_warning_text(
		draft_mail_warnings(material, (one->flags & DRAFT_PROVEN) != 0),
		language, material->reply_to);

	draft_set_text(value, "subject", subject);
	draft_set_text(value, "warnings", warnings);
}

static void
set_sheet(json_t *value, const Sheet *sheet)
{
	draft_set_text(value, "text", sheet->body);
	print_set_string(value, "address_form", address_form_name(sheet->form));
	print_set_bool(value, "holding", sheet->holding);
	print_set_integer(value, "marks", draft_marks(sheet->body));
	json_object_set_new(value, "remarks", draft_remarks(sheet));
	draft_set_text(value, "refused", sheet->refused);
	draft_set_text(value, "left", sheet->left);
}

static json_t *
show_value(const DraftSite *site, const DraftOne *one, bool mail)
{
	json_t *value = json_deep_copy(one->row);

	print_set_integer(value, "schema", 1);
	if (one->material != NULL) {
		draft_set_text(value, "to", one->material->from);
		draft_set_text(value, "to_name", one->material->from_name);
		if (mail)
			draft_set_text(value, "mail", one->material->new_text);
	}
	if (one->material != NULL && one->sheet != NULL)
		set_reply(value, site, one);
	if (one->sheet != NULL)
		set_sheet(value, one->sheet);
	else
		json_object_set_new(value, "text", json_null());
	return value;
}

/* ------------------------------------------------------------------ as text */

static void
print_line(const char *name, const char *text)
{
	if (text[0] != '\0')
		printf("%-11s %s\n", name, text);
}

static void
print_words(const json_t *value, const char *key)
{
	const json_t *word;
	size_t i;

	if (json_array_size(json_object_get(value, key)) == 0)
		return;
	printf("%-11s", key);
	json_array_foreach(json_object_get(value, key), i, word)
		printf(" %s", json_string_value(word));
	putchar('\n');
}

static void
print_findings(const json_t *findings)
{
	const char *name;
	const json_t *found;

	if (json_object_size(findings) == 0)
		return;
	printf("%-11s", "findings");
	json_object_foreach((json_t *)findings, name, found)
		printf(" %s=%s", name, json_string_value(found));
	putchar('\n');
}

static void
print_moment(const json_t *value, const char *name, const char *key)
{
	g_autofree char *at = draft_moment(print_integer(value, key));

	print_line(name, at);
}

static void
print_life(const json_t *value)
{
	print_moment(value, "asked", "created_at");
	print_moment(value, "written", "drafted_at");
	print_moment(value, "delivered", "delivered_at");
	print_line("place", print_string(value, "place"));
	print_moment(value, "ended", "closed_at");
	print_moment(value, "next try", "next_at");
	print_line("fault", print_string(value, "fault"));
}

static void
print_why(const json_t *value)
{
	const char *left = print_string(value, "left");

	print_line("engine", print_string(value, "engine"));
	print_line("reason", print_string(value, "reason"));
	print_line("refused", print_string(value, "refused"));
	print_findings(json_object_get(value, "findings"));
	print_words(value, "modules");
	print_words(value, "articles");
	print_words(value, "checks");
	draft_print_remarks(json_object_get(value, "remarks"));
	print_line("left host", left[0] != '\0' ? left : "nothing");
}

static void
print_show(const json_t *value)
{
	const char *fate = print_string(value, "fate");

	print_line("draft", print_string(value, "id"));
	print_line("mailbox", print_string(value, "mailbox"));
	print_line("state", print_string(value, "state"));
	print_line("fate", fate);
	print_line("language", print_string(value, "language"));
	print_line("address", print_string(value, "address_form"));
	if (json_is_true(json_object_get(value, "holding")))
		print_line("holding", "it answers nothing, and says so");
	if (json_is_true(json_object_get(value, "edited")))
		print_line("edited", "by tact draft edit");
	print_why(value);
	print_life(value);
	if (json_object_get(value, "mail") != NULL)
		printf("\n--- mail ---\n%s\n", print_string(value, "mail"));
	if (json_is_null(json_object_get(value, "text"))) {
		puts("\nno text: not written yet, or erased");
		return;
	}
	putchar('\n');
	print_line("To:", print_string(value, "to"));
	print_line("Subject:", print_string(value, "subject"));
	printf("\n%s%s\n", print_string(value, "warnings"),
	       print_string(value, "text"));
}

int
draft_show(const Options *options)
{
	g_auto(DraftSite) site = { 0 };
	g_auto(DraftOne) one = { 0 };
	g_autoptr(GError) error = NULL;

	if (options->n_arguments != 2) {
		print_error("draft: show takes one ID");
		return CLI_USAGE;
	}
	if (!draft_site_open(&site, options, SITE_READ, &error) ||
	    !draft_find(&site, options->arguments[1], &one, &error) ||
	    !draft_site_unlock(&site, &error) ||
	    !draft_open(&site, &one, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, show_value(&site, &one, options->text),
	            print_show);
	return CLI_FINE;
}
