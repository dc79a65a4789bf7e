/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the keeper does: few statements, each a look-up, while a mail waits.
 * That a thread has one live draft is the schema's to see to (index
 * draft_live); so an insert always supersedes first, also in a thread that
 * should have none.
 */
#include "store/drafts.h"

#include <string.h>

#include "drafts_private.h"

#define DAY INT64_C(86400)

static const char *const states[DRAFT_STATE_N] = {
	[DRAFT_QUEUED] = "queued",       [DRAFT_WORKING] = "working",
	[DRAFT_DRAFTED] = "drafted",     [DRAFT_DELIVERING] = "delivering",
	[DRAFT_DELIVERED] = "delivered", [DRAFT_READY] = "ready",
	[DRAFT_STUCK] = "stuck",         [DRAFT_CLOSED] = "closed",
};
static const char *const fates[FATE_N] = {
	[FATE_NONE] = "",
	[FATE_SENT_AS_IS] = "sent-as-is",
	[FATE_SENT_EDITED] = "sent-edited",
	[FATE_REWRITTEN] = "rewritten",
	[FATE_DISCARDED] = "discarded",
	[FATE_SUPERSEDED] = "superseded",
	[FATE_EXPIRED] = "expired",
	[FATE_REJECTED] = "rejected",
	[FATE_FAILED] = "failed",
	[FATE_OVERTAKEN] = "overtaken",
	[FATE_HELD_OUT] = "held-out",
};

const char *
draft_state_name(DraftState state)
{
	return states[state];
}

const char *
draft_fate_name(DraftFate fate)
{
	return fates[fate];
}

DraftState
draft_state_from_name(const char *name)
{
	int i = 0;

	while (i < DRAFT_STATE_N && strcmp(states[i], name) != 0)
		i++;
	return (DraftState)i;
}

GBytes *
drafts_column_bytes(Statement *statement, int column)
{
	size_t size;
	const void *bytes;

	if (statement_is_null(statement, column))
		return NULL;
	bytes = statement_bytes(statement, column, &size);
	return g_bytes_new(bytes, size);
}

bool
drafts_move(Store *store, Statement *statement, DraftMove *ret_move,
            GError **error)
{
	if (!statement_run(statement, error))
		return false;
	*ret_move = store_changes(store) > 0 ? DRAFT_MOVED : DRAFT_REFUSED;
	return true;
}

Pseudonym
drafts_writer(const Keys *keys, const char *identity)
{
	return keys_pseudonym(keys, PSEUDONYM_EMAIL, identity);
}

/* The finisher of splitmix64: rows that follow each other fall anywhere. */
bool
drafts_is_held_out(int64_t thread, unsigned per_cent)
{
	uint64_t x = (uint64_t)thread + UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	x ^= x >> 31;
	return x % 100 < per_cent;
}

static bool
is_spent(Statement *count, int column, unsigned quota)
{
	return quota != 0 && statement_int(count, column) >= quota;
}

static bool
is_over_quota(Store *store, const DraftRequest *request, bool *ret_over,
              GError **error)
{
	const DraftQuota *quota = &request->quota;
	g_autoptr(Statement) count = NULL;

	*ret_over = false;
	if (quota->writer + quota->customer + quota->domain == 0)
		return true;
	count = store_statement(store, SQL_draft_quota);
	/* What is not bound is NULL, and no row's; but for the fifth, whose
	 * NULL are those who are no customers. */
	if (quota->writer != 0)
		statement_bind_bytes(count, 1, request->writer.bytes,
		                     PSEUDONYM_BYTES);
	if (quota->customer != 0)
		statement_bind_id(count, 2, request->customer);
	if (quota->domain != 0 && request->domain != NULL)
		statement_bind_bytes(count, 3, request->domain->bytes,
		                     PSEUDONYM_BYTES);
	statement_bind_int(count, 4, request->at - DAY);
	statement_bind_id(count, 5, request->customer);
	if (statement_step(count, error) != STEP_ROW)
		return false;
	*ret_over = is_spent(count, 0, quota->writer) ||
	            is_spent(count, 1, quota->customer) ||
	            is_spent(count, 2, quota->domain);
	return true;
}

/* Most threads have none, and are asked that alone. */
static bool
is_live(Store *store, int64_t thread, bool *ret_live, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_draft_is_live);
	StepResult step;

	statement_bind_int(find, 1, thread);
	step = statement_step(find, error);
	*ret_live = step == STEP_ROW;
	return step != STEP_FAILED;
}

static bool
supersede(Store *store, int64_t thread, int64_t now, GError **error)
{
	g_autoptr(Statement) text =
		store_statement(store, SQL_draft_supersede_text);
	g_autoptr(Statement) draft =
		store_statement(store, SQL_draft_supersede);

	statement_bind_int(text, 1, thread);
	statement_bind_int(draft, 1, thread);
	statement_bind_int(draft, 2, now);
	return statement_run(text, error) && statement_run(draft, error);
}

bool
drafts_supersede(Store *store, int64_t thread, int64_t now, GError **error)
{
	bool live;

	return is_live(store, thread, &live, error) &&
	       (!live || supersede(store, thread, now, error));
}

static void
bind_who(Statement *insert, const DraftRequest *request)
{
	statement_bind_id(insert, 5, request->customer);
	statement_bind_bytes(insert, 6, request->writer.bytes, PSEUDONYM_BYTES);
	if (request->domain != NULL)
		statement_bind_bytes(insert, 7, request->domain->bytes,
		                     PSEUDONYM_BYTES);
}

static bool
insert_draft(Store *store, const DraftRequest *request, bool held_out,
             GError **error)
{
	g_autoptr(Statement) insert = store_statement(store, SQL_draft_insert);

	statement_bind_text(insert, 1, request->public_id);
	statement_bind_int(insert, 2, request->mail);
	statement_bind_int(insert, 3, request->thread);
	statement_bind_int(insert, 4, request->mailbox);
	bind_who(insert, request);
	statement_bind_int(insert, 8, held_out ? DRAFT_CLOSED : DRAFT_QUEUED);
	statement_bind_int(insert, 9, held_out ? FATE_HELD_OUT : FATE_NONE);
	statement_bind_id(insert, 10, held_out ? 0 : request->at);
	statement_bind_int(insert, 11, request->at);
	statement_bind_text(insert, 12, language_code(request->language));
	statement_bind_int(insert, 13, request->contact);
	statement_bind_int(insert, 14, request->flags);
	statement_bind_text(insert, 15, request->facts);
	statement_bind_id(insert, 16, held_out ? request->at : 0);
	return statement_run(insert, error);
}

static bool
insert_text(Store *store, int64_t draft, const GBytes *material, GError **error)
{
	g_autoptr(Statement) insert =
		store_statement(store, SQL_draft_insert_text);
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)material, &size);

	statement_bind_int(insert, 1, draft);
	statement_bind_bytes(insert, 2, bytes, size);
	return statement_run(insert, error);
}

/* The newest is worth more than one that nobody came to in all that time. */
static bool
bound_queue(Store *store, int64_t newest, int64_t now, GError **error)
{
	const DraftEnd end = { .fate = FATE_EXPIRED,
		               .distance = -1,
		               .at = now };
	g_autoptr(Statement) find = store_statement(store, SQL_draft_oldest);
	StepResult step;
	DraftMove move;
	int64_t id;

	step = statement_step(find, error);
	if (step != STEP_ROW)
		return step == STEP_DONE;
	id = statement_int(find, 0);
	statement_reset(g_steal_pointer(&find));
	return newest - id < DRAFT_QUEUE_MAX ||
	       drafts_close(store, id, &end, &move, error);
}

bool
drafts_enqueue(Store *store, const DraftRequest *request,
               DraftEnqueued *ret_enqueued, GError **error)
{
	int64_t id;
	bool over;
	bool held_out = drafts_is_held_out(request->thread, request->hold_out);

	if (!is_over_quota(store, request, &over, error))
		return false;
	if (over) {
		*ret_enqueued = DRAFT_OVER_QUOTA;
		return true;
	}
	if (!drafts_supersede(store, request->thread, request->at, error) ||
	    !insert_draft(store, request, held_out, error))
		return false;
	*ret_enqueued = held_out ? DRAFT_HELD_OUT : DRAFT_ENQUEUED;
	id = store_last_id(store);
	return held_out || (insert_text(store, id, request->material, error) &&
	                    bound_queue(store, id, request->at, error));
}
