/* SPDX-License-Identifier: Apache-2.0 */
#include "store/suppression.h"

#include "base/clock.h"

Pseudonym
suppression_key(const Keys *keys, const char *identity)
{
	g_autofree char *text = g_strconcat("objection\n", identity, NULL);

	return keys_pseudonym(keys, PSEUDONYM_AUDIT, text);
}

static bool
find_key(Store *store, const Pseudonym *key, SuppressionKind *ret_kind,
         GError **error)
{
	g_autoptr(Statement) find =
		store_statement(store, SQL_suppression_find);
	StepResult step;

	statement_bind_bytes(find, 1, key->bytes, sizeof key->bytes);
	step = statement_step(find, error);
	*ret_kind = step == STEP_ROW ? (SuppressionKind)statement_int(find, 0)
	                             : SUPPRESSION_NONE;
	return step != STEP_FAILED;
}

bool
suppression_find(Store *store, const Keys *keys, const char *identity,
                 SuppressionKind *ret_kind, GError **error)
{
	Pseudonym key = suppression_key(keys, identity);

	return find_key(store, &key, ret_kind, error);
}

static bool
delete_key(Store *store, const Pseudonym *key, GError **error)
{
	g_autoptr(Statement) delete =
		store_statement(store, SQL_suppression_delete);

	statement_bind_bytes(delete, 1, key->bytes, sizeof key->bytes);
	return statement_run(delete, error);
}

bool
suppression_put(Store *store, const Pseudonym *key, SuppressionKind kind,
                GError **error)
{
	g_autoptr(Statement) put = NULL;
	SuppressionKind now;

	if (kind == SUPPRESSION_NONE)
		return delete_key(store, key, error);
	if (!find_key(store, key, &now, error))
		return false;
	if (now == SUPPRESSION_OBJECTION || now == kind)
		return true;
	put = store_statement(store, SQL_suppression_put);
	statement_bind_bytes(put, 1, key->bytes, sizeof key->bytes);
	statement_bind_int(put, 2, clock_wall() / G_USEC_PER_SEC);
	statement_bind_int(put, 3, kind);
	return statement_run(put, error);
}
