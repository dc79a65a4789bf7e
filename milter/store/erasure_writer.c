/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is no customer, or one of a company's people, is known by the drafts that
 * were asked for: as long as there may be a text of his, they keep his
 * pseudonym, and what hangs on the conversations goes with them: all drafts of
 * these too, or one would be left that points at a thread whose number another
 * person's gets.
 */
#include "erasure_private.h"

/* The drafts last: all else is found through them. */
static const SqlId steps[] = {
	SQL_unwrite_draft_text, SQL_unwrite_sent,       SQL_unwrite_datum,
	SQL_unwrite_outcome,    SQL_unwrite_evidence,   SQL_unwrite_answer,
	SQL_unwrite_gap,        SQL_unwrite_thread_ref, SQL_unwrite_mail,
	SQL_unwrite_thread,     SQL_unwrite_recall,     SQL_unwrite_draft,
};

static bool
run_step(Store *store, SqlId sql, const Pseudonym *writer, int64_t *rows,
         GError **error)
{
	g_autoptr(Statement) statement = store_statement(store, sql);

	statement_bind_bytes(statement, 1, writer->bytes, sizeof writer->bytes);
	if (!statement_run(statement, error))
		return false;
	*rows += store_changes(store);
	return true;
}

static bool
wrote(Store *store, const Pseudonym *writer, bool *ret_wrote, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_unwrite_any);
	StepResult step;

	statement_bind_bytes(find, 1, writer->bytes, sizeof writer->bytes);
	step = statement_step(find, error);
	*ret_wrote = step == STEP_ROW;
	return step != STEP_FAILED;
}

static bool
erase_one(Store *store, const Pseudonym *writer, int64_t *rows, GError **error)
{
	int64_t claimed = 0; /* no rows that went */
	bool any;

	if (!wrote(store, writer, &any, error))
		return false;
	if (any && !run_step(store, SQL_unwrite_claim, writer, &claimed, error))
		return false;
	for (size_t i = 0; any && i < G_N_ELEMENTS(steps); i++)
		if (!run_step(store, steps[i], writer, rows, error))
			return false;
	return true;
}

bool
erase_writer(Store *store, const PersonNames *names, int64_t *rows,
             GError **error)
{
	if (names->kind != PSEUDONYM_EMAIL)
		return true;
	return erase_one(store, &names->now, rows, error) &&
	       (!names->has_old || erase_one(store, &names->old, rows, error));
}

static void
add_address(const Pseudonym *key, PseudonymKind kind, void *data)
{
	if (kind == PSEUDONYM_EMAIL)
		g_array_append_vals(data, key, 1);
}

bool
erase_writers_of(Store *store, int64_t customer, int64_t *rows, GError **error)
{
	g_autoptr(GArray) addresses =
		g_array_new(FALSE, FALSE, sizeof(Pseudonym));

	if (!person_each_key(store, customer, add_address, addresses, error))
		return false;
	for (guint i = 0; i < addresses->len; i++)
		if (!erase_one(store, &g_array_index(addresses, Pseudonym, i),
		               rows, error))
			return false;
	return true;
}
