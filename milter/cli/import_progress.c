/* SPDX-License-Identifier: Apache-2.0 */
#include "import_progress.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL (G_USEC_PER_SEC / 5)
#define SETTLE (G_USEC_PER_SEC) /* before a rate is worth saying */
#define MEGABYTE 1000000

ImportProgress
import_progress_begin(const char *what, const char *unit, gint64 from,
                      gint64 all)
{
	gint64 now = g_get_monotonic_time();

	return (ImportProgress){ .what = what,
		                 .unit = unit,
		                 .began = now,
		                 .next = isatty(STDERR_FILENO) ? now
		                                               : G_MAXINT64,
		                 .from = from,
		                 .all = all };
}

static void
show_rate(const ImportProgress *progress, gint64 done, gint64 elapsed)
{
	double rate = (double)(done - progress->from) * G_USEC_PER_SEC /
	              (double)elapsed;
	gint64 left = progress->all > done && rate > 0
	                      ? (gint64)((double)(progress->all - done) / rate)
	                      : 0;

	if (progress->unit != NULL)
		fprintf(stderr, ", %.0f %s/s", rate, progress->unit);
	else
		fprintf(stderr, ", %.0f MB/s", rate / MEGABYTE);
	if (left > 0)
		fprintf(stderr, ", %d:%02d:%02d left", (int)(left / 3600),
		        (int)(left / 60 % 60), (int)(left % 60));
}

void
import_progress_show(ImportProgress *progress, gint64 done)
{
	gint64 now = g_get_monotonic_time();

	if (now < progress->next)
		return;
	progress->next = now + INTERVAL;
	progress->shown = TRUE;
	fprintf(stderr, "\r\033[K%s", progress->what);
	if (progress->all > 0)
		fprintf(stderr, " %d %%",
		        (int)(MIN(done, progress->all) * 100 / progress->all));
	if (now - progress->began > SETTLE)
		show_rate(progress, done, now - progress->began);
}

void
import_progress_end(ImportProgress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = FALSE;
}
