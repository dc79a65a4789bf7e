/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include <glib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/state_file.h"
#include "store/drafts.h"

#define STATUS_VERSION 1
#define DAY INT64_C(86400)

/* Drafts by state, and what became of those of the last day. */
static void
add_counts(GString *text, Store *store, int64_t now)
{
	DraftCounts counts;

	if (!drafts_count(store, now - DAY, &counts, NULL))
		return;
	state_file_add(text, "waiting_since", counts.oldest);
	state_file_add(text, "held", counts.held);
	g_string_append(text, ",\"drafts\":{");
	for (unsigned i = 0; i < DRAFT_STATE_N; i++)
		if (i != DRAFT_CLOSED)
			state_file_add(text, draft_state_name((DraftState)i),
			               counts.state[i]);
	g_string_append(text, "},\"last_day\":{");
	for (unsigned i = FATE_NONE + 1; i < FATE_N; i++)
		state_file_add(text, draft_fate_name((DraftFate)i),
		               counts.fate[i]);
	g_string_append(text, "}");
}

bool
status_write(const char *path, const Status *status, Store *store)
{
	g_autoptr(GString) text = g_string_new("{");
	int64_t now = clock_wall() / G_USEC_PER_SEC;

	state_file_add(text, "version", STATUS_VERSION);
	g_string_append_printf(text,
	                       ",\"program\":\"tact-drafter\","
	                       "\"release\":\"%s\",\"state\":\"%s\","
	                       "\"store\":\"%s\"",
	                       TACT_VERSION, status->state,
	                       status->store_failed ? "unavailable" : "good");
	state_file_add(text, "pid", getpid());
	state_file_add(text, "time", now);
	state_file_add(text, "since", status->started);
	state_file_add(text, "mailboxes", status->mailboxes);
	add_counts(text, store, now);
	g_string_append(text, "}\n");
	return state_file_write(path, text->str);
}
