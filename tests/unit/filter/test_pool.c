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

typedef struct Line {
	Pool *pool;
	gint waiting, served;
	int order[3]; /* the threads as they were served */
} Line;

typedef struct InLine {
	Line *line;
	int number;
} InLine;

static void *
take_in_turn(void *data)
{
	InLine *self = data;
	Line *line = self->line;
	Channel taken;

	g_atomic_int_inc(&line->waiting);
	g_assert_true(pool_take(line->pool, deadline_in(5000), &taken));
	line->order[g_atomic_int_add(&line->served, 1)] = self->number;
	close(taken.socket);
	return NULL;
}

/* Who came first is served first, even before one that just comes by. */
static void
test_in_line(void)
{
	Line line = { .pool = pool_new() };
	InLine threads[3];
	GThread *thread[3];
	Channel taken;

	for (int i = 0; i < 3; i++) {
		threads[i] = (InLine){ &line, i };
		thread[i] = g_thread_new("wait", take_in_turn, &threads[i]);
		while (g_atomic_int_get(&line.waiting) <= i)
			g_usleep(1000);
		g_usleep(20 * 1000); /* until it waits */
	}
	for (int i = 0; i < 3; i++) {
		Channel channel = new_channel(0, (uint32_t)i + 1);

		pool_give(line.pool, &channel);
		g_assert_false(pool_take(line.pool, deadline_in(0), &taken));
		g_thread_join(thread[i]);
		g_assert_cmpint(line.order[i], ==, i);
	}
	pool_free(line.pool);
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
	g_test_add_func("/pool/in-line", test_in_line);
	g_test_add_func("/pool/newer-stays", test_newer_stays);
	return g_test_run();
}
