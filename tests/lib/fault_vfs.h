/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault_vfs - an operating system for SQLite that fails when it is told to.
 *
 * A VFS of its own on a fault_disk: calls fail with an errno, once or from then
 * on; the power goes at a chosen change. What is reported for an errno is what
 * SQLite's unix VFS reports.
 *
 * Owns:    one at a time; all files in it are gone with it.
 * Fails:   only as told; ends the test when misused.
 * Threads: one.
 */
#ifndef TESTS_FAULT_VFS_H
#define TESTS_FAULT_VFS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "fault_disk.h"

#define FAULT_VFS "fault"

typedef enum FaultCall {
	FAULT_OPEN,
	FAULT_READ,
	FAULT_WRITE,
	FAULT_SYNC,
	FAULT_TRUNCATE,
	FAULT_DELETE,
	FAULT_CALLS,
} FaultCall;

typedef struct FaultVfs FaultVfs;

/* Registered with SQLite by the name of FAULT_VFS; one at a time. */
FaultVfs *fault_vfs_new(void);
void fault_vfs_free(FaultVfs *vfs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FaultVfs, fault_vfs_free)

FaultDisk *fault_vfs_disk(FaultVfs *vfs);

/* The `nth` such call from now (from 1) fails with this errno; with `lasting`
 * all that follow do too, until it is mended. */
void fault_vfs_fail(FaultVfs *vfs, FaultCall call, unsigned nth, int number,
                    bool lasting);
void fault_vfs_mend(FaultVfs *vfs);
/* Has it come to that since? */
bool fault_vfs_failed(const FaultVfs *vfs);

/* Writes, truncations, syncs and deletions so far. */
unsigned fault_vfs_changes(const FaultVfs *vfs);
/* Before change `nth` from now the power goes: it and all later calls fail. */
void fault_vfs_cut_at(FaultVfs *vfs, unsigned nth);
bool fault_vfs_is_cut(const FaultVfs *vfs);
/* Power again; what is left on the disk is drawn from the seed. Every
 * connection must be closed by now. */
void fault_vfs_restart(FaultVfs *vfs, uint32_t seed);

#endif
