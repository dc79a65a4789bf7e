/* SPDX-License-Identifier: Apache-2.0 */
#include "draft_moves.h"

DraftBegun
draft_begin(Store *store)
{
	g_autoptr(GError) error = NULL;
	DraftBegun begun = { store, store_begin(store, &error) };

	g_assert_no_error(error);
	return begun;
}

DraftMove
draft_end(const DraftBegun *begun, bool good, DraftMove move, GError *error)
{
	g_autoptr(GError) failure = NULL;

	g_assert_no_error(error);
	g_assert_true(good);
	g_assert_true(store_commit(begun->txn, &failure));
	g_assert_no_error(failure);
	store_end(begun->txn);
	return move;
}

DraftMove
do_write(const DraftOperation *o)
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
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_write(begun.store, o->id, &written, &move, &error);

	return draft_end(&begun, good, move, error);
}

DraftMove
do_delivering(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_delivering(begun.store, o->id, &move, &error);

	return draft_end(&begun, good, move, error);
}

DraftMove
do_delivered(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_delivered(begun.store, o->id, "Drafts;uid=7",
	                             DRAFT_NOW + 2, &move, &error);

	return draft_end(&begun, good, move, error);
}

DraftMove
do_fail(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_fail(begun.store, o->id, "imap-timeout",
	                        o->argument != 0 ? DRAFT_NOW + 60 : 0, &move,
	                        &error);

	return draft_end(&begun, good, move, error);
}

DraftMove
do_removed(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_removed(begun.store, o->id, &move, &error);

	return draft_end(&begun, good, move, error);
}

static DraftMove
close_as(const DraftOperation *o, bool gone)
{
	const DraftEnd ended = { .fate = (DraftFate)o->argument,
		                 .distance = 120,
		                 .at = DRAFT_NOW + 3,
		                 .gone = gone };
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_close(begun.store, o->id, &ended, &move, &error);

	return draft_end(&begun, good, move, error);
}

DraftMove
do_close(const DraftOperation *o)
{
	return close_as(o, false);
}

DraftMove
do_close_gone(const DraftOperation *o)
{
	return close_as(o, true);
}

DraftMove
do_decide(const DraftOperation *o)
{
	g_autoptr(GBytes) text = g_bytes_new_static("edited", 6);
	const DraftDecide decide = { .decision = (DraftDecision)o->argument,
		                     .id = o->id,
		                     .text = text,
		                     .distance = -1,
		                     .at = DRAFT_NOW + 4 };
	DraftBegun begun = draft_begin(o->fixture->admin);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_decide(begun.store, o->fixture->base->keys, &decide,
	                          &move, &error);

	return draft_end(&begun, good, move, error);
}

/* Those below are told by what they change: they move whatever there is. */
DraftMove
do_supersede(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->base->store);
	g_autoptr(GError) error = NULL;
	bool good =
		drafts_supersede(begun.store, o->thread, DRAFT_NOW + 5, &error);

	return draft_end(&begun, good, DRAFT_MOVED, error);
}

DraftMove
do_reset(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool good = drafts_reset(begun.store, DRAFT_NOW + 6, &n, &error);

	return draft_end(&begun, good, n > 0 ? DRAFT_MOVED : DRAFT_REFUSED,
	                 error);
}

DraftMove
do_expire(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool good = drafts_expire(begun.store, DRAFT_NOW, DRAFT_NOW + 7, &n,
	                          &error);

	return draft_end(&begun, good, n > 0 ? DRAFT_MOVED : DRAFT_REFUSED,
	                 error);
}

DraftMove
do_claim(const DraftOperation *o)
{
	DraftBegun begun = draft_begin(o->fixture->drafter);
	g_auto(DraftTask) task = { 0 };
	g_autoptr(GError) error = NULL;
	bool good = drafts_claim(begun.store, DRAFT_NOW + 100, &task, &error);

	return draft_end(&begun, good,
	                 task.kind != DRAFT_TASK_NONE ? DRAFT_MOVED
	                                              : DRAFT_REFUSED,
	                 error);
}
