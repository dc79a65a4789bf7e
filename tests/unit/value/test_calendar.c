/* SPDX-License-Identifier: Apache-2.0 */
#include "value/calendar.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"

#define OFFICE "mon-fri 09:00-17:00"

/* Local times "2026-11-23 09:00" in the row's zone, seconds as written. */
static const struct row {
	const char *name, *zone, *hours, *holidays;
	const char *start;
	int64_t minutes;
	const char *due;
} rows[] = {
	{ "always", "UTC", "always", "", "Mon, 23 Nov 2026 16:30:00 +0000", 120,
	  "Mon, 23 Nov 2026 18:30:00 +0000" },
	{ "inside", "UTC", OFFICE, "", "Mon, 23 Nov 2026 10:00:00 +0000", 120,
	  "Mon, 23 Nov 2026 12:00:00 +0000" },
	{ "before-opening", "UTC", OFFICE, "",
	  "Mon, 23 Nov 2026 06:00:00 +0000", 60,
	  "Mon, 23 Nov 2026 10:00:00 +0000" },
	{ "over-the-night", "UTC", OFFICE, "",
	  "Mon, 23 Nov 2026 16:30:00 +0000", 120,
	  "Tue, 24 Nov 2026 10:30:00 +0000" },
	{ "to-the-minute-of-closing", "UTC", OFFICE, "",
	  "Mon, 23 Nov 2026 15:00:00 +0000", 120,
	  "Mon, 23 Nov 2026 17:00:00 +0000" },
	{ "friday-evening", "UTC", OFFICE, "",
	  "Fri, 27 Nov 2026 18:00:00 +0000", 120,
	  "Mon, 30 Nov 2026 11:00:00 +0000" },
	{ "seconds-kept", "UTC", OFFICE, "", "Fri, 27 Nov 2026 16:59:30 +0000",
	  1, "Mon, 30 Nov 2026 09:00:30 +0000" },
	{ "lunch", "UTC", "mon-fri 08:00-12:00 13:00-16:00;sat 10:00-12:00", "",
	  "Fri, 27 Nov 2026 11:00:00 +0000", 5 * 60,
	  "Sat, 28 Nov 2026 11:00:00 +0000" },
	{ "zero", "UTC", OFFICE, "", "Sat, 28 Nov 2026 11:00:00 +0000", 0,
	  "Mon, 30 Nov 2026 09:00:00 +0000" },
	{ "week", "UTC", OFFICE, "", "Mon, 23 Nov 2026 09:00:00 +0000",
	  5 * 8 * 60 + 1, "Mon, 30 Nov 2026 09:01:00 +0000" },
	{ "christmas", "Europe/Copenhagen", OFFICE,
	  "12-24;12-25;12-26;12-31;01-01", "Wed, 23 Dec 2026 16:00:00 +0100",
	  120, "Mon, 28 Dec 2026 10:00:00 +0100" },
	{ "one-year-only", "UTC", OFFICE, "2026-11-24",
	  "Mon, 23 Nov 2026 16:00:00 +0000", 120,
	  "Wed, 25 Nov 2026 10:00:00 +0000" },
	{ "easter-2027", "Europe/Stockholm", OFFICE, "easter-2;easter+1",
	  "Thu, 25 Mar 2027 16:00:00 +0100", 120,
	  "Tue, 30 Mar 2027 10:00:00 +0200" },
	{ "ascension-2026", "Europe/Berlin", OFFICE, "easter+39",
	  "Wed, 13 May 2026 17:00:00 +0200", 1,
	  "Fri, 15 May 2026 09:01:00 +0200" },
	{ "always-but-holidays", "UTC", "always", "12-25",
	  "Thu, 24 Dec 2026 23:00:00 +0000", 120,
	  "Sat, 26 Dec 2026 01:00:00 +0000" },
	/* The night of the spring change has 23 hours, autumn's 25. */
	{ "spring-always", "Europe/Berlin", "always", "",
	  "Sat, 28 Mar 2026 12:00:00 +0100", 24 * 60,
	  "Sun, 29 Mar 2026 13:00:00 +0200" },
	{ "autumn-always", "Europe/Berlin", "always", "",
	  "Sat, 24 Oct 2026 12:00:00 +0200", 24 * 60,
	  "Sun, 25 Oct 2026 11:00:00 +0100" },
	{ "spring-night-shift", "Europe/Berlin", "sun 00:00-06:00", "",
	  "Sun, 29 Mar 2026 00:00:00 +0100", 5 * 60,
	  "Sun, 29 Mar 2026 06:00:00 +0200" },
	{ "autumn-night-shift", "Europe/Berlin", "sun 00:00-06:00", "",
	  "Sun, 25 Oct 2026 00:00:00 +0200", 7 * 60,
	  "Sun, 25 Oct 2026 06:00:00 +0100" },
	{ "skipped-opening", "Europe/Berlin", "sun 02:30-06:00", "",
	  "Sun, 29 Mar 2026 00:00:00 +0100", 60,
	  "Sun, 29 Mar 2026 04:00:00 +0200" },
	{ "doubled-opening", "Europe/Berlin", "sun 02:30-02:45", "",
	  "Sun, 25 Oct 2026 00:00:00 +0200", 75,
	  "Sun, 25 Oct 2026 02:45:00 +0100" },
	/* Standard time is summer's. */
	{ "doubled-opening-in-ireland", "Europe/Dublin", "sun 01:30-01:45", "",
	  "Sun, 25 Oct 2026 00:00:00 +0100", 75,
	  "Sun, 25 Oct 2026 01:45:00 +0000" },
	{ "office-over-the-change", "America/New_York", OFFICE, "",
	  "Fri, 06 Mar 2026 16:00:00 -0500", 120,
	  "Mon, 09 Mar 2026 10:00:00 -0400" },
	{ "half-hour-zone", "Asia/Kolkata", OFFICE, "",
	  "Fri, 27 Nov 2026 18:00:00 +0530", 30,
	  "Mon, 30 Nov 2026 09:30:00 +0530" },
	{ "wrapping-range", "UTC", "sat-mon 10:00-12:00", "",
	  "Fri, 27 Nov 2026 18:00:00 +0000", 5 * 60,
	  "Mon, 30 Nov 2026 11:00:00 +0000" },
	{ "sparse", "UTC", "wed 09:00-09:30", "",
	  "Thu, 01 Jan 2026 00:00:00 +0000", 60,
	  "Wed, 14 Jan 2026 09:30:00 +0000" },
};

static Calendar *
calendar_of(const char *zone, const char *hours, const char *holidays,
            GError **error)
{
	g_auto(GStrv) spans = g_strsplit(hours, ";", 0);
	g_auto(GStrv) days = g_strsplit(holidays, ";", 0);

	return calendar_new(zone, (const char *const *)spans,
	                    (const char *const *)(*holidays ? days : NULL),
	                    error);
}

/* Of RFC 5322 text, so that rows can be read. */
static int64_t
moment_of(const char *text)
{
	static const char *const months =
		"JanFebMarAprMayJunJulAugSepOctNovDec";
	int day, year, hour, minute, second, zone;
	char month[4];
	g_autoptr(GDateTime) time = NULL;

	g_assert_cmpint(sscanf(text, "%*3s, %d %3s %d %d:%d:%d %d", &day, month,
	                       &year, &hour, &minute, &second, &zone),
	                ==, 7);
	time = g_date_time_new_utc(
		year, (int)(strstr(months, month) - months) / 3 + 1, day, hour,
		minute, second);
	return g_date_time_to_unix(time) -
	       (zone / 100 * 60 + zone % 100) * INT64_C(60);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Calendar) calendar =
		calendar_of(row->zone, row->hours, row->holidays, &error);
	int64_t start = moment_of(row->start), due;
	g_autofree char *start_text = NULL;
	g_autofree char *due_text = NULL;

	g_assert_no_error(error);
	start_text = calendar_format(calendar, start);
	g_assert_cmpstr(start_text, ==, row->start);
	due = calendar_due(calendar, start, row->minutes);
	due_text = calendar_format(calendar, due);
	g_assert_cmpstr(due_text, ==, row->due);
	g_assert_cmpint(calendar_minutes(calendar, start, due), ==,
	                row->minutes);
}

static void
test_open(void)
{
	g_autoptr(Calendar) calendar =
		calendar_of("UTC", OFFICE, "2026-11-24", NULL);

	g_assert_true(calendar_is_open(
		calendar, moment_of("Mon, 23 Nov 2026 09:00:00 +0000")));
	g_assert_true(calendar_is_open(
		calendar, moment_of("Mon, 23 Nov 2026 16:59:59 +0000")));
	g_assert_false(calendar_is_open(
		calendar, moment_of("Mon, 23 Nov 2026 17:00:00 +0000")));
	g_assert_false(calendar_is_open(
		calendar, moment_of("Tue, 24 Nov 2026 10:00:00 +0000")));
}

/* Later starts are never due sooner, more minutes never sooner, and the
 * minutes between start and due time are those asked for. */
static void
test_properties(void)
{
	g_autoptr(Calendar) calendar = calendar_of(
		"Europe/Copenhagen", "mon-thu 08:30-16:00;fri 08:30-15:15",
		"12-25;easter+1;2027-05-14", NULL);
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	for (int i = 0; i < 2000; i++) {
		int64_t start = INT64_C(1700000000) +
		                (int64_t)(g_rand_double(rand) * 2e8);
		int64_t later = start + g_rand_int_range(rand, 0, 100000);
		int64_t minutes = g_rand_int_range(rand, 1, 6000);
		int64_t due = calendar_due(calendar, start, minutes);

		g_assert_cmpint(due, >=, start + minutes * 60);
		g_assert_cmpint(calendar_due(calendar, later, minutes), >=,
		                due);
		g_assert_cmpint(calendar_due(calendar, start, minutes + 1), >,
		                due);
		g_assert_cmpint(calendar_minutes(calendar, start, due), ==,
		                minutes);
	}
}

static void
test_extremes(void)
{
	g_autoptr(Calendar) always = calendar_of("UTC", "always", "", NULL);
	g_autoptr(Calendar) office = calendar_of("UTC", OFFICE, "", NULL);
	g_autoptr(GString) every = g_string_new("easter");
	g_autoptr(Calendar) never = NULL;
	static const int64_t moments[] = { G_MININT64, -1,         0,
		                           1,          G_MAXINT32, G_MAXINT64 };

	for (int month = 1; month <= 12; month++)
		for (int day = 1; day <= 31; day++)
			if (g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
			                     2000))
				g_string_append_printf(every, ";%02d-%02d",
				                       month, day);
	never = calendar_of("UTC", OFFICE, every->str, NULL);
	g_assert_cmpint(calendar_due(never, 1000000, 60), ==, 1003600);
	g_assert_false(calendar_is_open(never, 1000000));
	for (size_t i = 0; i < G_N_ELEMENTS(moments); i++) {
		g_autofree char *text = calendar_format(office, moments[i]);

		for (size_t j = 0; j < G_N_ELEMENTS(moments); j++) {
			g_assert_cmpint(
				calendar_due(always, moments[i], moments[j]),
				>=, 0);
			g_assert_cmpint(
				calendar_due(office, moments[i], moments[j]),
				>=, 0);
			g_assert_cmpint(calendar_minutes(office, moments[i],
			                                 moments[j]),
			                >=, 0);
		}
	}
}

static void
test_refused(void)
{
	static const char *const bad[][3] = {
		{ "Mars/Olympus", "always", "" },
		{ "UTC", "mon-fri", "" },
		{ "UTC", "mon-fri 9-17", "" },
		{ "UTC", "mon-fri 17:00-09:00", "" },
		{ "UTC", "mon-fri 09:00-24:01", "" },
		{ "UTC", "mon-fri 09:00-17:00;wed 12:00-13:00", "" },
		{ "UTC", "moonday 09:00-17:00", "" },
		{ "UTC", "mon-tue-wed 09:00-17:00", "" },
		{ "UTC", "always;mon 09:00-10:00", "" },
		{ "UTC", "always", "2026-02-30" },
		{ "UTC", "always", "13-01" },
		{ "UTC", "always", "easter*2" },
		{ "UTC", "always", "easter+" },
		{ "UTC", "always", "tomorrow" },
		{ "UTC", "always", "/nonexistent/days" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Calendar) calendar =
			calendar_of(bad[i][0], bad[i][1], bad[i][2], &error);

		g_test_message("%s, %s, %s", bad[i][0], bad[i][1], bad[i][2]);
		g_assert_null(calendar);
		g_assert_nonnull(error);
		g_assert_true(error->domain == BASE_ERROR);
	}
}

static void
test_file(void)
{
	g_autofree char *path =
		g_build_filename(g_get_tmp_dir(), "tact-holidays-XXXXXX", NULL);
	int fd = g_mkstemp(path);
	g_autoptr(GError) error = NULL;
	g_autoptr(Calendar) calendar = NULL;
	g_autoptr(Calendar) bad = NULL;

	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(
		path, "# ours\n2026-11-24 stocktaking\r\n\n12-25 # xmas\n", -1,
		NULL));
	calendar = calendar_of("UTC", "always", path, &error);
	g_assert_no_error(error);
	g_assert_false(calendar_is_open(
		calendar, moment_of("Tue, 24 Nov 2026 10:00:00 +0000")));
	g_assert_true(calendar_is_open(
		calendar, moment_of("Wed, 25 Nov 2026 10:00:00 +0000")));
	g_assert_true(g_file_set_contents(path, "12-25\n12-32\n", -1, NULL));
	bad = calendar_of("UTC", "always", path, &error);
	g_assert_null(bad);
	g_assert_nonnull(strstr(error->message, ":2: "));
	g_unlink(path);
}

static void
test_settings(void)
{
	static const char text[] =
		"[value]\nhours = mon-fri 09:00-17:00\ntime_zone = UTC\n"
		"holidays = 12-25\n"
		"[mailbox a@example.com]\nhours = sat 10:00-12:00\n"
		"[mailbox b@example.com]\ntime_zone = Asia/Tokyo\n"
		"[mailbox c@example.com]\nhours = nonsense\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings =
		settings_parse("t", text, strlen(text), &error);
	g_autoptr(Calendar) a = NULL;
	g_autoptr(Calendar) b = NULL;
	g_autoptr(Calendar) c = NULL;
	g_autofree char *due_a = NULL;
	g_autofree char *due_b = NULL;
	int64_t start = moment_of("Thu, 24 Dec 2026 20:00:00 +0000");

	g_assert_no_error(error);
	a = calendar_read(settings, &settings->mailboxes[0], &error);
	b = calendar_read(settings, &settings->mailboxes[1], &error);
	g_assert_no_error(error);
	due_a = calendar_format(a, calendar_due(a, start, 60));
	due_b = calendar_format(b, calendar_due(b, start, 60));
	g_assert_cmpstr(due_a, ==, "Sat, 26 Dec 2026 11:00:00 +0000");
	g_assert_cmpstr(due_b, ==, "Mon, 28 Dec 2026 10:00:00 +0900");
	c = calendar_read(settings, &settings->mailboxes[2], &error);
	g_assert_null(c);
	g_assert_nonnull(strstr(error->message, "[mailbox c@example.com]"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
			g_strconcat("/calendar/due/", rows[i].name, NULL);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	g_test_add_func("/calendar/open", test_open);
	g_test_add_func("/calendar/properties", test_properties);
	g_test_add_func("/calendar/extremes", test_extremes);
	g_test_add_func("/calendar/refused", test_refused);
	g_test_add_func("/calendar/file", test_file);
	g_test_add_func("/calendar/settings", test_settings);
	return g_test_run();
}
