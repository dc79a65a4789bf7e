/* SPDX-License-Identifier: Apache-2.0 */
#include "fault_rig.h"

#include <string.h>

FaultRig
fault_rig_new(int cache_kib)
{
	return (FaultRig){ store_fixture_new_empty(), fault_vfs_new(),
		           cache_kib };
}

void
fault_rig_clear(FaultRig *rig)
{
	fault_vfs_free(rig->vfs);
	store_fixture_free(rig->fixture);
}

Store *
fault_rig_open(const FaultRig *rig, GError **error)
{
	const StoreOptions options = { .path = rig->fixture->path,
		                       .role = STORE_ADMIN,
		                       .create = true,
		                       .cache_kib = rig->cache_kib,
		                       .vfs = FAULT_VFS };

	return store_open(&options, error);
}

void
fault_rig_check_forgotten(const FaultRig *rig, int last)
{
	for (int i = 1; i <= last; i++) {
		g_autofree char *mark = workload_mark(i);
		bool holds = fault_disk_holds(fault_vfs_disk(rig->vfs), mark,
		                              strlen(mark));

		g_assert_cmpint(holds, ==, !workload_is_forgotten(i, last));
	}
}

unsigned
fault_rig_wanted(const char *variable, unsigned otherwise)
{
	const char *text = g_getenv(variable);

	return text != NULL ? (unsigned)g_ascii_strtoull(text, NULL, 10)
	                    : otherwise;
}
