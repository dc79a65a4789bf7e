/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"

static size_t
format(char *line, const LogContext *context, const LogField *fields, size_t n)
{
	return log_format(line, LIMIT_LOG_LINE, LOG_LEVEL_INFO, context, fields,
	                  n);
}

static void
test_fields(void)
{
	const LogField session[] = { STR("queue_id", "4ABC") };
	const LogContext context = { NULL, session, 1 };
	const LogField fields[] = { EVENT("mail_tagged"), INT("ms", 3),
		                    STR("nothing", NULL) };
	char line[LIMIT_LOG_LINE];

	format(line, &context, fields, 3);
	g_assert_cmpstr(line, ==,
	                "<6>event=\"mail_tagged\" ms=3 nothing=\"\" "
	                "queue_id=\"4ABC\"");
}

/* Mail content cannot end a value, a line, or begin a field. */
static void
test_forged(void)
{
	const LogField fields[] = { EVENT("mail_tagged"),
		                    STR("value", "a\" event=\"x\n<3>\\\xc3") };
	char line[LIMIT_LOG_LINE];

	format(line, NULL, fields, 2);
	g_assert_cmpstr(line, ==,
	                "<6>event=\"mail_tagged\" "
	                "value=\"a\\\" event=\\\"x\\x0a<3>\\\\\\xc3\"");
}

static void
test_addresses(void)
{
	const LogField fields[] = { EVENT("mail_tagged"),
		                    ADDRESS("from", "bo@b.se") };
	LogOptions options = { LOG_LEVEL_INFO, false, true, "test" };
	char line[LIMIT_LOG_LINE];

	format(line, NULL, fields, 2);
	g_assert_null(strstr(line, "bo@b.se"));
	log_configure(&options);
	format(line, NULL, fields, 2);
	g_assert_nonnull(strstr(line, "from=\"bo@b.se\""));
	options.addresses = false;
	log_configure(&options);
}

/* M-11: any bytes, any lengths: one short line of printable ASCII. */
static void
test_random(void)
{
	GRand *rand = g_rand_new_with_seed(11);

	for (int i = 0; i < 20000; i++) {
		char a[700], b[700], line[LIMIT_LOG_LINE];
		size_t length;
		int n = g_rand_int_range(rand, 0, 700);

		for (int j = 0; j < n; j++) {
			a[j] = (char)g_rand_int_range(rand, 1, 256);
			b[j] = (char)g_rand_int_range(rand, 1, 40);
		}
		a[n] = b[n] = '\0';
		length = format(line, NULL,
		                (const LogField[]){ EVENT("internal"),
		                                    STR("a", a), STR("b", b),
		                                    INT("n", n) },
		                4);
		g_assert_cmpuint(length, <, LIMIT_LOG_LINE);
		g_assert_cmpuint(length, ==, strlen(line));
		for (size_t j = 0; j < length; j++)
			g_assert_true(line[j] >= 0x20 && line[j] <= 0x7e);
		g_assert_true(line[length - 1] == '"' ||
		              g_ascii_isdigit(line[length - 1]));
	}
	g_rand_free(rand);
}

static void
test_unknown_event(void)
{
	if (g_test_subprocess()) {
		log_info(NULL, EVENT("no_such_event"));
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
}

static void
test_events_are_sane(void)
{
	size_t n;
	const LogEvent *events = log_events(&n);

	g_assert_cmpuint(n, >, 10);
	for (size_t i = 0; i < n; i++)
		g_assert_cmpuint(
			strspn(events[i].name, "abcdefghijklmnopqrstuvwxyz_"),
			==, strlen(events[i].name));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log/fields", test_fields);
	g_test_add_func("/log/forged", test_forged);
	g_test_add_func("/log/addresses", test_addresses);
	g_test_add_func("/log/random", test_random);
	g_test_add_func("/log/unknown-event", test_unknown_event);
	g_test_add_func("/log/events", test_events_are_sane);
	return g_test_run();
}
