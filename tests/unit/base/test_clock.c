/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <glib.h>

#include "base/id.h"

static void
test_deadline(void)
{
	Deadline soon = deadline_in(20);
	Deadline past = deadline_in(-5);
	Deadline far = deadline_in((int64_t)1 << 50);

	g_assert_false(deadline_passed(soon));
	g_assert_cmpint(deadline_poll_ms(soon), >, 0);
	g_assert_cmpint(deadline_poll_ms(soon), <=, 20);
	g_assert_true(deadline_passed(past));
	g_assert_cmpint(deadline_poll_ms(past), ==, 0);
	g_assert_cmpint(deadline_poll_ms(far), ==, G_MAXINT32);
	g_usleep(25000);
	g_assert_true(deadline_passed(soon));
}

static void
test_wall(void)
{
	clock_set_wall(1000000);
	g_assert_cmpint(clock_wall(), ==, 1000000);
	clock_set_wall(-1);
	g_assert_cmpint(clock_wall(), >, G_GINT64_CONSTANT(1700000000000000));
}

static void
test_ids(void)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (int i = 0; i < 10000; i++) {
		char *id = id_new();

		g_assert_cmpuint(strspn(id, "abcdefghijklmnopqrstuvwxyz234567"),
		                 ==, ID_LENGTH);
		g_assert_true(g_hash_table_add(seen, id));
	}
	/* The published test vector of FNV-1a, 64 bits. */
	g_assert_cmpuint(id_hash("foobar", 6), ==, 0x85944171f73967e8u);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/clock/deadline", test_deadline);
	g_test_add_func("/clock/wall", test_wall);
	g_test_add_func("/id/unique", test_ids);
	return g_test_run();
}
