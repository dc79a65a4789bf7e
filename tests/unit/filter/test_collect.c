/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "collect.h"

static Session *
new_session(Route route, size_t max)
{
	Session *session = g_new0(Session, 1);

	session->can_edit = true;
	session->buffer.max = max;
	session->mail.begun = session->mail.routed = true;
	session->mail.route = route;
	return session;
}

static void
free_session(Session *session)
{
	mail_end(session);
	buffer_clear(&session->buffer);
	g_free(session);
}

static void
assert_bytes(const Session *session, const char *wanted)
{
	g_assert_cmpmem(session->buffer.bytes, session->buffer.size, wanted,
	                strlen(wanted));
}

static void
test_mail(void)
{
	Session *session = new_session(ROUTE_TAG, 4096);

	collect_header(session, "From", "a@b.c");
	collect_header(session, "X-Tact-Tier", "vip");
	collect_header(session, "Subject", "two\n\tlines");
	g_assert_true(collect_body(session, "one\r", 4));
	g_assert_true(collect_body(session, "\ntwo", 4));
	assert_bytes(session, "From: a@b.c\r\nSubject: two\n\tlines\r\n\r\n"
	                      "one\r\ntwo");
	g_assert_cmpuint(forged_count(session->mail.forged), ==, 1);
	free_session(session);
}

/* A value never becomes a field, whatever the MTA let through. */
static void
test_no_smuggling(void)
{
	Session *session = new_session(ROUTE_TAG, 4096);

	collect_header(session, "Subject", "a\nFrom: boss@b.c\n\nb\n");
	assert_bytes(session, "Subject: a\n\tFrom: boss@b.c\n\t\n\tb\n\t\r\n");
	free_session(session);
}

static void
test_limit(void)
{
	Session *session = new_session(ROUTE_TAG, 20);

	collect_header(session, "A", "1234");
	collect_header(session, "X-Tact-B", "not kept, but known");
	g_assert_true(collect_body(session, "1234567", 7));
	g_assert_false(collect_body(session, "1234567", 7));
	g_assert_false(collect_body(session, "1234567", 7));
	assert_bytes(session, "A: 1234\r\n\r\n1234567"
	                      "12");
	g_assert_true(session->buffer.full);
	g_assert_cmpuint(session->mail.size, ==, 9 + 31 + 21);
	free_session(session);
}

static void
test_growth(void)
{
	Session *session = new_session(ROUTE_TAG, 300000);
	g_autofree char *chunk = g_strnfill(65535, 'x');

	for (int i = 0; i < 4; i++)
		g_assert_true(collect_body(session, chunk, 65535));
	g_assert_false(collect_body(session, chunk, 65535));
	g_assert_cmpuint(session->buffer.size, ==, 300000);
	g_assert_cmpuint(session->buffer.capacity, <=, 300000);
	mail_end(session);
	g_assert_null(session->buffer.bytes);
	free_session(session);
}

static void
test_strip_only(void)
{
	static const Route routes[] = { ROUTE_OUTBOUND, ROUTE_MIXED };

	for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
		Session *session = new_session(routes[i], 4096);

		collect_header(session, "From", "a@b.c");
		collect_header(session, "X-Tact-Tier", "vip");
		g_assert_false(collect_body(session, "text", 4));
		g_assert_cmpuint(session->buffer.size, ==, 0);
		g_assert_cmpuint(forged_count(session->mail.forged), ==, 1);
		free_session(session);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/collect/mail", test_mail);
	g_test_add_func("/collect/no-smuggling", test_no_smuggling);
	g_test_add_func("/collect/limit", test_limit);
	g_test_add_func("/collect/growth", test_growth);
	g_test_add_func("/collect/strip-only", test_strip_only);
	return g_test_run();
}
