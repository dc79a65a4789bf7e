/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/progress - a count on standard error, if that is a terminal.
 *
 * Owns:    a Progress borrows its unit.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <glib.h>

typedef struct Progress {
	const char *unit; /* "mails" */
	gint64 next;      /* when to show again; 0: standard error is no
	                   * terminal */
} Progress;

Progress progress_begin(const char *unit);
void progress_show(Progress *progress, gint64 done);
/* Leaves nothing of it on the screen. */
void progress_end(const Progress *progress);

#endif
