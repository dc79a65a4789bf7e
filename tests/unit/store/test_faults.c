/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY R-5, a disk that fails: each first, second, ... call of a kind
 * fails, once or from then on, until a run ends before the fault's turn. The
 * error says whether room or the disk is wanting, nothing acknowledged is lost,
 * and when the fault has gone the same connection goes on.
 *
 * Beyond the first ten turns every 61st is tried; TACT_STRIDE=1 tries all of
 * them (make soak).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fault_rig.h"

#define STEPS 10
#define ALL_UP_TO 10
#define STRIDE 61
#define WIDE_STRIDE 7
#define CACHE_KIB 16   /* small: it writes within transactions too */
#define WIDE_KIB 16384 /* as in use: a transaction is written at its end */

typedef struct FaultRow {
	const char *name;
	FaultCall call;
	int number;
	StoreError code;
	int cache_kib; /* 0: CACHE_KIB */
} FaultRow;

static const FaultRow rows[] = {
	{ "open EIO", FAULT_OPEN, EIO, STORE_ERROR_IO, 0 },
	{ "open EROFS", FAULT_OPEN, EROFS, STORE_ERROR_IO, 0 },
	{ "open EMFILE", FAULT_OPEN, EMFILE, STORE_ERROR_IO, 0 },
	{ "read EIO", FAULT_READ, EIO, STORE_ERROR_IO, 0 },
	{ "write EIO", FAULT_WRITE, EIO, STORE_ERROR_IO, 0 },
	{ "write ENOSPC", FAULT_WRITE, ENOSPC, STORE_ERROR_FULL, 0 },
	{ "write EDQUOT", FAULT_WRITE, EDQUOT, STORE_ERROR_FULL, 0 },
	{ "write EROFS", FAULT_WRITE, EROFS, STORE_ERROR_IO, 0 },
	{ "wide write EIO", FAULT_WRITE, EIO, STORE_ERROR_IO, WIDE_KIB },
	{ "wide write ENOSPC", FAULT_WRITE, ENOSPC, STORE_ERROR_FULL,
	  WIDE_KIB },
	{ "sync EIO", FAULT_SYNC, EIO, STORE_ERROR_IO, 0 },
	{ "sync ENOSPC", FAULT_SYNC, ENOSPC, STORE_ERROR_FULL, 0 },
	{ "truncate EIO", FAULT_TRUNCATE, EIO, STORE_ERROR_IO, 0 },
	{ "truncate EROFS", FAULT_TRUNCATE, EROFS, STORE_ERROR_IO, 0 },
	{ "delete EIO", FAULT_DELETE, EIO, STORE_ERROR_IO, 0 },
};

/* The one failed step is tried again while the fault lasts, then mended. */
static void
check_failure(FaultRig *rig, Store *store, const FaultRow *row, int step,
              bool lasting, GError *error)
{
	g_autoptr(GError) again = NULL;

	g_assert_true(fault_vfs_failed(rig->vfs));
	g_assert_error(error, STORE_ERROR, (int)row->code);
	g_assert_nonnull(strstr(error->message, rig->fixture->path));
	if (lasting && store != NULL && workload_step(store, step, &again))
		g_error("%s: step %d went well although the fault lasts",
		        row->name, step);
	fault_vfs_mend(rig->vfs);
}

/* Opens, whatever it takes: with the fault, then without. */
static Store *
open_through(FaultRig *rig, const FaultRow *row, bool lasting)
{
	g_autoptr(GError) error = NULL;
	Store *store = fault_rig_open(rig, &error);

	if (store == NULL) {
		check_failure(rig, NULL, row, 1, lasting, error);
		g_clear_error(&error);
		store = fault_rig_open(rig, &error);
	}
	g_assert_no_error(error);
	return store;
}

static void
step_through(FaultRig *rig, Store *store, const FaultRow *row, bool lasting)
{
	for (int i = 1; i <= STEPS; i++) {
		g_autoptr(GError) error = NULL;
		int last;

		if (workload_step(store, i, &error))
			continue;
		check_failure(rig, store, row, i, lasting, error);
		last = workload_last(store);
		g_assert_cmpint(last, >=, i - 1);
		g_assert_cmpint(last, <=, i);
		workload_check(store, last);
		i = last;
	}
}

/* False when the fault's turn did not come. */
static bool
try_fault(const FaultRow *row, unsigned nth, bool lasting)
{
	FaultRig rig =
		fault_rig_new(row->cache_kib ? row->cache_kib : CACHE_KIB);
	g_autoptr(Store) store = NULL;
	bool failed;

	fault_vfs_fail(rig.vfs, row->call, nth, row->number, lasting);
	store = open_through(&rig, row, lasting);
	step_through(&rig, store, row, lasting);
	failed = fault_vfs_failed(rig.vfs);
	fault_vfs_mend(rig.vfs);
	workload_check(store, STEPS);
	/* A commit that failed may be there to be seen and yet not on the
	 * platter; the next one that goes well carries it along. */
	g_assert_true(workload_step(store, STEPS + 1, NULL));
	g_clear_pointer(&store, store_close);
	store = fault_rig_open(&rig, NULL);
	g_assert_nonnull(store);
	workload_check(store, STEPS + 1);
	fault_rig_check_forgotten(&rig, STEPS + 1);
	g_clear_pointer(&store, store_close);
	fault_rig_clear(&rig);
	return failed;
}

static void
test_faults(const void *data)
{
	const FaultRow *row = data;
	unsigned usual = row->cache_kib ? WIDE_STRIDE : STRIDE;
	unsigned stride = fault_rig_wanted("TACT_STRIDE", usual), tried = 0;

	for (int lasting = 0; lasting <= 1; lasting++) {
		unsigned nth = 1;

		while (try_fault(row, nth, lasting != 0)) {
			tried++;
			nth += nth < ALL_UP_TO ? 1 : stride;
		}
	}
	printf("# %s: %u faults\n", row->name, tried);
	/* A TRUNCATE journal is never removed. */
	if (row->call == FAULT_DELETE)
		g_assert_cmpuint(tried, ==, 0);
	else
		g_assert_cmpuint(tried, >=, 20);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdelimit(
			g_strconcat("/faults/R-5 ", rows[i].name, NULL), " ",
			'-');

		g_test_add_data_func(path, &rows[i], test_faults);
	}
	return g_test_run();
}
