/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each attempt is made by a child of its own, with raw system calls, so that
 * one which ends its process does not end the test.
 */
#include "selftest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "landlock.h"
#include "sandbox.h"

#define ALLOWED_MAX 30
#define EXIT_REFUSED 0
#define EXIT_SUCCEEDED 1

typedef enum Inmate { ANALYSER, FILTER, KEEPER } Inmate;

typedef struct Attempt {
	Inmate inmate;
	const char *name;
	long call;
	long number[4];
	const void *pointer[4]; /* instead of the number, where not NULL */
} Attempt;

static const char file[] = "/etc/passwd";
static const char program[] = "/bin/true";
static const char *const arguments[] = { program, NULL };

/* clang-format off */
static const Attempt attempts[] = {
	{ ANALYSER, "openat", SYS_openat, { AT_FDCWD }, { NULL, file } },
	{ ANALYSER, "openat write", SYS_openat, { AT_FDCWD, 0, O_RDWR }, { NULL, file } },
	{ ANALYSER, "socket unix", SYS_socket, { AF_UNIX, SOCK_STREAM }, { NULL } },
	{ ANALYSER, "socket inet", SYS_socket, { AF_INET, SOCK_STREAM }, { NULL } },
	{ ANALYSER, "connect", SYS_connect, { 0, 0, 8 }, { NULL, file } },
	{ ANALYSER, "bind", SYS_bind, { 0, 0, 8 }, { NULL, file } },
	{ ANALYSER, "accept4", SYS_accept4, { 0 }, { NULL } },
	{ ANALYSER, "execve", SYS_execve, { 0 }, { program, arguments } },
	{ ANALYSER, "execveat", SYS_execveat, { AT_FDCWD }, { NULL, program, arguments } },
	{ ANALYSER, "clone", SYS_clone, { SIGCHLD }, { NULL } },
	{ ANALYSER, "clone3", SYS_clone3, { 0 }, { NULL } },
	{ ANALYSER, "ptrace", SYS_ptrace, { 0 }, { NULL } },
	{ ANALYSER, "process_vm_readv", SYS_process_vm_readv, { 1 }, { NULL } },
	{ ANALYSER, "kill", SYS_kill, { 0 }, { NULL } },
	{ ANALYSER, "tgkill", SYS_tgkill, { 1, 1 }, { NULL } },
	{ ANALYSER, "pidfd_open", SYS_pidfd_open, { 1 }, { NULL } },
	{ ANALYSER, "prctl", SYS_prctl, { 4, 1 }, { NULL } },
	{ ANALYSER, "seccomp", SYS_seccomp, { 2 }, { NULL } },
	{ ANALYSER, "setrlimit", SYS_setrlimit, { 0 }, { NULL } },
	{ ANALYSER, "setuid", SYS_setuid, { 0 }, { NULL } },
	{ ANALYSER, "bpf", SYS_bpf, { 0 }, { NULL } },
	{ ANALYSER, "io_uring_setup", SYS_io_uring_setup, { 1 }, { NULL } },
	{ ANALYSER, "memfd_create", SYS_memfd_create, { 0 }, { file } },
	{ ANALYSER, "userfaultfd", SYS_userfaultfd, { 0 }, { NULL } },
	{ ANALYSER, "perf_event_open", SYS_perf_event_open, { 0 }, { NULL } },
	{ ANALYSER, "unlinkat", SYS_unlinkat, { AT_FDCWD }, { NULL, "/nowhere" } },
	{ ANALYSER, "mount", SYS_mount, { 0 }, { file, file } },
	{ ANALYSER, "unshare", SYS_unshare, { 0 }, { NULL } },
	{ ANALYSER, "mmap executable", SYS_mmap,
	  { 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS }, { NULL } },
	{ FILTER, "socket inet", SYS_socket, { AF_INET, SOCK_STREAM }, { NULL } },
	{ FILTER, "socket inet6", SYS_socket, { AF_INET6, SOCK_STREAM }, { NULL } },
	{ FILTER, "execve", SYS_execve, { 0 }, { program, arguments } },
	{ FILTER, "ptrace", SYS_ptrace, { 0 }, { NULL } },
	{ FILTER, "bpf", SYS_bpf, { 0 }, { NULL } },
	{ FILTER, "unlinkat", SYS_unlinkat, { AT_FDCWD }, { NULL, "/nowhere" } },
	{ KEEPER, "socket inet", SYS_socket, { AF_INET, SOCK_STREAM }, { NULL } },
	{ KEEPER, "socket inet6", SYS_socket, { AF_INET6, SOCK_STREAM }, { NULL } },
	{ KEEPER, "execve", SYS_execve, { 0 }, { program, arguments } },
	{ KEEPER, "ptrace", SYS_ptrace, { 0 }, { NULL } },
	{ KEEPER, "io_uring_setup", SYS_io_uring_setup, { 1 }, { NULL } },
	{ KEEPER, "openat elsewhere", SYS_openat, { AT_FDCWD }, { NULL, file } },
};
/* clang-format on */

static const char *const inmates[] = {
	[ANALYSER] = "analyser", [FILTER] = "filter", [KEEPER] = "keeper"
};

static long
argument(const Attempt *attempt, unsigned i)
{
	return attempt->pointer[i] != NULL ? (long)(intptr_t)attempt->pointer[i]
	                                   : attempt->number[i];
}

static bool
enter(Inmate inmate, const Settings *settings)
{
	const char *what;

	switch (inmate) {
	case FILTER:
		return sandbox_enter_filter();
	case KEEPER:
		return sandbox_enter_keeper(settings);
	case ANALYSER:
		break;
	}
	return sandbox_enter(settings, &what);
}

static bool
try_one(const Attempt *attempt, const Settings *settings, int *ret_status)
{
	pid_t child = fork();

	if (child < 0)
		return false;
	if (child == 0) {
		if (!enter(attempt->inmate, settings))
			_exit(SANDBOX_EXIT_FAILED);
		_exit(syscall(attempt->call, argument(attempt, 0),
		              argument(attempt, 1), argument(attempt, 2),
		              argument(attempt, 3)) < 0
		              ? EXIT_REFUSED
		              : EXIT_SUCCEEDED);
	}
	return waitpid(child, ret_status, 0) == child;
}

static const char *
outcome_of(int status, bool *ret_held)
{
	*ret_held = true;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return "killed";
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_REFUSED)
		return "refused";
	*ret_held = false;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCEEDED)
		return "ALLOWED";
	return "SANDBOX NOT ENTERED";
}

bool
selftest_sandbox_works(const Settings *settings)
{
	const Attempt forbidden[] = {
		{ ANALYSER, "getppid", SYS_getppid, { 0 }, { NULL } },
		{ FILTER, "ptrace", SYS_ptrace, { 0 }, { NULL } },
	};
	bool held = true;
	int status;

	for (size_t i = 0; held && i < 2; i++) {
		if (!try_one(&forbidden[i], settings, &status))
			return false;
		outcome_of(status, &held);
	}
	return held;
}

/* The last needs Landlock, which not every kernel has. */
static size_t
n_attempts(void)
{
	size_t n = sizeof(attempts) / sizeof(attempts[0]);

	return landlock_is_there() ? n : n - 1;
}

bool
selftest_run(const Settings *settings)
{
	bool all = sandbox_prepare() && sandbox_n_allowed() <= ALLOWED_MAX;

	printf("system calls an analyser may make: %zu (at most %d)\n",
	       sandbox_n_allowed(), ALLOWED_MAX);
	for (size_t i = 0; i < n_attempts(); i++) {
		const Attempt *attempt = &attempts[i];
		const char *outcome = "NOT TRIED";
		bool held = false;
		int status;

		if (try_one(attempt, settings, &status))
			outcome = outcome_of(status, &held);
		printf("%-8s %-18s %s\n", inmates[attempt->inmate],
		       attempt->name, outcome);
		all = all && held;
	}
	return all;
}
