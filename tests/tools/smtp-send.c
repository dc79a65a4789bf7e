/* SPDX-License-Identifier: Apache-2.0 */
/*
 * smtp-send - a plain SMTP client that remembers what it was promised.
 *
 *     smtp-send [-c CONNECTIONS] [-n MAILS] [-r RETRIES] [-k MAILS]
 *               [-f SENDER] [-t RECIPIENT]... [-u NAME] PORT FILE...
 *
 * Sends the files, in turn, MAILS in all, to 127.0.0.1:PORT. Each gets a first
 * header `X-Load-Id: NUMBER`. A 4xx or a lost connection is tried again after
 * 100 ms, RETRIES times. -k: mails a connection (default 10). -u: each gets a
 * Message-ID of its own, too, where the files have none. For each mail a
 * line `NUMBER CODE TRIES MS WORST`: the last reply's code (0: connection
 * lost), how often it was tried, the milliseconds of the slowest try, and the
 * highest code seen. Exit 0 when all ended in 250.
 */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "crowd.h"

enum { MAX_RECIPIENTS = 50, REPLY_SECONDS = 60 };

typedef struct Load {
	int port, connections, total, retries, per_connection;
	const char *sender, *unique;
	const char *recipients[MAX_RECIPIENTS];
	int n_recipients, n_files;
	GString **mails; /* CRLF, dot-stuffed */
	gint next, bad;
} Load;

typedef struct Client {
	int fd;
	int sent;
	size_t have;
	char in[4096];
} Client;

/* CRLF line ends, a dot doubled at the start of a line (RFC 5321 4.5.2). */
static GString *
prepare(const char *path)
{
	g_autofree char *text = NULL;
	gsize size;
	GString *out;

	if (!g_file_get_contents(path, &text, &size, NULL)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(2);
	}
	out = g_string_sized_new(size + size / 20);
	for (gsize i = 0; i < size; i++) {
		bool start = i == 0 || text[i - 1] == '\n';

		if (start && text[i] == '.')
			g_string_append_c(out, '.');
		if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
			g_string_append_c(out, '\r');
		g_string_append_c(out, text[i]);
	}
	if (!g_str_has_suffix(out->str, "\n"))
		g_string_append(out, "\r\n");
	return out;
}

static bool
write_all(Client *client, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = send(client->fd, bytes, size, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* The code of the next whole reply, 0 when the connection is lost. */
static int
read_reply(Client *client)
{
	for (;;) {
		char *end = memchr(client->in, '\n', client->have);
		ssize_t n;

		if (end != NULL) {
			size_t line = (size_t)(end - client->in) + 1;
			bool last = line < 5 || client->in[3] != '-';
			int code = (int)strtol(client->in, NULL, 10);

			client->have -= line;
			memmove(client->in, end + 1, client->have);
			if (last)
				return code;
			continue;
		}
		if (client->have == sizeof(client->in))
			return 0;
		n = recv(client->fd, client->in + client->have,
		         sizeof(client->in) - client->have, 0);
		if (n <= 0)
			return 0;
		client->have += (size_t)n;
	}
}

static int
command(Client *client, const char *verb, const char *argument)
{
	g_autofree char *line = g_strdup_printf("%s%s\r\n", verb, argument);

	return write_all(client, line, strlen(line)) ? read_reply(client) : 0;
}

static void
hang_up(Client *client)
{
	if (client->fd >= 0)
		close(client->fd);
	client->fd = -1;
}

static int
connect_to(Client *client, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	struct timeval limit = { REPLY_SECONDS, 0 };
	int one = 1;
	int code;

	address.sin_port = htons((uint16_t)port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	client->have = 0;
	client->sent = 0;
	setsockopt(client->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(client->fd, (struct sockaddr *)&address, sizeof(address)) !=
	    0)
		return 0;
	code = read_reply(client);
	return code == 220 ? command(client, "EHLO ", "client.example") : code;
}

static char *
own_headers(const Load *load, int number)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out, "X-Load-Id: %d\r\n", number);
	if (load->unique != NULL)
		g_string_append_printf(out,
		                       "Message-ID: <%s-%d@client.example>\r\n",
		                       load->unique, number);
	return g_string_free(out, FALSE);
}

/* One try; the code of the reply that ended it. */
static int
try_once(const Load *load, Client *client, int number)
{
	const GString *mail = load->mails[number % load->n_files];
	g_autofree char *own = own_headers(load, number);
	int code = 250;

	if (client->fd < 0)
		code = connect_to(client, load->port);
	if (code == 250)
		code = command(client, "MAIL FROM:", load->sender);
	for (int i = 0; i < load->n_recipients && code == 250; i++)
		code = command(client, "RCPT TO:", load->recipients[i]);
	if (code == 250)
		code = command(client, "DATA", "");
	if (code == 354) {
		if (!write_all(client, own, strlen(own)) ||
		    !write_all(client, mail->str, mail->len))
			code = 0;
		else
			code = command(client, ".", "");
	}
	if (code != 250 || ++client->sent >= load->per_connection)
		hang_up(client);
	return code;
}

static void
send_mail(Load *load, Client *client, int number)
{
	int code = 0, tries = 0, worst = 0;
	int64_t slowest = 0;

	do {
		int64_t start = clock_monotonic();

		if (tries > 0)
			g_usleep(100000);
		code = try_once(load, client, number);
		slowest = MAX(slowest, clock_monotonic() - start);
		worst = MAX(worst, code);
	} while (++tries <= load->retries && code < 500 && code != 250);
	printf("%d %d %d %.1f %d\n", number, code, tries,
	       (double)slowest / 1000.0, worst);
	if (code != 250)
		g_atomic_int_inc(&load->bad);
}

static gpointer
connection(gpointer data)
{
	Load *load = data;
	Client client = { .fd = -1 };
	int number;

	while ((number = g_atomic_int_add(&load->next, 1)) < load->total)
		send_mail(load, &client, number);
	if (client.fd >= 0)
		(void)command(&client, "QUIT", "");
	hang_up(&client);
	return NULL;
}

static bool
read_options(Load *load, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "c:n:r:k:f:t:u:")) != -1) {
		int number = (int)strtol(optarg ? optarg : "0", NULL, 10);

		if (option == 'c')
			load->connections = number;
		else if (option == 'n')
			load->total = number;
		else if (option == 'r')
			load->retries = number;
		else if (option == 'k')
			load->per_connection = number;
		else if (option == 'f')
			load->sender = optarg;
		else if (option == 'u')
			load->unique = optarg;
		else if (option == 't' && load->n_recipients < MAX_RECIPIENTS)
			load->recipients[load->n_recipients++] = optarg;
		else
			return false;
	}
	return argc - optind >= 2;
}

int
main(int argc, char **argv)
{
	Load load = { .connections = 1,
		      .total = -1,
		      .per_connection = 10,
		      .sender = "<customer@client.example>" };

	if (!read_options(&load, argc, argv)) {
		fprintf(stderr,
		        "usage: smtp-send [-c N] [-n N] [-r N] [-k N] "
		        "[-f SENDER] [-t RCPT]... [-u NAME] PORT FILE...\n");
		return 2;
	}
	if (load.n_recipients == 0)
		load.recipients[load.n_recipients++] = "<support@firm.example>";
	load.port = (int)strtol(argv[optind], NULL, 10);
	load.n_files = argc - optind - 1;
	load.mails = g_new0(GString *, load.n_files);
	for (int i = 0; i < load.n_files; i++)
		load.mails[i] = prepare(argv[optind + 1 + i]);
	if (load.total < 0)
		load.total = load.n_files;
	crowd_run(load.connections, connection, &load);
	return load.bad == 0 ? 0 : 1;
}
