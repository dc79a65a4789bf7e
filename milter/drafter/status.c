/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Written by hand as the filter's: nothing in it needs escaping, and nothing of
 * a mail is in it.
 */
#include "status.h"

#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/drafts.h"

#define STATUS_VERSION 1
#define DAY INT64_C(86400)

static void
add_number(GString *text, const char *name, int64_t number)
{
	g_string_append_printf(text, "%s\"%s\":%" G_GINT64_FORMAT,
	                       text->str[text->len - 1] == '{' ? "" : ",", name,
	                       number);
}

/* Drafts by state, and what became of those of the last day. */
static void
add_counts(GString *text, Store *store, int64_t now)
{
	DraftCounts counts;

	if (!drafts_count(store, now - DAY, &counts, NULL))
		return;
	add_number(text, "waiting_since", counts.oldest);
	add_number(text, "held", counts.held);
	g_string_append(text, ",\"drafts\":{");
	for (unsigned i = 0; i < DRAFT_STATE_N; i++)
		if (i != DRAFT_CLOSED)
			add_number(text, draft_state_name((DraftState)i),
			           counts.state[i]);
	g_string_append(text, "},\"last_day\":{");
	for (unsigned i = FATE_NONE + 1; i < FATE_N; i++)
		add_number(text, draft_fate_name((DraftFate)i), counts.fate[i]);
	g_string_append(text, "}");
}

bool
status_write(const char *path, const Status *status, Store *store)
{
	g_autoptr(GString) text = g_string_new("{");
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);
	int64_t now = clock_wall() / G_USEC_PER_SEC;

	add_number(text, "version", STATUS_VERSION);
	g_string_append_printf(text,
	                       ",\"program\":\"tact-drafter\","
	                       "\"release\":\"%s\",\"state\":\"%s\","
	                       "\"store\":\"%s\"",
	                       TACT_VERSION, status->state,
	                       status->store_failed ? "unavailable" : "good");
	add_number(text, "pid", getpid());
	add_number(text, "time", now);
	add_number(text, "since", status->started);
	add_number(text, "mailboxes", status->mailboxes);
	add_counts(text, store, now);
	g_string_append(text, "}\n");
	return g_file_set_contents_full(fresh, text->str, (gssize)text->len,
	                                G_FILE_SET_CONTENTS_NONE, 0644, NULL) &&
	       rename(fresh, path) == 0;
}
