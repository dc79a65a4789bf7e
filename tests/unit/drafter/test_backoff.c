/* SPDX-License-Identifier: Apache-2.0 */
#include "backoff.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <unistd.h>

#include "lock.h"

/* It grows, has a bound, and is not the same for all. */
static void
test_seconds(void)
{
	bool differs = false;

	for (int64_t attempt = 1; attempt < 100; attempt++) {
		int64_t most =
			MIN((int64_t)BACKOFF_FIRST << MIN(attempt - 1, 20),
		            BACKOFF_LAST);

		for (int64_t id = 1; id < 50; id++) {
			int64_t wait = backoff_seconds(attempt, id);

			g_assert_cmpint(wait, >=, most / 2);
			g_assert_cmpint(wait, <=, most);
			g_assert_cmpint(wait, ==, backoff_seconds(attempt, id));
			differs |= wait != backoff_seconds(attempt, 1);
		}
	}
	g_assert_true(differs);
	g_assert_cmpint(backoff_seconds(0, 1), >=, BACKOFF_FIRST / 2);
	g_assert_cmpint(backoff_seconds(INT64_MAX, 1), <=, BACKOFF_LAST);
}

static void
test_lock(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_dir_make_tmp("tact-lock-XXXXXX", &error);
	g_autofree char *database = g_build_filename(folder, "tact.db", NULL);
	g_autofree char *path = g_strconcat(database, ".drafter", NULL);
	int first = lock_take(database, &error);

	g_assert_no_error(error);
	g_assert_cmpint(first, >=, 0);
	g_assert_cmpint(lock_take(database, &error), ==, -1);
	g_assert_nonnull(error);
	g_clear_error(&error);
	close(first);
	first = lock_take(database, &error);
	g_assert_no_error(error);
	close(first);
	/* somebody's link leads nowhere */
	g_remove(path);
	g_assert_cmpint(symlink("/etc/passwd", path), ==, 0);
	g_assert_cmpint(lock_take(database, &error), ==, -1);
	g_assert_nonnull(error);
	g_remove(path);
	g_rmdir(folder);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backoff/seconds", test_seconds);
	g_test_add_func("/lock/one", test_lock);
	return g_test_run();
}
