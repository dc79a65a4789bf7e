/* SPDX-License-Identifier: Apache-2.0 */
#include "milter_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"

/* Steps that the milter may do without, and replies it may leave out. */
enum {
	NO_CONNECT = 0x1,
	NO_HELO = 0x2,
	NO_MAIL = 0x4,
	NO_RCPT = 0x8,
	NO_BODY = 0x10,
	NO_HEADERS = 0x20,
	NO_EOH = 0x40,
	NO_REPLY_HEADER = 0x80,
	NO_DATA = 0x200,
	NO_REPLY_CONNECT = 0x1000,
	NO_REPLY_HELO = 0x2000,
	NO_REPLY_MAIL = 0x4000,
	NO_REPLY_RCPT = 0x8000,
	NO_REPLY_DATA = 0x10000,
	NO_REPLY_EOH = 0x40000,
	NO_REPLY_BODY = 0x80000,
	OFFER_ACTIONS = 0x1ff,
	OFFER_STEPS = 0x1fffff,
	CHUNK = 65535,
};

struct MilterClient {
	int fd;
	uint32_t steps;
	unsigned no_macros; /* bit n: the milter wants none at stage n */
	GByteArray *out;
	GString *watcher; /* the caller's; NULL: none */
	size_t in_have, in_at;
	uint8_t in[8192];
	uint8_t packet[8192]; /* the last reply's data */
	size_t packet_size;
};

static struct timeval patience; /* with a silent milter; 0: for ever */

/* The header field at `p`, its continuation lines too; *ret_next: after it. */
static GString *
read_field(const char *p, const char *end, const char **ret_next)
{
	GString *field = g_string_new(NULL);

	do {
		const char *line = memchr(p, '\n', (size_t)(end - p));

		line = line != NULL ? line : end - 1;
		g_string_append_len(field, p, line - p + 1);
		p = line + 1;
	} while (p < end && (*p == ' ' || *p == '\t'));
	while (field->len > 0 && strchr("\r\n", field->str[field->len - 1]))
		g_string_truncate(field, field->len - 1);
	*ret_next = p;
	return field;
}

/* NAME NUL VALUE NUL, one blank after the colon eaten as MTAs do. */
static void
add_field(GPtrArray *headers, GString *field)
{
	char *colon = strchr(field->str, ':');

	if (colon == NULL)
		return;
	*colon = '\0';
	if (colon[1] == ' ')
		g_string_erase(field, colon - field->str + 1, 1);
	g_ptr_array_add(headers, g_bytes_new(field->str, field->len + 1));
}

static void
add_body(GByteArray *body, const char *p, const char *end)
{
	for (const char *start = p; p < end; p++) {
		if (*p == '\n' && (p == start || p[-1] != '\r'))
			g_byte_array_append(body, (const guint8 *)"\r", 1);
		g_byte_array_append(body, (const guint8 *)p, 1);
	}
}

void
milter_mail_cut(const char *text, size_t size, MilterMail *ret_mail)
{
	const char *p = text;
	const char *end = text + size;

	ret_mail->headers =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	ret_mail->body = g_byte_array_new();
	ret_mail->size = size;
	while (p < end && *p != '\n' && *p != '\r') {
		GString *field = read_field(p, end, &p);

		add_field(ret_mail->headers, field);
		g_string_free(field, TRUE);
	}
	while (p < end && (*p == '\r' || *p == '\n'))
		if (*p++ == '\n')
			break;
	add_body(ret_mail->body, p, end);
}

bool
milter_mail_read(const char *path, MilterMail *ret_mail)
{
	g_autofree char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, NULL))
		return false;
	milter_mail_cut(text, size, ret_mail);
	return true;
}

void
milter_mail_clear(MilterMail *mail)
{
	g_clear_pointer(&mail->headers, g_ptr_array_unref);
	g_clear_pointer(&mail->body, g_byte_array_unref);
}

void
milter_mail_rename(const MilterMail *mail, const char *id, MilterMail *ret_mail)
{
	GString *field = g_string_new(NULL);

	ret_mail->headers =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < mail->headers->len; i++) {
		GBytes *bytes = mail->headers->pdata[i];
		const char *name = g_bytes_get_data(bytes, NULL);

		if (g_ascii_strcasecmp(name, "Message-ID") != 0)
			g_ptr_array_add(ret_mail->headers, g_bytes_ref(bytes));
	}
	g_string_printf(field, "Message-ID: <%s>", id);
	add_field(ret_mail->headers, field);
	g_string_free(field, TRUE);
	ret_mail->body = g_byte_array_ref(mail->body);
	ret_mail->size = mail->size;
}

static void
put(MilterClient *client, char command, const void *data, size_t size)
{
	uint32_t length = htonl((uint32_t)size + 1);

	g_byte_array_append(client->out, (const guint8 *)&length, 4);
	g_byte_array_append(client->out, (const guint8 *)&command, 1);
	g_byte_array_append(client->out, data, (guint)size);
}

/* The SMFIM_ number of an event's stage; a body chunk has that of the end. */
static unsigned
stage_of(char command)
{
	static const char stages[] = "CHMRTEN";
	const char *at = strchr(stages, command == 'L'   ? 'N'
	                                : command == 'B' ? 'E'
	                                                 : command);

	return (unsigned)(at - stages);
}

/* MACRO for `command`: name, NUL, value, NUL, ... */
static void
put_macros(MilterClient *client, char command, const char *pairs, size_t size)
{
	g_autofree char *data = NULL;

	if (client->no_macros & (1u << stage_of(command)))
		return;
	data = g_malloc(size + 1);
	data[0] = command;
	memcpy(data + 1, pairs, size);
	put(client, 'D', data, size + 1);
}
#define MACROS(client, command, text)                                          \
	put_macros(client, command, text, sizeof(text))

static bool
flush(MilterClient *client)
{
	size_t done = 0;

	while (done < client->out->len) {
		ssize_t n = send(client->fd, client->out->data + done,
		                 client->out->len - done, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	g_byte_array_set_size(client->out, 0);
	return true;
}

static bool
take(MilterClient *client, void *to, size_t size)
{
	uint8_t *p = to;

	while (size > 0) {
		size_t have = client->in_have - client->in_at;
		size_t n = MIN(size, have);
		ssize_t got;

		memcpy(p, client->in + client->in_at, n);
		client->in_at += n;
		p += n;
		size -= n;
		if (size == 0)
			break;
		got = recv(client->fd, client->in, sizeof(client->in), 0);
		if (got <= 0)
			return false;
		client->in_at = 0;
		client->in_have = (size_t)got;
	}
	return true;
}

/* The next reply's letter, or 0 when the milter is gone. */
static char
reply(MilterClient *client)
{
	uint32_t length;
	char letter;

	if (!flush(client) || !take(client, &length, 4))
		return 0;
	length = ntohl(length);
	if (length < 1 || length > sizeof(client->packet))
		return 0;
	if (!take(client, &letter, 1) ||
	    !take(client, client->packet, length - 1))
		return 0;
	client->packet_size = length - 1;
	return letter;
}

/* Sends an event unless negotiated away; 'c' when no reply is due. */
static char
event(MilterClient *client, char command, const void *data, size_t size,
      uint32_t no_step, uint32_t no_reply)
{
	if (client->steps & no_step)
		return 'c';
	put(client, command, data, size);
	return client->steps & no_reply ? 'c' : reply(client);
}

static int
connect_to(const char *socket_name)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_in address = { .sin_family = AF_INET };
	const char *at = strchr(socket_name, '@');
	bool inet = g_str_has_prefix(socket_name, "inet:");
	int one = 1;
	int fd =
		socket(inet ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int status;

	if (inet) {
		address.sin_port = htons(
			(uint16_t)g_ascii_strtoull(socket_name + 5, NULL, 10));
		inet_pton(AF_INET, at != NULL ? at + 1 : "127.0.0.1",
		          &address.sin_addr);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		status = connect(fd, (struct sockaddr *)&address,
		                 sizeof(address));
	} else {
		g_strlcpy(path.sun_path,
		          socket_name + (g_str_has_prefix(socket_name, "unix:")
		                                 ? 5
		                                 : 0),
		          sizeof(path.sun_path));
		status = connect(fd, (struct sockaddr *)&path, sizeof(path));
	}
	if (status == 0 && patience.tv_sec > 0)
		status = setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		                    sizeof(patience));
	if (status == 0)
		return fd;
	close(fd);
	return -1;
}

void
milter_client_patience(unsigned seconds)
{
	patience.tv_sec = seconds;
}

void
milter_client_watch(MilterClient *client, GString *watcher)
{
	client->watcher = watcher;
}

/* After version, actions and steps: stage (32 bits), names, NUL, ... */
static void
read_macro_lists(MilterClient *client)
{
	size_t at = 12;

	while (at + 4 < client->packet_size) {
		uint32_t stage;

		memcpy(&stage, client->packet + at, 4);
		stage = ntohl(stage);
		at += 4;
		if (client->packet[at] == '\0' && stage < 7)
			client->no_macros |= 1u << stage;
		while (at < client->packet_size && client->packet[at] != '\0')
			at++;
		at++;
	}
}

MilterClient *
milter_client_open(const char *socket_name)
{
	static const char connection[] = "mx.example\0"
					 "4\x04\xd2"
					 "192.0.2.1";
	uint32_t offer[3] = { htonl(6), htonl(OFFER_ACTIONS),
		              htonl(OFFER_STEPS) };
	int fd = connect_to(socket_name);
	MilterClient *client;

	if (fd < 0)
		return NULL;
	client = g_new0(MilterClient, 1);
	client->fd = fd;
	client->out = g_byte_array_new();
	put(client, 'O', offer, sizeof(offer));
	if (reply(client) != 'O' || client->packet_size < 12) {
		milter_client_close(client);
		return NULL;
	}
	memcpy(&client->steps, client->packet + 8, 4);
	client->steps = ntohl(client->steps);
	read_macro_lists(client);
	MACROS(client, 'C', "j\0mx.example\0{daemon_name}\0mx.example");
	if (event(client, 'C', connection, sizeof(connection), NO_CONNECT,
	          NO_REPLY_CONNECT) != 'c' ||
	    event(client, 'H', "client.example", 15, NO_HELO, NO_REPLY_HELO) !=
	            'c') {
		milter_client_close(client);
		return NULL;
	}
	return client;
}

static char
envelope(MilterClient *client, const char *sender, const char *recipient)
{
	char verdict;

	MACROS(client, 'M', "i\0004ABCDEF12\0{mail_addr}\0a@example.com");
	verdict = event(client, 'M', sender, strlen(sender) + 1, NO_MAIL,
	                NO_REPLY_MAIL);
	if (verdict != 'c')
		return verdict;
	MACROS(client, 'R', "i\0004ABCDEF12\0{rcpt_addr}\0b@example.com");
	verdict = event(client, 'R', recipient, strlen(recipient) + 1, NO_RCPT,
	                NO_REPLY_RCPT);
	if (verdict != 'c')
		return verdict;
	MACROS(client, 'T', "i\0004ABCDEF12");
	return event(client, 'T', "", 0, NO_DATA, NO_REPLY_DATA);
}

static char
content(MilterClient *client, const MilterMail *mail)
{
	char verdict = 'c';

	for (guint i = 0; i < mail->headers->len && verdict == 'c'; i++) {
		gsize size;
		const void *data =
			g_bytes_get_data(mail->headers->pdata[i], &size);

		MACROS(client, 'L', "i\0004ABCDEF12");
		verdict = event(client, 'L', data, size, NO_HEADERS,
		                NO_REPLY_HEADER);
	}
	if (verdict == 'c') {
		MACROS(client, 'N', "i\0004ABCDEF12");
		verdict = event(client, 'N', "", 0, NO_EOH, NO_REPLY_EOH);
	}
	for (guint at = 0; at < mail->body->len && verdict == 'c';
	     at += CHUNK) {
		MACROS(client, 'B', "i\0004ABCDEF12");
		verdict = event(client, 'B', mail->body->data + at,
		                MIN(CHUNK, mail->body->len - at), NO_BODY,
		                NO_REPLY_BODY);
		/* SKIP: no more of the body, go on with the end. */
		if (verdict == 's')
			return 'c';
	}
	return verdict;
}

static void
note_added(const MilterClient *client, MilterResult *result)
{
	static const char name[] = "X-Tact-Tier";
	const char *packet = (const char *)client->packet;
	size_t length = strnlen(packet, client->packet_size);

	result->added++;
	if (client->watcher != NULL && length + 1 < client->packet_size)
		g_string_append_printf(client->watcher, "%s: %s\n", packet,
		                       packet + length + 1);
	if (client->packet_size > sizeof(name) &&
	    memcmp(packet, name, sizeof(name)) == 0)
		g_strlcpy(result->tier, packet + sizeof(name),
		          sizeof(result->tier));
}

static char
end_of_message(MilterClient *client, MilterResult *result)
{
	int64_t start;
	char letter;

	MACROS(client, 'E', "i\0004ABCDEF12");
	put(client, 'E', "", 0);
	start = clock_monotonic();
	for (;;) {
		letter = reply(client);
		if (letter == 'h' || letter == 'i')
			note_added(client, result);
		else if (letter == 'm')
			result->deleted++;
		else if (letter != 'p')
			break;
	}
	result->eom_ms = (double)(clock_monotonic() - start) / 1000.0;
	return letter;
}

bool
milter_client_mail(MilterClient *client, const MilterMail *mail,
                   const char *sender, const char *recipient,
                   MilterResult *ret_result)
{
	MilterResult result = { 0 };

	result.verdict = envelope(client, sender, recipient);
	if (result.verdict == 'c')
		result.verdict = content(client, mail);
	if (result.verdict == 'c')
		result.verdict = end_of_message(client, &result);
	else
		result.early = true;
	put(client, 'A', "", 0);
	*ret_result = result;
	return result.verdict != 0;
}

void
milter_client_close(MilterClient *client)
{
	if (client == NULL)
		return;
	put(client, 'Q', "", 0);
	(void)flush(client);
	close(client->fd);
	g_byte_array_unref(client->out);
	g_free(client);
}
