/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Not strptime(3): it takes 2026-1-1, +2026-01-01 and what follows it.
 */
#include "day.h"

#include <string.h>

#include "print.h"
#include "value/periods.h"

#define DAY_SECONDS INT64_C(86400)

static bool
is_written_so(const char *text)
{
	static const char form[] = "dddd-dd-dd";

	if (strlen(text) != strlen(form))
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? !g_ascii_isdigit(text[i])
		                   : text[i] != form[i])
			return false;
	return true;
}

static int
number(const char *digits, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++)
		value = 10 * value + g_ascii_digit_value(digits[i]);
	return value;
}

bool
day_starts(const char *text, GTimeZone *zone, int days, int64_t *ret_at)
{
	g_autoptr(GDateTime) day = NULL;
	g_autoptr(GDateTime) then = NULL;

	if (!is_written_so(text))
		return false;
	day = g_date_time_new(zone, number(text, 4), number(text + 5, 2),
	                      number(text + 8, 2), 0, 0, 0);
	if (day != NULL)
		then = g_date_time_add_days(day, days);
	if (then == NULL)
		return false;
	*ret_at = period_midnight(zone, then);
	return true;
}

bool
day_end(const char *text, int64_t *ret_at)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();

	return day_starts(text, zone, 1, ret_at);
}

char *
day_of(int64_t at)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(at);

	return moment != NULL ? g_date_time_format(moment, "%Y-%m-%d")
	                      : g_strdup("");
}

char *
day_numbered(int64_t day)
{
	g_autoptr(GDateTime) time =
		g_date_time_new_from_unix_utc(day * DAY_SECONDS);

	return time != NULL ? g_date_time_format(time, "%Y-%m-%d")
	                    : g_strdup("-");
}

void
day_set(json_t *object, const char *key, int64_t day)
{
	g_autofree char *text = day > 0 ? day_numbered(day) : NULL;

	print_set_string(object, key, text);
}
