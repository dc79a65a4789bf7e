/* SPDX-License-Identifier: Apache-2.0 */
#include "value/periods.h"

#include "calendar_private.h"

#define DAY INT64_C(86400)

const char *
period_unit_name(PeriodUnit unit)
{
	static const char *const names[] = { "daily", "weekly", "monthly" };

	return names[unit];
}

/* Where clocks go back to midnight, as in the Azores, it comes twice, and
 * g_date_time_new() means the second: an hour of the day would be before it. */
int64_t
period_midnight(GTimeZone *zone, GDateTime *day)
{
	int64_t number = calendar_day_number(g_date_time_get_year(day),
	                                     g_date_time_get_month(day),
	                                     g_date_time_get_day_of_month(day));

	return calendar_moment(zone, number * DAY, false);
}

static GDateTime *
first_day(PeriodUnit unit, GDateTime *moment)
{
	switch (unit) {
	case PERIOD_WEEK:
		return g_date_time_add_days(
			moment, 1 - g_date_time_get_day_of_week(moment));
	case PERIOD_MONTH:
		return g_date_time_add_days(
			moment, 1 - g_date_time_get_day_of_month(moment));
	default:
		return g_date_time_ref(moment);
	}
}

static GDateTime *
day_after(PeriodUnit unit, GDateTime *first)
{
	switch (unit) {
	case PERIOD_WEEK:
		return g_date_time_add_days(first, 7);
	case PERIOD_MONTH:
		return g_date_time_add_months(first, 1);
	default:
		return g_date_time_add_days(first, 1);
	}
}

Period
period_of(PeriodUnit unit, GTimeZone *zone, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) moment = g_date_time_to_timezone(utc, zone);
	g_autoptr(GDateTime) first = first_day(unit, moment);
	g_autoptr(GDateTime) after = day_after(unit, first);

	return (Period){ period_midnight(zone, first),
		         period_midnight(zone, after) };
}

GArray *
periods_between(PeriodUnit unit, GTimeZone *zone, int64_t since, int64_t now)
{
	GArray *periods = g_array_new(FALSE, FALSE, sizeof(Period));
	Period period = period_of(unit, zone, now);

	/* Backwards, so that those next to now are kept. */
	while (periods->len < PERIODS_MAX) {
		g_array_prepend_val(periods, period);
		if (period.from <= since)
			break;
		period = period_of(unit, zone, period.from - 1);
	}
	return periods;
}

static char *
format_at(GTimeZone *zone, int64_t at, const char *format)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) moment = g_date_time_to_timezone(utc, zone);

	return g_date_time_format(moment, format);
}

char *
period_name(PeriodUnit unit, GTimeZone *zone, const Period *period)
{
	static const char *const formats[] = { "%Y-%m-%d", "%G-W%V", "%Y-%m" };

	return format_at(zone, period->from, formats[unit]);
}

char *
period_day(GTimeZone *zone, int64_t at)
{
	return format_at(zone, at, "%Y-%m-%d");
}
