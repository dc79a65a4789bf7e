/* SPDX-License-Identifier: Apache-2.0 */
/*
 * starve - what tells processes which of their allocations fail: a file that
 * test and processes have mapped, because an analyser can open none any more.
 *
 * Owns:    nothing.
 * Fails:   NULL, errno.
 * Threads: any; one arms, while nothing is.
 */
#ifndef TESTS_STARVE_H
#define TESTS_STARVE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define STARVE_NAME_SIZE 16 /* of a process, as the kernel has it */
#define STARVE_ALL (-1)

typedef struct Starve {
	char name[STARVE_NAME_SIZE]; /* of those that are counted */
	uint64_t at;                 /* which fails; 0: none */
	bool lasting;                /* and all after it */
	_Atomic bool armed;
	_Atomic int32_t process; /* 0: who allocates first; or STARVE_ALL */
	_Atomic uint64_t count, failed;
} Starve;

/* A file of at least its size, mapped until the process ends; NULL, errno. */
Starve *starve_open(const char *path);
/* The `at`-th allocation from now on fails, and with `lasting` all after it. */
void starve_arm(Starve *starve, uint64_t at, bool lasting, int32_t process);

#endif
