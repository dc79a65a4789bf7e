/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers and fixed words only, so the JSON is written by hand: nothing in it
 * needs escaping, and nothing of a mail is in it.
 */
#include "status.h"

#include <glib.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

#define STATUS_VERSION 1

static void
add_number(GString *text, const char *name, int64_t number)
{
	g_string_append_printf(text, "%s\"%s\":%" G_GINT64_FORMAT,
	                       text->str[text->len - 1] == '{' ? "" : ",", name,
	                       number);
}

static void
add_processes(GString *text, const Status *status)
{
	g_string_append(text, ",\"processes\":{");
	add_number(text, "generation", status->generation);
	add_number(text, "filters", status->filters);
	add_number(text, "filters_set", status->filters_set);
	add_number(text, "analysers", status->analysers);
	add_number(text, "analysers_set", status->analysers_set);
	add_number(text, "keepers", status->keepers);
	add_number(text, "draining", status->draining);
	g_string_append(text, "}");
}

static void
add_store(GString *text, StoreHealth *health)
{
	bool used = atomic_load(&health->used) != 0;
	HealthCause cause = (HealthCause)atomic_load(&health->cause);

	g_string_append_printf(text,
	                       ",\"store\":{\"state\":\"%s\","
	                       "\"cause\":\"%s\"",
	                       !used                  ? "none"
	                       : cause == HEALTH_GOOD ? "good"
	                                              : "unavailable",
	                       cause == HEALTH_GOOD ? ""
	                                            : health_cause_name(cause));
	add_number(text, "since", atomic_load(&health->since) / 1000000);
	g_string_append(text, "}");
}

static void
add_counters(GString *text, const ScoreSlot *sum)
{
	g_string_append(text, ",\"counters\":{");
	for (unsigned i = 0; i < COUNTER_N; i++)
		add_number(text, counter_name(i), (int64_t)sum->counter[i]);
	g_string_append(text, "},\"status\":{");
	for (unsigned i = 0; i < FINDINGS_STATUS_N; i++)
		add_number(text, findings_status_name(i),
		           (int64_t)sum->status[i]);
	g_string_append(text, "},\"reasons\":{");
	for (unsigned i = REASON_NONE + 1; i < REASON_N; i++)
		add_number(text, findings_reason_name(i),
		           (int64_t)sum->reason[i]);
	g_string_append(text, "},\"eom_us\":{");
	add_number(text, "p50", score_quantile(sum, 0.5));
	add_number(text, "p95", score_quantile(sum, 0.95));
	add_number(text, "p99", score_quantile(sum, 0.99));
	add_number(text, "max", score_quantile(sum, 1.0));
	g_string_append(text, "}");
}

char *
status_format(const Status *status, Scoreboard *board)
{
	GString *text = g_string_new("{");
	g_autofree ScoreSlot *sum = g_new0(ScoreSlot, 1);

	scoreboard_sum(board, sum);
	add_number(text, "version", STATUS_VERSION);
	g_string_append_printf(
		text, ",\"program\":\"tact-milter\",\"release\":\"%s\"",
		TACT_VERSION);
	g_string_append_printf(text, ",\"state\":\"%s\"", status->state);
	add_number(text, "pid", getpid());
	add_number(text, "time", clock_wall() / 1000000);
	add_number(text, "started", status->started / 1000000);
	add_number(text, "loaded", status->loaded / 1000000);
	add_number(text, "sessions", sum->sessions);
	add_processes(text, status);
	add_store(text, &board->health);
	add_counters(text, sum);
	g_string_append(text, "}\n");
	return g_string_free(text, FALSE);
}

bool
status_write(const char *path, const Status *status, Scoreboard *board)
{
	g_autofree char *text = status_format(status, board);
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);

	/* Readable for monitoring; there is nothing of a mail in it. */
	return g_file_set_contents_full(fresh, text, -1,
	                                G_FILE_SET_CONTENTS_NONE, 0644, NULL) &&
	       rename(fresh, path) == 0;
}
