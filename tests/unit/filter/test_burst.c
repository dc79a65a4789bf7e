/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "burst.h"

static int ours, theirs;

static void
put(const char *a, const char *b)
{
	struct iovec parts[] = { { (void *)a, strlen(a) },
		                 { (void *)b, strlen(b) } };

	g_assert_cmpint(writev(ours, parts, 2), ==,
	                (gssize)(strlen(a) + strlen(b)));
}

/* What has arrived so far. */
static void
assert_arrived(const char *wanted)
{
	char bytes[100];
	ssize_t n = recv(theirs, bytes, sizeof(bytes), MSG_DONTWAIT);

	g_assert_cmpmem(bytes, n < 0 ? 0 : (size_t)n, wanted, strlen(wanted));
}

static void
set_up(void)
{
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	ours = pair[0];
	theirs = pair[1];
}

static void
tear_down(void)
{
	close(ours);
	close(theirs);
}

static void
test_without(void)
{
	set_up();
	put("a", "b");
	assert_arrived("ab");
	g_assert_true(burst_send());
	tear_down();
}

static void
test_all_at_once(void)
{
	set_up();
	burst_begin();
	put("one ", "two ");
	put("three", "");
	assert_arrived("");
	g_assert_true(burst_send());
	assert_arrived("one two three");
	put("a", "b");
	assert_arrived("ab");
	tear_down();
}

static void
test_dropped(void)
{
	set_up();
	burst_begin();
	put("one ", "two ");
	burst_drop();
	g_assert_true(burst_send());
	assert_arrived("");
	put("a", "b");
	assert_arrived("ab");
	tear_down();
}

static void
test_peer_gone(void)
{
	set_up();
	burst_begin();
	put("one ", "two ");
	close(theirs);
	g_assert_false(burst_send());
	close(ours);
}

static void *
write_elsewhere(void *unused)
{
	(void)unused;
	put("x", "y");
	return NULL;
}

/* Another thread's packets go out at once. */
static void
test_other_thread(void)
{
	set_up();
	burst_begin();
	put("a", "b");
	g_thread_join(g_thread_new("other", write_elsewhere, NULL));
	assert_arrived("xy");
	g_assert_true(burst_send());
	assert_arrived("ab");
	tear_down();
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/burst/without", test_without);
	g_test_add_func("/burst/all-at-once", test_all_at_once);
	g_test_add_func("/burst/dropped", test_dropped);
	g_test_add_func("/burst/peer-gone", test_peer_gone);
	g_test_add_func("/burst/other-thread", test_other_thread);
	return g_test_run();
}
