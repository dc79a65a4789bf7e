/* SPDX-License-Identifier: Apache-2.0 */
/*
 * To be preloaded (LD_PRELOAD): the allocations of a process fail as a Starve
 * says that is mapped from the file STARVE names. Children have it from their
 * parent, which is how it gets into a sandbox.
 *
 * Or, for a program that is run once: STARVE_AT=N in the environment makes its
 * N-th fail, STARVE_LASTING=1 all after it too; what it took is told at its end
 * ("allocations N" on standard error).
 *
 * glibc takes malloc(3) from whoever has it first, for its own strdup(3) too,
 * and exports what it had itself under other names.
 */
#include "starve.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static Starve own;
static Starve *starve;
/* Kept here: an analyser may ask the kernel for neither. */
static char name[STARVE_NAME_SIZE];
static int32_t process;

static void
learn_name(const char *now)
{
	size_t length = strlen(now);

	if (length >= sizeof(name))
		length = sizeof(name) - 1;
	memset(name, 0, sizeof(name));
	memcpy(name, now, length);
	process = (int32_t)getpid();
}

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("STARVE");
	const char *at = getenv("STARVE_AT");

	learn_name(program_invocation_short_name);
	if (path != NULL) {
		starve = starve_open(path);
		if (starve == NULL) {
			perror(path);
			_exit(127);
		}
		return;
	}
	if (at == NULL)
		return;
	memcpy(own.name, name, sizeof(own.name));
	own.at = strtoull(at, NULL, 10);
	own.lasting = getenv("STARVE_LASTING") != NULL;
	own.armed = true;
	starve = &own;
}

__attribute__((destructor)) static void
end(void)
{
	if (starve == &own)
		dprintf(STDERR_FILENO, "allocations %llu\n",
		        (unsigned long long)own.count);
}

int
prctl(int option, ...)
{
	unsigned long given[4];
	va_list list;

	va_start(list, option);
	for (int i = 0; i < 4; i++)
		given[i] = va_arg(list, unsigned long);
	va_end(list);
	if (option == PR_SET_NAME)
		learn_name((const char *)given[0]);
	return (int)syscall(SYS_prctl, option, given[0], given[1], given[2],
	                    given[3]);
}

static bool
is_counted(void)
{
	int32_t nobody = 0;

	if (starve == NULL || !starve->armed ||
	    memcmp(name, starve->name, sizeof(name)) != 0)
		return false;
	return atomic_compare_exchange_strong(&starve->process, &nobody,
	                                      process) ||
	       nobody == process || nobody == STARVE_ALL;
}

static bool
fails(void)
{
	uint64_t now;

	if (!is_counted())
		return false;
	now = atomic_fetch_add(&starve->count, 1) + 1;
	if (starve->at == 0 || now < starve->at ||
	    (now > starve->at && !starve->lasting))
		return false;
	atomic_fetch_add(&starve->failed, 1);
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

void *
memalign(size_t alignment, size_t size)
{
	return fails() ? NULL : __libc_memalign(alignment, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int
posix_memalign(void **ret_memory, size_t alignment, size_t size)
{
	void *memory = memalign(alignment, size);

	if (memory == NULL)
		return ENOMEM;
	*ret_memory = memory;
	return 0;
}
