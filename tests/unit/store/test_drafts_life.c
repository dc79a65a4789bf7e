/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One draft from its mail to its end, and what is told of it on the way; what
 * the keeper enqueues and what it refuses.
 */
#include <glib.h>
#include <string.h>

#include "../../../milter/store/db_private.h"
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

static DraftEnqueued
try_enqueue(const DraftFixture *fixture, DraftRequest *request)
{
	static int n = 0;
	g_autofree char *id = g_strdup_printf("aaaaaaaaaaaa%04d", n++);
	DraftBegun begun = draft_begin(fixture->base->store);
	g_autoptr(GError) error = NULL;
	DraftEnqueued enqueued;
	bool good;

	request->public_id = id;
	good = drafts_enqueue(begun.store, request, &enqueued, &error);
	draft_end(&begun, good, DRAFT_MOVED, error);
	return enqueued;
}

/* Which of the three bounds holds, and how many drafts it lets in. */
static const struct quota_row {
	const char *name;
	DraftQuota quota;
	bool same_writer, same_domain, same_customer;
	int drafts; /* of 10 */
} quota_rows[] = {
	{ "none", { 0 }, true, true, true, 10 },
	{ "writer", { .writer = 3 }, true, false, false, 3 },
	{ "customer's-writer", { .writer = 3 }, true, false, true, 3 },
	{ "writers", { .writer = 3 }, false, true, true, 10 },
	{ "customer", { .customer = 4 }, false, false, true, 4 },
	{ "customers", { .customer = 4 }, true, true, false, 10 },
	{ "domain", { .domain = 5 }, false, true, false, 5 },
	{ "domains", { .domain = 5 }, true, false, true, 10 },
	{ "the-least", { 6, 2, 9 }, true, true, true, 2 },
};

static void
test_quota(const void *data)
{
	const struct quota_row *row = data;
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	int n = 0;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0)");
	for (int i = 0; i < 10; i++) {
		DraftRequest request = draft_request(fixture, i + 1);
		Pseudonym domain = { { (uint8_t)(row->same_domain ? 1 : i) } };

		if (!row->same_writer)
			request.writer.bytes[0] = (uint8_t)i;
		request.domain = &domain;
		request.customer = row->same_customer ? 1 : 0;
		request.quota = row->quota;
		request.at = DRAFT_NOW + i;
		n += try_enqueue(fixture, &request) == DRAFT_ENQUEUED;
	}
	g_assert_cmpint(n, ==, row->drafts);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"), ==,
	                n);
}

/* A day later there is room again; and over quota nothing is superseded. */
static void
test_quota_day(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 1);

	request.quota.writer = 1;
	g_assert_cmpint(try_enqueue(fixture, &request), ==, DRAFT_ENQUEUED);
	request.at = DRAFT_NOW + 86399;
	g_assert_cmpint(try_enqueue(fixture, &request), ==, DRAFT_OVER_QUOTA);
	g_assert_cmpint(
		draft_ask(fixture, "SELECT count(*) FROM draft WHERE fate = 0"),
		==, 1);
	request.at = DRAFT_NOW + 86400;
	g_assert_cmpint(try_enqueue(fixture, &request), ==, DRAFT_ENQUEUED);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft WHERE"
	                                   " fate = 5 AND next_at IS NULL"),
	                ==, 1);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 1);
}

static void
test_hold_out(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 1);
	int held = 0;

	for (int64_t thread = 1; thread <= 20000; thread++) {
		g_assert_false(drafts_is_held_out(thread, 0));
		g_assert_true(drafts_is_held_out(thread, 100));
		held += drafts_is_held_out(thread, 10);
		/* Who is held out of few is held out of more. */
		if (drafts_is_held_out(thread, 10))
			g_assert_true(drafts_is_held_out(thread, 11));
	}
	g_assert_cmpint(held, >, 1800);
	g_assert_cmpint(held, <, 2200);
	request.hold_out = 100;
	g_assert_cmpint(try_enqueue(fixture, &request), ==, DRAFT_HELD_OUT);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft WHERE"
	                                   " state = 7 AND fate = 10 AND"
	                                   " next_at IS NULL"),
	                ==, 1);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 0);
}

/* RELIABILITY L-11: no drafter for a long time. What waits is bounded, and it
 * is the oldest that goes. */
static void
test_bounded(void)
{
	static const char many[] =
		"PRAGMA foreign_keys = OFF;"
		"UPDATE draft SET id = 10000 WHERE thread = 2;"
		"UPDATE draft_text SET draft = 10000 WHERE draft = 2;"
		"PRAGMA foreign_keys = ON";
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 1);

	try_enqueue(fixture, &request);
	for (int i = 2; i < 5; i++) {
		request = draft_request(fixture, i);
		request.at = DRAFT_NOW + i;
		try_enqueue(fixture, &request);
		/* Thousands came between. */
		if (i == 2)
			store_fixture_run(fixture->admin, many);
	}
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"
	                                   " WHERE fate = 0"),
	                ==, 3);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft WHERE"
	                                   " fate = 6 AND thread = 1"
	                                   " AND next_at IS NULL"),
	                ==, 1);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 3);
}

/* The schema itself: no statement of whomever makes a second live one. */
static void
test_one_live(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GError) error = NULL;

	draft_bring(fixture, 1, DRAFT_READY);
	g_assert_cmpint(
		sqlite3_exec(fixture->admin->db,
	                     "INSERT INTO draft (public_id, mail,"
	                     " thread, mailbox, state, fate, next_at,"
	                     " created_at, language, contact, flags, facts)"
	                     " VALUES ('x', 2, 1, 7, 0, 0, 1, 0, 'da', 1, 0,"
	                     " '')",
	                     NULL, NULL, NULL),
		==, SQLITE_CONSTRAINT_UNIQUE);
	g_assert_cmpint(sqlite3_exec(fixture->admin->db,
	                             "UPDATE draft SET state = 7", NULL, NULL,
	                             NULL),
	                ==, SQLITE_CONSTRAINT_CHECK);
}

/* Whose data are restricted waits, and is not ended by age either. */
static void
test_restricted(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 1);
	DraftOperation o = { .fixture = fixture, .thread = 1 };
	g_autoptr(GError) error = NULL;
	int64_t due = -1;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, restricted)"
	                  " VALUES (1, 0, 1)");
	request.customer = 1;
	g_assert_cmpint(try_enqueue(fixture, &request), ==, DRAFT_ENQUEUED);
	g_assert_cmpint(do_claim(&o), ==, DRAFT_REFUSED);
	g_assert_cmpint(do_expire(&o), ==, DRAFT_REFUSED);
	g_assert_true(drafts_next_due(fixture->drafter, &due, &error));
	g_assert_cmpint(due, ==, 0);
	store_fixture_run(fixture->admin, "UPDATE customer SET restricted = 0");
	g_assert_true(drafts_next_due(fixture->drafter, &due, &error));
	g_assert_cmpint(due, ==, DRAFT_NOW);
	g_assert_cmpint(do_claim(&o), ==, DRAFT_MOVED);
}

/* What was asked before a consent was withdrawn is not used after; what lies
 * in a folder is still removed there. */
static void
test_withdrawn(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftOperation o = { .fixture = fixture, .thread = 1 };
	g_autoptr(GError) error = NULL;
	int64_t due = -1;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, consent)"
	                  " VALUES (1, 0, 1)");
	o.id = draft_bring(fixture, 1, DRAFT_QUEUED);
	store_fixture_run(fixture->admin, "UPDATE draft SET customer = 1");
	g_assert_cmpint(do_claim(&o), ==, DRAFT_REFUSED);
	g_assert_true(drafts_next_due(fixture->drafter, &due, &error));
	g_assert_cmpint(due, ==, 0);
	g_assert_cmpint(do_expire(&o), ==, DRAFT_MOVED);
	draft_bring(fixture, 2, DRAFT_CLOSED_REMOVE);
	store_fixture_run(fixture->admin, "UPDATE draft SET customer = 1");
	g_assert_cmpint(do_claim(&o), ==, DRAFT_MOVED);
}

static void
count_row(const DraftRow *row, void *data)
{
	(void)row;
	(*(int *)data)++;
}

static int
count_each(const DraftFixture *fixture, const DraftFilter *filter)
{
	g_autoptr(GError) error = NULL;
	int n = 0;

	g_assert_true(
		drafts_each(fixture->admin, filter, count_row, &n, &error));
	g_assert_no_error(error);
	return n;
}

static void
test_find(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	static const char *const ids[] = { "abcdaaaaaaaaaaaa",
		                           "abcdbbbbbbbbbbbb" };
	Store *admin = fixture->admin;
	DraftRow row = { 0 };
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 2; i++) {
		DraftRequest request = draft_request(fixture, i + 1);

		request.public_id = ids[i];
		draft_enqueue(fixture, &request);
	}
	draft_bring(fixture, 3, DRAFT_READY);
	draft_bring(fixture, 4, DRAFT_CLOSED);
	g_assert_true(drafts_find(admin, "abcdb", see_row, &row, &error));
	g_assert_cmpstr(row.public_id, ==, ids[1]);
	g_assert_false(drafts_find(admin, "abcd", see_row, &row, &error));
	g_assert_false(drafts_find(admin, "zzzz", see_row, &row, &error));
	g_assert_false(drafts_find(admin, "abc", see_row, &row, &error));
	g_assert_no_error(error);
	g_assert_cmpint(count_each(fixture, &(DraftFilter){ .state = -1 }), ==,
	                3);
	g_assert_cmpint(
		count_each(fixture, &(DraftFilter){ .all = true, .state = -1 }),
		==, 4);
	g_assert_cmpint(
		count_each(fixture, &(DraftFilter){ .state = DRAFT_READY }), ==,
		1);
	g_assert_cmpint(
		count_each(fixture, &(DraftFilter){ .state = -1, .max = 2 }),
		==, 2);
	g_assert_cmpint(
		count_each(fixture,
	                   &(DraftFilter){ .state = -1, .mailbox = "x@y.z" }),
		==, 0);
}

static void
see_modules(const char *modules, void *data)
{
	g_string_append_printf(data, "%s;", modules);
}

static void
test_counts(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	DraftCounts counts;
	const DraftReader reader = { .thread = 4, .max = 5 };
	DraftUse use;

	draft_bring(fixture, 1, DRAFT_QUEUED);
	draft_bring(fixture, 2, DRAFT_READY);
	draft_bring(fixture, 3, DRAFT_CLOSED);
	draft_bring(fixture, 4, DRAFT_CLOSED);
	draft_bring(fixture, 5, DRAFT_DELIVERED);
	store_fixture_run(fixture->admin,
	                  "UPDATE draft SET closed_at = thread * 100,"
	                  " delivered_at = 5, modules = 'm' || thread"
	                  " WHERE thread >= 3");
	g_assert_true(drafts_count(fixture->admin, 350, &counts, &error));
	g_assert_cmpint(counts.state[DRAFT_QUEUED], ==, 1);
	g_assert_cmpint(counts.state[DRAFT_READY], ==, 1);
	g_assert_cmpint(counts.fate[FATE_SENT_AS_IS], ==, 1);
	g_assert_cmpint(counts.oldest, ==, DRAFT_NOW);
	g_assert_true(drafts_use(fixture->drafter, "support@site.example", 10,
	                         DRAFT_NOW, &use, &error));
	g_assert_cmpint(use.used, ==, 2);
	g_assert_cmpint(use.seen, ==, 3);
	g_assert_true(drafts_each_modules(fixture->drafter, &reader,
	                                  see_modules, seen, &error));
	g_assert_cmpstr(seen->str, ==, "m4;");
	g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts-life/life", test_life);
	g_test_add_func("/drafts-life/lists", test_lists);
	for (size_t i = 0; i < G_N_ELEMENTS(quota_rows); i++) {
		g_autofree char *path = g_strconcat("/drafts-life/quota/",
		                                    quota_rows[i].name, NULL);

		g_test_add_data_func(path, &quota_rows[i], test_quota);
	}
	g_test_add_func("/drafts-life/quota-day", test_quota_day);
	g_test_add_func("/drafts-life/hold-out", test_hold_out);
	g_test_add_func("/drafts-life/L-11-bounded", test_bounded);
	g_test_add_func("/drafts-life/one-live", test_one_live);
	g_test_add_func("/drafts-life/restricted", test_restricted);
	g_test_add_func("/drafts-life/withdrawn", test_withdrawn);
	g_test_add_func("/drafts-life/find", test_find);
	g_test_add_func("/drafts-life/counts", test_counts);
	return g_test_run();
}
