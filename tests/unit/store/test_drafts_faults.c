/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY for drafts: each first, second, ... allocation of
 * SQLite's, and each call of the disk, fails in the moves of drafts, once or
 * from then on, until a run ends before the turn comes. Nothing crashes,
 * nothing leaks; every move that was acknowledged has happened, at most the one
 * under way besides; and once the fault has gone the rest goes its way.
 *
 * Beyond the first thirty turns every 97th is tried; TACT_STRIDE=1 tries all.
 */
#include <errno.h>
#include <stdio.h>

#include "draft_life.h"
#include "fault_memory.h"

#define ALL_UP_TO 30
#define STRIDE 97
#define CACHE_KIB 64

static const struct fault {
	const char *name;
	bool disk; /* or memory */
	FaultCall call;
	int number;
} faults[] = {
	{ "R-6-memory", false, FAULT_OPEN, 0 },
	{ "R-5-read", true, FAULT_READ, EIO },
	{ "R-5-write-EIO", true, FAULT_WRITE, EIO },
	{ "R-5-write-ENOSPC", true, FAULT_WRITE, ENOSPC },
	{ "R-5-sync", true, FAULT_SYNC, EIO },
	{ "R-5-truncate", true, FAULT_TRUNCATE, EIO },
};

static void
begin(const FaultRig *rig, const struct fault *fault, unsigned nth,
      bool lasting)
{
	if (fault->disk)
		fault_vfs_fail(rig->vfs, fault->call, nth, fault->number,
		               lasting);
	else
		fault_memory_fail(nth, lasting);
}

/* Has its turn come? */
static bool
end(const FaultRig *rig, const struct fault *fault)
{
	bool failed = fault->disk ? fault_vfs_failed(rig->vfs)
	                          : fault_memory_failed();

	fault_vfs_mend(rig->vfs);
	fault_memory_fail(0, false);
	return failed;
}

static bool
try_failure(const struct fault *fault, unsigned nth, bool lasting)
{
	FaultRig rig = fault_rig_new(CACHE_KIB);
	int before = fault_memory_allocated(), done, last;
	Store *store;
	bool failed;

	begin(&rig, fault, nth, lasting);
	done = draft_life_run(&rig, 0);
	failed = end(&rig, fault);
	g_assert_cmpint(fault_memory_allocated(), ==, before);
	g_assert_true(failed || done == DRAFT_LIFE_MOVES);
	store = draft_life_open(&rig);
	g_assert_nonnull(store);
	last = workload_last(store);
	g_assert_cmpint(last, >=, done);
	g_assert_cmpint(last, <=, done + 1);
	store_close(store);
	g_assert_cmpint(draft_life_run(&rig, last), ==, DRAFT_LIFE_MOVES);
	store = draft_life_open(&rig);
	draft_life_check(&rig, store, DRAFT_LIFE_MOVES);
	store_close(store);
	fault_rig_clear(&rig);
	return failed;
}

static void
test_fault(const void *data)
{
	const struct fault *fault = data;
	unsigned stride = fault_rig_wanted("TACT_STRIDE", STRIDE);

	for (int lasting = 0; lasting <= 1; lasting++) {
		unsigned nth = 1, tried = 0;

		while (try_failure(fault, nth, lasting != 0)) {
			tried++;
			nth += nth < ALL_UP_TO ? 1 : stride;
		}
		printf("# %s: %u turns, %u of them failed\n", fault->name,
		       nth - 1, tried);
		g_assert_cmpuint(tried, >, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fault_memory_take_over();
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autofree char *path =
			g_strconcat("/drafts-faults/", faults[i].name, NULL);

		g_test_add_data_func(path, &faults[i], test_fault);
	}
	return g_test_run();
}
