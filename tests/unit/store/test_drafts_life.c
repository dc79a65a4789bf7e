/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One draft from its mail to its end, and what is told of it on the way; what
 * the keeper enqueues and what it refuses.
 */
#include <glib.h>
#include <string.h>

#include "draft_moves.h"

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
	DraftBegun begun = draft_begin(fixture->drafter);
	g_autoptr(GError) error = NULL;
	bool good;

	draft_task_clear(task);
	good = drafts_claim(begun.store, now, task, &error);
	draft_end(&begun, good, DRAFT_MOVED, error);
}

static void
live_write(const DraftOperation *o, const DraftRequest *request)
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
live_deliver(DraftOperation *o)
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
live_end(DraftOperation *o)
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
	DraftOperation o = { .fixture = fixture, .thread = 3 };

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
	DraftBegun begun = draft_begin(fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftRow row = { 0 };
	DraftMove move;

	bool good;

	while (many->len < (gsize)2 * DRAFT_LIST_MAX)
		g_string_append(many, "article-77 ");
	written.articles = many->str;
	good = drafts_write(begun.store, id, &written, &move, &error);
	draft_end(&begun, good, move, error);
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
	g_test_add_func("/drafts-life/life", test_life);
	g_test_add_func("/drafts-life/lists", test_lists);
	return g_test_run();
}
