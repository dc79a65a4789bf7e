/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own reader: strptime(3) depends on the locale, takes 31 February, and
 * cannot say why it fails.
 */
#include "orders_date.h"

#include <glib.h>
#include <string.h>

#define DAY_SECONDS 86400

typedef struct Parts {
	unsigned n[3]; /* the three numbers in the order written */
	int width[3];  /* their digits */
	char mark;     /* between them; NUL: none */
	const char *rest;
} Parts;

/* Up to `max` digits at *at, which is moved past them. */
static unsigned
take_number(const char **at, int max, int *ret_width)
{
	unsigned n = 0;
	int width = 0;

	for (; width < max && g_ascii_isdigit(**at); width++, (*at)++)
		n = n * 10 + (unsigned)(**at - '0');
	*ret_width = width;
	return n;
}

/* yyyymmdd, perhaps with hhmmss behind. */
static bool
split_compact(const char *text, Parts *parts)
{
	static const int widths[3] = { 4, 2, 2 };

	for (int i = 0; i < 3; i++) {
		parts->n[i] = take_number(&text, widths[i], &parts->width[i]);
		if (parts->width[i] != widths[i])
			return false;
	}
	parts->mark = '\0';
	parts->rest = text;
	return true;
}

static bool
split_marked(const char *text, Parts *parts)
{
	parts->mark = '\0';
	for (int i = 0; i < 3; i++) {
		parts->n[i] = take_number(&text, 4, &parts->width[i]);
		if (parts->width[i] == 0)
			return false;
		if (i == 0)
			parts->mark = *text;
		if (i == 2)
			break;
		if (*text == '\0' || *text != parts->mark ||
		    strchr("-./", *text) == NULL)
			return false;
		text++;
		/* "24. 12. 2025" */
		text += parts->mark == '.' && *text == ' ';
	}
	parts->rest = text;
	return true;
}

static bool
two_digits(const char **at, unsigned max, unsigned *ret)
{
	int width;

	*ret = take_number(at, 2, &width);
	return width > 0 && *ret <= max;
}

/* "Z", "+01:00", "UTC" */
static const char *
pass_zone(const char *at)
{
	at += strspn(at, " ");
	if (*at == 'Z' || *at == 'z')
		at++;
	else if (g_str_has_prefix(at, "UTC") || g_str_has_prefix(at, "GMT"))
		at += 3;
	if (*at == '+' || *at == '-')
		at += 1 + strspn(at + 1, "0123456789:");
	return at + strspn(at, " \t");
}

/* ".123", "am", a zone: what may stand behind a time. */
static bool
time_tail(const char *at, unsigned *hour)
{
	if (*at == '.' || *at == ',')
		at += 1 + strspn(at + 1, "0123456789");
	at += strspn(at, " ");
	if (g_ascii_strncasecmp(at, "pm", 2) == 0) {
		*hour += *hour < 12 ? 12 : 0;
		at += 2;
	} else if (g_ascii_strncasecmp(at, "am", 2) == 0) {
		*hour -= *hour == 12 ? 12 : 0;
		at += 2;
	}
	return *pass_zone(at) == '\0';
}

/* :ss, or ss behind hhmm. */
static bool
read_seconds(const char **at, char mark, unsigned *ret)
{
	*ret = 0;
	if (mark != '\0' && **at == mark)
		(*at)++;
	else if (!g_ascii_isdigit(**at))
		return true;
	return two_digits(at, 60, ret);
}

/* Seconds of the day in *ret; false when it is no time. */
static bool
read_time(const char *at, unsigned *ret)
{
	unsigned hour = 0, minute = 0, second = 0;
	char mark;

	*ret = 0;
	at += *at == 'T' ? 1 : strspn(at, " ,\t");
	if (*at == '\0')
		return true;
	if (!two_digits(&at, 24, &hour))
		return false;
	mark = *at == ':' || *at == '.' ? *at : '\0';
	at += mark != '\0';
	if (!two_digits(&at, 59, &minute) ||
	    !read_seconds(&at, mark, &second) || !time_tail(at, &hour))
		return false;
	*ret = hour * 3600 + minute * 60 + second;
	return true;
}

static unsigned
whole_year(unsigned year, int width)
{
	if (width != 2)
		return year;
	return year + (year < 70 ? 2000 : 1900);
}

/* Which of the numbers is what: indices of year, month and day. */
static bool
arrange(const Parts *parts, DateOrder order, const int **ret_places)
{
	static const int ymd[3] = { 0, 1, 2 }, dmy[3] = { 2, 1, 0 },
			 mdy[3] = { 2, 0, 1 };
	bool short_year = parts->width[2] == 2 &&
	                  (parts->mark == '.' || parts->mark == '/');

	if (parts->width[0] == 4 && parts->width[1] <= 2 &&
	    parts->width[2] <= 2)
		*ret_places = ymd;
	else if (parts->width[0] <= 2 && parts->width[1] <= 2 &&
	         (parts->width[2] == 4 || short_year))
		*ret_places = parts->mark != '.' && order == DATE_MONTH_FIRST
		                      ? mdy
		                      : dmy;
	else
		return false;
	return true;
}

/* With points the day is first; else the order is a question. */
static DateOrder
proof_of(const Parts *parts)
{
	if (parts->mark == '.' || parts->width[0] > 2)
		return DATE_EITHER;
	if (parts->n[0] > 12 && parts->n[0] <= 31 && parts->n[1] <= 12)
		return DATE_DAY_FIRST;
	if (parts->n[1] > 12 && parts->n[1] <= 31 && parts->n[0] <= 12)
		return DATE_MONTH_FIRST;
	return DATE_EITHER;
}

/* Days since 1970-01-01, by the civil calendar's 400-year cycle. */
static int64_t
day_number(unsigned year, unsigned month, unsigned day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = y / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
		(153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day -
		1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static bool
is_serial(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n == 5 && (text[5] == '\0' || text[5] == '.' || text[5] == ',');
}

static DateResult
judge(unsigned year, unsigned month, unsigned day, unsigned seconds,
      int32_t last_day, Date *ret_date)
{
	int64_t number;

	if (month < 1 || month > 12 || day < 1 || year < 1 ||
	    day > g_date_get_days_in_month((GDateMonth)month, (GDateYear)year))
		return DATE_NO_DAY;
	number = day_number(year, month, day);
	if (number < 0)
		return DATE_EARLY;
	if (number > last_day)
		return DATE_FUTURE;
	ret_date->at = number * DAY_SECONDS + MIN(seconds, DAY_SECONDS - 1);
	return DATE_FINE;
}

DateResult
date_parse(const char *text, DateOrder order, int32_t last_day, Date *ret_date)
{
	Parts parts;
	const int *places;
	unsigned seconds;

	text += strspn(text, " \t");
	ret_date->proof = DATE_EITHER;
	if (*text == '\0')
		return DATE_EMPTY;
	if (is_serial(text))
		return DATE_SERIAL;
	if (!split_compact(text, &parts) && !split_marked(text, &parts))
		return DATE_NONE;
	if ((parts.mark != '\0' || strspn(text, "0123456789") > 14) &&
	    g_ascii_isdigit(*parts.rest))
		return DATE_NONE;
	if (!arrange(&parts, order, &places) ||
	    !read_time(parts.rest, &seconds))
		return DATE_NONE;
	ret_date->proof = proof_of(&parts);
	return judge(whole_year(parts.n[places[0]], parts.width[places[0]]),
	             parts.n[places[1]], parts.n[places[2]], seconds, last_day,
	             ret_date);
}
