/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY R-4, power cuts. The power goes at a change of the disk, from
 * the database's making on; what was not synced is lost, torn or there. Then
 * the file is whole, holds every transaction that was acknowledged and at most
 * the one under way, and of those forgotten not a byte.
 *
 * TACT_POINTS=1000 for as many cuts, spread over all changes (make soak).
 */
#include <stdio.h>

#include "fault_rig.h"
#include "store/upkeep.h"

#define STEPS 40
#define POINTS 40

/* Runs until the power goes or all is done: how many were acknowledged. */
static int
run(const FaultRig *rig, int from)
{
	g_autoptr(Store) store = fault_rig_open(rig, NULL);
	int i = from;

	while (store != NULL && i < STEPS && workload_step(store, i + 1, NULL))
		i++;
	return i;
}

static unsigned
changes_in_all(int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	unsigned n;

	g_assert_cmpint(run(&rig, 0), ==, STEPS);
	n = fault_vfs_changes(rig.vfs);
	fault_rig_clear(&rig);
	return n;
}

/* After the cut: reads the file as the next start of the program does. In
 * every third case the power goes again while that mends it. */
static int
restart_and_check(const FaultRig *rig, int acknowledged, uint32_t seed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int last;

	fault_vfs_restart(rig->vfs, seed);
	if (seed % 3 == 0) {
		fault_vfs_cut_at(rig->vfs, 1 + seed % 7);
		store = fault_rig_open(rig, NULL);
		g_clear_pointer(&store, store_close);
		fault_vfs_restart(rig->vfs, seed + 1);
	}
	store = fault_rig_open(rig, &error);
	g_assert_no_error(error);
	last = workload_last(store);
	g_assert_cmpint(last, >=, acknowledged);
	g_assert_cmpint(last, <=, acknowledged + 1);
	workload_check(store, last);
	return last;
}

/* True when the cut came while the one under way was already committed. */
static bool
cut_at(unsigned at, uint32_t seed, int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	int acknowledged, last;

	fault_vfs_cut_at(rig.vfs, at);
	acknowledged = run(&rig, 0);
	g_assert_true(fault_vfs_is_cut(rig.vfs));
	last = restart_and_check(&rig, acknowledged, seed);
	fault_rig_check_forgotten(&rig, last);
	g_assert_cmpint(run(&rig, last), ==, STEPS);
	fault_rig_clear(&rig);
	return last > acknowledged;
}

/* With a cache of one page or so, a transaction writes into the file before
 * its commit. */
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
	printf("# %u power cuts in %u and %u changes; %u found the transaction "
	       "under way already whole\n",
	       points, n[0], n[1], ahead);
}

/* Restores over a full database, the power going at change `at` of it, or
 * never (0); how many changes it took. */
static unsigned
restore_over(FaultRig *rig, const char *copy, unsigned at)
{
	const StoreOptions options = { .path = rig->fixture->path,
		                       .role = STORE_ADMIN,
		                       .vfs = FAULT_VFS };
	unsigned before;
	bool done;

	g_assert_cmpint(run(rig, 0), ==, STEPS);
	before = fault_vfs_changes(rig->vfs);
	if (at > 0)
		fault_vfs_cut_at(rig->vfs, at);
	done = upkeep_restore(&options, NULL, copy, NULL);
	g_assert_cmpint(done, ==, !fault_vfs_is_cut(rig->vfs));
	return fault_vfs_changes(rig->vfs) - before;
}

/* True when the copy is found. */
static bool
cut_restore_at(const char *copy, int copy_last, unsigned at, uint32_t seed)
{
	FaultRig rig = fault_rig_new(2048);
	g_autoptr(Store) store = NULL;
	bool copied;

	restore_over(&rig, copy, at);
	fault_vfs_restart(rig.vfs, seed);
	store = fault_rig_open(&rig, NULL);
	g_assert_nonnull(store);
	copied = workload_last(store) == copy_last;
	workload_check(store, copied ? copy_last : STEPS);
	g_clear_pointer(&store, store_close);
	fault_rig_clear(&rig);
	return copied;
}

/* A restore is one transaction: the old database or the copy, nothing between.
 * The copy lies on a disk that holds. */
static void
test_restore(void)
{
	g_autoptr(StoreFixture) copied = store_fixture_new(STORE_ADMIN);
	unsigned points = fault_rig_wanted("TACT_POINTS", POINTS) / 4;
	FaultRig rig = fault_rig_new(2048);
	unsigned n, found = 0;

	for (int i = 1; i <= STEPS / 4; i++)
		g_assert_true(workload_step(copied->store, i, NULL));
	n = restore_over(&rig, copied->path, 0);
	fault_rig_clear(&rig);
	for (unsigned p = 0; p < points; p++)
		found += cut_restore_at(
			copied->path, STEPS / 4,
			1 + (unsigned)((uint64_t)p * n / points), p);
	found += cut_restore_at(copied->path, STEPS / 4, n, points);
	printf("# %u power cuts in the %u changes of a restore; %u found the "
	       "copy\n",
	       points + 1, n, found);
}

/* The rig itself: a database that does not sync loses what it acknowledged.
 * Were this not seen, nothing above would be proven. */
static void
test_rig_sees_loss(void)
{
	unsigned lost = 0;

	for (uint32_t seed = 0; seed < 20; seed++) {
		FaultDisk *disk = fault_disk_new();
		DiskFile *file = fault_disk_file(disk, "a", true);

		disk_file_write(file, "synced", 6, 0);
		disk_file_sync(file);
		disk_file_write(file, "unsynced", 8, 600);
		fault_disk_cut(disk, seed);
		g_assert_true(fault_disk_holds(disk, "synced", 6));
		lost += !fault_disk_holds(disk, "unsynced", 8);
		fault_disk_free(disk);
	}
	g_assert_cmpuint(lost, >, 5);
	g_assert_cmpuint(lost, <, 20);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/power/rig-sees-loss", test_rig_sees_loss);
	g_test_add_func("/power/R-4-cuts", test_cuts);
	g_test_add_func("/power/R-4-restore", test_restore);
	return g_test_run();
}
