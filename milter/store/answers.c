/* SPDX-License-Identifier: Apache-2.0 */
#include "store/answers.h"

#include "drafts_private.h"
#include "store/audit.h"
#include "store/lessons.h"

static bool
insert(Store *store, const KeptAnswer *answer, GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_answer_put);
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)answer->text, &size);

	statement_bind_text(put, 1, answer->public_id);
	statement_bind_int(put, 2, answer->thread);
	statement_bind_id(put, 3, answer->customer);
	statement_bind_text(put, 4, answer->mailbox);
	statement_bind_text(put, 5, language_code(answer->language));
	statement_bind_int(put, 6, answer->at);
	statement_bind_bytes(put, 7, bytes, size);
	return statement_run(put, error);
}

bool
answers_put(Store *store, const KeptAnswer *answer, GError **error)
{
	g_autoptr(Statement) trim = NULL;

	if (!insert(store, answer, error))
		return false;
	trim = store_statement(store, SQL_answer_trim);
	statement_bind_text(trim, 1, answer->mailbox);
	statement_bind_text(trim, 2, language_code(answer->language));
	statement_bind_int(trim, 3, ANSWERS_MAX);
	return statement_run(trim, error);
}

static void
show(Statement *list, AnswerVisit *visit, void *data)
{
	g_autoptr(GBytes) text = drafts_column_bytes(list, 6);
	Language language = language_from_code(statement_text(list, 4));
	const KeptAnswer answer = { .id = statement_int(list, 7),
		                    .public_id = statement_text(list, 0),
		                    .thread = statement_int(list, 1),
		                    .customer = statement_int(list, 2),
		                    .mailbox = statement_text(list, 3),
		                    .language = language < LANGUAGE_N
		                                        ? language
		                                        : LANGUAGE_UND,
		                    .at = statement_int(list, 5),
		                    .text = text };

	visit(&answer, data);
}

static bool
show_all(Statement *list, AnswerVisit *visit, void *data, GError **error)
{
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW)
		show(list, visit, data);
	return step == STEP_DONE;
}

bool
answers_each(Store *store, const char *mailbox, Language language,
             AnswerVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_answer_list);

	statement_bind_text(list, 1, mailbox);
	statement_bind_text(list, 2, language_code(language));
	return show_all(list, visit, data, error);
}

bool
answers_each_all(Store *store, AnswerVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_answer_all);

	return show_all(list, visit, data, error);
}

bool
answers_drop(Store *store, const Keys *keys, int64_t id, bool *ret_found,
             GError **error)
{
	const AuditEntry entry = { .event = AUDIT_LESSON, .n = LESSON_DROPPED };
	g_autoptr(Statement) drop = store_statement(store, SQL_answer_drop);

	statement_bind_int(drop, 1, id);
	if (!statement_run(drop, error))
		return false;
	*ret_found = store_changes(store) > 0;
	return !*ret_found || audit_append(store, keys, &entry, error);
}
