/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocked, never handled: no code of ours runs in a signal handler, and a
 * thread that libmilter starts cannot be the one a signal ends.
 */
#include "signals.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

int
signals_open(void)
{
	sigset_t all;

	sigfillset(&all);
	if (sigprocmask(SIG_SETMASK, &all, NULL) < 0)
		return -1;
	sigemptyset(&all);
	sigaddset(&all, SIGCHLD);
	sigaddset(&all, SIGHUP);
	sigaddset(&all, SIGINT);
	sigaddset(&all, SIGTERM);
	sigaddset(&all, SIGUSR1);
	sigaddset(&all, SIGUSR2);
	return signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
}

int
signals_next(int descriptor)
{
	struct signalfd_siginfo info;

	if (read(descriptor, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}
