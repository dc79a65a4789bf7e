/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY R-4 for drafts: the power goes at a change of the disk. Then
 * every move that was acknowledged has happened, at most the one under way
 * besides, and of the texts of drafts that ended not a byte is left.
 *
 * TACT_POINTS=1000 for as many cuts, spread over all changes (make soak).
 */
#include <stdio.h>

#include "draft_life.h"

#define POINTS 40

static unsigned
changes_in_all(int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	unsigned n;

	g_assert_cmpint(draft_life_run(&rig, 0), ==, DRAFT_LIFE_MOVES);
	n = fault_vfs_changes(rig.vfs);
	fault_rig_clear(&rig);
	return n;
}

/* True when the cut came while the move under way was already committed. */
static bool
cut_at(unsigned at, uint32_t seed, int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	Store *store;
	int acknowledged, last;

	fault_vfs_cut_at(rig.vfs, at);
	acknowledged = draft_life_run(&rig, 0);
	g_assert_true(fault_vfs_is_cut(rig.vfs));
	fault_vfs_restart(rig.vfs, seed);
	store = draft_life_open(&rig);
	g_assert_nonnull(store);
	last = workload_last(store);
	g_assert_cmpint(last, >=, acknowledged);
	g_assert_cmpint(last, <=, acknowledged + 1);
	draft_life_check(&rig, store, last);
	store_close(store);
	g_assert_cmpint(draft_life_run(&rig, last), ==, DRAFT_LIFE_MOVES);
	fault_rig_clear(&rig);
	return last > acknowledged;
}

static void
test_cuts(void)
{
	static const int caches[] = { 2048, 16 };
	unsigned points = fault_rig_wanted("TACT_POINTS", POINTS), ahead = 0;
	unsigned n[G_N_ELEMENTS(caches)];

	for (size_t c = 0; c < G_N_ELEMENTS(caches); c++)
		n[c] = changes_in_all(caches[c]);
	for (unsigned p = 0; p < points; p++) {
		size_t c = p % G_N_ELEMENTS(caches);
		unsigned at = 1 + (unsigned)((uint64_t)p * n[c] / points);

		ahead += cut_at(at, p, caches[c]);
	}
	printf("# %u power cuts in %u and %u changes; %u found the move under "
	       "way already made\n",
	       points, n[0], n[1], ahead);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts-power/R-4-cuts", test_cuts);
	return g_test_run();
}
