/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an administrator decides of a draft. The trail tells that it was done
 * and by whom, not of which draft: its number would lead to a customer.
 */
#include "drafts_private.h"
#include "store/audit.h"

static bool
move_at(Store *store, SqlId sql, const DraftDecide *decide, DraftMove *ret_move,
        GError **error)
{
	g_autoptr(Statement) move = store_statement(store, sql);

	statement_bind_int(move, 1, decide->id);
	statement_bind_int(move, 2, decide->at);
	return drafts_move(store, move, ret_move, error);
}

static bool
edit(Store *store, const DraftDecide *decide, DraftMove *ret_move,
     GError **error)
{
	g_autoptr(Statement) mark = store_statement(store, SQL_draft_edit);
	g_autoptr(Statement) write = NULL;
	g_autofree char *checks = drafts_list_of(
		decide->checks != NULL ? decide->checks : "", DRAFT_LIST_MAX);
	gsize size;
	const void *bytes;

	statement_bind_int(mark, 1, decide->id);
	statement_bind_text(mark, 2, checks);
	if (!drafts_move(store, mark, ret_move, error))
		return false;
	if (*ret_move == DRAFT_REFUSED)
		return true;
	write = store_statement(store, SQL_draft_write_text);
	bytes = g_bytes_get_data((GBytes *)decide->text, &size);
	statement_bind_int(write, 1, decide->id);
	statement_bind_bytes(write, 2, bytes, size);
	return statement_run(write, error);
}

/* There is a text, and it was `ret_edited` or not; else `ret_there` is
 * false. */
static bool
find_text(Store *store, int64_t id, bool *ret_there, bool *ret_edited,
          GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_draft_is_edited);
	StepResult step;

	statement_bind_int(find, 1, id);
	step = statement_step(find, error);
	*ret_there = step == STEP_ROW;
	*ret_edited = step == STEP_ROW && statement_int(find, 0) != 0;
	return step != STEP_FAILED;
}

static bool
send_it(Store *store, const DraftDecide *decide, DraftMove *ret_move,
        GError **error)
{
	DraftEnd end = { .fate = FATE_SENT_AS_IS,
		         .distance = decide->distance,
		         .at = decide->at };
	bool there, edited;

	*ret_move = DRAFT_REFUSED;
	if (!find_text(store, decide->id, &there, &edited, error))
		return false;
	if (edited || decide->distance > 0)
		end.fate = FATE_SENT_EDITED;
	return !there || drafts_close(store, decide->id, &end, ret_move, error);
}

static bool
reject(Store *store, const DraftDecide *decide, DraftMove *ret_move,
       GError **error)
{
	const DraftEnd end = { .fate = FATE_REJECTED,
		               .distance = -1,
		               .at = decide->at };
	g_autoptr(Statement) note = NULL;
	g_autofree char *word = NULL;

	if (!drafts_close(store, decide->id, &end, ret_move, error))
		return false;
	if (*ret_move == DRAFT_REFUSED || decide->reason == NULL)
		return true;
	word = drafts_list_of(decide->reason, FAULT_MAX);
	note = store_statement(store, SQL_draft_rejected);
	statement_bind_int(note, 1, decide->id);
	statement_bind_text(note, 2, word);
	return statement_run(note, error);
}

static bool
apply(Store *store, const DraftDecide *decide, DraftMove *ret_move,
      GError **error)
{
	switch (decide->decision) {
	case DECIDE_APPROVE:
		return move_at(store, SQL_draft_approve, decide, ret_move,
		               error);
	case DECIDE_REJECT:
		return reject(store, decide, ret_move, error);
	case DECIDE_RETRY:
		return move_at(store, SQL_draft_retry, decide, ret_move, error);
	case DECIDE_EDIT:
		return edit(store, decide, ret_move, error);
	case DECIDE_SEND:
		return send_it(store, decide, ret_move, error);
	}
	g_assert_not_reached();
}

bool
drafts_decide(Store *store, const Keys *keys, const DraftDecide *decide,
              DraftMove *ret_move, GError **error)
{
	const AuditEntry entry = { .event = AUDIT_DRAFT,
		                   .n = decide->decision };

	if (!apply(store, decide, ret_move, error))
		return false;
	return *ret_move == DRAFT_REFUSED ||
	       audit_append(store, keys, &entry, error);
}
