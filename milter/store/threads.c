/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reference leads only to a thread of the same mailbox and the same writer:
 * who learns a Message-ID of another's must not touch that thread. So an id may
 * lead to several threads; a mail that goes out answers all of them, since who
 * wrote it answered that id.
 */
#include "store/threads.h"

/* Threads that one outbound reference may close. */
#define ANSWERED_MAX 20

static Pseudonym
ref_of(const MailSite *site, const TraceHash *hash)
{
	char text[TRACE_TEXT_SIZE];

	trace_text(hash, text);
	return keys_pseudonym(site->keys, PSEUDONYM_MAIL, text);
}

/* Steps and reads a Thread; its id stays 0 when there is none. */
static bool
step_thread(Statement *statement, Thread *ret_thread, GError **error)
{
	StepResult result = statement_step(statement, error);

	if (result != STEP_ROW)
		return result == STEP_DONE;
	ret_thread->id = statement_int(statement, 0);
	ret_thread->contacts = statement_int(statement, 1);
	ret_thread->due_at = statement_int(statement, 2);
	ret_thread->answered = !statement_is_null(statement, 3);
	return true;
}

static bool
find_by_ref(Store *store, const Pseudonym *ref, const Contact *contact,
            Thread *thread, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_thread_find);

	statement_bind_bytes(find, 1, ref->bytes, sizeof(ref->bytes));
	statement_bind_int(find, 2, contact->mailbox);
	statement_bind_id(find, 3, contact->customer);
	return step_thread(find, thread, error);
}

/* The i-th newest id: the mail's own first, which an answer that came earlier
 * may have named. */
static const TraceHash *
newest(const Trace *trace, unsigned i)
{
	if (trace->has_id && i-- == 0)
		return &trace->id;
	return &trace->reference[trace->n_references - 1 - i];
}

static unsigned
count_ids(const Trace *trace)
{
	return trace->n_references + (trace->has_id ? 1 : 0);
}

bool
threads_find(Store *store, const MailSite *site, const MailRecord *record,
             const Contact *contact, Thread *ret_thread, GError **error)
{
	const Trace *trace = record->trace;
	Thread thread = { .id = 0 };

	for (unsigned i = 0; i < count_ids(trace) && thread.id == 0; i++) {
		Pseudonym ref = ref_of(site, newest(trace, i));

		if (!find_by_ref(store, &ref, contact, &thread, error))
			return false;
	}
	*ret_thread = thread;
	return true;
}

bool
threads_read(Store *store, int64_t id, Thread *ret_thread, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_thread_read);
	Thread thread = { .id = 0 };

	statement_bind_int(read, 1, id);
	if (!step_thread(read, &thread, error))
		return false;
	*ret_thread = thread;
	return true;
}

static bool
open_thread(Store *store, const Contact *contact, Thread *thread,
            GError **error)
{
	g_autoptr(Statement) open = store_statement(store, SQL_thread_open);

	statement_bind_int(open, 1, contact->mailbox);
	statement_bind_id(open, 2, contact->customer);
	statement_bind_int(open, 3, contact->at);
	statement_bind_int(open, 4, contact->due_at);
	statement_bind_int(open, 5, contact->tier);
	statement_bind_int(open, 6, contact->quiet);
	if (!statement_run(open, error))
		return false;
	*thread = (Thread){ .id = store_last_id(store),
		            .contacts = 1,
		            .due_at = contact->due_at };
	return true;
}

bool
threads_contact(Store *store, const Contact *contact, Thread *thread,
                GError **error)
{
	g_autoptr(Statement) update = NULL;

	if (thread->id == 0)
		return open_thread(store, contact, thread, error);
	if (thread->answered || thread->due_at == 0 ||
	    contact->due_at < thread->due_at)
		thread->due_at = contact->due_at;
	thread->answered = false;
	thread->contacts++;
	update = store_statement(store, SQL_thread_contact);
	statement_bind_int(update, 1, thread->id);
	statement_bind_int(update, 2, contact->at);
	statement_bind_int(update, 3, thread->due_at);
	statement_bind_int(update, 4, contact->tier);
	statement_bind_int(update, 5, contact->quiet);
	return statement_run(update, error);
}

bool
threads_refer(Store *store, const MailSite *site, const MailRecord *record,
              int64_t thread, GError **error)
{
	const Trace *trace = record->trace;

	for (unsigned i = 0; i < count_ids(trace); i++) {
		g_autoptr(Statement) refer =
			store_statement(store, SQL_thread_refer);
		Pseudonym ref = ref_of(site, newest(trace, i));

		statement_bind_bytes(refer, 1, ref.bytes, sizeof(ref.bytes));
		statement_bind_int(refer, 2, thread);
		statement_bind_int(refer, 3, record->at);
		if (!statement_run(refer, error))
			return false;
	}
	return true;
}

/* All threads of that mailbox that the id leads to. */
static bool
collect(Store *store, const Pseudonym *ref, int64_t mailbox, GArray *threads,
        GError **error)
{
	g_autoptr(Statement) find =
		store_statement(store, SQL_thread_of_mailbox);
	StepResult result;

	statement_bind_bytes(find, 1, ref->bytes, sizeof(ref->bytes));
	statement_bind_int(find, 2, mailbox);
	statement_bind_int(find, 3, ANSWERED_MAX);
	while ((result = statement_step(find, error)) == STEP_ROW) {
		int64_t id = statement_int(find, 0);

		g_array_append_val(threads, id);
	}
	return result == STEP_DONE;
}

static bool
answer_all(Store *store, const MailRecord *record, const GArray *threads,
           GError **error)
{
	for (unsigned i = 0; i < threads->len; i++) {
		g_autoptr(Statement) answer =
			store_statement(store, SQL_thread_answer);

		statement_bind_int(answer, 1,
		                   g_array_index(threads, int64_t, i));
		statement_bind_int(answer, 2, record->at);
		if (!statement_run(answer, error))
			return false;
	}
	return true;
}

bool
threads_answer(Store *store, const MailSite *site, const MailRecord *record,
               int64_t mailbox, int64_t *ret_thread, GError **error)
{
	g_autoptr(GArray) threads = g_array_new(FALSE, FALSE, sizeof(int64_t));
	const Trace *trace = record->trace;

	for (unsigned i = 0; i < trace->n_references; i++) {
		Pseudonym ref = ref_of(site, &trace->reference[i]);

		if (!collect(store, &ref, mailbox, threads, error))
			return false;
	}
	if (!answer_all(store, record, threads, error))
		return false;
	*ret_thread = threads->len > 0 ? g_array_index(threads, int64_t,
	                                               threads->len - 1)
	                               : 0;
	return true;
}

static bool
find_mailbox(Store *store, const char *address, int64_t *ret_mailbox,
             GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_mailbox_find);
	StepResult result;

	statement_bind_text(find, 1, address);
	result = statement_step(find, error);
	*ret_mailbox = result == STEP_ROW ? statement_int(find, 0) : 0;
	return result != STEP_FAILED;
}

bool
threads_mailbox(Store *store, const char *address, int64_t *ret_mailbox,
                GError **error)
{
	g_autoptr(Statement) add = NULL;

	if (!find_mailbox(store, address, ret_mailbox, error))
		return false;
	if (*ret_mailbox != 0)
		return true;
	add = store_statement(store, SQL_mailbox_add);
	statement_bind_text(add, 1, address);
	if (!statement_run(add, error))
		return false;
	*ret_mailbox = store_last_id(store);
	return true;
}

bool
threads_each_overdue(Store *store, int64_t now, OverdueVisit *visit, void *data,
                     GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_thread_overdue);
	StepResult result;

	statement_bind_int(list, 1, now);
	while ((result = statement_step(list, error)) == STEP_ROW) {
		Overdue overdue = {
			.tier = (Tier)CLAMP(statement_int(list, 0), 0,
			                    TIER_N - 1),
			.due_at = statement_int(list, 1),
			.since = statement_int(list, 2),
			.contacts = statement_int(list, 3),
			.mailbox = statement_text(list, 4),
			.public_id = statement_text(list, 5),
			.customer = statement_int(list, 6),
		};

		visit(&overdue, data);
	}
	return result == STEP_DONE;
}
