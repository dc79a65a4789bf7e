/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Non-blocking, because several filters poll the same socket and all but one
 * find nothing: libmilter's loop takes EAGAIN as "go on". In a blocking accept
 * they would also miss the start of a drain.
 *
 * A socket file that is in the way is replaced only when nobody listens there:
 * libmilter's own way, to take the path from a running instance without a
 * word, has cost others their mail.
 */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"

#define PROBE_MS 500

static bool
fail(const char *what, const char *detail, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "milter.socket: %s: %s",
	            what, detail);
	return false;
}

static bool
make_address(const char *path, struct sockaddr_un *ret_address, GError **error)
{
	memset(ret_address, 0, sizeof(*ret_address));
	ret_address->sun_family = AF_UNIX;
	if (path[0] != '/')
		return fail(path, "not an absolute path", error);
	if (strlen(path) >= sizeof(ret_address->sun_path))
		return fail(path, "longer than 107 bytes", error);
	memcpy(ret_address->sun_path, path, strlen(path));
	return true;
}

/* True when a connection is taken and kept: that is what a milter does. A
 * process that is about to end only lets it wait, and it is closed soon. Where
 * too many wait already (EAGAIN) somebody listens who hangs: who asked with a
 * blocking socket would hang with it. */
static bool
somebody_serves(const struct sockaddr_un *address, int *ret_errno)
{
	int probe =
		socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct pollfd closed = { .fd = probe, .events = POLLIN };
	bool connected = connect(probe, (const struct sockaddr *)address,
	                         sizeof(*address)) == 0;

	*ret_errno = connected ? ECONNREFUSED : errno;
	if (connected)
		connected = poll(&closed, 1, PROBE_MS) == 0;
	close(probe);
	return connected || *ret_errno == EAGAIN;
}

/* The folder is made by whoever installs, and again at each boot where it is
 * in memory. Never that of others: it would be taken from them. */
static char *
remedy_of(const char *folder, int problem)
{
	const char *user = g_get_user_name();

	switch (problem) {
	case ENOENT:
		return g_strdup_printf(
			"there is no folder %s; make it, as root: install -d "
			"-o %s -g postfix -m 2750 %s (the group is the MTA's); "
			"for each boot, a line in "
			"/etc/tmpfiles.d/tact-socket.conf: d %s 2750 %s "
			"postfix -",
			folder, user, folder, folder, user);
	case EACCES:
		return g_strdup_printf(
			"user %s may make no socket in %s; name one in a "
			"folder of its own, such as %s/tact, and make that, as "
			"root: install -d -o %s -g postfix -m 2750 %s/tact",
			user, folder, folder, user, folder);
	case EROFS:
		return g_strdup_printf(
			"nothing can be written in %s; where systemd closes "
			"it: systemctl edit tact-milter, and below [Service] "
			"ReadWritePaths=%s",
			folder, folder);
	default:
		return g_strdup(g_strerror(problem));
	}
}

static bool
fail_at(const char *path, int problem, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *detail = remedy_of(folder, problem);

	return fail(path, detail, error);
}

/* Makes the way free, if nobody answers there. */
static bool
remove_stale(const struct sockaddr_un *address, GError **error)
{
	int problem;

	if (somebody_serves(address, &problem))
		return fail(address->sun_path,
		            "another process listens there; stop it first",
		            error);
	if (problem == ENOENT)
		return true;
	if (problem == ECONNREFUSED && unlink(address->sun_path) == 0)
		return true;
	if (problem == EACCES && access(address->sun_path, F_OK) == 0)
		return fail(address->sun_path,
		            "another user's socket is there; stop its program "
		            "and remove it, or name another",
		            error);
	return fail_at(address->sun_path, problem, error);
}

static bool
parse_mode(const char *text, mode_t *ret_mode, GError **error)
{
	guint64 mode;

	if (!g_ascii_string_to_unsigned(text, 8, 0, 0777, &mode, NULL))
		return fail(text,
		            "milter.socket_mode is not an octal mode of three "
		            "digits, such as 0660",
		            error);
	*ret_mode = (mode_t)mode;
	return true;
}

static void
remember_file(Listener *listener, const char *path)
{
	struct stat file;

	if (stat(path, &file) < 0)
		return;
	listener->path = g_strdup(path);
	listener->device = file.st_dev;
	listener->inode = file.st_ino;
}

static bool
bind_with_mode(int fd, const struct sockaddr_un *address, mode_t mode)
{
	mode_t before = umask(0777 & ~mode);
	int result =
		bind(fd, (const struct sockaddr *)address, sizeof(*address));
	int saved = errno;

	umask(before);
	errno = saved;
	return result == 0;
}

static bool
open_unix(const Settings *settings, const char *path, Listener *listener,
          GError **error)
{
	struct sockaddr_un address;
	mode_t mode = 0;

	if (!parse_mode(settings->milter_socket_mode, &mode, error) ||
	    !make_address(path, &address, error) ||
	    !remove_stale(&address, error))
		return false;
	listener->descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (!bind_with_mode(listener->descriptor, &address, mode))
		return fail_at(path, errno, error);
	remember_file(listener, path);
	return true;
}

static struct addrinfo *
look_up(const char *host, const char *port, int family, GError **error)
{
	struct addrinfo hints = { .ai_family = family,
		                  .ai_socktype = SOCK_STREAM,
		                  .ai_flags = AI_PASSIVE };
	struct addrinfo *found = NULL;
	int result = getaddrinfo(host, port, &hints, &found);

	if (result != 0)
		fail(host, gai_strerror(result), error);
	return found;
}

/* `text`: PORT@ADDRESS */
static bool
open_inet(const char *text, int family, Listener *listener, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, "@", 2);
	const int on = 1;
	guint64 port;
	struct addrinfo *found;
	bool done;

	if (g_strv_length(parts) != 2 ||
	    !g_ascii_string_to_unsigned(parts[0], 10, 1, 65535, &port, NULL))
		return fail(
			text,
			"not of the form PORT@ADDRESS, such as 8891@127.0.0.1",
			error);
	found = look_up(parts[1], parts[0], family, error);
	if (found == NULL)
		return false;
	listener->descriptor =
		socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listener->descriptor, SOL_SOCKET, SO_REUSEADDR, &on,
	           sizeof(on));
	done = bind(listener->descriptor, found->ai_addr, found->ai_addrlen) ==
	       0;
	if (!done)
		fail(text, g_strerror(errno), error);
	freeaddrinfo(found);
	return done;
}

/* A socket that whoever started us listens on already. */
static bool
open_passed(const char *text, Listener *listener, GError **error)
{
	guint64 number;
	int listening = 0;
	socklen_t size = sizeof(listening);

	if (!g_ascii_string_to_unsigned(text, 10, 3, 1023, &number, NULL))
		return fail(text, "not the number of a descriptor", error);
	listener->descriptor = (int)number;
	if (getsockopt(listener->descriptor, SOL_SOCKET, SO_ACCEPTCONN,
	               &listening, &size) < 0 ||
	    !listening)
		return fail(text, "no listening socket was passed here", error);
	return true;
}

static bool
open_any(const Settings *settings, Listener *listener, GError **error)
{
	const char *name = settings->milter_socket;
	const char *colon = strchr(name, ':');

	if (g_str_has_prefix(name, "unix:") || g_str_has_prefix(name, "local:"))
		return open_unix(settings, colon + 1, listener, error);
	if (g_str_has_prefix(name, "inet:"))
		return open_inet(colon + 1, AF_INET, listener, error);
	if (g_str_has_prefix(name, "inet6:"))
		return open_inet(colon + 1, AF_INET6, listener, error);
	if (g_str_has_prefix(name, "fd:"))
		return open_passed(colon + 1, listener, error);
	return fail(name, "none of unix:/PATH, inet:PORT@ADDRESS, fd:3", error);
}

static bool
move_to(Listener *listener, int descriptor, GError **error)
{
	int flags = fcntl(listener->descriptor, F_GETFL);

	if (listener->descriptor != descriptor) {
		if (dup2(listener->descriptor, descriptor) < 0)
			return fail("dup2", g_strerror(errno), error);
		close(listener->descriptor);
		listener->descriptor = descriptor;
	}
	if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ||
	    listen(descriptor, SOMAXCONN) < 0)
		return fail("listen", g_strerror(errno), error);
	return true;
}

bool
listener_open(const Settings *settings, int descriptor, Listener *ret_listener,
              GError **error)
{
	*ret_listener = (Listener){ .descriptor = -1 };
	if (open_any(settings, ret_listener, error) &&
	    move_to(ret_listener, descriptor, error))
		return true;
	listener_close(ret_listener);
	return false;
}

void
listener_close(Listener *listener)
{
	struct stat file;

	if (listener->descriptor >= 0)
		close(listener->descriptor);
	listener->descriptor = -1;
	if (listener->path != NULL && stat(listener->path, &file) == 0 &&
	    file.st_dev == listener->device && file.st_ino == listener->inode)
		unlink(listener->path);
	g_free(listener->path);
	listener->path = NULL;
}
