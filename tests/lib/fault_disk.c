/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of writes to the same place an older one never lands after a newer: a page
 * cache writes what it holds then. So what a power cut leaves is a subset of
 * the changes, in their order; that subset is where reordering shows.
 *
 * A sector of 512 bytes is the piece that survives or does not; now and then
 * only its beginning does. SQLite relies on no more: bytes beside those that
 * are written are safe, those that are written are not.
 */
#include "fault_disk.h"

#include <string.h>

#define SECTOR 512

typedef struct DiskChange {
	GBytes *bytes; /* NULL: a truncation */
	uint64_t at;   /* where, or the new size */
} DiskChange;

static void
change_free(void *data)
{
	DiskChange *change = data;

	if (change->bytes != NULL)
		g_bytes_unref(change->bytes);
	g_free(change);
}

static void
file_free(void *data)
{
	DiskFile *file = data;

	g_byte_array_unref(file->seen);
	g_byte_array_unref(file->platter);
	g_ptr_array_unref(file->pending);
	g_free(file->name);
	g_free(file);
}

FaultDisk *
fault_disk_new(void)
{
	FaultDisk *disk = g_new0(FaultDisk, 1);

	disk->files = g_ptr_array_new_with_free_func(file_free);
	return disk;
}

void
fault_disk_free(FaultDisk *disk)
{
	if (disk == NULL)
		return;
	g_ptr_array_unref(disk->files);
	g_free(disk);
}

static DiskFile *
file_new(const char *name)
{
	DiskFile *file = g_new0(DiskFile, 1);

	file->name = g_strdup(name);
	file->seen = g_byte_array_new();
	file->platter = g_byte_array_new();
	file->pending = g_ptr_array_new_with_free_func(change_free);
	return file;
}

DiskFile *
fault_disk_file(FaultDisk *disk, const char *name, bool make)
{
	DiskFile *file = NULL;

	for (guint i = 0; i < disk->files->len && file == NULL; i++) {
		DiskFile *candidate = disk->files->pdata[i];

		if (strcmp(candidate->name, name) == 0)
			file = candidate;
	}
	if (file != NULL && (file->exists || !make))
		return file->exists ? file : NULL;
	if (!make)
		return NULL;
	if (file == NULL) {
		file = file_new(name);
		g_ptr_array_add(disk->files, file);
	}
	file->exists = true;
	return file;
}

static void
note_change(DiskFile *file, GBytes *bytes, uint64_t at)
{
	DiskChange *change = g_new0(DiskChange, 1);

	change->bytes = bytes;
	change->at = at;
	g_ptr_array_add(file->pending, change);
}

/* Makes the array so long; what is new is zeros. */
static void
set_size(GByteArray *array, uint64_t size)
{
	guint old = array->len;

	g_byte_array_set_size(array, (guint)size);
	if (array->len > old)
		memset(array->data + old, 0, array->len - old);
}

static void
put(GByteArray *array, const void *bytes, size_t size, uint64_t at)
{
	if (array->len < at + size)
		set_size(array, at + size);
	memcpy(array->data + at, bytes, size);
}

void
disk_file_write(DiskFile *file, const void *bytes, size_t size, uint64_t at)
{
	put(file->seen, bytes, size, at);
	note_change(file, g_bytes_new(bytes, size), at);
}

void
disk_file_truncate(DiskFile *file, uint64_t size)
{
	set_size(file->seen, size);
	note_change(file, NULL, size);
}

/* As SQLite's own unix VFS does it: the first sync of a new file syncs its
 * directory too. */
void
disk_file_sync(DiskFile *file)
{
	g_byte_array_set_size(file->platter, 0);
	g_byte_array_append(file->platter, file->seen->data, file->seen->len);
	g_ptr_array_set_size(file->pending, 0);
	file->exists_on_platter = true;
}

void
disk_file_delete(DiskFile *file, bool synced)
{
	disk_file_truncate(file, 0);
	file->exists = false;
	if (synced) {
		disk_file_sync(file);
		file->exists_on_platter = false;
	}
}

/* What of a write of one sector arrives: all, nothing, its beginning. */
static size_t
part_of(GRand *rand, size_t size)
{
	switch (g_rand_int_range(rand, 0, 8)) {
	case 0:
		return (size_t)g_rand_int_range(rand, 0, (int)size + 1);
	case 1:
	case 2:
	case 3:
		return 0;
	default:
		return size;
	}
}

static void
grow_with_garbage(GByteArray *platter, uint64_t size, GRand *rand)
{
	guint old = platter->len;

	if (size <= old)
		return;
	g_byte_array_set_size(platter, (guint)size);
	for (guint i = old; i < platter->len; i++)
		platter->data[i] = (guint8)g_rand_int(rand);
}

static void
land_write(GByteArray *platter, const DiskChange *change, GRand *rand)
{
	gsize size;
	const guint8 *bytes = g_bytes_get_data(change->bytes, &size);
	gsize done = 0;

	while (done < size) {
		uint64_t at = change->at + done;
		size_t piece = MIN(size - done, SECTOR - at % SECTOR);
		size_t part = part_of(rand, piece);

		if (part > 0) {
			grow_with_garbage(platter, at, rand);
			put(platter, bytes + done, part, at);
		}
		done += piece;
	}
}

static void
land(DiskFile *file, GRand *rand)
{
	/* Once in four everything had just been written, or nothing had. */
	int fate = g_rand_int_range(rand, 0, 8);

	for (guint i = 0; fate != 0 && i < file->pending->len; i++) {
		const DiskChange *change = file->pending->pdata[i];

		if (change->bytes != NULL && fate == 1)
			put(file->platter,
			    g_bytes_get_data(change->bytes, NULL),
			    g_bytes_get_size(change->bytes), change->at);
		else if (change->bytes != NULL)
			land_write(file->platter, change, rand);
		else if (fate == 1 || g_rand_boolean(rand))
			set_size(file->platter, change->at);
	}
}

void
fault_disk_cut(FaultDisk *disk, uint32_t seed)
{
	GRand *rand = g_rand_new_with_seed(seed);

	for (guint i = 0; i < disk->files->len; i++) {
		DiskFile *file = disk->files->pdata[i];

		land(file, rand);
		if (file->exists != file->exists_on_platter)
			file->exists = g_rand_boolean(rand);
		file->exists_on_platter = file->exists;
		g_byte_array_set_size(file->seen, 0);
		if (file->exists)
			g_byte_array_append(file->seen, file->platter->data,
			                    file->platter->len);
		disk_file_sync(file);
		file->exists_on_platter = file->exists;
		file->shared = 0;
		memset(file->holder, 0, sizeof(file->holder));
	}
	g_rand_free(rand);
}

static bool
array_holds(const GByteArray *array, const void *bytes, size_t size)
{
	return array->len >= size &&
	       memmem(array->data, array->len, bytes, size) != NULL;
}

bool
fault_disk_holds(const FaultDisk *disk, const void *bytes, size_t size)
{
	for (guint i = 0; i < disk->files->len; i++) {
		const DiskFile *file = disk->files->pdata[i];

		if (array_holds(file->platter, bytes, size) ||
		    array_holds(file->seen, bytes, size))
			return true;
	}
	return false;
}
