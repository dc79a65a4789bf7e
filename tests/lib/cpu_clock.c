/* SPDX-License-Identifier: Apache-2.0 */
#include "cpu_clock.h"

#include <time.h>

double
cpu_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
