/* SPDX-License-Identifier: Apache-2.0 */
#include "draft_fixture.h"

#include <string.h>

#include "../../milter/store/db_private.h"
#include "base/id.h"

DraftFixture *
draft_fixture_new(void)
{
	DraftFixture *fixture = g_new0(DraftFixture, 1);

	fixture->base = store_fixture_new(STORE_KEEPER);
	fixture->drafter = store_fixture_open(fixture->base, STORE_DRAFTER);
	fixture->admin = store_fixture_open(fixture->base, STORE_ADMIN);
	store_fixture_quick(fixture->base->store);
	store_fixture_quick(fixture->drafter);
	store_fixture_quick(fixture->admin);
	store_fixture_run(fixture->admin,
	                  "INSERT INTO mailbox (id, address) VALUES"
	                  " (7, 'support@site.example')");
	fixture->mailbox = 7;
	return fixture;
}

void
draft_fixture_free(DraftFixture *fixture)
{
	if (fixture == NULL)
		return;
	store_close(fixture->drafter);
	store_close(fixture->admin);
	store_fixture_free(fixture->base);
	g_free(fixture);
}

DraftRequest
draft_request(const DraftFixture *fixture, int64_t thread)
{
	static GBytes *material = NULL;

	if (material == NULL)
		material = g_bytes_new_static("material", 8);
	return (DraftRequest){
		.mail = thread,
		.thread = thread,
		.mailbox = fixture->mailbox,
		.at = DRAFT_NOW,
		.language = LANGUAGE_DA,
		.facts = "scored da sentiment=negative/12",
		.contact = 1,
		.flags = DRAFT_PROVEN,
		.writer = drafts_writer(fixture->base->keys,
		                        "anna@customer.example"),
		.material = material,
	};
}

int64_t
draft_ask(const DraftFixture *fixture, const char *sql)
{
	g_autoptr(GError) error = NULL;
	int64_t value = -1;

	if (!store_read_int(fixture->admin, sql, &value, &error))
		g_error("%s: %s", sql, error->message);
	return value;
}

int64_t
draft_enqueue(const DraftFixture *fixture, const DraftRequest *request)
{
	g_autofree char *id = id_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->base->store, &error);
	DraftRequest copy = *request;
	DraftEnqueued enqueued;

	if (copy.public_id == NULL)
		copy.public_id = id;
	g_assert_true(
		drafts_enqueue(fixture->base->store, &copy, &enqueued, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return draft_ask(fixture, "SELECT max(id) FROM draft");
}

static void
run(const DraftFixture *fixture, const char *format, int64_t id)
{
	g_autofree char *sql = g_strdup_printf(
		"UPDATE draft SET %s WHERE id = %d", format, (int)id);

	store_fixture_run(fixture->admin, sql);
}

/* By hand: the moves are what is tested. */
int64_t
draft_bring(const DraftFixture *fixture, int64_t thread, int state)
{
	static const char *const sets[] = {
		[DRAFT_QUEUED] = "state = 0",
		[DRAFT_WORKING] = "state = 1, next_at = NULL",
		[DRAFT_DRAFTED] = "state = 2",
		[DRAFT_DELIVERING] = "state = 3, next_at = NULL",
		[DRAFT_DELIVERED] = "state = 4, next_at = NULL, place = 'x'",
		[DRAFT_READY] = "state = 5, next_at = NULL",
		[DRAFT_STUCK] = "state = 6, next_at = NULL",
		[DRAFT_CLOSED] = "state = 7, fate = 1, next_at = NULL",
		[DRAFT_CLOSED_REMOVE] = "state = 7, fate = 1",
	};
	const DraftRequest request = draft_request(fixture, thread);
	int64_t id = draft_enqueue(fixture, &request);

	run(fixture, sets[state], id);
	if (state >= DRAFT_DRAFTED && state < DRAFT_CLOSED)
		store_fixture_run(fixture->admin,
		                  "UPDATE draft_text SET text = x'01' WHERE"
		                  " draft = (SELECT max(id) FROM draft)");
	if (state >= DRAFT_CLOSED)
		store_fixture_run(fixture->admin,
		                  "DELETE FROM draft_text WHERE draft ="
		                  " (SELECT max(id) FROM draft)");
	return id;
}

int
draft_state_of(const DraftFixture *fixture, int64_t id)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT CASE WHEN state = 7 AND next_at IS NOT NULL THEN 8"
		" ELSE state END FROM draft WHERE id = %d",
		(int)id);

	return (int)draft_ask(fixture, sql);
}
