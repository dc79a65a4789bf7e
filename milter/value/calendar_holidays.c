/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holidays: single dates, dates of every year, and days counted from Easter
 * Sunday, which is what most movable ones of Europe are.
 */
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "calendar_private.h"

int64_t
calendar_day_number(int year, int month, int day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month,
	               (GDateYear)year);
	return (int64_t)g_date_get_julian(&date) - 719163; /* 1970-01-01 */
}

/* The "anonymous" Gregorian computus, as in Meeus, Astronomical Algorithms
 * (1991), chapter 8. */
int64_t
calendar_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return calendar_day_number(year, n / 31, n % 31 + 1);
}

static bool
refuse(const char *item, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "holidays: \"%.60s\" is no day; write 2027-05-14, each "
	            "year 12-25, easter+1, or the path of a file",
	            item);
	return false;
}

static void
add_number(GHashTable *table, int64_t number)
{
	g_hash_table_add(table, GINT_TO_POINTER((gint)number));
}

/* "", "+39", "-2" */
static bool
add_easter(Calendar *calendar, const char *text)
{
	int offset = 0;
	bool before = *text == '-';

	if (*text != '\0') {
		if (*text != '+' && *text != '-')
			return false;
		text++;
		if (!calendar_digits(&text, 1, 3, &offset) || *text != '\0' ||
		    offset > 200)
			return false;
	}
	add_number(calendar->easter, before ? -offset : offset);
	return true;
}

static bool
is_day(int year, int month, int day)
{
	return month > 0 && month < 13 && day > 0 && day < 32 &&
	       g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
	                        (GDateYear)year);
}

/* "12-25", a day of each year. */
static bool
add_yearly(Calendar *calendar, const char *text)
{
	int month, day;

	if (!calendar_digits(&text, 2, 2, &month) || *text++ != '-' ||
	    !calendar_digits(&text, 2, 2, &day) || *text != '\0' ||
	    !is_day(2000, month, day))
		return false;
	add_number(calendar->yearly, month * 100 + day);
	return true;
}

static bool
add_date(Calendar *calendar, const char *text)
{
	const char *at = text;
	int year, month, day;

	if (!calendar_digits(&at, 4, 4, &year) || *at++ != '-')
		return add_yearly(calendar, text);
	if (!calendar_digits(&at, 2, 2, &month) || *at++ != '-' ||
	    !calendar_digits(&at, 2, 2, &day) || *at != '\0' || year < 1970 ||
	    !is_day(year, month, day))
		return false;
	add_number(calendar->dates, calendar_day_number(year, month, day));
	return true;
}

static bool
add_day(Calendar *calendar, const char *text, GError **error)
{
	bool easter = g_ascii_strncasecmp(text, "easter", 6) == 0;
	bool ok = easter ? add_easter(calendar, text + 6)
	                 : add_date(calendar, text);

	return ok || refuse(text, error);
}

/* A day a line, then what it is called if one likes; # begins a comment. */
static bool
add_line(Calendar *calendar, char *line, GError **error)
{
	line[strcspn(line, "#")] = '\0';
	g_strstrip(line);
	line[strcspn(line, " \t")] = '\0';
	return *line == '\0' || add_day(calendar, line, error);
}

static bool
read_lines(Calendar *calendar, const char *path, char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", 0);

	for (unsigned i = 0; lines[i] != NULL; i++)
		if (!add_line(calendar, lines[i], error)) {
			g_prefix_error(error, "%s:%u: ", path, i + 1);
			return false;
		}
	return true;
}

static bool
read_file(Calendar *calendar, const char *path, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, &fault) ||
	    size > LIMIT_SETTINGS_FILE || memchr(text, '\0', size) != NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "holidays: %s",
		            fault != NULL ? fault->message
		                          : "not a list of days");
		return false;
	}
	return read_lines(calendar, path, text, error);
}

bool
calendar_read_holidays(Calendar *calendar, const char *const *items,
                       GError **error)
{
	for (; items != NULL && *items != NULL; items++)
		if (!((*items)[0] == '/' ? read_file(calendar, *items, error)
		                         : add_day(calendar, *items, error)))
			return false;
	return true;
}
