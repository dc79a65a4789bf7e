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
#include "sandbox.h"
#include "serve.h"

/* Away from the numbers that a child gives to what it keeps. */
#define DESCRIPTORS_FREE 10

static _Noreturn void
run_filter(const Snapshot *snapshot, Scoreboard *board, ScoreSlot *score,
           int listener, int control)
{
	prctl(PR_SET_NAME, "tact-filter", 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	closelog(); /* or syslog(3) writes into whatever gets its number */
	if (dup2(listener, SERVE_LISTENER) < 0 ||
	    dup2(control, SERVE_CONTROL) < 0 ||
	    close_range(SERVE_CONTROL + 1, ~0U, 0) < 0)
		_exit(1);
	if (!sandbox_enter_filter())
		_exit(SANDBOX_EXIT_FAILED);
	serve_run(snapshot, board, score);
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
process_start_filter(const Snapshot *snapshot, Scoreboard *board,
                     ScoreSlot *score, int listener, int *ret_socket)
{
	pid_t child;
	int ours;
	int theirs;

	if (!make_pair(SOCK_SEQPACKET, &ours, &theirs))
		return -1;
	child = fork();
	if (child == 0)
		run_filter(snapshot, board, score, listener, theirs);
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

char *
process_how_ended(int status)
{
	if (WIFSIGNALED(status)) {
		const char *name = sigabbrev_np(WTERMSIG(status));

		return g_strdup_printf("signal %s", name ? name : "?");
	}
	return g_strdup_printf("exit %d", WEXITSTATUS(status));
}
