/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state machine of a draft, all of it: each operation in each state, and
 * what must hold whatever comes after what.
 */
#include <glib.h>
#include <string.h>

#include "draft_moves.h"

#define PLACES 9 /* states, and CLOSED with a REMOVE to come */

/* In the order of DraftState: Queued Working Drafted Inbound(delivering)
 * deliVered Ready Stuck Closed, and X for closed with a REMOVE to come. A
 * letter is where it leads, '-' a refusal; 'x' is one that leads to X. */
static const char letters[] = "QWDIVRSCX";

static const struct row {
	const char *name;
	DraftDo *run;
	int argument;
	const char *leads;
} rows[] = {
	/*                                     QWDIVRSCX */
	{ "claim", do_claim, 0, "W-D-----X" },
	{ "write", do_write, 0, "-D-------" },
	{ "write-keep", do_write, 1, "-R-------" },
	{ "delivering", do_delivering, 0, "--I------" },
	{ "delivered", do_delivered, 0, "---V---x-" },
	{ "fail-later", do_fail, 1, "-QDD----X" },
	{ "fail-for-good", do_fail, 0, "-SSS----C" },
	{ "removed", do_removed, 0, "--------C" },
	{ "close/live", do_close, FATE_NONE, "---------" },
	{ "close/as-is", do_close, FATE_SENT_AS_IS, "---XXCC--" },
	{ "close/edited", do_close, FATE_SENT_EDITED, "---XXCC--" },
	{ "close/rewritten", do_close, FATE_REWRITTEN, "---XXCC--" },
	{ "close/discarded", do_close, FATE_DISCARDED, "----X----" },
	{ "close/superseded", do_close, FATE_SUPERSEDED, "CCCXXCC--" },
	{ "close/expired", do_close, FATE_EXPIRED, "CCCXXCC--" },
	{ "close/rejected", do_close, FATE_REJECTED, "C-C-XCC--" },
	{ "close/failed", do_close, FATE_FAILED, "CCCX--C--" },
	{ "close/overtaken", do_close, FATE_OVERTAKEN, "CCCX-CC--" },
	{ "close/held-out", do_close, FATE_HELD_OUT, "---------" },
	{ "close/gone", do_close_gone, FATE_SUPERSEDED, "CCCCCCC--" },
	{ "approve", do_decide, DECIDE_APPROVE, "-----DD--" },
	{ "reject", do_decide, DECIDE_REJECT, "C-C-XCC--" },
	{ "retry", do_decide, DECIDE_RETRY, "-----QD--" },
	{ "edit", do_decide, DECIDE_EDIT, "-----RS--" },
	{ "send", do_decide, DECIDE_SEND, "-----CC--" },
	{ "supersede", do_supersede, 0, "CCCXXCC--" },
	{ "reset", do_reset, 0, "-Q-D-----" },
	{ "expire", do_expire, 0, "CCCXXCC--" },
};

/* What must hold of all rows, always. */
static void
check_invariants(const DraftFixture *fixture)
{
	static const char *const none[] = {
		/* one live draft a thread */
		"SELECT count(*) FROM (SELECT 1 FROM draft WHERE fate = 0"
		" GROUP BY thread HAVING count(*) > 1)",
		/* a live one has its Material, one that ended no text */
		"SELECT count(*) FROM draft d LEFT JOIN draft_text t"
		" ON t.draft = d.id WHERE (d.fate = 0) <> (t.draft IS NOT NULL)"
		" AND d.mail <> 0",
		/* what the drafter is to look at, and nothing else, is due */
		"SELECT count(*) FROM draft WHERE"
		" (state IN (0, 2)) <> (next_at IS NOT NULL) AND state <> 7",
		/* what is shown to a human has a text */
		"SELECT count(*) FROM draft d JOIN draft_text t"
		" ON t.draft = d.id WHERE d.state IN (2, 3, 4, 5)"
		" AND t.text IS NULL",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
		if (draft_ask(fixture, none[i]) != 0)
			g_error("does not hold: %s", none[i]);
}

static void
check_cell(const DraftFixture *fixture, const struct row *row, int from)
{
	DraftOperation operation = { .fixture = fixture,
		                     .thread = 5,
		                     .argument = row->argument };
	char wanted = row->leads[from];
	DraftMove move;
	int to;

	operation.id = draft_bring(fixture, 5, from);
	g_assert_cmpint(draft_state_of(fixture, operation.id), ==, from);
	move = row->run(&operation);
	to = draft_state_of(fixture, operation.id);
	g_test_message("%s of %c: %s, now %c", row->name, letters[from],
	               move == DRAFT_MOVED ? "moved" : "refused", letters[to]);
	if (row->run != do_supersede)
		g_assert_true((move == DRAFT_MOVED) ==
		              (g_ascii_isupper(wanted) != 0));
	g_assert_cmpint(letters[to], ==,
	                wanted == '-' ? letters[from]
	                              : g_ascii_toupper(wanted));
	check_invariants(fixture);
}

static void
test_cell_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	g_assert_cmpuint(strlen(row->leads), ==, PLACES);
	for (int from = 0; from < PLACES; from++) {
		check_cell(fixture, row, from);
		store_fixture_run(fixture->admin, "DELETE FROM draft_text;"
		                                  "DELETE FROM draft");
	}
}

/* The function that others ask says what the statements do. */
static void
test_may_close(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].run != do_close)
			continue;
		for (int s = 0; s < DRAFT_STATE_N; s++)
			g_assert_true(
				drafts_may_close((DraftState)s,
			                         (DraftFate)rows[i].argument) ==
				(rows[i].leads[s] != '-'));
	}
}

/* One that waits for its next try, as for a password to be mended, has it at
 * once when it is told to. */
static void
test_retry_waiting(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftOperation operation = { .fixture = fixture,
		                     .thread = 5,
		                     .argument = 1 };

	operation.id = draft_bring(fixture, 5, DRAFT_DELIVERING);
	g_assert_cmpint(do_fail(&operation), ==, DRAFT_MOVED);
	g_assert_cmpint(draft_ask(fixture, "SELECT next_at FROM draft"), ==,
	                DRAFT_NOW + 60);
	operation.argument = DECIDE_RETRY;
	g_assert_cmpint(do_decide(&operation), ==, DRAFT_MOVED);
	g_assert_cmpint(draft_state_of(fixture, operation.id), ==,
	                DRAFT_DRAFTED);
	g_assert_cmpint(draft_ask(fixture, "SELECT next_at FROM draft"), <,
	                DRAFT_NOW + 60);
	check_invariants(fixture);
}

/* Of those that `which` names, and no other, so many are told as held. */
static void
assert_held(const DraftFixture *fixture, const char *which, int64_t wanted)
{
	g_autofree char *hold = g_strconcat(
		"UPDATE draft SET fault = CASE WHEN ", which,
		" THEN '" DRAFT_FAULT_SETUP "' ELSE 'delivery' END", NULL);
	DraftCounts counts;

	store_fixture_run(fixture->admin, hold);
	g_assert_true(drafts_count(fixture->admin, 0, &counts, NULL));
	g_assert_cmpint(counts.held, ==, wanted);
}

static void
test_held(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	draft_bring(fixture, 1, DRAFT_DRAFTED);
	draft_bring(fixture, 2, DRAFT_STUCK);
	draft_bring(fixture, 3, DRAFT_CLOSED);
	assert_held(fixture, "0", 0);
	assert_held(fixture, "thread < 3", 1);
	/* Nobody tries one that is stuck again. */
	assert_held(fixture, "thread = 2", 0);
	assert_held(fixture, "thread = 3", 0);
}

/* Whatever comes after whatever. */
static void
test_random_walks(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	DraftOperation operation = { .fixture = fixture };
	int moved = 0;

	for (int i = 0; i < 4000; i++) {
		const struct row *row =
			&rows[g_rand_int_range(rand, 0, G_N_ELEMENTS(rows))];
		int64_t last = draft_ask(
			fixture, "SELECT coalesce(max(id), 0) FROM draft");

		operation.thread = g_rand_int_range(rand, 1, 6);
		operation.id = last - g_rand_int_range(rand, 0, 8);
		operation.argument = row->argument;
		if (i % 6 == 0) {
			const DraftRequest request =
				draft_request(fixture, operation.thread);

			draft_enqueue(fixture, &request);
		}
		moved += row->run(&operation) == DRAFT_MOVED;
		check_invariants(fixture);
	}
	g_test_message("%d of 4000 moved", moved);
	g_assert_cmpint(moved, >, 400);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strconcat("/drafts/moves/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_cell_row);
	}
	g_test_add_func("/drafts/may-close", test_may_close);
	g_test_add_func("/drafts/retry-waiting", test_retry_waiting);
	g_test_add_func("/drafts/held", test_held);
	g_test_add_func("/drafts/random-walks", test_random_walks);
	return g_test_run();
}
