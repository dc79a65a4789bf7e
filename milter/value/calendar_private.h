/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/calendar (private) - a calendar's parts, and how they are read.
 *
 * Owns:    the tables are the calendar's.
 * Fails:   as value/calendar.h says.
 * Threads: as the calendar.
 */
#ifndef VALUE_CALENDAR_PRIVATE_H
#define VALUE_CALENDAR_PRIVATE_H

#include "value/calendar.h"

#define CALENDAR_SPANS 8 /* of one weekday */
#define CALENDAR_DAY 1440

/* Minutes of a local day; `to` is not part of it. */
typedef struct Span {
	int from, to;
} Span;

typedef struct Weekday {
	Span spans[CALENDAR_SPANS]; /* in order, never overlapping */
	unsigned n;
} Weekday;

struct Calendar {
	GTimeZone *zone;
	Weekday week[7];    /* Monday first */
	GHashTable *dates;  /* days since 1970 */
	GHashTable *yearly; /* month * 100 + day */
	GHashTable *easter; /* days from Easter Sunday */
};

/* From `min` to `max` digits; moves `text` behind them. */
bool calendar_digits(const char **text, unsigned min, unsigned max,
                     int *ret_number);

bool calendar_read_hours(Calendar *calendar, const char *const *items,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool calendar_read_holidays(Calendar *calendar, const char *const *items,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds since 1970 of a local time, told as if it were UTC's; of one that
 * comes twice, where clocks go back, the first or the last. */
int64_t calendar_moment(GTimeZone *zone, int64_t local, bool last);
/* Days since 1970-01-01, of the proleptic Gregorian calendar. */
int64_t calendar_day_number(int year, int month, int day);
/* Of Easter Sunday in `year`. */
int64_t calendar_easter(int year);

#endif
