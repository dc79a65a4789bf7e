/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sent.h"

#include "drafts_private.h"

bool
sent_insert(Store *store, const SentMail *sent, GError **error)
{
	g_autoptr(Statement) insert = store_statement(store, SQL_sent_insert);
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)sent->material, &size);

	statement_bind_text(insert, 1, sent->public_id);
	statement_bind_int(insert, 2, sent->mail);
	statement_bind_int(insert, 3, sent->thread);
	statement_bind_int(insert, 4, sent->mailbox);
	statement_bind_id(insert, 5, sent->customer);
	statement_bind_int(insert, 6, sent->at);
	statement_bind_bytes(insert, 7, bytes, size);
	return statement_run(insert, error);
}

void
sent_task_clear(SentTask *task)
{
	g_free(task->public_id);
	g_free(task->mailbox);
	g_clear_pointer(&task->material, g_bytes_unref);
	*task = (SentTask){ .id = 0 };
}

static void
read_task(Statement *claim, void *data)
{
	SentTask *task = data;

	task->id = statement_int(claim, 0);
	task->mail = statement_int(claim, 1);
	task->thread = statement_int(claim, 2);
	task->customer = statement_int(claim, 3);
	task->at = statement_int(claim, 4);
	task->attempts = statement_int(claim, 5);
	task->public_id = g_strdup(statement_text(claim, 6));
	task->mailbox = g_strdup(statement_text(claim, 7));
	task->material = drafts_column_bytes(claim, 8);
}

bool
sent_next_due(Store *store, int64_t *ret_at, GError **error)
{
	g_autoptr(Statement) due = store_statement(store, SQL_sent_next_due);
	StepResult step = statement_step(due, error);

	*ret_at = step == STEP_ROW ? statement_int(due, 0) : 0;
	return step != STEP_FAILED;
}

bool
sent_claim(Store *store, int64_t now, SentTask *ret_task, GError **error)
{
	static const Claim claim = { SQL_sent_claim, SQL_sent_claimed,
		                     read_task };
	g_auto(SentTask) task = { .id = 0 };

	if (!drafts_claim_by(store, &claim, now, &task, error))
		return false;
	*ret_task = task;
	task = (SentTask){ .id = 0 };
	return true;
}

bool
sent_later(Store *store, int64_t id, int64_t next_at, GError **error)
{
	g_autoptr(Statement) later = store_statement(store, SQL_sent_later);

	statement_bind_int(later, 1, id);
	statement_bind_int(later, 2, next_at);
	return statement_run(later, error);
}

bool
sent_done(Store *store, const SentTask *task, bool *ret_done, GError **error)
{
	g_autoptr(Statement) done = store_statement(store, SQL_sent_done);

	statement_bind_int(done, 1, task->id);
	statement_bind_text(done, 2, task->public_id);
	statement_bind_int(done, 3, task->thread);
	statement_bind_id(done, 4, task->customer);
	if (!statement_run(done, error))
		return false;
	*ret_done = store_changes(store) > 0;
	return true;
}
