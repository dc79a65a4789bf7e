/* SPDX-License-Identifier: Apache-2.0 */
/* Days of 23 and 25 hours, weeks over the end of a year, short months. */
#include <glib.h>

#include "value/periods.h"

#define HOUR 3600

static int64_t
at(const char *text, GTimeZone *zone)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(text, zone);

	g_assert_nonnull(moment);
	return g_date_time_to_unix(moment);
}

static void
test_of(void)
{
	static const struct {
		PeriodUnit unit;
		const char *moment, *from, *name;
		int hours;
	} rows[] = {
		{ PERIOD_DAY, "2026-11-22T00:00:00", "2026-11-22T00:00:00",
		  "2026-11-22", 24 },
		{ PERIOD_DAY, "2026-03-29T12:00:00", "2026-03-29T00:00:00",
		  "2026-03-29", 23 },
		{ PERIOD_DAY, "2026-10-25T23:59:59", "2026-10-25T00:00:00",
		  "2026-10-25", 25 },
		{ PERIOD_WEEK, "2026-11-22T23:59:59", "2026-11-16T00:00:00",
		  "2026-W47", 168 },
		{ PERIOD_WEEK, "2027-01-03T10:00:00", "2026-12-28T00:00:00",
		  "2026-W53", 168 },
		{ PERIOD_WEEK, "2026-10-20T10:00:00", "2026-10-19T00:00:00",
		  "2026-W43", 169 },
		{ PERIOD_MONTH, "2028-02-29T10:00:00", "2028-02-01T00:00:00",
		  "2028-02", 29 * 24 },
		{ PERIOD_MONTH, "2026-03-31T10:00:00", "2026-03-01T00:00:00",
		  "2026-03", 31 * 24 - 1 },
	};
	g_autoptr(GTimeZone) zone =
		g_time_zone_new_identifier("Europe/Copenhagen");

	g_assert_nonnull(zone);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Period period =
			period_of(rows[i].unit, zone, at(rows[i].moment, zone));
		g_autofree char *name =
			period_name(rows[i].unit, zone, &period);

		g_test_message("%s", rows[i].moment);
		g_assert_cmpint(period.from, ==, at(rows[i].from, zone));
		g_assert_cmpint(period.upto - period.from, ==,
		                rows[i].hours * HOUR);
		g_assert_cmpstr(name, ==, rows[i].name);
	}
}

static void
test_between(void)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	int64_t now = at("2026-11-22T10:00:00", zone);
	g_autoptr(GArray) weeks = periods_between(
		PERIOD_WEEK, zone, at("2026-11-01T00:00:00", zone), now);
	g_autoptr(GArray) one = periods_between(PERIOD_DAY, zone, now, now);
	g_autoptr(GArray) many = periods_between(PERIOD_DAY, zone, 0, now);
	g_autoptr(GArray) future =
		periods_between(PERIOD_DAY, zone, now + 400 * 86400, now);

	g_assert_cmpuint(weeks->len, ==, 4);
	for (guint i = 1; i < weeks->len; i++)
		g_assert_cmpint(g_array_index(weeks, Period, i).from, ==,
		                g_array_index(weeks, Period, i - 1).upto);
	g_assert_cmpint(g_array_index(weeks, Period, 3).upto, >, now);
	g_assert_cmpuint(one->len, ==, 1);
	g_assert_cmpuint(future->len, ==, 1);
	g_assert_cmpuint(many->len, ==, PERIODS_MAX);
	g_assert_cmpint(g_array_index(many, Period, PERIODS_MAX - 1).upto, >,
	                now);
}

/* Midnight comes twice: the day has both, and the one before it neither. */
static void
test_midnight_twice(void)
{
	static const char *const zones[] = { "Atlantic/Azores",
		                             "America/Havana" };

	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
		g_autoptr(GTimeZone) zone =
			g_time_zone_new_identifier(zones[i]);
		g_autoptr(GArray) days = periods_between(
			PERIOD_DAY, zone, at("2026-10-20T12:00:00", zone),
			at("2026-11-05T12:00:00", zone));
		int longest = 0;

		g_assert_cmpuint(days->len, ==, 17);
		for (guint day = 0; day < days->len; day++) {
			const Period *one = &g_array_index(days, Period, day);
			Period same =
				period_of(PERIOD_DAY, zone, one->from + 1800);

			g_assert_cmpint(same.from, ==, one->from);
			g_assert_cmpint(same.upto, ==, one->upto);
			longest = MAX(longest, (int)(one->upto - one->from));
		}
		g_assert_cmpint(longest, ==, 25 * HOUR);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/periods/of", test_of);
	g_test_add_func("/periods/between", test_between);
	g_test_add_func("/periods/midnight-twice", test_midnight_twice);
	return g_test_run();
}
