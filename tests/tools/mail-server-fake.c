/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail-server-fake - an IMAP or LMTP server that says what a script says, and
 * wants to hear what stands there.
 *
 *   mail-server-fake PORT-FILE SCRIPT     one line of it after another:
 *
 *     S: TEXT         is sent; $T is the tag of the last C: line
 *     C: TEXT         is wanted; $T is any word
 *     C~ TEXT         is wanted at the start of the line
 *     LITERAL [FILE]  the bytes that the last line announced, a line end
 *     DATA [FILE]     lines up to a dot alone
 *     RAW TEXT        is sent without a line end
 *     FLOOD N         N letters x are sent, or less if none listens
 *     MANY N TEXT     N lines are sent, or less
 *     WAIT MS         nothing is said
 *     CUT             hangs up; the next line is of another connection
 *     END             the client hangs up; likewise
 *     #               a comment
 *
 * Listens on 127.0.0.1 ($FAKE_ADDRESS), on a port that PORT-FILE tells. Ends
 * with 0 when all was said and heard, with 1 and the difference on stderr
 * otherwise.
 */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE 20000 /* ms */
#define LITERAL_MAX 4194304

typedef struct Fake {
	int listener, peer;
	GString *in;
	char *tag;
	char *last; /* line of the client */
} Fake;

static bool
wait_for(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, PATIENCE) > 0;
}

static bool
fill(Fake *fake)
{
	char chunk[8192];
	ssize_t n;

	if (!wait_for(fake->peer))
		return false;
	n = read(fake->peer, chunk, sizeof(chunk));
	if (n <= 0)
		return false;
	g_string_append_len(fake->in, chunk, n);
	return true;
}

/* NULL when the client hung up, or waited too long. */
static char *
read_line(Fake *fake)
{
	char *line;
	size_t size;

	while (memchr(fake->in->str, '\n', fake->in->len) == NULL)
		if (!fill(fake))
			return NULL;
	size = strcspn(fake->in->str, "\n");
	line = g_strndup(fake->in->str, size);
	g_string_erase(fake->in, 0, (gssize)size + 1);
	if (size > 0 && line[size - 1] == '\r')
		line[size - 1] = '\0';
	return line;
}

static bool
send_all(const Fake *fake, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fake->peer, bytes, size);

		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* `text` with the tag in it. */
static char *
with_tag(const Fake *fake, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "$T", -1);

	return g_strjoinv(fake->tag != NULL ? fake->tag : "*", parts);
}

static bool
say(Fake *fake, const char *text, const char *end)
{
	g_autofree char *line = with_tag(fake, text);
	g_autofree char *whole = g_strconcat(line, end, NULL);

	return send_all(fake, whole, strlen(whole));
}

static bool
differ(const char *wanted, const char *heard)
{
	fprintf(stderr, "wanted: %s\nheard:  %s\n", wanted,
	        heard != NULL ? heard : "(nothing)");
	return false;
}

static bool
hear(Fake *fake, const char *text, bool start_only)
{
	g_autofree char *wanted = NULL;

	g_free(fake->last);
	fake->last = read_line(fake);
	if (fake->last == NULL)
		return differ(text, NULL);
	g_free(fake->tag);
	fake->tag = g_strndup(fake->last, strcspn(fake->last, " "));
	wanted = with_tag(fake, text);
	if (start_only ? !g_str_has_prefix(fake->last, wanted)
	               : strcmp(fake->last, wanted) != 0)
		return differ(wanted, fake->last);
	return true;
}

static bool
keep(const char *path, const char *bytes, size_t size)
{
	return *path == '\0' ||
	       g_file_set_contents(path, bytes, (gssize)size, NULL);
}

static bool
take_literal(Fake *fake, const char *path)
{
	const char *brace =
		fake->last == NULL ? NULL : strrchr(fake->last, '{');
	guint64 size =
		brace == NULL ? 0 : g_ascii_strtoull(brace + 1, NULL, 10);
	g_autofree char *rest = NULL;

	if (size == 0 || size > LITERAL_MAX)
		return differ("a literal", fake->last);
	while (fake->in->len < size)
		if (!fill(fake))
			return differ("the whole literal", NULL);
	if (!keep(path, fake->in->str, size))
		return false;
	g_string_erase(fake->in, 0, (gssize)size);
	rest = read_line(fake);
	return g_strcmp0(rest, "") == 0 || differ("", rest);
}

static bool
take_data(Fake *fake, const char *path)
{
	g_autoptr(GString) data = g_string_new(NULL);

	for (;;) {
		g_autofree char *line = read_line(fake);

		if (line == NULL)
			return differ(".", NULL);
		if (strcmp(line, ".") == 0)
			return keep(path, data->str, data->len);
		g_string_append_printf(data, "%s\n", line);
	}
}

static bool
flood(const Fake *fake, const char *number)
{
	g_autofree char *many = NULL;
	guint64 n = g_ascii_strtoull(number, NULL, 10);

	many = g_strnfill(65536, 'x');
	for (; n > 0; n -= MIN(n, 65536))
		if (!send_all(fake, many, MIN(n, 65536)))
			break; /* the client had enough */
	return true;
}

static bool
repeat(Fake *fake, const char *rest)
{
	char *text;
	guint64 n = g_ascii_strtoull(rest, &text, 10);

	for (; n > 0; n--)
		if (!say(fake, text + strspn(text, " "), "\r\n"))
			break; /* the client had enough */
	return true;
}

static bool
hang_up(Fake *fake, bool client)
{
	g_autofree char *more = client ? read_line(fake) : NULL;

	close(fake->peer);
	fake->peer = -1;
	g_string_truncate(fake->in, 0);
	return more == NULL || differ("the end", more);
}

static bool
answer_call(Fake *fake)
{
	if (fake->peer >= 0)
		return true;
	if (!wait_for(fake->listener))
		return differ("a connection", NULL);
	fake->peer = accept(fake->listener, NULL, NULL);
	return fake->peer >= 0;
}

static const struct verb {
	const char *name;
	int which;
} verbs[] = {
	{ "S: ", 'S' },     { "C: ", 'C' },   { "C~ ", '~' },
	{ "LITERAL", 'L' }, { "DATA", 'D' },  { "RAW ", 'R' },
	{ "FLOOD ", 'F' },  { "MANY ", 'M' }, { "WAIT ", 'W' },
	{ "CUT", 'X' },     { "END", 'E' },
};

static bool
run_verb(Fake *fake, int which, const char *rest)
{
	switch (which) {
	case 'S':
		return say(fake, rest, "\r\n");
	case 'C':
		return hear(fake, rest, false);
	case '~':
		return hear(fake, rest, true);
	case 'L':
		return take_literal(fake, rest);
	case 'D':
		return take_data(fake, rest);
	case 'R':
		return say(fake, rest, "");
	case 'F':
		return flood(fake, rest);
	case 'M':
		return repeat(fake, rest);
	case 'W':
		g_usleep(g_ascii_strtoull(rest, NULL, 10) * 1000);
		return true;
	default:
		return hang_up(fake, which == 'E');
	}
}

static bool
run_line(Fake *fake, const char *line)
{
	if (*line == '#' || *line == '\0')
		return true;
	if (!answer_call(fake))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		size_t n = strlen(verbs[i].name);

		if (strncmp(line, verbs[i].name, n) == 0)
			return run_verb(fake, verbs[i].which,
			                line + n + strspn(line + n, " "));
	}
	return differ("a line of a script", line);
}

static int
listen_on(const char *port_file)
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t size = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const char *address = g_getenv("FAKE_ADDRESS");
	g_autofree char *port = NULL;

	here.sin_addr.s_addr =
		inet_addr(address != NULL ? address : "127.0.0.1");
	if (fd < 0 || bind(fd, (struct sockaddr *)&here, sizeof(here)) != 0 ||
	    listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)&here, &size) != 0)
		return -1;
	port = g_strdup_printf("%d\n", ntohs(here.sin_port));
	return g_file_set_contents(port_file, port, -1, NULL) ? fd : -1;
}

int
main(int argc, char **argv)
{
	Fake fake = { .peer = -1 };
	g_autofree char *script = NULL;
	g_auto(GStrv) lines = NULL;

	if (argc != 3 || !g_file_get_contents(argv[2], &script, NULL, NULL)) {
		fputs("usage: mail-server-fake PORT-FILE SCRIPT\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	fake.in = g_string_new(NULL);
	fake.listener = listen_on(argv[1]);
	if (fake.listener < 0)
		return 2;
	lines = g_strsplit(script, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		if (!run_line(&fake, lines[i])) {
			fprintf(stderr, "at line %zu of %s\n", i + 1, argv[2]);
			return 1;
		}
	return 0;
}
