/* SPDX-License-Identifier: Apache-2.0 */
#include "store/answers.h"

#include "drafts_private.h"

static bool
insert(Store *store, const Answer *answer, GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_answer_put);
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)answer->text, &size);

	statement_bind_text(put, 1, answer->public_id);
	statement_bind_int(put, 2, answer->thread);
	drafts_bind_id(put, 3, answer->customer);
	statement_bind_text(put, 4, answer->mailbox);
	statement_bind_text(put, 5, language_code(answer->language));
	statement_bind_int(put, 6, answer->at);
	statement_bind_bytes(put, 7, bytes, size);
	return statement_run(put, error);
}

bool
answers_put(Store *store, const Answer *answer, GError **error)
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
show(Statement *list, Language language, AnswerVisit *visit, void *data)
{
	g_autoptr(GBytes) text = drafts_column_bytes(list, 6);
	const Answer answer = { .public_id = statement_text(list, 0),
		                .thread = statement_int(list, 1),
		                .customer = statement_int(list, 2),
		                .mailbox = statement_text(list, 3),
		                .language = language,
		                .at = statement_int(list, 5),
		                .text = text };

	visit(&answer, data);
}

bool
answers_each(Store *store, const char *mailbox, Language language,
             AnswerVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_answer_list);
	StepResult step;

	statement_bind_text(list, 1, mailbox);
	statement_bind_text(list, 2, language_code(language));
	while ((step = statement_step(list, error)) == STEP_ROW)
		show(list, language, visit, data);
	return step == STEP_DONE;
}
