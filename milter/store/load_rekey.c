/* SPDX-License-Identifier: Apache-2.0 */
/*
 * While a customer key is being changed, an alias that stands under the old one
 * gets its new name when it is imported: only here is its text at hand.
 */
#include "load_private.h"
#include "store/customers.h"

typedef struct Rename {
	Pseudonym old, now;
} Rename;

void
load_rekey_note(Load *load, PseudonymKind kind, const char *text,
                const Pseudonym *now)
{
	Rename rename = { .now = *now };

	if (keys_old_id(load->keys) == 0 ||
	    !keys_old_pseudonym(load->keys, kind, text, &rename.old))
		return;
	if (load->renames == NULL)
		load->renames = g_array_new(FALSE, FALSE, sizeof(Rename));
	g_array_append_val(load->renames, rename);
}

static bool
find(Load *load, const Pseudonym *key, int64_t *ret_customer, GError **error)
{
	g_autoptr(Statement) find =
		store_statement(load->store, SQL_customer_of_alias);
	StepResult result;

	statement_bind_bytes(find, 1, key->bytes, PSEUDONYM_BYTES);
	result = statement_step(find, error);
	*ret_customer = result == STEP_ROW ? statement_int(find, 0) : 0;
	return result != STEP_FAILED;
}

/* Both names are there when a mail or a file was quicker. */
static bool
drop_old(Load *load, const Rename *rename, int64_t old, int64_t now,
         LoadCounts *counts, GError **error)
{
	Statement *drop;

	if (old != now) {
		if (!customers_merge(load->store, MIN(old, now), MAX(old, now),
		                     error))
			return false;
		counts->merged++;
	}
	drop = store_statement(load->store, SQL_load_alias_drop);
	statement_bind_bytes(drop, 1, rename->old.bytes, PSEUDONYM_BYTES);
	return statement_run(drop, error);
}

static bool
rename_one(Load *load, const Rename *rename, LoadCounts *counts, GError **error)
{
	int64_t old, now;
	Statement *rekey;

	if (!find(load, &rename->old, &old, error))
		return false;
	if (old == 0)
		return true;
	if (!find(load, &rename->now, &now, error))
		return false;
	if (now != 0)
		return drop_old(load, rename, old, now, counts, error);
	rekey = store_statement(load->store, SQL_load_alias_rekey);
	statement_bind_bytes(rekey, 1, rename->now.bytes, PSEUDONYM_BYTES);
	statement_bind_int(rekey, 2, keys_id(load->keys));
	statement_bind_bytes(rekey, 3, rename->old.bytes, PSEUDONYM_BYTES);
	return statement_run(rekey, error);
}

bool
load_rekey(Load *load, LoadCounts *counts, GError **error)
{
	for (guint i = 0; load->renames != NULL && i < load->renames->len; i++)
		if (!rename_one(load, &g_array_index(load->renames, Rename, i),
		                counts, error))
			return false;
	return true;
}
