/* SPDX-License-Identifier: Apache-2.0 */
#include "store/outcomes.h"

#include <string.h>

#include "drafts_private.h"

/* What is not known is NULL. */
static void
bind_known(Statement *statement, int at, int64_t value)
{
	if (value >= 0)
		statement_bind_int(statement, at, value);
	else
		statement_bind_null(statement, at);
}

static int64_t
known(Statement *statement, int column)
{
	return statement_is_null(statement, column)
	               ? -1
	               : statement_int(statement, column);
}

bool
outcomes_put(Store *store, const Outcome *outcome, GError **error)
{
	g_autofree char *engine = drafts_list_of(outcome->engine, FAULT_MAX);
	g_autoptr(Statement) put = store_statement(store, SQL_outcome_put);

	statement_bind_int(put, 1, outcome->thread);
	statement_bind_id(put, 2, outcome->customer);
	statement_bind_text(put, 3, outcome->mailbox);
	statement_bind_int(put, 4, outcome->at);
	statement_bind_id(put, 5, outcome->asked_at);
	bind_known(put, 6, outcome->response);
	bind_known(put, 7, outcome->business);
	statement_bind_int(put, 8, outcome->contacts);
	statement_bind_int(put, 9, outcome->answers);
	statement_bind_int(put, 10, outcome->draft);
	bind_known(put, 11, outcome->distance);
	statement_bind_text(put, 12, engine);
	statement_bind_text(put, 13, language_code(outcome->language));
	bind_known(put, 14, outcome->mood_first);
	bind_known(put, 15, outcome->mood_last);
	statement_bind_int(put, 16, outcome->tier);
	return statement_run(put, error);
}

bool
outcomes_settle(Store *store, int64_t now, int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) settle =
		store_statement(store, SQL_outcome_settle);

	statement_bind_int(settle, 1, now);
	statement_bind_int(settle, 2, OUTCOME_SETTLED_SECONDS);
	if (!statement_run(settle, error))
		return false;
	*ret_n = store_changes(store);
	return true;
}

static void
read_outcome(Statement *list, Outcome *outcome)
{
	Language language = language_from_code(statement_text(list, 13));

	*outcome = (Outcome){
		.id = statement_int(list, 0),
		.thread = statement_int(list, 1),
		.customer = statement_int(list, 2),
		.mailbox = statement_text(list, 3),
		.at = statement_int(list, 4),
		.asked_at = statement_int(list, 5),
		.response = known(list, 6),
		.business = known(list, 7),
		.contacts = (unsigned)statement_int(list, 8),
		.answers = (unsigned)statement_int(list, 9),
		.draft = (int)CLAMP(statement_int(list, 10), 0, FATE_N - 1),
		.distance = (int)known(list, 11),
		.engine = statement_text(list, 12),
		.language = language < LANGUAGE_N ? language : LANGUAGE_UND,
		.mood_first = (int)known(list, 14),
		.mood_last = (int)known(list, 15),
		.enough = (int)known(list, 16),
		.tier = (int)statement_int(list, 17),
	};
}

bool
outcomes_each(Store *store, int64_t from, int64_t upto, OutcomeVisit *visit,
              void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_outcome_list);
	StepResult step;

	statement_bind_int(list, 1, from);
	statement_bind_int(list, 2, upto);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		Outcome outcome;

		read_outcome(list, &outcome);
		visit(&outcome, data);
	}
	return step == STEP_DONE;
}

bool
outcomes_each_draft(Store *store, int64_t from, int64_t upto,
                    DraftOutcomeVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_outcome_drafts);
	StepResult step;

	statement_bind_int(list, 1, from);
	statement_bind_int(list, 2, upto);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		int64_t fate = CLAMP(statement_int(list, 2), 0, FATE_N - 1);
		const DraftOutcome draft = { .mailbox = statement_text(list, 0),
			                     .at = statement_int(list, 1),
			                     .fate = (DraftFate)fate,
			                     .distance = (int)known(list, 3) };

		visit(&draft, data);
	}
	return step == STEP_DONE;
}

static void
show_mail(Statement *list, ThreadMailVisit *visit, void *data)
{
	size_t size;
	const char *bytes = statement_bytes(list, 3, &size);
	g_autofree char *facts =
		size > 0 ? g_strndup(bytes, size) : g_strdup("");
	const ThreadMail mail = { .id = statement_int(list, 0),
		                  .at = statement_int(list, 1),
		                  .out = statement_int(list, 2) != 0,
		                  .facts = facts };

	visit(&mail, data);
}

bool
outcomes_each_mail(Store *store, int64_t thread, ThreadMailVisit *visit,
                   void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_outcome_mails);
	StepResult step;

	statement_bind_int(list, 1, thread);
	while ((step = statement_step(list, error)) == STEP_ROW)
		show_mail(list, visit, data);
	return step == STEP_DONE;
}

bool
outcomes_each_backlog(Store *store, int64_t now, BacklogVisit *visit,
                      void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_outcome_backlog);
	StepResult step;

	statement_bind_int(list, 1, now);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		const Backlog backlog = { .mailbox = statement_text(list, 0),
			                  .tier = (int)statement_int(list, 1),
			                  .open = statement_int(list, 2),
			                  .overdue = statement_int(list, 3),
			                  .oldest = statement_int(list, 4) };

		visit(&backlog, data);
	}
	return step == STEP_DONE;
}

typedef struct Waiting {
	char *mailbox;
	int64_t thread, since; /* since 0: nothing waits */
	int64_t answered;      /* when the thread was; 0: it was not */
	WaitVisit *visit;
	void *data;
} Waiting;

static void
end_wait(Waiting *waiting, int64_t upto)
{
	const Wait wait = { waiting->mailbox, waiting->since, upto };

	if (waiting->since != 0)
		waiting->visit(&wait, waiting->data);
	waiting->since = 0;
}

/* An answer that refers to several threads is a mail of one of them, but all
 * are answered. */
static void
end_thread(Waiting *waiting)
{
	bool answered = waiting->answered >= waiting->since;

	end_wait(waiting, answered ? waiting->answered : INT64_MAX);
}

static void
see_mail(Waiting *waiting, const char *mailbox, int64_t at, bool out)
{
	if (out) {
		end_wait(waiting, at);
		return;
	}
	if (waiting->since != 0)
		return;
	waiting->since = at;
	g_free(waiting->mailbox);
	waiting->mailbox = g_strdup(mailbox != NULL ? mailbox : "");
}

bool
outcomes_each_wait(Store *store, int64_t upto, WaitVisit *visit, void *data,
                   GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_outcome_waits);
	Waiting waiting = { .visit = visit, .data = data };
	StepResult step;

	statement_bind_int(list, 1, upto);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		int64_t thread = statement_int(list, 1);

		if (thread != waiting.thread)
			end_thread(&waiting);
		waiting.thread = thread;
		waiting.answered = statement_int(list, 4);
		see_mail(&waiting, statement_text(list, 0),
		         statement_int(list, 2), statement_int(list, 3) != 0);
	}
	if (step == STEP_DONE)
		end_thread(&waiting);
	g_free(waiting.mailbox);
	return step == STEP_DONE;
}
