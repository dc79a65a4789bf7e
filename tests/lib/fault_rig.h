/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault_rig - a store on a fault_vfs, and the workload on it.
 *
 * Owns:    embedded; fault_rig_clear() ends it.
 * Fails:   fault_rig_open() as store_open().
 * Threads: one.
 */
#ifndef TESTS_FAULT_RIG_H
#define TESTS_FAULT_RIG_H

#include "fault_vfs.h"
#include "store_fixture.h"
#include "store_workload.h"

typedef struct FaultRig {
	StoreFixture *fixture;
	FaultVfs *vfs;
	int cache_kib;
} FaultRig;

FaultRig fault_rig_new(int cache_kib);
void fault_rig_clear(FaultRig *rig);
/* Made and brought up to date, as every program's start does. */
Store *fault_rig_open(const FaultRig *rig, GError **error);
/* Of everyone whom transactions up to `last` forgot no byte is on the disk;
 * of everyone else there is. */
void fault_rig_check_forgotten(const FaultRig *rig, int last);
/* A number from the environment: how far make soak goes. */
unsigned fault_rig_wanted(const char *variable, unsigned otherwise);

#endif
