/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/backoff (private) - when to try again.
 *
 * Twice as long each time, up to an hour, and not all at once: a part of the
 * wait is chance, by the draft's own id, so that the same draft waits the same
 * in each run of a test.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTER_BACKOFF_H
#define DRAFTER_BACKOFF_H

#include <stdint.h>

#define BACKOFF_FIRST 5     /* seconds */
#define BACKOFF_LAST 3600   /* seconds */
#define BACKOFF_SELDOM 1800 /* for what a person must mend first */
#define BACKOFF_COMPOSE 8   /* tries; a text that cannot be written */
#define BACKOFF_DELIVER 60  /* tries: two days and a half; 30 hours SELDOM */

/* Seconds to wait after the `attempt`-th try (1 ..) of draft `id`. */
int64_t backoff_seconds(int64_t attempt, int64_t id);

#endif
