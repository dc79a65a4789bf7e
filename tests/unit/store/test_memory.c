/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY R-6, the store's part: each first, second, ... allocation of
 * SQLite's fails, once or from then on, until a run ends before the turn comes.
 * Nothing crashes, nothing leaks, each failure is an error, and with memory
 * back the same file has all that was acknowledged.
 *
 * Beyond the first sixty turns every 89th is tried; TACT_STRIDE=1 tries all.
 */
#include <stdio.h>
#include <string.h>

#include "fault_memory.h"
#include "fault_rig.h"

#define STEPS 6
#define ALL_UP_TO 60
#define STRIDE 89
#define CACHE_KIB 64

/* Through the statements of sql.def: what is bound comes back, or fails. */
static bool
write_and_read(Store *store, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	g_autoptr(Statement) put = NULL;
	g_autoptr(Statement) find = NULL;
	StepResult result;

	if (txn == NULL)
		return false;
	put = store_statement(store, SQL_meta_put);
	statement_bind_text(put, 1, "memory");
	statement_bind_text(put, 2, "\303\246\303\270\303\245 of memory");
	if (!statement_run(put, error))
		return false;
	find = store_statement(store, SQL_meta_read);
	statement_bind_text(find, 1, "memory");
	result = statement_step(find, error);
	if (result == STEP_FAILED)
		return false;
	g_assert_cmpint(result, ==, STEP_ROW);
	g_assert_cmpstr(statement_text(find, 0), ==,
	                "\303\246\303\270\303\245 of memory");
	statement_reset(find);
	return store_commit(txn, error);
}

/* How many steps were acknowledged before memory ended. */
static int
run(const FaultRig *rig, GError **error)
{
	g_autoptr(Store) store = fault_rig_open(rig, error);
	int i = 0;

	while (store != NULL && i < STEPS &&
	       workload_step(store, i + 1, error) &&
	       write_and_read(store, error))
		i++;
	return i;
}

/* False when the turn did not come. */
static bool
try_failure(unsigned nth, bool from_then_on)
{
	FaultRig rig = fault_rig_new(CACHE_KIB);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int before = fault_memory_allocated(), done, last;

	fault_memory_fail(nth, from_then_on);
	done = run(&rig, &error);
	fault_memory_fail(0, false);
	g_assert_cmpint(fault_memory_allocated(), ==, before);
	if (done < STEPS) {
		g_assert_true(fault_memory_failed());
		g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
		g_clear_error(&error);
	}
	store = fault_rig_open(&rig, &error);
	g_assert_no_error(error);
	last = workload_last(store);
	g_assert_cmpint(last, >=, done);
	g_assert_cmpint(last, <=, done + 1);
	workload_check(store, last);
	g_clear_pointer(&store, store_close);
	fault_rig_clear(&rig);
	return fault_memory_failed();
}

static void
test_memory(const void *from_then_on)
{
	unsigned stride = fault_rig_wanted("TACT_STRIDE", STRIDE);
	unsigned nth = 1, tried = 0;

	while (try_failure(nth, from_then_on != NULL)) {
		tried++;
		nth += nth < ALL_UP_TO ? 1 : stride;
	}
	printf("# %u allocations in a run, %u of them failed\n", nth - 1,
	       tried);
	g_assert_cmpuint(tried, >, ALL_UP_TO);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fault_memory_take_over();
	g_test_add_data_func("/memory/R-6-once", NULL, test_memory);
	g_test_add_data_func("/memory/R-6-lasting", "lasting", test_memory);
	return g_test_run();
}
