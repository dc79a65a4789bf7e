/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asked for, then done: the request is on the disk, beside the database, before
 * the first row goes. From there on whoever calls erasure_finish() completes
 * it: this call, the next command, the timer, or another process after a crash.
 *
 * A commit needs all readers gone. It is tried in turns with pauses, not held
 * open: the write lock held through a long report would stop the mails too.
 */
#include <string.h>

#include "audit_private.h"
#include "base/clock.h"
#include "base/text.h"
#include "beside.h"
#include "erasure_private.h"

#define PAUSE_US 50000

static bool
run_for(Store *store, SqlId id, int64_t customer, int64_t *ret_n,
        GError **error)
{
	g_autoptr(Statement) statement = store_statement(store, id);

	statement_bind_int(statement, 1, customer);
	if (!statement_run(statement, error))
		return false;
	*ret_n = store_changes(store);
	return true;
}

/* What must be done before the table's own statement. A draft that may lie in
 * a folder stays as nobody's until it was removed there. */
static bool
run_before(Store *store, SqlId erase, int64_t customer, int64_t *ret_n,
           GError **error)
{
	*ret_n = 0;
	return erase != SQL_erase_draft ||
	       run_for(store, SQL_erase_draft_recall, customer, ret_n, error);
}

static bool
mark_refit(Store *store, GError **error)
{
	g_autoptr(Statement) mark = store_statement(store, SQL_erase_refit);

	return statement_run(mark, error);
}

/* `people`: a company's orders and names stay. */
static bool
erase_tables(Store *store, int64_t customer, bool people, ErasureResult *result,
             GError **error)
{
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++) {
		int64_t rows = 0, before = 0;

		if (people && tables[i].company)
			continue;
		if (!run_before(store, tables[i].erase, customer, &before,
		                error) ||
		    !run_for(store, tables[i].erase, customer, &rows, error))
			return false;
		result->rows += rows + before;
		if (tables[i].erase == SQL_erase_example)
			result->examples += rows;
	}
	return result->examples == 0 || mark_refit(store, error);
}

bool
erase_customer(Store *store, int64_t customer, ErasureResult *result,
               GError **error)
{
	return erase_tables(store, customer, false, result, error);
}

static bool
erase_name(Store *store, const Pseudonym *key, ErasureResult *result,
           GError **error)
{
	g_autoptr(Statement) delete =
		store_statement(store, SQL_erase_alias_key);

	statement_bind_bytes(delete, 1, key->bytes, sizeof key->bytes);
	if (!statement_run(delete, error))
		return false;
	result->rows += store_changes(store);
	return true;
}

/* One of a company's people: the name, and what was learnt from mails. */
static bool
erase_one_of_company(Store *store, const PersonNames *names, int64_t customer,
                     ErasureResult *result, GError **error)
{
	result->shared++;
	return erase_name(store, &names->now, result, error) &&
	       (!names->has_old ||
	        erase_name(store, &names->old, result, error)) &&
	       erase_tables(store, customer, true, result, error);
}

static bool
erase_person(Store *store, const PersonNames *names, ErasureResult *result,
             GError **error)
{
	int64_t customer;
	bool company;

	if (!person_customer(store, names, &customer, error) ||
	    !erase_writer(store, names, &result->rows, error))
		return false;
	if (customer == 0)
		return true;
	if (!person_is_company(store, names, customer, &company, error))
		return false;
	if (company && names->kind == PSEUDONYM_EMAIL)
		return erase_one_of_company(store, names, customer, result,
		                            error);
	return erase_writers_of(store, customer, &result->rows, error) &&
	       erase_customer(store, customer, result, error);
}

bool
erase_by_key(Store *store, const Pseudonym *key, ErasureResult *result,
             GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_person_kind);
	/* No customer's: of one who only wrote. */
	PersonNames names = { .now = *key, .kind = PSEUDONYM_EMAIL };
	StepResult step;

	statement_bind_bytes(find, 1, key->bytes, sizeof key->bytes);
	step = statement_step(find, error);
	if (step == STEP_FAILED)
		return false;
	if (step == STEP_ROW)
		names.kind = (PseudonymKind)statement_int(find, 0);
	statement_reset(g_steal_pointer(&find));
	return erase_person(store, &names, result, error);
}

static AuditEvent
event_of(ErasureKind kind)
{
	static const AuditEvent events[] = {
		[ERASURE_ERASE] = AUDIT_ERASE,
		[ERASURE_OBJECT] = AUDIT_OBJECT,
		[ERASURE_OBJECT_MAIL] = AUDIT_OBJECT_MAIL,
	};

	return events[kind];
}

/* All of one request, in one transaction. */
static bool
carry_out(Store *store, const Keys *keys, const Pending *pending,
          ErasureResult *result, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	ErasureResult own = { 0 };
	AuditEntry entry = { .event = event_of(pending->kind),
		             .actor = pending->actor,
		             .subject = pending->subject };

	if (txn == NULL || !erase_person(store, &pending->names, &own, error))
		return false;
	entry.n = own.rows;
	if ((pending->kind != ERASURE_ERASE &&
	     !suppression_put(store, &pending->suppression,
	                      SUPPRESSION_OBJECTION, error)) ||
	    !audit_append(store, keys, &entry, error) ||
	    !store_commit(txn, error))
		return false;
	result->rows += own.rows;
	result->examples += own.examples;
	result->shared += own.shared;
	return true;
}

static bool
take_line(Store *store, const Keys *keys, const char *line,
          ErasureResult *result, GError **error)
{
	Pending pending;

	if (line[0] == '\0')
		return true;
	if (!pending_parse(line, &pending))
		return store_refuse(error, STORE_ERROR_CORRUPT,
		                    "%s.%s: a line cannot be read", store->path,
		                    ERASING_SUFFIX);
	return carry_out(store, keys, &pending, result, error);
}

/* The first lines that succeed are taken off the list. */
static bool
take_lines(Store *store, const Keys *keys, ErasureResult *result,
           GError **error)
{
	g_autofree char *text = beside_read(store, ERASING_SUFFIX, error);
	g_auto(GStrv) lines = NULL;
	bool good = text != NULL;
	char **line;

	if (!good || text[0] == '\0')
		return good;
	lines = g_strsplit(text, "\n", -1);
	for (line = lines; good && *line != NULL; line++)
		good = take_line(store, keys, *line, result, error);
	if (!good && line > lines) {
		g_autofree char *rest = g_strjoinv("\n", line - 1);

		result->pending = (int64_t)g_strv_length(line - 1) - 1;
		return beside_write(store, ERASING_SUFFIX, rest, NULL) && good;
	}
	return beside_write(store, ERASING_SUFFIX, "", error);
}

static bool
try_once(Store *store, const Keys *keys, ErasureResult *result, GError **error)
{
	int lock = beside_try_lock(store, error);
	bool good =
		lock >= 0 && (!erasure_is_pending(store) ||
	                      (take_lines(store, keys, result, error) &&
	                       audit_seal_locked(store, keys, error) &&
	                       beside_remove(store, ERASING_SUFFIX, error)));

	beside_unlock(lock);
	if (good)
		result->pending = 0;
	return good;
}

bool
erasure_is_pending(const Store *store)
{
	return beside_exists(store, ERASING_SUFFIX);
}

/* Another's lock is no failure. */
static bool
forgive_busy(GError **failure, GError **error)
{
	if (g_error_matches(*failure, STORE_ERROR, STORE_ERROR_BUSY)) {
		g_clear_error(failure);
		return true;
	}
	g_propagate_error(error, g_steal_pointer(failure));
	return false;
}

bool
erasure_finish(Store *store, const Keys *keys, int64_t wait_ms,
               ErasureResult *ret_result, GError **error)
{
	Deadline deadline = deadline_in(wait_ms);
	ErasureResult result = { 0 };

	*ret_result = result;
	if (!erasure_is_pending(store))
		return true;
	result.pending = 1;
	for (;;) {
		g_autoptr(GError) failure = NULL;

		if (!try_once(store, keys, &result, &failure) &&
		    !forgive_busy(&failure, error))
			return false;
		if (result.pending == 0 || deadline_passed(deadline))
			break;
		g_usleep(PAUSE_US);
	}
	*ret_result = result;
	return true;
}

static void
describe(const Keys *keys, const ErasureRequest *request, Pending *pending)
{
	const char *actor =
		request->actor != NULL ? request->actor : audit_actor();

	*pending = (Pending){ .kind = request->kind };
	person_names(keys, request->who, &pending->names);
	pending->suppression = suppression_key(keys, request->who);
	audit_subject(keys, request->who, pending->subject);
	audit_plain_name(actor, pending->actor);
}

static bool
write_down(Store *store, const Keys *keys, const Pending *pending,
           GError **error)
{
	g_autofree char *line = pending_text(pending);
	DecisionKind kind = pending->kind == ERASURE_ERASE ? DECISION_ERASE
	                                                   : DECISION_OBJECT;

	return decisions_write(store, keys, &pending->names,
	                       &pending->suppression, kind, error) &&
	       beside_append(store, ERASING_SUFFIX, line, error);
}

bool
erasure_run(Store *store, const Keys *keys, const ErasureRequest *request,
            ErasureResult *ret_result, GError **error)
{
	Pending pending;
	int lock;
	bool good;

	describe(keys, request, &pending);
	lock = beside_lock(store, error);
	good = lock >= 0 && write_down(store, keys, &pending, error);
	beside_unlock(lock);
	return good &&
	       erasure_finish(store, keys, request->wait_ms, ret_result, error);
}
