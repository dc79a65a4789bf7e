/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Leases and deadlines count on the monotonic clock alone, so that a step of
 * the wall clock can neither expire nor prolong one.
 */
#include "base/clock.h"

#include <time.h>

static int64_t frozen = -1;

static int64_t
microseconds_of(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
clock_monotonic(void)
{
	return microseconds_of(CLOCK_MONOTONIC);
}

int64_t
clock_wall(void)
{
	return frozen >= 0 ? frozen : microseconds_of(CLOCK_REALTIME);
}

void
clock_set_wall(int64_t microseconds)
{
	frozen = microseconds;
}

Deadline
deadline_in(int64_t milliseconds)
{
	return (Deadline){ clock_monotonic() + milliseconds * 1000 };
}

bool
deadline_passed(Deadline deadline)
{
	return clock_monotonic() >= deadline.at;
}

int
deadline_poll_ms(Deadline deadline)
{
	int64_t left = deadline.at - clock_monotonic();

	if (left <= 0)
		return 0;
	return left >= (int64_t)INT32_MAX * 1000 ? INT32_MAX
	                                         : (int)((left + 999) / 1000);
}
