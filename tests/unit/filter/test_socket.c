/* SPDX-License-Identifier: Apache-2.0 */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define AT 100 /* where the listening socket is wanted */
#define WAITING_MAX 16

typedef struct Other {
	char *folder;
	struct sockaddr_un address;
	Settings *settings;
	int listening;
	int waiting[WAITING_MAX]; /* connections that it does not take */
	int n;
} Other;

/* Another process's socket, as far as anybody can see. */
static void
set_up(Other *other, const void *unused)
{
	g_autofree char *path = NULL;

	(void)unused;
	other->folder = g_dir_make_tmp("tact-socket-XXXXXX", NULL);
	path = g_build_filename(other->folder, "s", NULL);
	other->address.sun_family = AF_UNIX;
	g_strlcpy(other->address.sun_path, path,
	          sizeof(other->address.sun_path));
	other->settings = settings_new_default();
	g_free(other->settings->milter_socket);
	other->settings->milter_socket = g_strconcat("unix:", path, NULL);
	other->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert_no_errno(bind(other->listening,
	                       (struct sockaddr *)&other->address,
	                       sizeof(other->address)));
	g_assert_no_errno(listen(other->listening, 0));
}

static void
tear_down(Other *other, const void *unused)
{
	(void)unused;
	for (int i = 0; i < other->n; i++)
		close(other->waiting[i]);
	if (other->listening >= 0)
		close(other->listening);
	(void)g_unlink(other->address.sun_path);
	(void)g_rmdir(other->folder);
	settings_free(other->settings);
	g_free(other->folder);
}

/* Until no more can wait. */
static void
fill(Other *other)
{
	int failed = 0;

	while (failed == 0 && other->n < WAITING_MAX) {
		int fd = socket(AF_UNIX,
		                SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

		failed = connect(fd, (struct sockaddr *)&other->address,
		                 sizeof(other->address));
		other->waiting[other->n++] = fd;
	}
	g_assert_cmpint(failed, ==, -1);
	g_assert_cmpint(errno, ==, EAGAIN);
}

static void
assert_refused(const Other *other)
{
	g_autoptr(GError) error = NULL;
	Listener listener;

	g_assert_false(listener_open(other->settings, AT, &listener, &error));
	g_assert_nonnull(strstr(error->message, "another process listens"));
	g_assert_true(g_file_test(other->address.sun_path, G_FILE_TEST_EXISTS));
}

static void
test_served(Other *other, const void *unused)
{
	(void)unused;
	assert_refused(other);
}

/* One that hangs has its queue full; who starts does not hang with it. */
static void
test_hanging(Other *other, const void *unused)
{
	(void)unused;
	fill(other);
	alarm(10);
	assert_refused(other);
	alarm(0);
}

static void
test_stale(Other *other, const void *unused)
{
	g_autoptr(GError) error = NULL;
	Listener listener;

	(void)unused;
	close(other->listening);
	other->listening = -1;
	g_assert_true(listener_open(other->settings, AT, &listener, &error));
	g_assert_no_error(error);
	g_assert_cmpint(listener.descriptor, ==, AT);
	g_assert_cmpint(fcntl(AT, F_GETFL) & O_NONBLOCK, ==, O_NONBLOCK);
	listener_close(&listener);
	g_assert_false(
		g_file_test(other->address.sun_path, G_FILE_TEST_EXISTS));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/socket/served", Other, NULL, set_up, test_served,
	           tear_down);
	g_test_add("/socket/hanging", Other, NULL, set_up, test_hanging,
	           tear_down);
	g_test_add("/socket/stale", Other, NULL, set_up, test_stale, tear_down);
	return g_test_run();
}
