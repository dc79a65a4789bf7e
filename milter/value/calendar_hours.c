/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening hours as a person writes them: "mon-fri 09:00-12:30 13:00-17:00".
 * A span over midnight is refused rather than guessed at: with DAYS that are a
 * range nobody can tell which mornings are meant.
 */
#include <string.h>

#include "base/error.h"
#include "calendar_private.h"

static const char *const day_names[] = { "mon", "tue", "wed", "thu",
	                                 "fri", "sat", "sun" };

static bool
refuse(const char *item, const char *what, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "hours: \"%.60s\": %s; write such as mon-fri 09:00-17:00, "
	            "or always",
	            item, what);
	return false;
}

static int
day_index(const char *name)
{
	for (int i = 0; i < 7; i++)
		if (g_ascii_strcasecmp(day_names[i], name) == 0)
			return i;
	return -1;
}

/* "mon" or "mon-fri" (also "sat-mon") as bits added to `set`. */
static bool
read_range(const char *text, unsigned *set)
{
	g_auto(GStrv) ends = g_strsplit(text, "-", 3);
	guint n = g_strv_length(ends);
	int first = n > 0 ? day_index(ends[0]) : -1;
	int last = n > 1 ? day_index(ends[1]) : first;

	if (n > 2 || first < 0 || last < 0)
		return false;
	for (int day = first;; day = (day + 1) % 7) {
		*set |= 1u << day;
		if (day == last)
			return true;
	}
}

static bool
read_days(const char *text, unsigned *ret_set)
{
	g_auto(GStrv) parts = g_strsplit(text, ",", 8);
	unsigned set = 0;

	for (char **part = parts; *part != NULL; part++)
		if (!read_range(*part, &set))
			return false;
	*ret_set = set;
	return set != 0;
}

bool
calendar_digits(const char **text, unsigned min, unsigned max, int *ret_number)
{
	int number = 0;
	unsigned n = 0;

	for (; n < max && g_ascii_isdigit((*text)[n]); n++)
		number = number * 10 + g_ascii_digit_value((*text)[n]);
	if (n < min)
		return false;
	*text += n;
	*ret_number = number;
	return true;
}

static bool
read_clock(const char *text, int *ret_minute)
{
	int hour, minute;

	if (!calendar_digits(&text, 1, 2, &hour) || *text++ != ':' ||
	    !calendar_digits(&text, 2, 2, &minute) || *text != '\0' ||
	    minute > 59 || hour * 60 + minute > CALENDAR_DAY)
		return false;
	*ret_minute = hour * 60 + minute;
	return true;
}

static bool
read_span(const char *text, Span *ret_span)
{
	g_auto(GStrv) ends = g_strsplit(text, "-", 3);

	return g_strv_length(ends) == 2 &&
	       read_clock(ends[0], &ret_span->from) &&
	       read_clock(ends[1], &ret_span->to) &&
	       ret_span->from < ret_span->to;
}

/* Keeps them in order; false when it overlaps another or there is no room. */
static bool
add_span(Weekday *day, Span span)
{
	unsigned at = 0;

	if (day->n == CALENDAR_SPANS)
		return false;
	while (at < day->n && day->spans[at].from < span.from)
		at++;
	if ((at > 0 && day->spans[at - 1].to > span.from) ||
	    (at < day->n && day->spans[at].from < span.to))
		return false;
	memmove(&day->spans[at + 1], &day->spans[at],
	        (day->n - at) * sizeof(day->spans[0]));
	day->spans[at] = span;
	day->n++;
	return true;
}

static bool
add_spans(Calendar *calendar, unsigned set, Span span)
{
	for (int day = 0; day < 7; day++)
		if ((set & 1u << day) != 0 &&
		    !add_span(&calendar->week[day], span))
			return false;
	return true;
}

static bool
read_item(Calendar *calendar, const char *item, GError **error)
{
	g_auto(GStrv) words = g_strsplit_set(item, " \t", 0);
	unsigned set = 0;
	bool any = false;

	if (!read_days(words[0] != NULL ? words[0] : "", &set))
		return refuse(item, "no weekdays begin it", error);
	for (char **word = words + 1; *word != NULL; word++) {
		Span span;

		if (**word == '\0')
			continue;
		if (!read_span(*word, &span))
			return refuse(item, "not a time span within a day",
			              error);
		if (!add_spans(calendar, set, span))
			return refuse(item, "overlaps another", error);
		any = true;
	}
	return any || refuse(item, "no times follow the days", error);
}

bool
calendar_read_hours(Calendar *calendar, const char *const *items,
                    GError **error)
{
	static const Span whole = { 0, CALENDAR_DAY };

	if (items == NULL || items[0] == NULL ||
	    (items[1] == NULL && g_ascii_strcasecmp(items[0], "always") == 0))
		return add_spans(calendar, 0x7f, whole);
	for (; *items != NULL; items++)
		if (!read_item(calendar, *items, error))
			return false;
	return true;
}
