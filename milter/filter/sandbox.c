/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list is of what libc, GLib and iconv were seen to need to compute and to
 * answer. Libraries that merely ask for a file (a time zone, a character set
 * that was not loaded) are told no; anything else is an attack or a bug, and
 * ends the process.
 *
 * What the kernel is given is made before the first fork: without memory
 * libseccomp (2.5.4) was seen to go round in seccomp_load() for ever. That was
 * an analyser; nobody would replace a filter or a keeper that hangs.
 */
#include "sandbox.h"

#include <errno.h>
#include <glib.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "landlock.h"
#include "sandbox_limits.h"

static const int allowed[] = {
	SCMP_SYS(read),         SCMP_SYS(write),
	SCMP_SYS(recvfrom),     SCMP_SYS(sendto),
	SCMP_SYS(recvmsg),      SCMP_SYS(sendmsg),
	SCMP_SYS(poll),         SCMP_SYS(ppoll),
	SCMP_SYS(close),        SCMP_SYS(exit),
	SCMP_SYS(exit_group),   SCMP_SYS(munmap),
	SCMP_SYS(mremap),       SCMP_SYS(brk),
	SCMP_SYS(madvise),      SCMP_SYS(futex),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(gettimeofday), SCMP_SYS(clock_gettime),
	SCMP_SYS(getrandom),    SCMP_SYS(restart_syscall),
};

/* Allowed without PROT_EXEC. */
static const int mapping[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };

/* Answered with EPERM. */
static const int denied[] = {
	SCMP_SYS(open),     SCMP_SYS(openat),     SCMP_SYS(stat),
	SCMP_SYS(lstat),    SCMP_SYS(fstat),      SCMP_SYS(newfstatat),
	SCMP_SYS(statx),    SCMP_SYS(access),     SCMP_SYS(faccessat),
	SCMP_SYS(readlink), SCMP_SYS(faccessat2), SCMP_SYS(getcwd),
	SCMP_SYS(ioctl),    SCMP_SYS(fcntl),      SCMP_SYS(lseek),
	SCMP_SYS(sysinfo),  SCMP_SYS(uname),      SCMP_SYS(getpid),
	SCMP_SYS(gettid),   SCMP_SYS(prlimit64),  SCMP_SYS(sched_getaffinity),
};

/* What neither a filter nor the keeper ever does; answered with EPERM. */
static const int denied_to_helpers[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(bpf),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(memfd_create),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
};

/* A filter touches no file at all. */
static const int denied_to_filter[] = {
	SCMP_SYS(creat),    SCMP_SYS(unlink),   SCMP_SYS(unlinkat),
	SCMP_SYS(rename),   SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(truncate),
};

/* As the kernel takes them. */
static struct sock_fprog for_analyser, for_keeper, for_filter;

size_t
sandbox_n_allowed(void)
{
	return sizeof(allowed) / sizeof(allowed[0]) +
	       sizeof(mapping) / sizeof(mapping[0]);
}

bool
sandbox_keep_only(int channel)
{
	if (dup2(channel, STDIN_FILENO) < 0)
		return false;
	return close_range(SANDBOX_FIRST_CLOSED, ~0U, 0) == 0;
}

static bool
add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(filter, action, calls[i], 0) < 0)
			return false;
	return true;
}

static bool
add_mapping(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < sizeof(mapping) / sizeof(mapping[0]); i++)
		if (seccomp_rule_add(
			    filter, SCMP_ACT_ALLOW, mapping[i], 1,
			    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) < 0)
			return false;
	return true;
}

/* libseccomp writes it into a descriptor. */
static bool
keep_program(scmp_filter_ctx filter, struct sock_fprog *ret_program)
{
	struct sock_filter code[BPF_MAXINSNS];
	int file = memfd_create("seccomp", MFD_CLOEXEC);
	ssize_t size = -1;

	if (file < 0)
		return false;
	if (seccomp_export_bpf(filter, file) == 0)
		size = pread(file, code, sizeof(code), 0);
	close(file);
	if (size <= 0)
		return false;
	ret_program->filter = g_memdup2(code, (gsize)size);
	ret_program->len = (unsigned short)((size_t)size / sizeof(code[0]));
	return true;
}

static bool
make_for_analyser(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool done;

	if (filter == NULL)
		return false;
	done = add_all(filter, SCMP_ACT_ALLOW, allowed,
	               sizeof(allowed) / sizeof(allowed[0])) &&
	       add_all(filter, SCMP_ACT_ERRNO(EPERM), denied,
	               sizeof(denied) / sizeof(denied[0])) &&
	       add_mapping(filter) &&
	       seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
	       keep_program(filter, &for_analyser);
	seccomp_release(filter);
	return done;
}

static bool
make_for_helper(const int *calls, size_t n, struct sock_fprog *ret_program)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool done;

	if (filter == NULL)
		return false;
	done = add_all(filter, SCMP_ACT_ERRNO(EPERM), denied_to_helpers,
	               G_N_ELEMENTS(denied_to_helpers)) &&
	       add_all(filter, SCMP_ACT_ERRNO(EPERM), calls, n) &&
	       seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket),
	                        1, SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0)) == 0 &&
	       keep_program(filter, ret_program);
	seccomp_release(filter);
	return done;
}

bool
sandbox_prepare(void)
{
	return for_filter.filter != NULL ||
	       (make_for_analyser() && make_for_helper(NULL, 0, &for_keeper) &&
	        make_for_helper(denied_to_filter,
	                        G_N_ELEMENTS(denied_to_filter), &for_filter));
}

static bool
filter_system_calls(const struct sock_fprog *program)
{
	return program->filter != NULL &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) == 0;
}

static bool
limit(int resource, uint64_t value)
{
	struct rlimit now;
	struct rlimit wanted = { value, value };

	if (getrlimit((__rlimit_resource_t)resource, &now) < 0)
		return false;
	if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max)
		wanted.rlim_cur = wanted.rlim_max = now.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &wanted) == 0;
}

/* Processor time is the last resort, for one that spins when no filter is left
 * to notice: the supervisor's end ends it too. */
static bool
limit_resources(const Settings *settings)
{
	uint64_t seconds =
		60 + (uint64_t)settings->milter_analyser_mails_max / 100;
	uint64_t memory = (uint64_t)settings->milter_analyser_memory_max;

	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
	       limit(RLIMIT_NOFILE, 4) && limit(RLIMIT_NPROC, 0) &&
	       limit(RLIMIT_MEMLOCK, 0) && limit(RLIMIT_CPU, seconds) &&
	       (!SANDBOX_LIMIT_MEMORY || limit(RLIMIT_AS, memory));
}

bool
sandbox_enter(const Settings *settings, const char **ret_what)
{
	*ret_what = "PR_SET_DUMPABLE";
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return false;
	*ret_what = "PR_SET_NO_NEW_PRIVS";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return false;
	*ret_what = "setrlimit";
	if (!limit_resources(settings))
		return false;
	*ret_what = "seccomp";
	return filter_system_calls(&for_analyser);
}

bool
sandbox_enter_filter(void)
{
	return filter_system_calls(&for_filter);
}

bool
sandbox_enter_keeper(const Settings *settings)
{
	return limit(RLIMIT_CORE, 0) && landlock_enter(settings) &&
	       filter_system_calls(&for_keeper);
}
