/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libmilter hides the descriptor of a connection, so what must be known about
 * it is learnt where libmilter gets it: libmilter.so calls accept(2) by name,
 * and a definition in the program comes before libc's, as it does for malloc.
 * No linker flag is needed for that (ld exports what a library it links wants)
 * and none is lost by linking libmilter.a. The scenarios prove it: a foreign
 * user is refused only if the call came here.
 *
 * Two more things are mended here. On EMFILE libmilter tries again at once,
 * for ever; here it waits a little. And a connection counts from this moment,
 * so that a drain does not end between accept and negotiation, until it is
 * closed: libmilter closes one that it has no memory for without a word.
 */
#include "peers.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "intake.h"

#define NO_DESCRIPTOR_WAIT_MS 50

static Filter *owner;
static bool local; /* a unix socket: the kernel knows who connects */
static uid_t own_uid;
static _Atomic bool refusing;

void
peers_configure(Filter *filter, int listener)
{
	int domain = 0;
	socklen_t size = sizeof(domain);

	getsockopt(listener, SOL_SOCKET, SO_DOMAIN, &domain, &size);
	local = domain == AF_UNIX;
	own_uid = geteuid();
	owner = filter;
}

void
peers_closed(void)
{
	if (owner != NULL)
		atomic_fetch_sub(&owner->score->open, 1);
}

void
peers_refuse_all(void)
{
	atomic_store(&refusing, true);
}

static bool
uid_is_allowed(uid_t uid)
{
	const Snapshot *snapshot = owner->snapshot;

	if (snapshot->n_peers == 0 || uid == own_uid)
		return true;
	for (size_t i = 0; i < snapshot->n_peers; i++)
		if (snapshot->peers[i] == uid)
			return true;
	return false;
}

static bool
peer_is_allowed(int connection)
{
	struct ucred peer = { .uid = (uid_t)-1 };
	socklen_t size = sizeof(peer);

	if (!local)
		return true;
	if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return false;
	if (uid_is_allowed(peer.uid))
		return true;
	log_warning(NULL, EVENT("peer_refused"), INT("uid", peer.uid),
	            INT("pid", peer.pid));
	score_count(owner->score, COUNTER_peers_refused);
	return false;
}

static int
accept_allowed(int listener, struct sockaddr *address, socklen_t *size)
{
	int connection = accept4(listener, address, size, SOCK_CLOEXEC);

	if (connection < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
			poll(NULL, 0, NO_DESCRIPTOR_WAIT_MS);
		return -1;
	}
	score_count(owner->score, COUNTER_connections);
	if (peer_is_allowed(connection)) {
		if (!intake_open(connection))
			peers_closed(); /* nobody would say when */
		return connection;
	}
	close(connection);
	errno = ECONNABORTED; /* libmilter then just goes on */
	return -1;
}

int
accept(int listener, __SOCKADDR_ARG address, socklen_t *size)
{
	int connection = -1;

	if (owner == NULL)
		return accept4(listener, address, size, 0);
	/* Counted before the question, so that who asks the other way round
	 * sees one or the other. */
	atomic_fetch_add(&owner->score->open, 1);
	errno = EAGAIN;
	if (!atomic_load(&refusing))
		connection =
			accept_allowed(listener, address.__sockaddr__, size);
	if (connection < 0) {
		int saved = errno;

		peers_closed();
		errno = saved;
	}
	return connection;
}
