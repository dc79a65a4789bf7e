/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/child - a process that is to run, and when it may be started again.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: the supervisor's.
 */
#ifndef FILTER_CHILD_H
#define FILTER_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Zeroed: it may be started now. */
typedef struct Child {
	pid_t pid; /* 0: does not run */
	int64_t started;
	int64_t due;
	unsigned failures; /* in a row, soon after the start */
	bool killed;       /* by us; it has not ended yet */
} Child;

bool child_is_due(const Child *child);
/* Does not wait: while it sleeps in the kernel, SIGKILL does. */
void child_kill(Child *child);
/* It was started as `pid`; -1: it could not be. */
void child_began(Child *child, pid_t pid);
/* It ended; from the second early end on it waits, twice as long each time. */
void child_ended(Child *child, int64_t delay_ms, int64_t delay_max_ms);

#endif
