/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/day - days as people write them: YYYY-MM-DD, in this host's time zone.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   false for what is no day of the calendar.
 * Threads: one.
 */
#ifndef CLI_DAY_H
#define CLI_DAY_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* The second, since 1970, at which that day is over. */
bool day_end(const char *text, int64_t *ret_at);
/* The second at which that day, or the one `days` after it, begins in `zone`.
 */
bool day_starts(const char *text, GTimeZone *zone, int days, int64_t *ret_at);
/* The day on which that second lies. */
char *day_of(int64_t at);
/* The day with that number, of those since 1970-01-01; "-" for what is none. */
char *day_numbered(int64_t day);
/* The same as a member of `object`; null for 0. */
void day_set(json_t *object, const char *key, int64_t day);

#endif
