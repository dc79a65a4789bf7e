/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fork(2) without exec: children share the supervisor's rules page for page.
 * All signals stay blocked in them; libmilter and the sandbox know why.
 */
#include "processes.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#include "analyser.h"
#include "keeper.h"
#include "sandbox.h"
#include "serve.h"

/* Away from the numbers that a child gives to what it keeps. */
#define DESCRIPTORS_FREE 10
#define KEEPER_SOCKET 3

/* Moves what a filter keeps to its numbers, and closes all else. */
static bool
keep_filter_descriptors(const FilterStart *start, int control)
{
	bool store = start->keeper >= 0;

	return dup2(start->listener, SERVE_LISTENER) >= 0 &&
	       dup2(control, SERVE_CONTROL) >= 0 &&
	       (!store || dup2(start->keeper, SERVE_KEEPER) >= 0) &&
	       close_range(store ? SERVE_KEEPER + 1 : SERVE_CONTROL + 1, ~0U,
	                   0) == 0;
}

static _Noreturn void
run_filter(const Snapshot *snapshot, const FilterStart *start, int control)
{
	prctl(PR_SET_NAME, "tact-filter", 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	closelog(); /* or syslog(3) writes into whatever gets its number */
	if (!keep_filter_descriptors(start, control))
		_exit(1);
	if (!sandbox_enter_filter())
		_exit(SANDBOX_EXIT_FAILED);
	serve_run(snapshot, start->board, start->score);
	_exit(1);
}

static _Noreturn void
run_analyser(const Snapshot *snapshot, pid_t supervisor, int channel)
{
	prctl(PR_SET_NAME, "tact-analyser", 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != supervisor)
		_exit(1);
	analyser_run(snapshot, channel);
}

static _Noreturn void
run_keeper(const Snapshot *snapshot, Scoreboard *board, int socket)
{
	prctl(PR_SET_NAME, "tact-keeper", 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	closelog();
	if (dup2(socket, KEEPER_SOCKET) < 0 ||
	    close_range(KEEPER_SOCKET + 1, ~0U, 0) < 0)
		_exit(1);
	if (!sandbox_enter_keeper(snapshot->settings))
		_exit(SANDBOX_EXIT_FAILED);
	keeper_run(snapshot, board, KEEPER_SOCKET);
}

static bool
make_pair(int type, int *ret_ours, int *ret_theirs)
{
	int pair[2];

	if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	*ret_ours = pair[0];
	*ret_theirs = fcntl(pair[1], F_DUPFD_CLOEXEC, DESCRIPTORS_FREE);
	close(pair[1]);
	if (*ret_theirs < 0)
		close(pair[0]);
	return *ret_theirs >= 0;
}

static pid_t
keep_ours(pid_t child, int ours, int theirs, int *ret_socket)
{
	close(theirs);
	if (child < 0)
		close(ours);
	else
		*ret_socket = ours;
	return child;
}

pid_t
process_start_filter(const Snapshot *snapshot, const FilterStart *start,
                     int *ret_socket)
{
	pid_t child;
	int ours;
	int theirs;

	if (!make_pair(SOCK_SEQPACKET, &ours, &theirs))
		return -1;
	child = fork();
	if (child == 0)
		run_filter(snapshot, start, theirs);
	return keep_ours(child, ours, theirs, ret_socket);
}

pid_t
process_start_analyser(const Snapshot *snapshot, int *ret_socket)
{
	pid_t supervisor = getpid();
	pid_t child;
	int ours;
	int theirs;

	if (!make_pair(SOCK_STREAM, &ours, &theirs))
		return -1;
	child = fork();
	if (child == 0)
		run_analyser(snapshot, supervisor, theirs);
	return keep_ours(child, ours, theirs, ret_socket);
}

bool
process_keeper_sockets(int *ret_filters, int *ret_keeper)
{
	int low;

	if (!make_pair(SOCK_SEQPACKET, &low, ret_keeper))
		return false;
	*ret_filters = fcntl(low, F_DUPFD_CLOEXEC, DESCRIPTORS_FREE);
	close(low);
	if (*ret_filters < 0)
		close(*ret_keeper);
	return *ret_filters >= 0;
}

pid_t
process_start_keeper(const Snapshot *snapshot, Scoreboard *board, int socket)
{
	pid_t child = fork();

	if (child == 0)
		run_keeper(snapshot, board, socket);
	return child;
}

char *
process_how_ended(int status)
{
	if (WIFSIGNALED(status)) {
		const char *name = sigabbrev_np(WTERMSIG(status));

		return g_strdup_printf("signal %s", name ? name : "?");
	}
	return g_strdup_printf("exit %d", WEXITSTATUS(status));
}
