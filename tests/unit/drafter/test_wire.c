/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deliver.h"
#include "rows.h"

/* Listens, accepts nobody: the kernel does, and says nothing. */
static int
silent_server(char **ret_url)
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t size = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(bind(fd, (struct sockaddr *)&here, sizeof(here)), ==,
	                0);
	g_assert_cmpint(listen(fd, 4), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&here, &size), ==,
	                0);
	*ret_url = g_strdup_printf("127.0.0.1:%d", ntohs(here.sin_port));
	return fd;
}

static void
assert_quick(int64_t start)
{
	g_assert_cmpint(clock_monotonic() - start, <, 5 * G_USEC_PER_SEC);
}

/* A server that never greets holds nobody up, at whatever step. */
static void
test_silent_login(void)
{
	g_autofree char *host = NULL;
	int fd = silent_server(&host);
	g_autofree char *url = g_strconcat("imap://", host, NULL);
	const WireTarget target = { .url = url, .user = "u", .password = "p" };
	g_autoptr(GError) error = NULL;
	int64_t start = clock_monotonic();

	g_assert_null(wire_open(&target, deadline_in(300), &error));
	g_assert_error(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY);
	assert_quick(start);
	close(fd);
}

static void
test_silent_line(void)
{
	g_autofree char *host = NULL;
	int fd = silent_server(&host);
	g_autofree char *url = g_strconcat("tcp://", host, NULL);
	g_autoptr(GError) error = NULL;
	int64_t start = clock_monotonic();
	g_autoptr(Wire) wire = wire_open(&(WireTarget){ .url = url },
	                                 deadline_in(300), &error);

	g_assert_no_error(error);
	g_assert_null(wire_read_line(wire, &error));
	g_assert_error(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY);
	assert_quick(start);
	close(fd);
}

/* Nor one that does not listen to what is said. */
static void
test_deaf(void)
{
	g_autofree char *host = NULL;
	int fd = silent_server(&host);
	g_autofree char *url = g_strconcat("tcp://", host, NULL);
	g_autofree char *much = g_strnfill(64 << 20, 'x');
	g_autoptr(GError) error = NULL;
	int64_t start = clock_monotonic();
	g_autoptr(Wire) wire = wire_open(&(WireTarget){ .url = url },
	                                 deadline_in(300), &error);

	g_assert_no_error(error);
	g_assert_false(wire_write(wire, much, 64 << 20, &error));
	g_assert_error(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY);
	assert_quick(start);
	close(fd);
}

static void
test_lines(void)
{
	static const char said[] =
		"one\r\ntwo\n\r\nfour\r\r\nab\0cd\r\n1234567";
	static const char *const lines[] = { "one", "two", "", "four\r", "ab" };
	g_autofree char *host = NULL;
	int fd = silent_server(&host);
	g_autofree char *url = g_strconcat("tcp://", host, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) rest = g_string_new(NULL);
	g_autoptr(Wire) wire = wire_open(&(WireTarget){ .url = url },
	                                 deadline_in(5000), &error);
	int peer = accept(fd, NULL, NULL);

	g_assert_no_error(error);
	g_assert_cmpint(write(peer, said, sizeof(said) - 1), ==,
	                sizeof(said) - 1);
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autofree char *line = wire_read_line(wire, &error);

		g_assert_cmpstr(line, ==, lines[i]);
	}
	g_assert_true(wire_read(wire, 3, rest, &error));
	g_assert_true(wire_read(wire, 4, rest, &error));
	g_assert_cmpstr(rest->str, ==, "1234567");
	close(peer);
	g_assert_null(wire_read_line(wire, &error));
	g_assert_error(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY);
	close(fd);
}

static const struct url {
	const char *name, *url;
	bool good;
} urls[] = {
	{ "host", "imaps://mail.firm.example", true },
	{ "slash", "imaps://mail.firm.example/", true },
	{ "port", "imap://mail.firm.example:1143", true },
	{ "address", "imaps://192.0.2.1", true },
	{ "v6", "imaps://[2001:db8::1]:993", true },
	{ "case", "IMAPS://mail.firm.example", true },
	{ "scheme", "https://mail.firm.example", false },
	{ "no-host", "imaps://", false },
	{ "path", "imaps://mail.firm.example/INBOX", false },
	{ "user", "imaps://u@mail.firm.example", false },
	{ "password", "imaps://u:p@mail.firm.example", false },
	{ "port-range", "imaps://mail.firm.example:99999", false },
	{ "query", "imaps://mail.firm.example/?q", false },
	{ "fragment", "imaps://mail.firm.example/#f", false },
	{ "blank", "imaps://mail firm", false },
	{ "break", "imaps://mail.firm.example\r\nX", false },
	{ "no-scheme", "mail.firm.example", false },
	{ "empty", "", false },
};

static void
test_url(const void *data)
{
	const struct url *row = data;
	g_autoptr(GError) error = NULL;

	g_assert_true(wire_check_url(row->url, "imaps|imap", &error) ==
	              row->good);
	if (!row->good)
		g_assert_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP);
}

static void
test_quoted(void)
{
	g_autofree char *quoted = wire_quoted("a\x01\x1b[31m \"b\"\tc");
	g_autofree char *many = g_strnfill(5000, 'x');
	g_autofree char *cut = wire_quoted(many);

	g_assert_cmpstr(quoted, ==, "\"a[31m  b  c\"");
	g_assert_cmpuint(strlen(cut), <, 200);
}

static const struct {
	const char *line, *code;
} codes[] = {
	{ "552 5.2.2 Printer on fire: no room", "552 5.2.2" },
	{ "554 no", "554" },
	{ "550 5.1.1.9.9.9.9.9.9.9 x", "550" },
	{ "t3 NO [OVERQUOTA] Printer on fire", "NO [OVERQUOTA]" },
	{ "t3 NO Printer on fire", "NO" },
	{ "t3 BAD [Printer] x", "BAD" },
	{ "t3 NO [PRINTER ON FIRE] x", "NO" },
	{ "* BYE going down", "BYE" },
	{ "NO [ALERT] x", "NO [ALERT]" },
	{ "Printer on fire", "?" },
	{ "", "?" },
};

static void
test_code(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *code = wire_code(codes[i].line);

		g_assert_cmpstr(code, ==, codes[i].code);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wire/silent-login", test_silent_login);
	g_test_add_func("/wire/silent-line", test_silent_line);
	g_test_add_func("/wire/deaf", test_deaf);
	g_test_add_func("/wire/lines", test_lines);
	rows_add("/wire/url/", urls, test_url);
	g_test_add_func("/wire/quoted", test_quoted);
	g_test_add_func("/wire/code", test_code);
	return g_test_run();
}
