/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Postfix and Sendmail put header edits into force as they arrive, and with
 * milter_default_action=accept a milter that dies between two of them leaves a
 * mail half edited and accepted. libmilter writes each edit with a writev(2) of
 * its own, called by name; the definition here, which comes before libc's (see
 * peers.c), keeps them back until all are there. Then one system call sends
 * them: the MTA sees all edits or none. It is also one wake-up of the MTA
 * instead of a dozen.
 *
 * If an edit is refused, nothing has been sent yet, and nothing will be.
 */
#include "burst.h"

#include <errno.h>
#include <glib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "ipc.h"

/* An MTA that waits for our answer reads it at once. */
#define SEND_MS 10000

static _Thread_local GByteArray *kept;
static _Thread_local int connection;

void
burst_begin(void)
{
	burst_drop();
	kept = g_byte_array_new();
	connection = -1;
}

void
burst_drop(void)
{
	if (kept != NULL)
		g_byte_array_unref(kept);
	kept = NULL;
}

bool
burst_is_open(void)
{
	return kept != NULL;
}

bool
burst_send(void)
{
	struct iovec all;
	bool done;

	if (kept == NULL)
		return true;
	all = (struct iovec){ kept->data, kept->len };
	done = kept->len == 0 ||
	       ipc_send(connection, &all, 1, deadline_in(SEND_MS)) == IPC_DONE;
	burst_drop();
	return done;
}

ssize_t
writev(int descriptor, const struct iovec *parts, int n_parts)
{
	size_t before;

	if (kept == NULL)
		return syscall(SYS_writev, descriptor, parts, n_parts);
	before = kept->len;
	connection = descriptor;
	for (int i = 0; i < n_parts; i++)
		g_byte_array_append(kept, parts[i].iov_base,
		                    (guint)parts[i].iov_len);
	return (ssize_t)(kept->len - before);
}
