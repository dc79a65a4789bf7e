/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/import_progress - how far, how fast and how long still, on standard
 * error, if that is a terminal.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_IMPORT_PROGRESS_H
#define CLI_IMPORT_PROGRESS_H

#include <glib.h>

typedef struct ImportProgress {
	const char *what; /* "looking through" */
	gint64 began, next;
	gint64 from, all; /* of units: where it began, and how many */
	const char *unit; /* "lines"; NULL: bytes */
	gboolean shown;
} ImportProgress;

/* `all` 0: not known. */
ImportProgress import_progress_begin(const char *what, const char *unit,
                                     gint64 from, gint64 all);
void import_progress_show(ImportProgress *progress, gint64 done);
void import_progress_end(ImportProgress *progress);

#endif
