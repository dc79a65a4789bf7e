/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts that an erasure finds by more than their own writer, and those that a
 * restore brings back.
 */
#include <glib.h>
#include <string.h>

#include "draft_moves.h"
#include "draft_person.h"

#define STRANGER "anna@customer.example"

/* An earlier draft of the conversation, which the purge made nobody's a day
 * after its end, and another's who wrote in it: both go, one from its folder.
 */
static void
test_conversation(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autofree char *seen = NULL;

	draft_bring(fixture, 1, DRAFT_CLOSED);
	draft_bring(fixture, 1, DRAFT_CLOSED_REMOVE);
	store_fixture_run(fixture->admin, "UPDATE draft SET writer = NULL");
	draft_bring(fixture, 1, DRAFT_CLOSED_REMOVE);
	store_fixture_run(fixture->admin, "UPDATE draft SET writer = x'0011'"
	                                  " WHERE writer IS NOT NULL");
	draft_bring(fixture, 1, DRAFT_QUEUED);
	draft_bring(fixture, 2, DRAFT_CLOSED);
	store_fixture_run(fixture->admin, "UPDATE draft SET writer = NULL"
	                                  " WHERE thread = 2");
	seen = draft_exported(fixture, STRANGER);
	g_assert_cmpstr(seen, ==, "draft_text draft draft draft ");
	g_assert_cmpint(draft_erase(fixture, STRANGER).rows, ==, 5);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"
	                                   " WHERE thread = 1"),
	                ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"
	                                   " WHERE thread = 0 AND next_at = 0"
	                                   " AND writer IS NULL"
	                                   " AND facts = ''"),
	                ==, 2);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"), ==,
	                3);
}

static void
add_alias(const DraftFixture *fixture, const char *address)
{
	Pseudonym key = drafts_writer(fixture->base->keys, address);
	g_autoptr(GString) sql = g_string_new("INSERT INTO alias VALUES (x'");

	for (size_t i = 0; i < PSEUDONYM_BYTES; i++)
		g_string_append_printf(sql, "%02x", key.bytes[i]);
	g_string_append(sql, "', 1, 1, 0)");
	store_fixture_run(fixture->admin, sql->str);
}

/* A customer is erased by one address; a mail from the other one had come
 * unproven, so that its draft is nobody's. */
static void
test_other_address(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0)");
	add_alias(fixture, STRANGER);
	add_alias(fixture, "anna@home.example");
	draft_bring(fixture, 1, DRAFT_READY);
	g_assert_cmpint(draft_erase(fixture, "anna@home.example").rows, ==, 5);
	g_assert_cmpint(draft_ask(fixture, DRAFT_ROWS), ==, 0);
}

/* What a backup did not know of may lie in a folder: it is looked for before
 * it is delivered, and removed there when it ends. */
static void
test_restored(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	static const int now[] = { DRAFT_QUEUED,       DRAFT_QUEUED,
		                   DRAFT_DRAFTED,      DRAFT_DRAFTED,
		                   DRAFT_DELIVERED,    DRAFT_READY,
		                   DRAFT_STUCK,        DRAFT_CLOSED,
		                   DRAFT_CLOSED_REMOVE };
	int64_t ids[G_N_ELEMENTS(now)], n;
	g_auto(DraftTask) task = { 0 };
	DraftBegun begun;
	g_autoptr(GError) error = NULL;
	bool good;

	for (int i = 0; i < (int)G_N_ELEMENTS(now); i++)
		ids[i] = draft_bring(fixture, i + 1, i);
	begun = draft_begin(fixture->admin);
	good = drafts_restored(begun.store, DRAFT_NOW, &n, &error);
	draft_end(&begun, good, DRAFT_MOVED, error);
	g_assert_cmpint(n, ==, 6);
	for (size_t i = 0; i < G_N_ELEMENTS(now); i++)
		g_assert_cmpint(draft_state_of(fixture, ids[i]), ==, now[i]);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"
	                                   " WHERE perhaps = 1"),
	                ==, 6);
	store_fixture_run(
		fixture->admin,
		"UPDATE draft SET next_at = 4000000000 WHERE state <> 2");
	begun = draft_begin(fixture->drafter);
	good = drafts_claim(begun.store, DRAFT_NOW, &task, &error);
	draft_end(&begun, good, DRAFT_MOVED, error);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_DELIVER);
	g_assert_true(task.perhaps_there);
}

static void
see_id(const DraftRow *row, void *data)
{
	g_string_assign(data, row->public_id);
}

/* An answer's draft is looked for in its thread, and by its whole id. */
static void
test_of_thread(void)
{
	static const char id[] = "abcdbbbbbbbbbbbb";
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	DraftRequest request = draft_request(fixture, 2);
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	request.public_id = id;
	draft_enqueue(fixture, &request);
	g_assert_true(drafts_of_thread(fixture->drafter, 2, id, see_id, seen,
	                               &error));
	g_assert_cmpstr(seen->str, ==, id);
	g_assert_false(drafts_of_thread(fixture->drafter, 3, id, see_id, seen,
	                                &error));
	g_assert_false(drafts_of_thread(fixture->drafter, 2, "abcdb", see_id,
	                                seen, &error));
	g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts-found/P-2-conversation", test_conversation);
	g_test_add_func("/drafts-found/P-2-other-address", test_other_address);
	g_test_add_func("/drafts-found/restored", test_restored);
	g_test_add_func("/drafts-found/of-thread", test_of_thread);
	return g_test_run();
}
