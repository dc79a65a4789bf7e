/* SPDX-License-Identifier: Apache-2.0 */
#include "store/upkeep.h"

#include <string.h>

#include "base/text.h"
#include "db_private.h"
#include "erasure_private.h"

#define OPCODES 100000 /* of SQLite's machine between two calls of progress */
#define ERASE_AT_ONCE 500

typedef struct Pulse {
	const UpkeepWatch *watch;
	int64_t beats;
} Pulse;

static int
on_pulse(void *data)
{
	Pulse *pulse = data;

	pulse->watch->progress(++pulse->beats, 0, pulse->watch->data);
	return 0;
}

static void
add_fault(GPtrArray *faults, char *fault)
{
	if (faults->len < UPKEEP_FAULTS)
		g_ptr_array_add(faults, fault);
	else
		g_free(fault);
}

static bool
check_trees(Store *store, GPtrArray *faults, GError **error)
{
	g_autoptr(Statement) check = store_statement(store, SQL_check_trees);
	StepResult result;

	statement_bind_int(check, 1, UPKEEP_FAULTS);
	while ((result = statement_step(check, error)) == STEP_ROW)
		add_fault(faults, g_strdup(statement_text(check, 0)));
	return result == STEP_DONE;
}

static bool
check_references(Store *store, GPtrArray *faults, GError **error)
{
	g_autoptr(Statement) check =
		store_statement(store, SQL_check_references);
	StepResult result;

	while ((result = statement_step(check, error)) == STEP_ROW) {
		int64_t n = statement_int(check, 1);

		add_fault(faults,
		          g_strdup_printf("%s: %d %s of customers that are "
		                          "not there",
		                          statement_text(check, 0), (int)n,
		                          text_noun(n, "row", "rows")));
	}
	return result == STEP_DONE;
}

static bool
check_names(Store *store, const Keys *keys, GPtrArray *faults, GError **error)
{
	g_autoptr(Statement) kids = store_statement(store, SQL_alias_kids);
	StepResult result;

	while ((result = statement_step(kids, error)) == STEP_ROW) {
		int64_t kid = statement_int(kids, 0);
		int64_t n = statement_int(kids, 1);
		bool known = kid == keys_id(keys) || kid == keys_old_id(keys);

		if (!known)
			add_fault(faults,
			          g_strdup_printf("alias: %d %s made with "
			                          "key %d, which is not here",
			                          (int)n,
			                          text_noun(n, "name", "names"),
			                          (int)kid));
	}
	return result == STEP_DONE;
}

/* What a damaged file makes fail is a finding; see tact db check. */
static bool
is_finding(GPtrArray *faults, GError **error)
{
	if (!g_error_matches(*error, STORE_ERROR, STORE_ERROR_CORRUPT))
		return false;
	add_fault(faults, g_strdup((*error)->message));
	g_clear_error(error);
	return true;
}

bool
upkeep_check(Store *store, const Keys *keys, const UpkeepWatch *watch,
             GPtrArray *faults, GError **error)
{
	Pulse pulse = { watch, 0 };
	g_autoptr(GError) failure = NULL;
	bool good;

	if (watch->progress != NULL)
		sqlite3_progress_handler(store->db, OPCODES, on_pulse, &pulse);
	good = check_trees(store, faults, &failure) &&
	       check_references(store, faults, &failure) &&
	       (keys == NULL || check_names(store, keys, faults, &failure));
	sqlite3_progress_handler(store->db, 0, NULL, NULL);
	if (good || is_finding(faults, &failure))
		return true;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

static bool
read_pages(Store *store, UpkeepStats *stats, GError **error)
{
	g_autoptr(Statement) pages = store_statement(store, SQL_stats_pages);
	int64_t page_bytes;

	if (statement_step(pages, error) != STEP_ROW)
		return false;
	page_bytes = statement_int(pages, 1);
	stats->bytes = statement_int(pages, 0) * page_bytes;
	stats->free_bytes = statement_int(pages, 2) * page_bytes;
	stats->schema = statement_int(pages, 3);
	return true;
}

bool
upkeep_stats(Store *store, UpkeepStats *ret_stats, GError **error)
{
	g_autoptr(Statement) rows = store_statement(store, SQL_stats_rows);
	UpkeepStats stats = { 0 };
	StepResult result;

	if (!read_pages(store, &stats, error))
		return false;
	stats.tables = g_array_new(FALSE, TRUE, sizeof(UpkeepTable));
	while ((result = statement_step(rows, error)) == STEP_ROW) {
		UpkeepTable table = { .rows = statement_int(rows, 1) };

		g_strlcpy(table.name, statement_text(rows, 0),
		          sizeof(table.name));
		g_array_append_val(stats.tables, table);
	}
	if (result == STEP_DONE)
		*ret_stats = stats;
	else
		upkeep_stats_clear(&stats);
	return result == STEP_DONE;
}

void
upkeep_stats_clear(UpkeepStats *stats)
{
	g_clear_pointer(&stats->tables, g_array_unref);
}

bool
upkeep_count_old(Store *store, const Keys *keys, int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) kids = store_statement(store, SQL_alias_kids);
	StepResult result;
	int64_t n = 0;

	while ((result = statement_step(kids, error)) == STEP_ROW)
		if (statement_int(kids, 0) != keys_id(keys))
			n += statement_int(kids, 1);
	if (result == STEP_DONE)
		*ret_n = n;
	return result == STEP_DONE;
}

/* Some of them after `last`, as Pseudonym; NULL on failure. */
static GArray *
some_old(Store *store, const Keys *keys, const GByteArray *last, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_alias_of_others);
	g_autoptr(GArray) names = g_array_new(FALSE, TRUE, sizeof(Pseudonym));
	StepResult result;

	statement_bind_int(find, 1, keys_id(keys));
	statement_bind_int(find, 2, ERASE_AT_ONCE);
	statement_bind_bytes(find, 3, last->data, last->len);
	while ((result = statement_step(find, error)) == STEP_ROW) {
		Pseudonym name = { 0 };
		size_t size;
		const void *bytes = statement_bytes(find, 0, &size);

		memcpy(name.bytes, bytes, MIN(size, sizeof(name.bytes)));
		g_array_append_val(names, name);
	}
	return result == STEP_DONE ? g_steal_pointer(&names) : NULL;
}

static bool
erase_batch(Store *store, const GArray *names, ErasureResult *result,
            GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL)
		return false;
	for (guint i = 0; i < names->len; i++)
		if (!erase_by_key(store, &g_array_index(names, Pseudonym, i),
		                  result, error))
			return false;
	return store_commit(txn, error);
}

static bool
drop_others(Store *store, const Keys *keys, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	g_autoptr(Statement) drop = NULL;

	if (txn == NULL)
		return false;
	drop = store_statement(store, SQL_alias_drop_others);
	statement_bind_int(drop, 1, keys_id(keys));
	return statement_run(drop, error) && store_commit(txn, error);
}

/* Once through all of them, in their order. */
static bool
erase_rest(Store *store, const Keys *keys, const UpkeepWatch *watch,
           ErasureResult *result, GError **error)
{
	g_autoptr(GByteArray) last = g_byte_array_new();
	int64_t all, done = 0;

	if (!upkeep_count_old(store, keys, &all, error))
		return false;
	for (;;) {
		g_autoptr(GArray) names = some_old(store, keys, last, error);

		if (names == NULL || !erase_batch(store, names, result, error))
			return false;
		if (names->len == 0)
			return true;
		done += names->len;
		g_byte_array_set_size(last, 0);
		g_byte_array_append(
			last,
			g_array_index(names, Pseudonym, names->len - 1).bytes,
			PSEUDONYM_BYTES);
		if (watch->progress != NULL)
			watch->progress(done, all, watch->data);
	}
}

bool
upkeep_erase_old(Store *store, const Keys *keys, const UpkeepWatch *watch,
                 int64_t *ret_rows, GError **error)
{
	ErasureResult result = { 0 };

	if (!drop_others(store, keys, error) ||
	    !erase_rest(store, keys, watch, &result, error))
		return false;
	*ret_rows = result.rows;
	return true;
}
