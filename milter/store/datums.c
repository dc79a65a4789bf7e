/* SPDX-License-Identifier: Apache-2.0 */
#include "store/datums.h"

static bool
note_one(Store *store, const Keys *keys, const DatumPlace *place,
         const char *text, GError **error)
{
	g_autoptr(Statement) note = store_statement(store, SQL_datum_note);
	Pseudonym hash = keys_pseudonym(keys, PSEUDONYM_DATUM, text);

	statement_bind_bytes(note, 1, hash.bytes, sizeof(hash.bytes));
	statement_bind_int(note, 2, place->thread);
	statement_bind_id(note, 3, place->customer);
	statement_bind_int(note, 4, place->at);
	return statement_run(note, error);
}

bool
datums_note(Store *store, const Keys *keys, const DatumPlace *place,
            const char *const *texts, size_t n, GError **error)
{
	for (size_t i = 0; i < MIN(n, DATUMS_MAX); i++)
		if (!note_one(store, keys, place, texts[i], error))
			return false;
	return true;
}

static bool
is_here(Store *store, const Pseudonym *hash, int64_t thread, bool *ret_here,
        GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_datum_here);
	StepResult step;

	statement_bind_bytes(find, 1, hash->bytes, sizeof(hash->bytes));
	statement_bind_int(find, 2, thread);
	step = statement_step(find, error);
	*ret_here = step == STEP_ROW;
	return step != STEP_FAILED;
}

/* How many customers it is of, at most DATUMS_COMMON. */
static bool
count_threads(Store *store, const Pseudonym *hash, unsigned *ret_n,
              GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_datum_find);
	StepResult step;

	*ret_n = 0;
	statement_bind_bytes(find, 1, hash->bytes, sizeof(hash->bytes));
	statement_bind_int(find, 2, DATUMS_COMMON);
	while ((step = statement_step(find, error)) == STEP_ROW)
		(*ret_n)++;
	return step == STEP_DONE;
}

static bool
is_foreign_hash(Store *store, const Pseudonym *hash, int64_t thread,
                bool *ret_foreign, GError **error)
{
	bool here = false;
	unsigned n;

	if (!count_threads(store, hash, &n, error))
		return false;
	if (n > 0 && n < DATUMS_COMMON &&
	    !is_here(store, hash, thread, &here, error))
		return false;
	*ret_foreign = n > 0 && n < DATUMS_COMMON && !here;
	return true;
}

bool
datums_find_foreign(Store *store, const Keys *keys, const DatumAsk *ask,
                    int *ret_at, GError **error)
{
	*ret_at = -1;
	for (size_t i = 0; i < MIN(ask->n, DATUMS_MAX) && *ret_at < 0; i++) {
		Pseudonym hash =
			keys_pseudonym(keys, PSEUDONYM_DATUM, ask->texts[i]);
		bool foreign;

		if (!is_foreign_hash(store, &hash, ask->thread, &foreign,
		                     error))
			return false;
		if (foreign)
			*ret_at = (int)i;
	}
	return true;
}
