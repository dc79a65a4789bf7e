/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <jansson.h>

#include "scoreboard.h"
#include "status.h"

static void
test_sum(void)
{
	Scoreboard *board = scoreboard_new();
	g_autofree ScoreSlot *sum = g_new0(ScoreSlot, 1);
	ScoreSlot *a = scoreboard_take(board);
	ScoreSlot *b = scoreboard_take(board);

	g_assert_true(a != NULL && b != NULL && a != b);
	score_count(a, COUNTER_mails);
	score_count(b, COUNTER_mails);
	atomic_store(&a->sessions, 3);
	atomic_store(&b->sessions, 4);
	g_assert_cmpint(scoreboard_sessions(board), ==, 7);
	scoreboard_retire(board, a);
	scoreboard_sum(board, sum);
	g_assert_cmpuint(sum->counter[COUNTER_mails], ==, 2);
	g_assert_cmpint(sum->sessions, ==, 4);
	g_assert_true(scoreboard_take(board) == a);
	g_assert_cmpuint(a->counter[COUNTER_mails], ==, 0);
}

static void
test_slots_end(void)
{
	Scoreboard *board = scoreboard_new();

	for (int i = 0; i < SCORE_SLOTS; i++)
		g_assert_nonnull(scoreboard_take(board));
	g_assert_null(scoreboard_take(board));
	scoreboard_retire(board, NULL);
}

static void
test_quantiles(void)
{
	g_autofree ScoreSlot *slot = g_new0(ScoreSlot, 1);

	g_assert_cmpint(score_quantile(slot, 0.5), ==, 0);
	for (int i = 0; i < 99; i++)
		score_latency(slot, 900);
	score_latency(slot, 1000000);
	g_assert_cmpint(score_quantile(slot, 0.5), ==, 1024);
	g_assert_cmpint(score_quantile(slot, 0.99), ==, 1024);
	g_assert_cmpint(score_quantile(slot, 1.0), ==, 1048576);
	score_latency(slot, INT64_MAX);
	score_latency(slot, -5);
}

static void
test_status_is_json(void)
{
	Scoreboard *board = scoreboard_new();
	Status status = { .state = "running", .filters = 4 };
	g_autofree char *text = NULL;
	json_error_t problem;
	json_t *json;
	json_t *counters;

	score_count(&board->past, COUNTER_mails_tagged);
	text = status_format(&status, board);
	json = json_loads(text, 0, &problem);
	g_assert_nonnull(json);
	counters = json_object_get(json, "counters");
	g_assert_cmpint(
		json_integer_value(json_object_get(counters, "mails_tagged")),
		==, 1);
	g_assert_cmpint(json_object_size(counters), ==, COUNTER_N);
	g_assert_cmpint(json_object_size(json_object_get(json, "reasons")), ==,
	                REASON_N - 1);
	json_decref(json);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scoreboard/sum", test_sum);
	g_test_add_func("/scoreboard/slots-end", test_slots_end);
	g_test_add_func("/scoreboard/quantiles", test_quantiles);
	g_test_add_func("/scoreboard/status-is-json", test_status_is_json);
	return g_test_run();
}
