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
	GHashTable *erasures; /* Pseudonym: the last such Decision with it */
	GHashTable *others;   /* the same, of those after the erasure */
	GHashTable *erased;   /* of Pseudonym: names found */
	/* The same: the customer, 0 for none. */
	GHashTable *restricted, *lifted;
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

/* An erasure is not undone by what was decided later of the same person, who
 * may have come back as a customer for whom that holds. */
static void
index_decisions(Reapply *reapply)
{
	for (guint i = 0; i < reapply->decisions->len; i++) {
		Decision *decision =
			&g_array_index(reapply->decisions, Decision, i);
		bool erasure = erases(decision);

		if (!decision->has_hash)
			continue;
		if (erasure)
			g_hash_table_remove(reapply->others, &decision->hash);
		g_hash_table_replace(erasure ? reapply->erasures
		                             : reapply->others,
		                     &decision->hash, decision);
	}
}

/* What is written by a customer stands for more than what a draft tells. */
static void
note_change(GHashTable *found, const void *key, int64_t customer)
{
	if (customer != 0 || !g_hash_table_contains(found, key))
		g_hash_table_insert(found, g_memdup2(key, PSEUDONYM_BYTES),
		                    GSIZE_TO_POINTER((gsize)customer));
}

static void
note_alias(Reapply *reapply, const void *key, int64_t customer, int64_t since)
{
	Pseudonym hash = decision_hash(reapply->keys, key);
	const Decision *erasure = g_hash_table_lookup(reapply->erasures, &hash);
	const Decision *other = g_hash_table_lookup(reapply->others, &hash);

	if (erasure != NULL && since <= erasure->at)
		g_hash_table_add(reapply->erased,
		                 g_memdup2(key, PSEUDONYM_BYTES));
	else if (other != NULL)
		note_change(other->kind == DECISION_RESTRICT
		                    ? reapply->restricted
		                    : reapply->lifted,
		            key, customer);
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
change_found(Reapply *reapply, GHashTable *found, bool restricted,
             GError **error)
{
	GHashTableIter iter;
	gpointer key, customer;

	g_hash_table_iter_init(&iter, found);
	while (g_hash_table_iter_next(&iter, &key, &customer)) {
		g_autoptr(Statement) mark =
			store_statement(reapply->store, SQL_person_restrict);

		statement_bind_int(mark, 1,
		                   (int64_t)GPOINTER_TO_SIZE(customer));
		statement_bind_int(mark, 2, restricted);
		if (!statement_run(mark, error) ||
		    !restrict_writer(reapply->store, key, restricted, error))
			return false;
	}
	return true;
}

/* Of a customer whose names say both, the restriction holds. */
static bool
restrict_found(Reapply *reapply, GError **error)
{
	return change_found(reapply, reapply->lifted, false, error) &&
	       change_found(reapply, reapply->restricted, true, error);
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

static GHashTable *
new_names(GDestroyNotify free_name)
{
	return g_hash_table_new_full(pseudonym_hash, pseudonym_equal, free_name,
	                             NULL);
}

static void
reapply_clear(Reapply *reapply)
{
	g_hash_table_unref(reapply->lifted);
	g_hash_table_unref(reapply->restricted);
	g_hash_table_unref(reapply->erased);
	g_hash_table_unref(reapply->others);
	g_hash_table_unref(reapply->erasures);
	if (reapply->decisions != NULL)
		g_array_unref(reapply->decisions);
}

bool
erasures_reapply(Store *store, const Keys *keys, const char *actor,
                 ErasureResult *ret_result, GError **error)
{
	Reapply reapply = { .store = store,
		            .keys = keys,
		            .erasures = new_names(NULL),
		            .others = new_names(NULL),
		            .erased = new_names(g_free),
		            .restricted = new_names(g_free),
		            .lifted = new_names(g_free) };
	int lock = beside_lock(store, error);
	bool good = lock >= 0 && run(&reapply, actor, error);

	beside_unlock(lock);
	*ret_result = reapply.result;
	reapply_clear(&reapply);
	return good;
}
