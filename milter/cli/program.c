/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Input and output are files in memory, so that neither side can wait for the
 * other for ever.
 */
#include "program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"

static bool
failed(const char *name, int code, GError **error)
{
	g_autofree char *harmless =
		text_sanitise(name, strlen(name), PROGRAM_SAID_MAX, NULL);

	g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", harmless,
	            g_strerror(code));
	return false;
}

static bool
await(pid_t pid, int *ret_code)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	*ret_code = WIFEXITED(status) ? WEXITSTATUS(status)
	                              : 128 + WTERMSIG(status);
	return true;
}

/* Signals as they are at a program's start, and nothing else of ours. */
static void
prepare(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *files)
{
	sigset_t all, none;

	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	sigemptyset(&none);
	posix_spawnattr_init(attributes);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF |
	                                             POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_init(files);
}

/* What gets the child's three descriptors; -1: as ours. */
typedef struct Wiring {
	int in, out;
	bool bare; /* no environment of ours, no search in PATH */
} Wiring;

static int
start(const char *const *argv, const Wiring *wiring, pid_t *ret_pid)
{
	static const char *const bare[] = {
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:"
		"/bin",
		"LC_ALL=C", NULL
	};
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_t files;
	int code;

	prepare(&attributes, &files);
	if (wiring->in >= 0) {
		posix_spawn_file_actions_adddup2(&files, wiring->in, 0);
		posix_spawn_file_actions_adddup2(&files, wiring->out, 1);
		posix_spawn_file_actions_adddup2(&files, wiring->out, 2);
	}
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	code = wiring->bare
	               ? posix_spawn(ret_pid, argv[0], &files, &attributes,
	                             (char *const *)argv, (char *const *)bare)
	               : posix_spawnp(ret_pid, argv[0], &files, &attributes,
	                              (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return code;
}

static bool
fill(int fd, GBytes *input)
{
	gsize size, done = 0;
	const char *bytes = g_bytes_get_data(input, &size);

	while (done < size) {
		ssize_t n = write(fd, bytes + done, size - done);

		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (gsize)n : 0;
	}
	return lseek(fd, 0, SEEK_SET) == 0;
}

static char *
read_said(int fd)
{
	char bytes[PROGRAM_SAID_MAX];
	ssize_t n = pread(fd, bytes, sizeof(bytes), 0);
	char *said = text_sanitise(bytes, n > 0 ? (size_t)n : 0, sizeof(bytes),
	                           NULL);

	return g_strstrip(g_strdelimit(said, "\n\t", ' '));
}

bool
program_feed(const char *const *argv, GBytes *input, int *ret_code,
             char **ret_said, GError **error)
{
	Wiring wiring = { .in = memfd_create("in", MFD_CLOEXEC),
		          .out = memfd_create("out", MFD_CLOEXEC),
		          .bare = true };
	pid_t pid;
	int code = wiring.in < 0 || wiring.out < 0 || !fill(wiring.in, input)
	                   ? errno
	                   : 0;

	if (code == 0)
		code = start(argv, &wiring, &pid);
	if (code == 0 && !await(pid, ret_code))
		code = errno;
	if (code == 0)
		*ret_said = read_said(wiring.out);
	if (wiring.in >= 0)
		close(wiring.in);
	if (wiring.out >= 0)
		close(wiring.out);
	return code == 0 || failed(argv[0], code, error);
}

bool
program_show(const char *const *argv, int *ret_code, GError **error)
{
	static const int keys[] = { SIGINT, SIGQUIT, SIGHUP, SIGTERM };
	const Wiring wiring = { .in = -1, .out = -1 };
	struct sigaction before[G_N_ELEMENTS(keys)];
	const struct sigaction ignored = { .sa_handler = SIG_IGN };
	pid_t pid;
	int code;

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		sigaction(keys[i], &ignored, &before[i]);
	code = start(argv, &wiring, &pid);
	if (code == 0 && !await(pid, ret_code))
		code = errno;
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		sigaction(keys[i], &before[i], NULL);
	return code == 0 || failed(argv[0], code, error);
}
