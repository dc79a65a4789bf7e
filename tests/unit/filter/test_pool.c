/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <unistd.h>

#include "pool.h"

static Channel
new_channel(uint32_t slot, uint32_t serial)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	g_assert_cmpint(fd, >=, 0);
	return (Channel){ slot, serial, fd };
}

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0 || errno != EBADF;
}

static void
test_lowest_first(void)
{
	Pool *pool = pool_new();
	Channel a = new_channel(0, 1);
	Channel b = new_channel(1, 1);
	Channel taken;

	pool_give(pool, &b);
	pool_give(pool, &a);
	g_assert_true(pool_take(pool, deadline_in(0), &taken));
	g_assert_cmpuint(taken.slot, ==, 0);
	g_assert_true(pool_take(pool, deadline_in(0), &taken));
	g_assert_cmpuint(taken.slot, ==, 1);
	pool_give(pool, &a);
	pool_give(pool, &b);
	pool_free(pool);
	g_assert_false(is_open(a.socket));
	g_assert_false(is_open(b.socket));
}

static void
test_deadline(void)
{
	Pool *pool = pool_new();
	int64_t began = clock_monotonic();
	Channel taken;

	g_assert_false(pool_take(pool, deadline_in(100), &taken));
	g_assert_cmpint(clock_monotonic() - began, >=, 100 * 1000);
	g_assert_cmpint(clock_monotonic() - began, <, 2000 * 1000);
	pool_free(pool);
}

static void *
give_later(void *data)
{
	Channel channel = new_channel(3, 1);

	g_usleep(50 * 1000);
	pool_give(data, &channel);
	return NULL;
}

static void
test_waits(void)
{
	Pool *pool = pool_new();
	GThread *thread = g_thread_new("give", give_later, pool);
	Channel taken;

	g_assert_true(pool_take(pool, deadline_in(5000), &taken));
	g_assert_cmpuint(taken.slot, ==, 3);
	close(taken.socket);
	g_thread_join(thread);
	pool_free(pool);
}

/* A replacement that came while the old channel was out stays. */
static void
test_newer_stays(void)
{
	Pool *pool = pool_new();
	Channel old = new_channel(0, 1);
	Channel fresh = new_channel(0, 2);
	Channel taken;

	pool_give(pool, &fresh);
	pool_give(pool, &old);
	g_assert_false(is_open(old.socket));
	g_assert_true(pool_take(pool, deadline_in(0), &taken));
	g_assert_cmpuint(taken.serial, ==, 2);
	g_assert_false(pool_take(pool, deadline_in(0), &old));
	close(taken.socket);
	pool_free(pool);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pool/lowest-first", test_lowest_first);
	g_test_add_func("/pool/deadline", test_deadline);
	g_test_add_func("/pool/waits", test_waits);
	g_test_add_func("/pool/newer-stays", test_newer_stays);
	return g_test_run();
}
