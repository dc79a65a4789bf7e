/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL (G_USEC_PER_SEC / 5)

Progress
progress_begin(const char *unit)
{
	return (Progress){ unit, isatty(STDERR_FILENO) ? 1 : 0 };
}

void
progress_show(Progress *progress, gint64 done)
{
	gint64 now;

	if (progress->next == 0)
		return;
	now = g_get_monotonic_time();
	if (now < progress->next)
		return;
	progress->next = now + INTERVAL;
	fprintf(stderr, "\r%" G_GINT64_FORMAT " %s ", done, progress->unit);
}

void
progress_end(const Progress *progress)
{
	if (progress->next != 0)
		fprintf(stderr, "\r%*s\r", 30, "");
}
