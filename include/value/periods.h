/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/periods - days, weeks and months of a time zone's calendar. A week is
 * ISO 8601's: it begins on Monday.
 *
 * Owns:    names returned are the caller's.
 * Fails:   never.
 * Threads: any.
 */
#ifndef VALUE_PERIODS_H
#define VALUE_PERIODS_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

typedef enum PeriodUnit {
	PERIOD_DAY,
	PERIOD_WEEK,
	PERIOD_MONTH,
} PeriodUnit;

typedef struct Period {
	int64_t from, upto; /* unix seconds */
} Period;

#define PERIODS_MAX 400

const char *period_unit_name(PeriodUnit unit); /* "daily" */
/* The one in which `at` lies. */
Period period_of(PeriodUnit unit, GTimeZone *zone, int64_t at);
/* When the day begins in which `day` lies by its own time zone. */
int64_t period_midnight(GTimeZone *zone, GDateTime *day);
/* Those from the one of `since` to the one of `now`, the last PERIODS_MAX of
 * them at most; of Period. */
GArray *periods_between(PeriodUnit unit, GTimeZone *zone, int64_t since,
                        int64_t now);
/* "2026-11-22", "2026-W47", "2026-11" */
char *period_name(PeriodUnit unit, GTimeZone *zone, const Period *period);
/* "2026-11-22", of the day in which `at` lies. */
char *period_day(GTimeZone *zone, int64_t at);

#endif
