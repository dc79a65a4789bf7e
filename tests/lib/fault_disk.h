/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault_disk - a disk in memory that forgets what was not synced.
 *
 * It keeps of each file what programs see, what is on the platter, and the
 * writes and truncations in between. When the power goes, of those in between
 * some have happened and some not, whole or in part, drawn from a seed; a file
 * that grew without its bytes holds garbage there. A name that was made or
 * removed without a sync may be either.
 *
 * Owns:    a file belongs to its disk.
 * Fails:   what is outside of a file's bytes cannot be read.
 * Threads: one.
 */
#ifndef TESTS_FAULT_DISK_H
#define TESTS_FAULT_DISK_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct DiskFile {
	char *name;
	GByteArray *seen;    /* by those who read it */
	GByteArray *platter; /* what a power cut leaves at least */
	GPtrArray *pending;  /* DiskChange since the last sync */
	bool exists, exists_on_platter;
	void *holder[3]; /* of locks: who has reserved, pending, exclusive */
	unsigned shared; /* who have the shared lock */
} DiskFile;

typedef struct FaultDisk {
	GPtrArray *files; /* of DiskFile */
} FaultDisk;

FaultDisk *fault_disk_new(void);
void fault_disk_free(FaultDisk *disk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FaultDisk, fault_disk_free)

/* NULL when there is none and none shall be made. */
DiskFile *fault_disk_file(FaultDisk *disk, const char *name, bool make);
void disk_file_write(DiskFile *file, const void *bytes, size_t size,
                     uint64_t at);
void disk_file_truncate(DiskFile *file, uint64_t size);
void disk_file_sync(DiskFile *file);
void disk_file_delete(DiskFile *file, bool synced);

/* The power goes and comes back. */
void fault_disk_cut(FaultDisk *disk, uint32_t seed);
/* Are these bytes in any file's platter, or in what is on its way there? */
bool fault_disk_holds(const FaultDisk *disk, const void *bytes, size_t size);

#endif
