/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days are walked one by one, each opening and closing turned into a moment on
 * its own: that is slower than arithmetic on minutes, and right on the days on
 * which clocks change. A due time lies a few days ahead, so it costs
 * microseconds.
 */
#include "value/calendar.h"

#include "base/error.h"
#include "calendar_private.h"

#define DAY 86400
#define DAYS_MAX 3660                  /* ten years */
#define TIME_MAX INT64_C(250000000000) /* about the year 9892 */
#define MINUTES_MAX ((int64_t)DAYS_MAX * 24 * 60)

void
calendar_free(Calendar *calendar)
{
	if (calendar == NULL)
		return;
	if (calendar->zone != NULL)
		g_time_zone_unref(calendar->zone);
	g_hash_table_unref(calendar->dates);
	g_hash_table_unref(calendar->yearly);
	g_hash_table_unref(calendar->easter);
	g_free(calendar);
}

static bool
read_zone(Calendar *calendar, const char *zone, GError **error)
{
	bool local = zone == NULL || *zone == '\0';

	calendar->zone = local ? g_time_zone_new_local()
	                       : g_time_zone_new_identifier(zone);
	if (calendar->zone != NULL)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "time_zone: \"%.60s\" is not known to this host; write "
	            "such as Europe/Copenhagen or UTC",
	            zone);
	return false;
}

Calendar *
calendar_new(const char *zone, const char *const *hours,
             const char *const *holidays, GError **error)
{
	g_autoptr(Calendar) calendar = g_new0(Calendar, 1);

	calendar->dates = g_hash_table_new(NULL, NULL);
	calendar->yearly = g_hash_table_new(NULL, NULL);
	calendar->easter = g_hash_table_new(NULL, NULL);
	if (!read_zone(calendar, zone, error) ||
	    !calendar_read_hours(calendar, hours, error) ||
	    !calendar_read_holidays(calendar, holidays, error))
		return NULL;
	return g_steal_pointer(&calendar);
}

static const char *const *
either(char **own, char **general)
{
	return (const char *const *)(own != NULL && own[0] != NULL ? own
	                                                           : general);
}

Calendar *
calendar_read(const Settings *settings, const Mailbox *mailbox, GError **error)
{
	static const Mailbox none = { .address = NULL };
	const Mailbox *own = mailbox != NULL ? mailbox : &none;
	const char *zone = own->mailbox_time_zone;
	Calendar *calendar;

	if (zone == NULL || *zone == '\0')
		zone = settings->value_time_zone;
	calendar = calendar_new(
		zone, either(own->mailbox_hours, settings->value_hours),
		either(own->mailbox_holidays, settings->value_holidays), error);
	if (calendar == NULL)
		settings_blame(settings, mailbox, "value", error);
	return calendar;
}

static int64_t
offset_at(const Calendar *calendar, int64_t at)
{
	int interval = g_time_zone_find_interval(calendar->zone,
	                                         G_TIME_TYPE_UNIVERSAL, at);

	return g_time_zone_get_offset(calendar->zone, interval);
}

/* The local day, counted from 1970-01-01. */
static int64_t
day_of(const Calendar *calendar, int64_t at)
{
	int64_t local = at + offset_at(calendar, at);

	return local >= 0 ? local / DAY : -1;
}

static int64_t
moment_of(GTimeZone *zone, int64_t local, GTimeType type)
{
	int interval = g_time_zone_adjust_time(zone, type, &local);

	return local - g_time_zone_get_offset(zone, interval);
}

/* Which of two is the summer's differs: Ireland and Morocco have their standard
 * time in summer. */
int64_t
calendar_moment(GTimeZone *zone, int64_t local, bool last)
{
	int64_t a = moment_of(zone, local, G_TIME_TYPE_DAYLIGHT);
	int64_t b = moment_of(zone, local, G_TIME_TYPE_STANDARD);

	return last ? MAX(a, b) : MIN(a, b);
}

static int64_t
moment(const Calendar *calendar, int64_t day, int minute, bool last)
{
	return calendar_moment(calendar->zone, day * DAY + INT64_C(60) * minute,
	                       last);
}

static bool
contains(GHashTable *table, int64_t number)
{
	return g_hash_table_contains(table, GINT_TO_POINTER((gint)number));
}

static bool
is_holiday(const Calendar *calendar, int64_t day)
{
	GDate date;
	int year;

	if (contains(calendar->dates, day))
		return true;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + 719163));
	year = g_date_get_year(&date);
	if (contains(calendar->yearly, (int)g_date_get_month(&date) * 100 +
	                                       g_date_get_day(&date)))
		return true;
	return g_hash_table_size(calendar->easter) > 0 &&
	       contains(calendar->easter, day - calendar_easter(year));
}

/* Opening spans in order of time, as moments. */
typedef struct Walk {
	const Calendar *calendar;
	int64_t at; /* no span begins before it */
	int64_t day, end_day;
	unsigned span;
} Walk;

static Walk
walk_begin(const Calendar *calendar, int64_t start)
{
	int64_t at = CLAMP(start, 0, TIME_MAX);
	int64_t day = MAX(day_of(calendar, at), 0);
	Walk walk = { calendar, at, day, day + DAYS_MAX, 0 };

	return walk;
}

static const Weekday *
weekday(const Walk *walk)
{
	static const Weekday closed = { .n = 0 };

	if (is_holiday(walk->calendar, walk->day))
		return &closed;
	/* 1970-01-01 was a Thursday. */
	return &walk->calendar->week[(walk->day + 3) % 7];
}

static bool
walk_next(Walk *walk, int64_t *ret_open, int64_t *ret_close)
{
	for (; walk->day < walk->end_day; walk->day++, walk->span = 0) {
		const Weekday *today = weekday(walk);

		while (walk->span < today->n) {
			const Span *span = &today->spans[walk->span++];
			int64_t open = moment(walk->calendar, walk->day,
			                      span->from, false);
			int64_t close = moment(walk->calendar, walk->day,
			                       span->to, true);

			open = MAX(open, walk->at);
			if (close <= open)
				continue;
			walk->at = close;
			*ret_open = open;
			*ret_close = close;
			return true;
		}
	}
	return false;
}

int64_t
calendar_due(const Calendar *calendar, int64_t start, int64_t minutes)
{
	int64_t left = CLAMP(minutes, 0, MINUTES_MAX) * 60;
	int64_t fallback = CLAMP(start, 0, TIME_MAX) + left;
	Walk walk = walk_begin(calendar, start);
	int64_t open, close;

	while (walk_next(&walk, &open, &close)) {
		if (left <= close - open)
			return open + left;
		left -= close - open;
	}
	return fallback;
}

bool
calendar_is_open(const Calendar *calendar, int64_t at)
{
	Walk walk = walk_begin(calendar, at);
	int64_t open, close;

	return walk_next(&walk, &open, &close) &&
	       open == walk_begin(calendar, at).at;
}

int64_t
calendar_minutes(const Calendar *calendar, int64_t from, int64_t to)
{
	Walk walk = walk_begin(calendar, from);
	int64_t open, close, sum = 0;

	while (walk_next(&walk, &open, &close) && open < to)
		sum += MIN(close, to) - open;
	return sum / 60;
}

char *
calendar_format(const Calendar *calendar, int64_t at)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun",
		                            "Mon", "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
		                              "May", "Jun", "Jul", "Aug",
		                              "Sep", "Oct", "Nov", "Dec" };
	int64_t when = CLAMP(at, DAY, TIME_MAX);
	int offset = (int)offset_at(calendar, when) / 60;
	int64_t local = when + INT64_C(60) * offset;
	int seconds = (int)(local % DAY);
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(local / DAY + 719163));
	return g_strdup_printf(
		"%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d",
		days[local / DAY % 7], g_date_get_day(&date),
		months[g_date_get_month(&date) - 1], g_date_get_year(&date),
		seconds / 3600, seconds / 60 % 60, seconds % 60,
		offset < 0 ? '-' : '+', ABS(offset) / 60, ABS(offset) % 60);
}
