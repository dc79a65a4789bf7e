/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the drafter does. Each move asks for the state that it starts from in
 * the statement itself: whatever came between is found there, not before.
 */
#include <string.h>

#include "drafts_private.h"

#define ANY_LIVE ((1u << DRAFT_CLOSED) - 1)
#define BIT(state) (1u << (state))
/* States in which a human may have seen it. */
#define SEEN                                                                   \
	(BIT(DRAFT_DELIVERING) | BIT(DRAFT_DELIVERED) | BIT(DRAFT_READY) |     \
	 BIT(DRAFT_STUCK))
#define UNDER_WAY (BIT(DRAFT_WORKING) | BIT(DRAFT_DELIVERING))

/* From which states a draft may end so. */
static const unsigned may_end[FATE_N] = {
	[FATE_SENT_AS_IS] = SEEN,
	[FATE_SENT_EDITED] = SEEN,
	[FATE_REWRITTEN] = SEEN,
	[FATE_DISCARDED] = BIT(DRAFT_DELIVERED),
	[FATE_SUPERSEDED] = ANY_LIVE,
	[FATE_EXPIRED] = ANY_LIVE,
	[FATE_REJECTED] = ANY_LIVE & ~UNDER_WAY,
	[FATE_FAILED] = ANY_LIVE & ~(BIT(DRAFT_DELIVERED) | BIT(DRAFT_READY)),
	[FATE_OVERTAKEN] = ANY_LIVE & ~BIT(DRAFT_DELIVERED),
};

bool
drafts_may_close(DraftState state, DraftFate fate)
{
	return (may_end[fate] >> state & 1) != 0;
}

char *
drafts_list_of(const char *text, size_t max)
{
	char *list = g_strndup(text, max);
	char *last = strrchr(list, ' ');

	if (text[strlen(list)] != '\0' && last != NULL)
		*last = '\0';
	for (char *c = list; *c != '\0'; c++)
		if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) &&
		    strchr(" /._:-", *c) == NULL)
			*c = '_';
	return list;
}

static bool
run_reset(Store *store, SqlId sql, int64_t now, int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) reset = store_statement(store, sql);

	statement_bind_int(reset, 1, now);
	if (!statement_run(reset, error))
		return false;
	*ret_n = store_changes(store);
	return true;
}

bool
drafts_reset(Store *store, int64_t now, int64_t *ret_n, GError **error)
{
	return run_reset(store, SQL_draft_reset, now, ret_n, error);
}

bool
drafts_restored(Store *store, int64_t now, int64_t *ret_n, GError **error)
{
	return run_reset(store, SQL_draft_restored, now, ret_n, error);
}

void
draft_task_clear(DraftTask *task)
{
	g_free(task->public_id);
	g_free(task->mailbox);
	g_free(task->facts);
	g_free(task->place);
	g_clear_pointer(&task->material, g_bytes_unref);
	g_clear_pointer(&task->text, g_bytes_unref);
	*task = (DraftTask){ .kind = DRAFT_TASK_NONE };
}

static DraftTaskKind
kind_of(int64_t state)
{
	switch (state) {
	case DRAFT_QUEUED:
		return DRAFT_TASK_COMPOSE;
	case DRAFT_DRAFTED:
		return DRAFT_TASK_DELIVER;
	default:
		return DRAFT_TASK_REMOVE;
	}
}

static void
read_task(Statement *claim, void *data)
{
	DraftTask *task = data;
	Language language = language_from_code(statement_text(claim, 7));

	task->id = statement_int(claim, 0);
	task->kind = kind_of(statement_int(claim, 1));
	task->mail = statement_int(claim, 2);
	task->thread = statement_int(claim, 3);
	task->customer = statement_int(claim, 4);
	task->public_id = g_strdup(statement_text(claim, 5));
	task->mailbox = g_strdup(statement_text(claim, 6));
	task->language = language < LANGUAGE_N ? language : LANGUAGE_UND;
	task->facts = g_strdup(statement_text(claim, 8));
	task->contact = (unsigned)statement_int(claim, 9);
	task->flags = (unsigned)statement_int(claim, 10);
	task->mail_at = statement_int(claim, 11);
	task->attempts = statement_int(claim, 12);
	task->perhaps_there = statement_int(claim, 13) != 0;
	task->place = g_strdup(statement_text(claim, 14));
	task->fate = (DraftFate)statement_int(claim, 15);
	task->material = drafts_column_bytes(claim, 16);
	task->text = drafts_column_bytes(claim, 17);
}

bool
drafts_claim_by(Store *store, const Claim *claim, int64_t now, void *task,
                GError **error)
{
	g_autoptr(Statement) due = store_statement(store, claim->due);
	g_autoptr(Statement) mark = NULL;
	StepResult step;

	statement_bind_int(due, 1, now);
	step = statement_step(due, error);
	if (step != STEP_ROW)
		return step == STEP_DONE;
	mark = store_statement(store, claim->mark);
	statement_bind_int(mark, 1, statement_int(due, 0));
	claim->read(due, task);
	statement_reset(g_steal_pointer(&due));
	return statement_run(mark, error);
}

bool
drafts_claim(Store *store, int64_t now, DraftTask *ret_task, GError **error)
{
	static const Claim claim = { SQL_draft_claim, SQL_draft_claimed,
		                     read_task };
	g_auto(DraftTask) task = { .kind = DRAFT_TASK_NONE };

	if (!drafts_claim_by(store, &claim, now, &task, error))
		return false;
	*ret_task = task;
	task = (DraftTask){ .kind = DRAFT_TASK_NONE };
	return true;
}

bool
drafts_next_due(Store *store, int64_t *ret_at, GError **error)
{
	g_autoptr(Statement) next = store_statement(store, SQL_draft_next_due);
	StepResult step = statement_step(next, error);

	*ret_at = step == STEP_ROW ? MAX(statement_int(next, 0), 1) : 0;
	return step != STEP_FAILED;
}

static void
bind_gbytes(Statement *statement, int at, const GBytes *bytes)
{
	gsize size;
	const void *data = g_bytes_get_data((GBytes *)bytes, &size);

	statement_bind_bytes(statement, at, data, size);
}

static bool
write_text(Store *store, int64_t id, const GBytes *text, GError **error)
{
	g_autoptr(Statement) write =
		store_statement(store, SQL_draft_write_text);

	statement_bind_int(write, 1, id);
	bind_gbytes(write, 2, text);
	return statement_run(write, error);
}

bool
drafts_write(Store *store, int64_t id, const DraftWritten *written,
             DraftMove *ret_move, GError **error)
{
	g_autofree char *engine = drafts_list_of(written->engine, FAULT_MAX);
	g_autofree char *modules =
		drafts_list_of(written->modules, DRAFT_LIST_MAX);
	g_autofree char *articles =
		drafts_list_of(written->articles, DRAFT_LIST_MAX);
	g_autofree char *checks =
		drafts_list_of(written->checks, DRAFT_LIST_MAX);
	g_autofree char *reason = drafts_list_of(written->reason, FAULT_MAX);
	g_autoptr(Statement) write = store_statement(store, SQL_draft_write);

	statement_bind_int(write, 1, id);
	statement_bind_int(write, 2, written->keep);
	statement_bind_int(write, 3, written->at);
	statement_bind_text(write, 4, language_code(written->language));
	statement_bind_text(write, 5, engine);
	statement_bind_text(write, 6, modules);
	statement_bind_text(write, 7, articles);
	statement_bind_text(write, 8, checks);
	statement_bind_text(write, 9, reason);
	return drafts_move(store, write, ret_move, error) &&
	       (*ret_move == DRAFT_REFUSED ||
	        write_text(store, id, written->text, error));
}

bool
drafts_delivering(Store *store, int64_t id, DraftMove *ret_move, GError **error)
{
	g_autoptr(Statement) move =
		store_statement(store, SQL_draft_delivering);

	statement_bind_int(move, 1, id);
	return drafts_move(store, move, ret_move, error);
}

typedef struct Delivered {
	int64_t id, now;
	const char *place;
} Delivered;

static bool
deliver_as(Store *store, SqlId sql, const Delivered *delivered,
           DraftMove *ret_move, GError **error)
{
	g_autoptr(Statement) move = store_statement(store, sql);

	statement_bind_int(move, 1, delivered->id);
	statement_bind_text(move, 2, delivered->place);
	statement_bind_int(move, 3, delivered->now);
	return drafts_move(store, move, ret_move, error);
}

bool
drafts_delivered(Store *store, int64_t id, const char *place, int64_t now,
                 DraftMove *ret_move, GError **error)
{
	const Delivered delivered = { .id = id, .now = now, .place = place };
	DraftMove late;

	if (!deliver_as(store, SQL_draft_delivered, &delivered, ret_move,
	                error))
		return false;
	return *ret_move == DRAFT_MOVED ||
	       deliver_as(store, SQL_draft_delivered_late, &delivered, &late,
	                  error);
}

bool
drafts_fail(Store *store, int64_t id, const char *reason, int64_t next_at,
            DraftMove *ret_move, GError **error)
{
	g_autofree char *fault = drafts_list_of(reason, FAULT_MAX);
	g_autoptr(Statement) move = store_statement(store, SQL_draft_fail);

	statement_bind_int(move, 1, id);
	statement_bind_text(move, 2, fault);
	statement_bind_id(move, 3, next_at);
	return drafts_move(store, move, ret_move, error);
}

bool
drafts_removed(Store *store, int64_t id, DraftMove *ret_move, GError **error)
{
	g_autoptr(Statement) move = store_statement(store, SQL_draft_removed);

	statement_bind_int(move, 1, id);
	return drafts_move(store, move, ret_move, error);
}

static bool
erase_text(Store *store, int64_t id, GError **error)
{
	g_autoptr(Statement) erase =
		store_statement(store, SQL_draft_close_text);

	statement_bind_int(erase, 1, id);
	return statement_run(erase, error);
}

bool
drafts_close(Store *store, int64_t id, const DraftEnd *end, DraftMove *ret_move,
             GError **error)
{
	g_autoptr(Statement) move = store_statement(store, SQL_draft_close);

	statement_bind_int(move, 1, id);
	statement_bind_int(move, 2, end->fate);
	statement_bind_int(move, 3, end->at);
	if (end->distance >= 0)
		statement_bind_int(move, 4, end->distance);
	statement_bind_int(move, 5, may_end[end->fate]);
	statement_bind_int(move, 6, end->gone);
	return drafts_move(store, move, ret_move, error) &&
	       (*ret_move == DRAFT_REFUSED || erase_text(store, id, error));
}

typedef struct Old {
	int64_t id;
	DraftState state;
} Old;

static bool
list_old(Store *store, int64_t before, GArray *list, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_draft_old);
	StepResult step;

	statement_bind_int(find, 1, before);
	while ((step = statement_step(find, error)) == STEP_ROW) {
		Old old = { statement_int(find, 0),
			    (DraftState)statement_int(find, 1) };

		g_array_append_val(list, old);
	}
	return step == STEP_DONE;
}

bool
drafts_expire(Store *store, int64_t before, int64_t now, int64_t *ret_n,
              GError **error)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Old));

	if (!list_old(store, before, list, error))
		return false;
	for (guint i = 0; i < list->len; i++) {
		const Old *old = &g_array_index(list, Old, i);
		const DraftEnd end = { .fate = old->state == DRAFT_STUCK
			                               ? FATE_FAILED
			                               : FATE_EXPIRED,
			               .distance = -1,
			               .at = now };
		DraftMove move;

		if (!drafts_close(store, old->id, &end, &move, error))
			return false;
	}
	*ret_n = list->len;
	return true;
}
