/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each attempt is made by a child of its own, with raw system calls, so that
 * one which ends its process does not end the test.
 */
#include "selftest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

#define ALLOWED_MAX 30
#define EXIT_REFUSED 0
#define EXIT_SUCCEEDED 1

typedef enum Inmate { ANALYSER, FILTER } Inmate;

typedef struct Attempt {
	Inmate inmate;
	const char *name;
	long call;
	long arguments[4];
} Attempt;

#define TEXT(string) ((long)(intptr_t)(string))

static const char *const no_arguments[] = { "/bin/true", NULL };

static bool
enter(Inmate inmate, const Settings *settings)
{
	const char *what;

	return inmate == FILTER ? sandbox_enter_filter()
	                        : sandbox_enter(settings, &what);
}

static bool
try_one(const Attempt *attempt, const Settings *settings, int *ret_status)
{
	pid_t child = fork();

	if (child < 0)
		return false;
	if (child == 0) {
		const long *a = attempt->arguments;

		if (!enter(attempt->inmate, settings))
			_exit(SANDBOX_EXIT_FAILED);
		_exit(syscall(attempt->call, a[0], a[1], a[2], a[3]) < 0
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
		{ ANALYSER, "getppid", SYS_getppid, { 0 } },
		{ FILTER, "ptrace", SYS_ptrace, { 0 } },
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

static bool
run_attempts(const Attempt *attempts, size_t n, const Settings *settings)
{
	bool all = true;

	for (size_t i = 0; i < n; i++) {
		const char *outcome = "NOT TRIED";
		bool held = false;
		int status;

		if (try_one(&attempts[i], settings, &status))
			outcome = outcome_of(status, &held);
		printf("%-8s %-18s %s\n",
		       attempts[i].inmate == FILTER ? "filter" : "analyser",
		       attempts[i].name, outcome);
		all = all && held;
	}
	return all;
}

bool
selftest_run(const Settings *settings)
{
	const long file = TEXT("/etc/passwd");
	const long self = getpid();
	const Attempt attempts[] = {
		{ ANALYSER,
		  "openat",
		  SYS_openat,
		  { AT_FDCWD, file, O_RDONLY, 0 } },
		{ ANALYSER,
		  "openat write",
		  SYS_openat,
		  { AT_FDCWD, file, O_RDWR, 0 } },
		{ ANALYSER,
		  "socket unix",
		  SYS_socket,
		  { AF_UNIX, SOCK_STREAM, 0, 0 } },
		{ ANALYSER,
		  "socket inet",
		  SYS_socket,
		  { AF_INET, SOCK_STREAM, 0, 0 } },
		{ ANALYSER, "connect", SYS_connect, { 0, file, 16, 0 } },
		{ ANALYSER, "bind", SYS_bind, { 0, file, 16, 0 } },
		{ ANALYSER, "accept4", SYS_accept4, { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "execve",
		  SYS_execve,
		  { TEXT("/bin/true"), TEXT(no_arguments), 0, 0 } },
		{ ANALYSER,
		  "execveat",
		  SYS_execveat,
		  { AT_FDCWD, TEXT("/bin/true"), TEXT(no_arguments), 0 } },
		{ ANALYSER, "clone", SYS_clone, { SIGCHLD, 0, 0, 0 } },
		{ ANALYSER, "clone3", SYS_clone3, { 0, 0, 0, 0 } },
		{ ANALYSER, "ptrace", SYS_ptrace, { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "process_vm_readv",
		  SYS_process_vm_readv,
		  { self, 0, 0, 0 } },
		{ ANALYSER, "kill", SYS_kill, { self, 0, 0, 0 } },
		{ ANALYSER, "tgkill", SYS_tgkill, { self, self, 0, 0 } },
		{ ANALYSER, "pidfd_open", SYS_pidfd_open, { self, 0, 0, 0 } },
		{ ANALYSER, "prctl", SYS_prctl, { 4, 1, 0, 0 } },
		{ ANALYSER, "seccomp", SYS_seccomp, { 2, 0, 0, 0 } },
		{ ANALYSER, "setrlimit", SYS_setrlimit, { 0, 0, 0, 0 } },
		{ ANALYSER, "setuid", SYS_setuid, { 0, 0, 0, 0 } },
		{ ANALYSER, "bpf", SYS_bpf, { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "io_uring_setup",
		  SYS_io_uring_setup,
		  { 1, 0, 0, 0 } },
		{ ANALYSER,
		  "memfd_create",
		  SYS_memfd_create,
		  { file, 0, 0, 0 } },
		{ ANALYSER, "userfaultfd", SYS_userfaultfd, { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "perf_event_open",
		  SYS_perf_event_open,
		  { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "unlinkat",
		  SYS_unlinkat,
		  { AT_FDCWD, file, 0, 0 } },
		{ ANALYSER,
		  "renameat2",
		  SYS_renameat2,
		  { AT_FDCWD, file, 0, 0 } },
		{ ANALYSER, "mount", SYS_mount, { file, file, 0, 0 } },
		{ ANALYSER, "unshare", SYS_unshare, { 0, 0, 0, 0 } },
		{ ANALYSER,
		  "mmap executable",
		  SYS_mmap,
		  { 0, 4096, PROT_READ | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS } },
		{ FILTER,
		  "socket inet",
		  SYS_socket,
		  { AF_INET, SOCK_STREAM, 0, 0 } },
		{ FILTER,
		  "socket inet6",
		  SYS_socket,
		  { AF_INET6, SOCK_STREAM, 0, 0 } },
		{ FILTER,
		  "execve",
		  SYS_execve,
		  { TEXT("/bin/true"), TEXT(no_arguments), 0, 0 } },
		{ FILTER, "ptrace", SYS_ptrace, { 0, 0, 0, 0 } },
		{ FILTER, "bpf", SYS_bpf, { 0, 0, 0, 0 } },
		{ FILTER, "unlinkat", SYS_unlinkat, { AT_FDCWD, file, 0, 0 } },
	};
	bool held;

	printf("system calls an analyser may make: %zu (at most %d)\n",
	       sandbox_n_allowed(), ALLOWED_MAX);
	held = run_attempts(attempts, sizeof(attempts) / sizeof(attempts[0]),
	                    settings);
	return held && sandbox_n_allowed() <= ALLOWED_MAX;
}
