/* SPDX-License-Identifier: Apache-2.0 */
#include "starve.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

Starve *
starve_open(const char *path)
{
	int file = open(path, O_RDWR | O_CLOEXEC);
	void *mapped = MAP_FAILED;

	if (file >= 0)
		mapped = mmap(NULL, sizeof(Starve), PROT_READ | PROT_WRITE,
		              MAP_SHARED, file, 0);
	if (file >= 0)
		close(file);
	return mapped == MAP_FAILED ? NULL : mapped;
}

void
starve_arm(Starve *starve, uint64_t at, bool lasting, int32_t process)
{
	starve->at = at;
	starve->lasting = lasting;
	starve->process = process;
	starve->count = starve->failed = 0;
	starve->armed = true;
}
