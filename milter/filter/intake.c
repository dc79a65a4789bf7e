/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An MTA that awaits no reply writes thirty packets at once. libmilter takes
 * each with three polls and two reads: a hundred system calls a mail, a third
 * of what the filter costs. It makes them by name, so they come here first (see
 * peers.c), and one read serves for all that has arrived. Nothing else of
 * libmilter's changes: it is told of bytes when there are some, waits when
 * there are none, and never learns that they were fetched earlier.
 *
 * A worker of libmilter's keeps a session only while its next packet comes
 * within a millisecond; after that the session goes back to a thread that polls
 * them all, and then into a queue, where it may stand behind a session that
 * waits for its analyser: for a burst of ready sessions Debian's libmilter
 * wakes one or two workers. So the millisecond is made longer, as long as a
 * mail under way takes to go on; with its workers busy libmilter starts more.
 *
 * While edits are kept back (burst.c) there is always room for one more, and
 * the fifteen questions for it are answered here too.
 *
 * One thing is mended that libmilter would end the connection for: a client of
 * no address, as name_nobody() tells.
 */
#include "intake.h"

#include <glib.h>
#include <libmilter/mfdef.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "burst.h"
#include "peers.h"

/* Postfix sends what it has at 4 KiB at the latest. Longer pieces of a body go
 * to where libmilter wants them. */
enum { AHEAD_BYTES = 8192, DESCRIPTORS = 4096 };

/* How libmilter asks whether a worker is to keep its session, and how long it
 * then waits. */
enum { KEEP_ASKED_MS = 1, KEEP_MS = 50 };

/* What libmilter reads first of each packet: its length, then what it is. */
enum { HEAD_BYTES = MILTER_LEN_BYTES + 1 };

/* The thread that closes a descriptor and the one that is given its number next
 * meet in the kernel alone; `bytes` says it to the compiler. */
typedef struct Intake {
	_Atomic(char *) bytes; /* AHEAD_BYTES; NULL: not ours */
	size_t at, end;
	bool client; /* what comes next says who the client is */
	bool ready;  /* the kernel said so, and nothing was read since */
} Intake;

static Intake intakes[DESCRIPTORS];

static Intake *
intake_of(int descriptor)
{
	if (descriptor < 0 || descriptor >= DESCRIPTORS ||
	    atomic_load(&intakes[descriptor].bytes) == NULL)
		return NULL;
	return &intakes[descriptor];
}

static void
forget(Intake *intake)
{
	char *bytes = atomic_exchange(&intake->bytes, NULL);

	if (bytes == NULL)
		return;
	g_free(bytes);
	peers_closed();
}

bool
intake_open(int connection)
{
	Intake *intake;

	if (connection < 0 || connection >= DESCRIPTORS)
		return false;
	intake = &intakes[connection];
	forget(intake);
	intake->at = intake->end = 0;
	intake->client = intake->ready = false;
	atomic_store(&intake->bytes, g_malloc(AHEAD_BYTES));
	return true;
}

static ssize_t
read_now(int descriptor, void *buffer, size_t size)
{
	struct iovec all = { buffer, size };

	return readv(descriptor, &all, 1);
}

static ssize_t
read_ahead(Intake *intake, int descriptor)
{
	ssize_t n = read_now(descriptor, intake->bytes, AHEAD_BYTES);

	intake->at = 0;
	intake->end = n > 0 ? (size_t)n : 0;
	return n;
}

/*
 * After XCLIENT ADDR=[UNAVAILABLE] Postfix has the family that it had before,
 * and "unknown" for an address. libmilter closes the connection over it, so
 * that the mail would have a 451 for ever. It is told of 0.0.0.0, which is
 * nobody's and as long.
 */
static void
name_nobody(char *bytes, size_t size)
{
	static const char unknown[] = "unknown", nobody[] = "0.0.0.0";
	const size_t family = strnlen(bytes, size) + 1, address = family + 3;

	if (size != address + sizeof(unknown) ||
	    (bytes[family] != SMFIA_INET && bytes[family] != SMFIA_INET6) ||
	    memcmp(bytes + address, unknown, sizeof(unknown)) != 0)
		return;
	bytes[family] = SMFIA_INET;
	memcpy(bytes + address, nobody, sizeof(nobody));
}

static void
note_client(Intake *intake, char *bytes, size_t size)
{
	if (intake->client)
		name_nobody(bytes, size);
	intake->client =
		size == HEAD_BYTES && bytes[HEAD_BYTES - 1] == SMFIC_CONNECT;
}

/* Under the names that libmilter calls. In C they are taken: glibc may have
 * them inline, and declares that poll(2) does not read what it is given. */
ssize_t intake_read(int descriptor, void *buffer, size_t size) __asm__("read");
int intake_poll(struct pollfd *asked, nfds_t n,
                int milliseconds) __asm__("poll");

ssize_t
intake_read(int descriptor, void *buffer, size_t size)
{
	Intake *intake = intake_of(descriptor);
	size_t n;

	if (intake == NULL)
		return read_now(descriptor, buffer, size);
	if (intake->at == intake->end) {
		ssize_t got;

		intake->ready = false;
		if (size >= AHEAD_BYTES)
			return read_now(descriptor, buffer, size);
		got = read_ahead(intake, descriptor);
		if (got <= 0)
			return got;
	}
	n = MIN(size, intake->end - intake->at);
	memcpy(buffer, intake->bytes + intake->at, n);
	intake->at += n;
	note_client(intake, buffer, n);
	return (ssize_t)n;
}

/* What can be said without asking the kernel. */
static short
known_events(const Intake *intake, short events)
{
	if ((events & POLLIN) && (intake->ready || intake->at < intake->end))
		return POLLIN;
	return events == POLLOUT && burst_is_open() ? POLLOUT : 0;
}

static int
ask_kernel(struct pollfd *asked, nfds_t n, int milliseconds)
{
	struct timespec wait = { milliseconds / 1000,
		                 milliseconds % 1000 * 1000000L };

	return ppoll(asked, n, milliseconds < 0 ? NULL : &wait, NULL);
}

/* Who is told here that there are bytes asks again before it reads them. */
static int
ask_to_keep(struct pollfd *asked, Intake *intake)
{
	int n = ask_kernel(asked, 1, KEEP_MS);

	intake->ready = n == 1 && (asked->revents & POLLIN);
	return n;
}

int
intake_poll(struct pollfd *asked, nfds_t n, int milliseconds)
{
	Intake *intake = n == 1 ? intake_of(asked->fd) : NULL;

	if (intake == NULL)
		return ask_kernel(asked, n, milliseconds);
	asked->revents = known_events(intake, asked->events);
	if (asked->revents != 0)
		return 1;
	if (milliseconds == KEEP_ASKED_MS)
		return ask_to_keep(asked, intake);
	return ask_kernel(asked, 1, milliseconds);
}

/* What a libmilter built with _FORTIFY_SOURCE may call instead. If one of them
 * went past us, bytes read ahead would be lost to it. */
ssize_t intake_read_checked(int descriptor, void *buffer, size_t size,
                            size_t room) __asm__("__read_chk");
int intake_poll_checked(struct pollfd *asked, nfds_t n, int milliseconds,
                        size_t room) __asm__("__poll_chk");

ssize_t
intake_read_checked(int descriptor, void *buffer, size_t size, size_t room)
{
	if (size > room)
		abort();
	return intake_read(descriptor, buffer, size);
}

int
intake_poll_checked(struct pollfd *asked, nfds_t n, int milliseconds,
                    size_t room)
{
	if (n > room / sizeof(*asked))
		abort();
	return intake_poll(asked, n, milliseconds);
}

int
close(int descriptor)
{
	Intake *intake = intake_of(descriptor);

	if (intake != NULL)
		forget(intake);
	return (int)syscall(SYS_close, descriptor);
}
