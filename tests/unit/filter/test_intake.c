/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "burst.h"
#include "intake.h"

static int ours, theirs;

static void
set_up(void)
{
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	ours = pair[0];
	theirs = pair[1];
	intake_open(ours);
}

static void
tear_down(void)
{
	close(ours);
	close(theirs);
}

static void
arrives(const char *bytes)
{
	g_assert_cmpint(send(theirs, bytes, strlen(bytes), 0), ==,
	                (gssize)strlen(bytes));
}

static void
assert_reads(size_t size, const char *wanted)
{
	char bytes[100];
	ssize_t n = read(ours, bytes, size);

	g_assert_cmpmem(bytes, (size_t)n, wanted, strlen(wanted));
}

static int
ready(short events, int milliseconds)
{
	struct pollfd asked = { .fd = ours, .events = events };

	return poll(&asked, 1, milliseconds) == 1 ? asked.revents : 0;
}

/* Taken from the kernel at once, given out in the pieces asked for. */
static void
test_pieces(void)
{
	char rest;

	set_up();
	arrives("headbody!");
	assert_reads(4, "head");
	g_assert_cmpint(recv(ours, &rest, 1, MSG_DONTWAIT), ==, -1);
	g_assert_cmpint(ready(POLLIN, 0), ==, POLLIN);
	assert_reads(4, "body");
	assert_reads(100, "!");
	g_assert_cmpint(ready(POLLIN, 0), ==, 0);
	arrives("more");
	assert_reads(100, "more");
	tear_down();
}

/* What is longer than is read ahead comes whole, and in order. */
static void
test_long(void)
{
	static char sent[20000], got[20000];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(sent); i++)
		sent[i] = (char)(i % 251);
	set_up();
	g_assert_cmpint(send(theirs, sent, sizeof(sent), 0), ==, sizeof(sent));
	g_assert_cmpint(read(ours, got, 5), ==, 5);
	for (n = 5; n < sizeof(got);) {
		ssize_t more = read(ours, got + n, sizeof(got) - n);

		g_assert_cmpint(more, >, 0);
		n += (size_t)more;
	}
	g_assert_cmpmem(got, n, sent, sizeof(sent));
	tear_down();
}

static void
test_end(void)
{
	set_up();
	arrives("last");
	close(theirs);
	assert_reads(2, "la");
	assert_reads(2, "st");
	assert_reads(2, "");
	close(ours);
}

/* A descriptor closed with bytes left in it is a new one after that. */
static void
test_closed(void)
{
	int before;

	set_up();
	arrives("left over");
	assert_reads(4, "left");
	before = ours;
	close(ours);
	close(theirs);
	set_up();
	g_assert_cmpint(ours, ==, before);
	g_assert_cmpint(ready(POLLIN, 0), ==, 0);
	arrives("new");
	assert_reads(100, "new");
	tear_down();
}

/* Not given to intake: as libc has it. */
static void
test_foreign(void)
{
	char bytes[4];
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	g_assert_cmpint(send(pair[1], "abcd", 4, 0), ==, 4);
	g_assert_cmpint(read(pair[0], bytes, 2), ==, 2);
	g_assert_cmpint(recv(pair[0], bytes, 4, MSG_DONTWAIT), ==, 2);
	g_assert_cmpint(close(pair[0]), ==, 0);
	g_assert_cmpint(close(pair[0]), ==, -1);
	g_assert_cmpint(errno, ==, EBADF);
	close(pair[1]);
}

/* While edits are kept back there is room for more, whatever the socket says.
 */
static void
test_room(void)
{
	char full[4096] = { 0 };

	set_up();
	while (send(ours, full, sizeof(full), MSG_DONTWAIT) > 0)
		continue;
	g_assert_cmpint(ready(POLLOUT, 0), ==, 0);
	burst_begin();
	g_assert_cmpint(ready(POLLOUT, 0), ==, POLLOUT);
	burst_drop();
	g_assert_cmpint(ready(POLLOUT, 0), ==, 0);
	tear_down();
}

/* libmilter's millisecond is made longer, other times are kept. */
static void
test_keeps_longer(void)
{
	int64_t began;

	set_up();
	began = clock_monotonic();
	g_assert_cmpint(ready(POLLIN, 1), ==, 0);
	g_assert_cmpint(clock_monotonic() - began, >=, 20 * 1000);
	began = clock_monotonic();
	g_assert_cmpint(ready(POLLIN, 0), ==, 0);
	g_assert_cmpint(clock_monotonic() - began, <, 20 * 1000);
	tear_down();
}

/* What libmilter reads of a packet that says who the client is. */
static void
assert_client(const char *said, size_t size, const char *wanted)
{
	char bytes[100];
	const char head[] = { 0, 0, 0, (char)(size + 1), 'C' };

	set_up();
	g_assert_cmpint(send(theirs, head, sizeof(head), 0), ==, sizeof(head));
	g_assert_cmpint(send(theirs, said, size, 0), ==, (gssize)size);
	g_assert_cmpint(read(ours, bytes, sizeof(head)), ==, sizeof(head));
	g_assert_cmpmem(bytes, sizeof(head), head, sizeof(head));
	g_assert_cmpint(read(ours, bytes, size), ==, (gssize)size);
	g_assert_cmpmem(bytes, size, wanted, size);
	tear_down();
}

/* libmilter would close the connection over an address that is none. */
static void
test_nobody(void)
{
	static const struct {
		const char *said, *wanted;
		size_t size;
	} rows[] = {
#define ROW(said, wanted) { said, wanted, sizeof(said) }
		ROW("a.example\0"
		    "4\x12\x34unknown",
		    "a.example\0"
		    "4\x12\x34"
		    "0.0.0.0"),
		ROW("\0"
		    "6\0\0unknown",
		    "\0"
		    "4\0\0"
		    "0.0.0.0"),
		ROW("unknown\0"
		    "4\0\0"
		    "192.0.2",
		    "unknown\0"
		    "4\0\0"
		    "192.0.2"),
		ROW("localhost\0L\0\0unknown", "localhost\0L\0\0unknown"),
		ROW("unknown\0"
		    "4\0\0unknown.",
		    "unknown\0"
		    "4\0\0unknown."),
		ROW("unknown\0U", "unknown\0U"),
		ROW("unknown", "unknown"),
		ROW("unknown\0", "unknown\0"),
#undef ROW
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_client(rows[i].said, rows[i].size, rows[i].wanted);
	/* Without its NUL, for a body may hold anything. */
	assert_client("unknown", 7, "unknown");
	assert_client("x\0"
	              "4\0\0unknown!",
	              13,
	              "x\0"
	              "4\0\0unknown!");
}

/* In any other packet the same bytes are the mail's. */
static void
test_nobody_elsewhere(void)
{
	static const char body[] = "x\0"
				   "4\0\0unknown";
	char bytes[sizeof(body)];

	set_up();
	arrives("....B");
	g_assert_cmpint(send(theirs, body, sizeof(body), 0), ==, sizeof(body));
	assert_reads(5, "....B");
	g_assert_cmpint(read(ours, bytes, sizeof(bytes)), ==, sizeof(bytes));
	g_assert_cmpmem(bytes, sizeof(bytes), body, sizeof(body));
	tear_down();
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/intake/pieces", test_pieces);
	g_test_add_func("/intake/long", test_long);
	g_test_add_func("/intake/end", test_end);
	g_test_add_func("/intake/closed", test_closed);
	g_test_add_func("/intake/foreign", test_foreign);
	g_test_add_func("/intake/room", test_room);
	g_test_add_func("/intake/keeps-longer", test_keeps_longer);
	g_test_add_func("/intake/nobody", test_nobody);
	g_test_add_func("/intake/nobody-elsewhere", test_nobody_elsewhere);
	return g_test_run();
}
