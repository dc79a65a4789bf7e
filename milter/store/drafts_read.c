/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "drafts_private.h"

#define PREFIX_MIN 4

static void
read_words(Statement *list, DraftRow *row)
{
	Language language = language_from_code(statement_text(list, 8));

	row->public_id = statement_text(list, 4);
	row->mailbox = statement_text(list, 5);
	row->language = language < LANGUAGE_N ? language : LANGUAGE_UND;
	row->facts = statement_text(list, 9);
	row->engine = statement_text(list, 10);
	row->modules = statement_text(list, 11);
	row->articles = statement_text(list, 12);
	row->checks = statement_text(list, 13);
	row->reason = statement_text(list, 14);
	row->fault = statement_text(list, 15);
	row->place = statement_text(list, 16);
}

static void
read_row(Statement *list, DraftRow *row)
{
	*row = (DraftRow){
		.id = statement_int(list, 0),
		.mail = statement_int(list, 1),
		.thread = statement_int(list, 2),
		.customer = statement_int(list, 3),
		.state = (DraftState)CLAMP(statement_int(list, 6), 0,
		                           DRAFT_STATE_N - 1),
		.fate = (DraftFate)CLAMP(statement_int(list, 7), 0, FATE_N - 1),
		.contact = (unsigned)statement_int(list, 17),
		.flags = (unsigned)statement_int(list, 18),
		.attempts = statement_int(list, 19),
		.created_at = statement_int(list, 20),
		.drafted_at = statement_int(list, 21),
		.delivered_at = statement_int(list, 22),
		.closed_at = statement_int(list, 23),
		.next_at = statement_int(list, 24),
		.calls = statement_int(list, 25),
		.tokens = statement_int(list, 26),
		.distance = statement_is_null(list, 27)
		                    ? -1
		                    : (int)statement_int(list, 27),
		.edited = statement_int(list, 28) != 0,
	};
	read_words(list, row);
}

/* Shows the row that the statement stands at; only once it is the only one. */
static bool
show_one(Statement *find, DraftVisit *visit, void *data, GError **error)
{
	DraftRow row;

	if (statement_step(find, error) != STEP_ROW)
		return false;
	read_row(find, &row);
	visit(&row, data);
	return true;
}

bool
drafts_by_thread(Store *store, int64_t thread, DraftVisit *visit, void *data,
                 GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_draft_by_thread);

	statement_bind_int(find, 1, thread);
	return show_one(find, visit, data, error);
}

bool
drafts_last_of_thread(Store *store, int64_t thread, DraftVisit *visit,
                      void *data, GError **error)
{
	g_autoptr(Statement) find =
		store_statement(store, SQL_draft_last_of_thread);

	statement_bind_int(find, 1, thread);
	return show_one(find, visit, data, error);
}

bool
drafts_of_thread(Store *store, int64_t thread, const char *public_id,
                 DraftVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_draft_of);

	statement_bind_int(find, 1, thread);
	statement_bind_text(find, 2, public_id);
	return show_one(find, visit, data, error);
}

static unsigned
count_rows(Statement *find, GError **error)
{
	unsigned n = 0;
	StepResult step;

	while ((step = statement_step(find, error)) == STEP_ROW)
		n++;
	return step == STEP_DONE ? n : 0;
}

static Statement *
begin_find(Store *store, const char *from, const char *upto)
{
	Statement *find = store_statement(store, SQL_draft_find);

	statement_bind_text(find, 1, from);
	statement_bind_text(find, 2, upto);
	return find;
}

bool
drafts_find(Store *store, const char *public_id, DraftVisit *visit, void *data,
            GError **error)
{
	/* '~' comes after all letters of an id. */
	g_autofree char *upto = g_strconcat(public_id, "~", NULL);
	g_autoptr(Statement) find = NULL;

	if (strlen(public_id) < PREFIX_MIN)
		return false;
	find = begin_find(store, public_id, upto);
	if (count_rows(find, error) != 1)
		return false;
	statement_reset(g_steal_pointer(&find));
	find = begin_find(store, public_id, upto);
	return show_one(find, visit, data, error);
}

bool
drafts_each(Store *store, const DraftFilter *filter, DraftVisit *visit,
            void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_draft_list);
	StepResult step;

	statement_bind_int(list, 1, filter->all);
	statement_bind_int(list, 2, filter->state);
	if (filter->mailbox != NULL)
		statement_bind_text(list, 3, filter->mailbox);
	statement_bind_int(list, 4, filter->max > 0 ? filter->max : -1);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		DraftRow row;

		read_row(list, &row);
		visit(&row, data);
	}
	return step == STEP_DONE;
}

bool
drafts_each_modules(Store *store, const DraftReader *reader,
                    DraftModulesVisit *visit, void *data, GError **error)
{
	bool known = reader->customer != 0;
	g_autoptr(Statement) list = store_statement(
		store, known ? SQL_draft_modules : SQL_draft_modules_thread);
	StepResult step;

	statement_bind_int(list, 1, known ? reader->customer : reader->thread);
	statement_bind_int(list, 2, reader->max);
	while ((step = statement_step(list, error)) == STEP_ROW)
		visit(statement_text(list, 0), data);
	return step == STEP_DONE;
}

void
draft_texts_clear(DraftTexts *texts)
{
	g_clear_pointer(&texts->material, g_bytes_unref);
	g_clear_pointer(&texts->text, g_bytes_unref);
}

bool
drafts_texts(Store *store, int64_t id, DraftTexts *ret_texts, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_draft_texts);
	StepResult step;

	*ret_texts = (DraftTexts){ 0 };
	statement_bind_int(read, 1, id);
	step = statement_step(read, error);
	if (step == STEP_ROW) {
		ret_texts->material = drafts_column_bytes(read, 0);
		ret_texts->text = drafts_column_bytes(read, 1);
	}
	return step != STEP_FAILED;
}

bool
drafts_is_restricted(Store *store, int64_t id, bool *ret_restricted,
                     GError **error)
{
	g_autoptr(Statement) find =
		store_statement(store, SQL_draft_is_restricted);
	StepResult step;

	statement_bind_int(find, 1, id);
	step = statement_step(find, error);
	*ret_restricted = step == STEP_ROW && statement_int(find, 0) != 0;
	return step != STEP_FAILED;
}

static void
note_oldest(DraftCounts *counts, int64_t state, int64_t created_at)
{
	if (state != DRAFT_QUEUED && state != DRAFT_WORKING &&
	    state != DRAFT_DRAFTED)
		return;
	if (counts->oldest == 0 || created_at < counts->oldest)
		counts->oldest = created_at;
}

static bool
count_states(Store *store, DraftCounts *counts, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_draft_states);
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW) {
		int64_t state = statement_int(list, 0);

		if (state < 0 || state >= DRAFT_STATE_N)
			continue;
		counts->state[state] = statement_int(list, 1);
		counts->held += statement_int(list, 3);
		note_oldest(counts, state, statement_int(list, 2));
	}
	return step == STEP_DONE;
}

static bool
count_fates(Store *store, int64_t since, DraftCounts *counts, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_draft_fates);
	StepResult step;

	statement_bind_int(list, 1, since);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		int64_t fate = statement_int(list, 0);

		if (fate > 0 && fate < FATE_N)
			counts->fate[fate] = statement_int(list, 1);
	}
	return step == STEP_DONE;
}

bool
drafts_count(Store *store, int64_t since, DraftCounts *ret_counts,
             GError **error)
{
	*ret_counts = (DraftCounts){ .oldest = 0 };
	return count_states(store, ret_counts, error) &&
	       count_fates(store, since, ret_counts, error);
}

bool
drafts_use(Store *store, const char *mailbox, unsigned n, int64_t now,
           DraftUse *ret_use, GError **error)
{
	g_autoptr(Statement) count = store_statement(store, SQL_draft_use);

	statement_bind_text(count, 1, mailbox);
	statement_bind_int(count, 2, n);
	statement_bind_int(count, 3, now);
	if (statement_step(count, error) != STEP_ROW)
		return false;
	ret_use->seen = statement_int(count, 0);
	ret_use->used = statement_int(count, 1);
	return true;
}
