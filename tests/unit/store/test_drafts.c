/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state machine of a draft, all of it: each operation in each state, and
 * what must hold whatever comes after what.
 */
#include <glib.h>
#include <string.h>

#include "draft_fixture.h"

#define PLACES 9 /* states, and CLOSED with a REMOVE to come */

typedef struct Operation {
	const DraftFixture *fixture;
	int64_t thread, id;
	int argument;
} Operation;

typedef DraftMove Do(const Operation *operation);

typedef struct Begun {
	Store *store;
	StoreTxn *txn;
} Begun;

static Begun
begin(Store *store)
{
	g_autoptr(GError) error = NULL;
	Begun begun = { store, store_begin(store, &error) };

	g_assert_no_error(error);
	return begun;
}

static DraftMove
end(const Begun *begun, bool good, DraftMove move, GError *error)
{
	g_autoptr(GError) failure = NULL;

	g_assert_no_error(error);
	g_assert_true(good);
	g_assert_true(store_commit(begun->txn, &failure));
	g_assert_no_error(failure);
	store_end(begun->txn);
	return move;
}

static DraftMove
do_write(const Operation *o)
{
	g_autoptr(GBytes) text = g_bytes_new_static("draft", 5);
	const DraftWritten written = { .text = text,
		                       .language = LANGUAGE_SV,
		                       .engine = "template",
		                       .modules = "greeting/a answer/b",
		                       .articles = "login",
		                       .checks = "",
		                       .reason = "llm-timeout",
		                       .keep = o->argument != 0,
		                       .at = DRAFT_NOW + 1 };
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_write(begun.store, o->id, &written, &move, &error);

	return end(&begun, good, move, error);
}

static DraftMove
do_delivering(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_delivering(begun.store, o->id, &move, &error);

	return end(&begun, good, move, error);
}

static DraftMove
do_delivered(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_delivered(begun.store, o->id, "Drafts;uid=7",
	                             DRAFT_NOW + 2, &move, &error);

	return end(&begun, good, move, error);
}

static DraftMove
do_fail(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_fail(begun.store, o->id, "imap-timeout",
	                        o->argument != 0 ? DRAFT_NOW + 60 : 0, &move,
	                        &error);

	return end(&begun, good, move, error);
}

static DraftMove
do_removed(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_removed(begun.store, o->id, &move, &error);

	return end(&begun, good, move, error);
}

static DraftMove
close_as(const Operation *o, bool gone)
{
	const DraftEnd draft_end = { .fate = (DraftFate)o->argument,
		                     .distance = 120,
		                     .at = DRAFT_NOW + 3,
		                     .gone = gone };
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_close(begun.store, o->id, &draft_end, &move, &error);

	return end(&begun, good, move, error);
}

static DraftMove
do_close(const Operation *o)
{
	return close_as(o, false);
}

static DraftMove
do_close_gone(const Operation *o)
{
	return close_as(o, true);
}

static DraftMove
do_decide(const Operation *o)
{
	g_autoptr(GBytes) text = g_bytes_new_static("edited", 6);
	const DraftDecide decide = { .decision = (DraftDecision)o->argument,
		                     .id = o->id,
		                     .text = text,
		                     .distance = -1,
		                     .at = DRAFT_NOW + 4 };
	Begun begun = begin(o->fixture->admin);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_decide(begun.store, o->fixture->base->keys, &decide,
	                          &move, &error);

	return end(&begun, good, move, error);
}

/* Those below are told by what they change: they move whatever there is. */
static DraftMove
do_supersede(const Operation *o)
{
	Begun begun = begin(o->fixture->base->store);
	g_autoptr(GError) error = NULL;
	bool good =
		drafts_supersede(begun.store, o->thread, DRAFT_NOW + 5, &error);

	return end(&begun, good, DRAFT_MOVED, error);
}

static DraftMove
do_reset(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool good = drafts_reset(begun.store, DRAFT_NOW + 6, &n, &error);

	return end(&begun, good, n > 0 ? DRAFT_MOVED : DRAFT_REFUSED, error);
}

static DraftMove
do_expire(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool good = drafts_expire(begun.store, DRAFT_NOW, DRAFT_NOW + 7, &n,
	                          &error);

	return end(&begun, good, n > 0 ? DRAFT_MOVED : DRAFT_REFUSED, error);
}

static DraftMove
do_claim(const Operation *o)
{
	Begun begun = begin(o->fixture->drafter);
	g_auto(DraftTask) task = { 0 };
	g_autoptr(GError) error = NULL;
	bool good = drafts_claim(begun.store, DRAFT_NOW + 100, &task, &error);

	return end(&begun, good,
	           task.kind != DRAFT_TASK_NONE ? DRAFT_MOVED : DRAFT_REFUSED,
	           error);
}

/* In the order of DraftState: Queued Working Drafted Inbound(delivering)
 * deliVered Ready Stuck Closed, and X for closed with a REMOVE to come. A
 * letter is where it leads, '-' a refusal; 'x' is one that leads to X. */
static const char letters[] = "QWDIVRSCX";

static const struct row {
	const char *name;
	Do *run;
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
check_cell(const struct row *row, int from)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Operation operation = { .fixture = fixture,
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

	g_assert_cmpuint(strlen(row->leads), ==, PLACES);
	for (int from = 0; from < PLACES; from++)
		check_cell(row, from);
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

/* Whatever comes after whatever. */
static void
test_random_walks(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	Operation operation = { .fixture = fixture };
	int moved = 0;

	store_fixture_quick(fixture->base->store);
	store_fixture_quick(fixture->drafter);
	store_fixture_quick(fixture->admin);
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

/* A whole life, and what is told of it. */
static void
see_row(const DraftRow *row, void *data)
{
	DraftRow *copy = data;

	*copy = *row;
	copy->public_id = g_intern_string(row->public_id);
	copy->mailbox = g_intern_string(row->mailbox);
	copy->modules = g_intern_string(row->modules);
	copy->reason = g_intern_string(row->reason);
	copy->fault = g_intern_string(row->fault);
	copy->place = g_intern_string(row->place);
	copy->facts = g_intern_string(row->facts);
}

static void
claim(const DraftFixture *fixture, int64_t now, DraftTask *task)
{
	Begun begun = begin(fixture->drafter);
	g_autoptr(GError) error = NULL;
	bool good;

	draft_task_clear(task);
	good = drafts_claim(begun.store, now, task, &error);
	end(&begun, good, DRAFT_MOVED, error);
}

static void
live_write(const Operation *o, const DraftRequest *request)
{
	g_auto(DraftTask) task = { 0 };
	g_auto(DraftTexts) texts = { 0 };

	claim(o->fixture, DRAFT_NOW, &task);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_COMPOSE);
	g_assert_cmpint(task.id, ==, o->id);
	g_assert_cmpstr(task.public_id, ==, "abcdefghijklmnop");
	g_assert_cmpstr(task.mailbox, ==, "support@site.example");
	g_assert_cmpint(task.language, ==, LANGUAGE_DA);
	g_assert_cmpstr(task.facts, ==, request->facts);
	g_assert_cmpuint(task.flags, ==, DRAFT_PROVEN);
	g_assert_cmpint(task.attempts, ==, 1);
	g_assert_true(g_bytes_equal(task.material, request->material));
	g_assert_null(task.text);
	g_assert_cmpint(do_write(o), ==, DRAFT_MOVED);
	g_assert_true(drafts_texts(o->fixture->admin, o->id, &texts, NULL));
	g_assert_cmpuint(g_bytes_get_size(texts.text), ==, 5);
}

/* It fails once, and may be there. */
static void
live_deliver(Operation *o)
{
	g_auto(DraftTask) task = { 0 };
	DraftRow row = { 0 };

	g_assert_cmpint(do_delivering(o), ==, DRAFT_MOVED);
	o->argument = 1;
	g_assert_cmpint(do_fail(o), ==, DRAFT_MOVED);
	g_assert_true(
		drafts_by_thread(o->fixture->admin, 3, see_row, &row, NULL));
	g_assert_cmpstr(row.fault, ==, "imap-timeout");
	g_assert_cmpstr(row.reason, ==, "llm-timeout");
	g_assert_cmpint(row.state, ==, DRAFT_DRAFTED);
	g_assert_cmpint(row.language, ==, LANGUAGE_SV);
	claim(o->fixture, DRAFT_NOW + 59, &task);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_NONE);
	claim(o->fixture, DRAFT_NOW + 60, &task);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_DELIVER);
	g_assert_true(task.perhaps_there);
	g_assert_nonnull(task.text);
	g_assert_cmpint(do_delivering(o), ==, DRAFT_MOVED);
	g_assert_cmpint(do_delivered(o), ==, DRAFT_MOVED);
}

static void
live_end(Operation *o)
{
	g_auto(DraftTask) task = { 0 };
	g_autoptr(GError) error = NULL;
	Store *admin = o->fixture->admin;
	DraftRow row = { 0 };

	o->argument = FATE_SENT_EDITED;
	g_assert_cmpint(do_close(o), ==, DRAFT_MOVED);
	g_assert_false(drafts_by_thread(admin, 3, see_row, &row, &error));
	g_assert_no_error(error);
	g_assert_true(drafts_last_of_thread(admin, 3, see_row, &row, &error));
	g_assert_cmpint(row.fate, ==, FATE_SENT_EDITED);
	g_assert_cmpint(row.distance, ==, 120);
	g_assert_cmpstr(row.place, ==, "Drafts;uid=7");
	g_assert_cmpstr(row.fault, ==, "");
	g_assert_cmpint(row.closed_at, ==, DRAFT_NOW + 3);
	claim(o->fixture, DRAFT_NOW + 60, &task);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_REMOVE);
	g_assert_cmpstr(task.place, ==, "Drafts;uid=7");
	g_assert_null(task.material);
	g_assert_cmpint(do_removed(o), ==, DRAFT_MOVED);
	g_assert_cmpint(do_claim(o), ==, DRAFT_REFUSED);
}

static void
test_life(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 3);
	Operation o = { .fixture = fixture, .thread = 3 };

	request.public_id = "abcdefghijklmnop";
	o.id = draft_enqueue(fixture, &request);
	live_write(&o, &request);
	live_deliver(&o);
	live_end(&o);
}

/* Lists hold ids and nothing of a mail, whatever they are given. */
static void
test_lists(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GBytes) text = g_bytes_new_static("draft", 5);
	g_autoptr(GString) many = g_string_new(NULL);
	DraftWritten written = { .text = text,
		                 .engine = "template",
		                 .modules = "greeting/Anna <anna@x.example>",
		                 .checks = "",
		                 .reason = "",
		                 .at = DRAFT_NOW };
	int64_t id = draft_bring(fixture, 1, DRAFT_WORKING);
	Begun begun = begin(fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftRow row = { 0 };
	DraftMove move;

	bool good;

	while (many->len < (gsize)2 * DRAFT_LIST_MAX)
		g_string_append(many, "article-77 ");
	written.articles = many->str;
	good = drafts_write(begun.store, id, &written, &move, &error);
	end(&begun, good, move, error);
	g_assert_true(drafts_by_thread(fixture->admin, 1, see_row, &row, NULL));
	g_assert_cmpstr(row.modules, ==, "greeting/_nna _anna_x.example_");
	g_assert_cmpint(draft_ask(fixture,
	                          "SELECT length(articles) <= 2000 AND "
	                          "articles LIKE '% article-77' FROM draft"),
	                ==, 1);
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
	g_test_add_func("/drafts/random-walks", test_random_walks);
	g_test_add_func("/drafts/life", test_life);
	g_test_add_func("/drafts/lists", test_lists);
	return g_test_run();
}
