/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Aliases are looked up and added in the order of their keys, new customers
 * numbered in that order: so both trees are walked once from left to right, and
 * a page is read and written once a chunk whatever the size of the table.
 */
#include "base/clock.h"
#include "load_private.h"
#include "store/customers.h"

/* Two customers that are one. */
typedef struct Pair {
	int64_t a, b;
} Pair;

typedef struct Merges {
	GArray *pairs;     /* of Pair */
	GHashTable *moved; /* int64_t * -> int64_t *: from, into */
} Merges;

static bool
find_one(Load *load, LoadAliases *aliases, uint32_t i, GArray *pairs,
         GError **error)
{
	g_autoptr(Statement) find =
		store_statement(load->store, SQL_customer_of_alias);
	uint32_t root = load_aliases_root(aliases, i);
	StepResult result;
	Pair pair;

	statement_bind_bytes(find, 1, aliases->keys[i].bytes, PSEUDONYM_BYTES);
	result = statement_step(find, error);
	if (result != STEP_ROW)
		return result == STEP_DONE;
	aliases->known[i] = true;
	pair = (Pair){ aliases->customers[root], statement_int(find, 0) };
	if (pair.a == 0)
		aliases->customers[root] = pair.b;
	else if (pair.a != pair.b)
		g_array_append_val(pairs, pair);
	return true;
}

static int64_t
where_to(const Merges *merges, int64_t customer)
{
	const int64_t *into;

	while ((into = g_hash_table_lookup(merges->moved, &customer)) != NULL)
		customer = *into;
	return customer;
}

static bool
count_aliases(Store *store, int64_t customer, int64_t *sum, GError **error)
{
	g_autoptr(Statement) count =
		store_statement(store, SQL_customer_aliases);

	statement_bind_int(count, 1, customer);
	if (statement_step(count, error) != STEP_ROW)
		return false;
	*sum += statement_int(count, 0);
	return true;
}

/* The older one stays. */
static bool
merge_pair(Load *load, Merges *merges, const Pair *pair, LoadCounts *counts,
           GError **error)
{
	int64_t a = where_to(merges, pair->a), b = where_to(merges, pair->b);
	int64_t into = MIN(a, b), from = MAX(a, b);
	int64_t aliases = 0;

	if (a == b)
		return true;
	if (!count_aliases(load->store, a, &aliases, error) ||
	    !count_aliases(load->store, b, &aliases, error))
		return false;
	if (aliases > LOAD_ALIASES_MAX) {
		counts->wide++;
		return true;
	}
	if (!customers_merge(load->store, into, from, error))
		return false;
	g_hash_table_insert(merges->moved, g_memdup2(&from, sizeof(from)),
	                    g_memdup2(&into, sizeof(into)));
	counts->merged++;
	return true;
}

static bool
merge_pairs(Load *load, LoadAliases *aliases, Merges *merges,
            LoadCounts *counts, GError **error)
{
	for (guint i = 0; i < merges->pairs->len; i++)
		if (!merge_pair(load, merges,
		                &g_array_index(merges->pairs, Pair, i), counts,
		                error))
			return false;
	if (g_hash_table_size(merges->moved) == 0)
		return true;
	for (uint32_t i = 0; i < aliases->n; i++)
		aliases->customers[i] = where_to(merges, aliases->customers[i]);
	return true;
}

static bool
find_known(Load *load, LoadAliases *aliases, LoadCounts *counts, GError **error)
{
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
	g_autoptr(GHashTable) moved = g_hash_table_new_full(
		g_int64_hash, g_int64_equal, g_free, g_free);
	Merges merges = { pairs, moved };

	for (uint32_t i = 0; i < aliases->n; i++)
		if (!find_one(load, aliases, i, pairs, error))
			return false;
	return merge_pairs(load, aliases, &merges, counts, error);
}

static bool
add_customer(Load *load, int64_t id, int64_t since, GError **error)
{
	Statement *add = store_statement(load->store, SQL_customer_add);

	statement_bind_int(add, 1, id);
	statement_bind_int(add, 2, since);
	return statement_run(add, error);
}

static bool
add_alias(Load *load, const LoadAliases *aliases, uint32_t i, int64_t customer,
          GError **error)
{
	Statement *add = store_statement(load->store, SQL_alias_add);

	statement_bind_bytes(add, 1, aliases->keys[i].bytes, PSEUDONYM_BYTES);
	statement_bind_int(add, 2, keys_id(load->keys));
	statement_bind_int(add, 3, customer);
	statement_bind_int(add, 4, aliases->kinds[i]);
	return statement_run(add, error);
}

static bool
last_customer(Load *load, int64_t *ret_id, GError **error)
{
	g_autoptr(Statement) last =
		store_statement(load->store, SQL_customer_last);

	if (statement_step(last, error) != STEP_ROW)
		return false;
	*ret_id = statement_int(last, 0);
	return true;
}

static bool
add_new(Load *load, LoadAliases *aliases, LoadCounts *counts, GError **error)
{
	int64_t since = clock_wall() / G_USEC_PER_SEC;
	int64_t last = 0;

	if (!last_customer(load, &last, error))
		return false;
	for (uint32_t i = 0; i < aliases->n; i++) {
		uint32_t root = load_aliases_root(aliases, i);

		if (aliases->known[i])
			continue;
		if (aliases->customers[root] == 0) {
			aliases->customers[root] = ++last;
			counts->customers++;
			if (!add_customer(load, last, since, error))
				return false;
		}
		if (!add_alias(load, aliases, i, aliases->customers[root],
		               error))
			return false;
	}
	return true;
}

bool
load_resolve(Load *load, LoadAliases *aliases, LoadCounts *counts,
             GError **error)
{
	return find_known(load, aliases, counts, error) &&
	       add_new(load, aliases, counts, error);
}
