/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include <glib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/state_file.h"

#define STATUS_VERSION 1

static void
add_processes(GString *text, const Status *status)
{
	g_string_append(text, ",\"processes\":{");
	state_file_add(text, "generation", status->generation);
	state_file_add(text, "filters", status->filters);
	state_file_add(text, "filters_set", status->filters_set);
	state_file_add(text, "analysers", status->analysers);
	state_file_add(text, "analysers_set", status->analysers_set);
	state_file_add(text, "keepers", status->keepers);
	state_file_add(text, "draining", status->draining);
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
	state_file_add(text, "since", atomic_load(&health->since) / 1000000);
	g_string_append(text, "}");
}

static void
add_counters(GString *text, const ScoreSlot *sum)
{
	g_string_append(text, ",\"counters\":{");
	for (unsigned i = 0; i < COUNTER_N; i++)
		state_file_add(text, counter_name(i), (int64_t)sum->counter[i]);
	g_string_append(text, "},\"status\":{");
	for (unsigned i = 0; i < FINDINGS_STATUS_N; i++)
		state_file_add(text, findings_status_name(i),
		               (int64_t)sum->status[i]);
	g_string_append(text, "},\"reasons\":{");
	for (unsigned i = REASON_NONE + 1; i < REASON_N; i++)
		state_file_add(text, findings_reason_name(i),
		               (int64_t)sum->reason[i]);
	g_string_append(text, "},\"eom_us\":{");
	state_file_add(text, "p50", score_quantile(sum, 0.5));
	state_file_add(text, "p95", score_quantile(sum, 0.95));
	state_file_add(text, "p99", score_quantile(sum, 0.99));
	state_file_add(text, "max", score_quantile(sum, 1.0));
	g_string_append(text, "}");
}

char *
status_format(const Status *status, Scoreboard *board)
{
	GString *text = g_string_new("{");
	g_autofree ScoreSlot *sum = g_new0(ScoreSlot, 1);

	scoreboard_sum(board, sum);
	state_file_add(text, "version", STATUS_VERSION);
	g_string_append_printf(
		text, ",\"program\":\"tact-milter\",\"release\":\"%s\"",
		TACT_VERSION);
	g_string_append_printf(text, ",\"state\":\"%s\"", status->state);
	state_file_add(text, "pid", getpid());
	state_file_add(text, "time", clock_wall() / 1000000);
	state_file_add(text, "started", status->started / 1000000);
	state_file_add(text, "loaded", status->loaded / 1000000);
	state_file_add(text, "sessions", sum->sessions);
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

	return state_file_write(path, text);
}
