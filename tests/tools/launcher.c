/* SPDX-License-Identifier: Apache-2.0 */
/*
 * launcher SOCKET COUNT MS PROGRAM ARGUMENT... - what a service manager does.
 *
 * Listens on the unix SOCKET, starts PROGRAM with it as descriptor 3 and, COUNT
 * times, MS milliseconds after the last became ready, starts another and tells
 * the one before to drain (SIGUSR2) when the new one has said READY=1. Then
 * stops the last with SIGTERM. Exit 1 when one did not become ready, or ended
 * badly.
 */
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define LISTENER 3
#define READY_MS 15000

static int notify;
static struct sockaddr_un notify_address = { .sun_family = AF_UNIX };

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static void
listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	unlink(path);
	umask(0);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, SOMAXCONN) < 0)
		fail(path);
	if (fd != LISTENER && dup2(fd, LISTENER) < 0)
		fail("dup2");
}

static void
open_notify(const char *path)
{
	snprintf(notify_address.sun_path, sizeof(notify_address.sun_path),
	         "%.90s.notify", path);
	unlink(notify_address.sun_path);
	notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(notify, (struct sockaddr *)&notify_address,
	         sizeof(notify_address)) < 0)
		fail(notify_address.sun_path);
	setenv("NOTIFY_SOCKET", notify_address.sun_path, 1);
}

static bool
wait_ready(void)
{
	struct pollfd wait = { .fd = notify, .events = POLLIN };
	char text[200];

	while (poll(&wait, 1, READY_MS) > 0) {
		ssize_t n = recv(notify, text, sizeof(text) - 1, 0);

		text[n > 0 ? n : 0] = '\0';
		if (strstr(text, "READY=1") != NULL)
			return true;
	}
	return false;
}

static pid_t
launch(char **argv)
{
	pid_t child = fork();

	if (child == 0) {
		execv(argv[0], argv);
		fail(argv[0]);
	}
	if (!wait_ready())
		fail("not ready");
	return child;
}

static bool
ended_well(pid_t child)
{
	int status;

	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

int
main(int argc, char **argv)
{
	long count;
	long pause;
	pid_t now;
	bool good = true;

	if (argc < 5) {
		fputs("usage: launcher SOCKET COUNT MS PROGRAM ARGUMENT...\n",
		      stderr);
		return 2;
	}
	listen_at(argv[1]);
	open_notify(argv[1]);
	count = strtol(argv[2], NULL, 10);
	pause = strtol(argv[3], NULL, 10);
	now = launch(argv + 4);
	while (count-- > 0) {
		pid_t before = now;

		poll(NULL, 0, (int)pause);
		now = launch(argv + 4);
		kill(before, SIGUSR2);
		good = ended_well(before) && good;
	}
	poll(NULL, 0, (int)pause);
	kill(now, SIGTERM);
	good = ended_well(now) && good;
	unlink(argv[1]);
	unlink(notify_address.sun_path);
	return good ? 0 : 1;
}
