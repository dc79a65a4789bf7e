/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/clock - time that tests can set, and deadlines.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Units:   microseconds; the monotonic ones count from an arbitrary start.
 * Threads: any; clock_set_wall() only before threads exist (tests).
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

int64_t clock_monotonic(void);
int64_t clock_wall(void); /* since 1970-01-01 UTC */

/* Freezes clock_wall() at `microseconds`; a negative value thaws it. */
void clock_set_wall(int64_t microseconds);

/* A moment of the monotonic clock after which waiting must end. */
typedef struct Deadline {
	int64_t at;
} Deadline;

Deadline deadline_in(int64_t milliseconds);
bool deadline_passed(Deadline deadline);
/* Milliseconds left for poll(2), rounded up, never negative. */
int deadline_poll_ms(Deadline deadline);

#endif
