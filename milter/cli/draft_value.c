/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON escapes only what is below 0x20; what turns a line around or hides in it
 * is taken out before.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "draft.h"
#include "print.h"

#define TEXT_MAX 131072

char *
draft_harmless(const char *text)
{
	return text_sanitise(text, strlen(text), TEXT_MAX, NULL);
}

void
draft_set_text(json_t *object, const char *key, const char *text)
{
	g_autofree char *harmless = draft_harmless(text != NULL ? text : "");

	print_set_string(object, key, harmless);
}

static void
set_list(json_t *object, const char *key, const char *list)
{
	g_autofree char *harmless = draft_harmless(list);
	g_auto(GStrv) words = g_strsplit(harmless, " ", -1);
	json_t *array = json_array();

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			json_array_append_new(array, json_string(*word));
	json_object_set_new(object, key, array);
}

/* "scored da sentiment=negative/12 urgency=high/90": the rest of the words. */
static json_t *
findings_value(const char *facts)
{
	g_autofree char *harmless = draft_harmless(facts);
	g_auto(GStrv) words = g_strsplit(harmless, " ", -1);
	json_t *findings = json_object();

	for (char **word = words; *word != NULL; word++) {
		char *value = strchr(*word, '=');

		if (value == NULL)
			continue;
		*value++ = '\0';
		value[strcspn(value, "/")] = '\0';
		print_set_string(findings, *word, value);
	}
	return findings;
}

static void
set_moment(json_t *object, const char *key, int64_t at)
{
	if (at != 0)
		print_set_integer(object, key, at);
	else
		json_object_set_new(object, key, json_null());
}

static void
set_life(json_t *value, const DraftRow *row)
{
	set_moment(value, "created_at", row->created_at);
	set_moment(value, "drafted_at", row->drafted_at);
	set_moment(value, "delivered_at", row->delivered_at);
	set_moment(value, "closed_at", row->closed_at);
	set_moment(value, "next_at", row->next_at);
	print_set_integer(value, "attempts", row->attempts);
	draft_set_text(value, "fault", row->fault);
	draft_set_text(value, "place", row->place);
	if (row->distance >= 0)
		print_set_integer(value, "distance", row->distance);
	else
		json_object_set_new(value, "distance", json_null());
}

json_t *
draft_value(const DraftRow *row)
{
	json_t *value = json_object();

	draft_set_text(value, "id", row->public_id);
	draft_set_text(value, "mailbox", row->mailbox);
	print_set_string(value, "state", draft_state_name(row->state));
	if (row->fate != FATE_NONE)
		print_set_string(value, "fate", draft_fate_name(row->fate));
	else
		json_object_set_new(value, "fate", json_null());
	print_set_string(value, "language", language_code(row->language));
	print_set_integer(value, "contact", row->contact);
	print_set_bool(value, "proven", (row->flags & DRAFT_PROVEN) != 0);
	print_set_bool(value, "edited", row->edited);
	draft_set_text(value, "engine", row->engine);
	draft_set_text(value, "reason", row->reason);
	json_object_set_new(value, "findings", findings_value(row->facts));
	set_list(value, "modules", row->modules);
	set_list(value, "articles", row->articles);
	set_list(value, "checks", row->checks);
	print_set_integer(value, "calls", row->calls);
	print_set_integer(value, "tokens", row->tokens);
	set_life(value, row);
	return value;
}

char *
draft_moment(gint64 at)
{
	g_autoptr(GDateTime) time =
		at != 0 ? g_date_time_new_from_unix_local(at) : NULL;

	return time != NULL ? g_date_time_format(time, "%Y-%m-%d %H:%M")
	                    : g_strdup("");
}

/* What no server is asked for, such as a folder there, stands in the log. */
void
draft_print_held(gint64 n)
{
	if (n == 0)
		return;
	printf("%" G_GINT64_FORMAT " %s mailbox lacks a password, a folder or "
	       "a setting.\n"
	       "What it is: tact-drafter --check, as its user, or its log "
	       "(delivery_failed).\n"
	       "Tried again every half hour, or now: tact draft retry ID\n",
	       n, text_noun(n, "draft is held: its", "drafts are held: their"));
}

json_t *
draft_remarks(const Sheet *sheet)
{
	json_t *remarks = json_array();

	for (unsigned i = 0; i < sheet->remarks->len; i++) {
		const CheckRemark *remark =
			&g_array_index(sheet->remarks, CheckRemark, i);
		json_t *item = json_object();

		print_set_string(item, "check", check_name(remark->check));
		print_set_string(item, "meaning", check_meaning(remark->check));
		draft_set_text(item, "words", remark->words);
		json_array_append_new(remarks, item);
	}
	return remarks;
}

void
draft_print_remarks(const json_t *remarks)
{
	const json_t *remark;
	size_t i;

	json_array_foreach(remarks, i, remark) printf(
		"    %s: \"%s\": %s\n", print_string(remark, "check"),
		print_string(remark, "words"), print_string(remark, "meaning"));
}

unsigned
draft_marks(const char *text)
{
	unsigned n = 0;

	for (const char *at = strstr(text, CHECK_MARK); at != NULL;
	     at = strstr(at + 1, CHECK_MARK))
		n++;
	return n;
}
