/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After a restore. The list has hashes of the names that were erased; the names
 * in the restored database are hashed the same way and compared. Who came back
 * as a customer after the erasure is left alone: `since` tells. What was
 * decided of objections and restrictions is done again in its order.
 */
#include <string.h>

#include "audit_private.h"
#include "base/clock.h"
#include "beside.h"
#include "erasure_private.h"
#include "scrub.h"

typedef struct Reapply {
	Store *store;
	const Keys *keys;
	GArray *decisions;
	GHashTable *by_hash;    /* Pseudonym: the last Decision with it */
	GHashTable *erased;     /* of Pseudonym: names found */
	GHashTable *restricted; /* the same: the customer, 0 for none */
	ErasureResult result;
} Reapply;

static guint
pseudonym_hash(gconstpointer p)
{
	guint hash;

	memcpy(&hash, p, sizeof hash);
	return hash;
}

static gboolean
pseudonym_equal(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, PSEUDONYM_BYTES) == 0;
}

static bool
erases(const Decision *decision)
{
	return decision->kind == DECISION_ERASE ||
	       decision->kind == DECISION_OBJECT;
}

/* An erasure is not undone by what was decided later of the same person. */
static void
index_decisions(Reapply *reapply)
{
	for (guint i = 0; i < reapply->decisions->len; i++) {
		Decision *decision =
			&g_array_index(reapply->decisions, Decision, i);
		Decision *before =
			g_hash_table_lookup(reapply->by_hash, &decision->hash);

		if (!decision->has_hash ||
		    (before != NULL && erases(before) && !erases(decision)))
			continue;
		g_hash_table_insert(reapply->by_hash, &decision->hash,
		                    decision);
	}
}

static void
note_alias(Reapply *reapply, const void *key, int64_t customer, int64_t since)
{
	Pseudonym hash = decision_hash(reapply->keys, key);
	const Decision *decision = g_hash_table_lookup(reapply->by_hash, &hash);

	if (decision == NULL)
		return;
	if (erases(decision) && since <= decision->at)
		g_hash_table_add(reapply->erased,
		                 g_memdup2(key, PSEUDONYM_BYTES));
	else if (decision->kind == DECISION_RESTRICT &&
	         (customer != 0 ||
	          !g_hash_table_contains(reapply->restricted, key)))
		g_hash_table_insert(reapply->restricted,
		                    g_memdup2(key, PSEUDONYM_BYTES),
		                    GSIZE_TO_POINTER((gsize)customer));
}

static bool
find_aliases(Reapply *reapply, GError **error)
{
	g_autoptr(Statement) list =
		store_statement(reapply->store, SQL_reapply_aliases);
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW) {
		size_t size;
		const void *key = statement_bytes(list, 0, &size);

		if (size == PSEUDONYM_BYTES)
			note_alias(reapply, key, statement_int(list, 1),
			           statement_int(list, 2));
	}
	return step == STEP_DONE;
}

static bool
erase_found(Reapply *reapply, GError **error)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, reapply->erased);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		if (!erase_by_key(reapply->store, key, &reapply->result, error))
			return false;
	return true;
}

static bool
restrict_found(Reapply *reapply, GError **error)
{
	GHashTableIter iter;
	gpointer key, customer;

	g_hash_table_iter_init(&iter, reapply->restricted);
	while (g_hash_table_iter_next(&iter, &key, &customer)) {
		g_autoptr(Statement) mark =
			store_statement(reapply->store, SQL_person_restrict);

		statement_bind_int(mark, 1,
		                   (int64_t)GPOINTER_TO_SIZE(customer));
		statement_bind_int(mark, 2, 1);
		if (!statement_run(mark, error) ||
		    !restrict_writer(reapply->store, key, true, error))
			return false;
	}
	return true;
}

/* An erasure says nothing of objections. */
static bool
suppress(Reapply *reapply, GError **error)
{
	static const SuppressionKind kinds[] = {
		[DECISION_OBJECT] = SUPPRESSION_OBJECTION,
		[DECISION_RESTRICT] = SUPPRESSION_RESTRICTION,
		[DECISION_UNOBJECT] = SUPPRESSION_NONE,
		[DECISION_UNRESTRICT] = SUPPRESSION_NONE,
	};

	for (guint i = 0; i < reapply->decisions->len; i++) {
		const Decision *decision =
			&g_array_index(reapply->decisions, Decision, i);

		if (decision->has_suppression &&
		    decision->kind != DECISION_ERASE &&
		    !suppression_put(reapply->store, &decision->suppression,
		                     kinds[decision->kind], error))
			return false;
	}
	return true;
}

static bool
write_all(Reapply *reapply, const char *actor, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(reapply->store, error);
	AuditEntry entry = { .event = AUDIT_REAPPLY, .actor = actor };

	if (txn == NULL || !find_aliases(reapply, error) ||
	    !erase_found(reapply, error) || !restrict_found(reapply, error) ||
	    !suppress(reapply, error))
		return false;
	entry.n = reapply->result.rows;
	return audit_append(reapply->store, reapply->keys, &entry, error) &&
	       store_commit(txn, error);
}

static bool
run(Reapply *reapply, const char *actor, GError **error)
{
	reapply->decisions = decisions_read(reapply->store, error);
	if (reapply->decisions == NULL)
		return false;
	index_decisions(reapply);
	return write_all(reapply, actor, error) &&
	       audit_seal_locked(reapply->store, reapply->keys, error) &&
	       scrub_gaps(reapply->store, &reapply->result.pages, error);
}

bool
erasures_reapply(Store *store, const Keys *keys, const char *actor,
                 ErasureResult *ret_result, GError **error)
{
	Reapply reapply = { .store = store, .keys = keys };
	int lock = beside_lock(store, error);
	bool good;

	reapply.by_hash = g_hash_table_new(pseudonym_hash, pseudonym_equal);
	reapply.erased = g_hash_table_new_full(pseudonym_hash, pseudonym_equal,
	                                       g_free, NULL);
	reapply.restricted = g_hash_table_new_full(
		pseudonym_hash, pseudonym_equal, g_free, NULL);
	good = lock >= 0 && run(&reapply, actor, error);
	beside_unlock(lock);
	g_hash_table_unref(reapply.restricted);
	g_hash_table_unref(reapply.erased);
	g_hash_table_unref(reapply.by_hash);
	if (reapply.decisions != NULL)
		g_array_unref(reapply.decisions);
	*ret_result = reapply.result;
	return good;
}
