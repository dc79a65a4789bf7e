/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-probe SOCKET [FIRST [N]] - what no MTA sends, and what miltertest
 * cannot see. TAP, numbered from FIRST + 1; N rounds of garbage.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PACKET_MAX 70000
#define WAIT_MS 5000

static const char *path;
static int number;
static int failures;
static uint32_t seed = 20260821;

static void
result(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++number, name);
	failures += !good;
}

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static int
dial(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

static void
put_raw(int fd, const void *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes = (const char *)bytes + n;
		size -= (size_t)n;
	}
}

static void
put(int fd, char command, const void *bytes, size_t size)
{
	uint32_t length = htonl((uint32_t)size + 1);
	char *packet = malloc(size + 5);

	memcpy(packet, &length, 4);
	packet[4] = command;
	if (size > 0)
		memcpy(packet + 5, bytes, size);
	put_raw(fd, packet, size + 5);
	free(packet);
}

static bool
get_raw(int fd, char *bytes, size_t size)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	while (size > 0) {
		ssize_t n;

		if (poll(&wait, 1, WAIT_MS) <= 0)
			return false;
		n = recv(fd, bytes, size, 0);
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* The command of the next packet; 0 at the end. Its data in `data`. */
static char
get(int fd, char *data, size_t *size)
{
	uint32_t length;
	char command;

	if (!get_raw(fd, (char *)&length, 4) || !get_raw(fd, &command, 1))
		return 0;
	*size = ntohl(length) - 1;
	if (*size > PACKET_MAX || !get_raw(fd, data, *size))
		return 0;
	return command;
}

static char
reply(int fd)
{
	static char data[PACKET_MAX];
	size_t size;

	return get(fd, data, &size);
}

static bool
negotiate(int fd, uint32_t version, uint32_t actions, uint32_t steps)
{
	uint32_t offer[3] = { htonl(version), htonl(actions), htonl(steps) };

	put(fd, 'O', offer, sizeof(offer));
	return reply(fd) == 'O';
}

static void
put_text(int fd, char command, const char *text)
{
	put(fd, command, text, strlen(text) + 1);
}

static void
put_header(int fd, const char *name, const char *value)
{
	size_t a = strlen(name) + 1;
	size_t b = strlen(value) + 1;
	char *both = malloc(a + b);

	memcpy(both, name, a);
	memcpy(both + a, value, b);
	put(fd, 'L', both, a + b);
	free(both);
}

static int
begin(const char *sender, const char *recipient)
{
	int fd = dial();

	if (!negotiate(fd, 6, 0x1ff, 0x1fffff)) {
		close(fd);
		return -1;
	}
	put_text(fd, 'M', sender);
	put_text(fd, 'R', recipient);
	put(fd, 'T', NULL, 0);
	return fd;
}

#define INBOUND "<anna@example.net>", "<support@example.com>"

static bool
mail_works(void)
{
	int fd = begin(INBOUND);
	char command;
	unsigned added = 0;

	if (fd < 0 || reply(fd) != 'c')
		return false;
	put_header(fd, "From", "anna@example.net");
	put(fd, 'B', "Hello\r\n", 7);
	if (reply(fd) != 'c')
		return false;
	put(fd, 'E', NULL, 0);
	while ((command = reply(fd)) == 'h')
		added++;
	close(fd);
	return command == 'c' && added > 0;
}

/* ------------------------------------------------------------------ edits */

typedef struct Edits {
	unsigned deleted;
	unsigned added;
	bool in_order; /* highest index first; deleting before adding */
	char verdict;
} Edits;

static Edits
read_edits(int fd)
{
	static char data[PACKET_MAX];
	static char last_name[PACKET_MAX];
	Edits edits = { .in_order = true };
	uint32_t last = 0;
	size_t size;

	last_name[0] = '\0';
	while ((edits.verdict = get(fd, data, &size)) == 'm' ||
	       edits.verdict == 'h') {
		uint32_t index;

		if (edits.verdict == 'h') {
			edits.added++;
			continue;
		}
		memcpy(&index, data, 4);
		index = ntohl(index);
		edits.in_order = edits.in_order && edits.added == 0 &&
		                 (strcasecmp(last_name, data + 4) != 0 ||
		                  index + 1 == last);
		snprintf(last_name, sizeof(last_name), "%s", data + 4);
		last = index;
		edits.deleted++;
	}
	return edits;
}

static void
test_order(void)
{
	static const char *const names[] = { "X-Tact-Tier", "x-tact-tier",
		                             "X-TACT-TIER", "X_Tact_Tier" };
	int fd = begin(INBOUND);
	Edits edits;

	reply(fd);
	for (int i = 0; i < 40; i++)
		put_header(fd, names[i % 4], "vip");
	put(fd, 'E', NULL, 0);
	edits = read_edits(fd);
	result(edits.deleted == 40, "all forged headers are deleted");
	result(edits.in_order, "the highest index first, before any is added");
	result(edits.added > 0 && edits.verdict == 'c', "then ours are added");
	close(fd);
}

static void
test_long_value(void)
{
	static char value[60001];
	int fd = begin(INBOUND);
	Edits edits;

	memset(value, 'a', sizeof(value) - 1);
	reply(fd);
	put_header(fd, "X-Tact-Tier", value);
	put_header(fd, "Subject", value);
	put(fd, 'E', NULL, 0);
	edits = read_edits(fd);
	result(edits.deleted == 1 && edits.verdict == 'c',
	       "values of 60 KB, ours removed");
	close(fd);
}

/* ------------------------------------------------------------------ steps */

static void
test_no_data_step(void)
{
	int fd = dial();
	char passed;

	negotiate(fd, 3, 0x3f, 0x17f);
	put_text(fd, 'M', "<anna@example.net>");
	reply(fd);
	put_text(fd, 'R', "<bob@example.org>");
	reply(fd);
	put_header(fd, "From", "anna@example.net");
	reply(fd);
	put(fd, 'N', NULL, 0);
	passed = reply(fd);
	result(passed == 'a', "no DATA step: passed after the header");
	close(fd);
}

static void
test_quit_and_new(void)
{
	int fd = begin(INBOUND);

	reply(fd);
	put(fd, 'K', NULL, 0); /* QUIT_NC: a new session on this connection */
	put_text(fd, 'M', "<anna@example.net>");
	put_text(fd, 'R', "<support@example.com>");
	put(fd, 'T', NULL, 0);
	result(reply(fd) == 'c', "a connection used again is served");
	put_header(fd, "X-Tact-Tier", "vip");
	put(fd, 'B', "Hello\r\n", 7);
	result(reply(fd) == 'c', "its body too");
	put(fd, 'E', NULL, 0);
	result(read_edits(fd).deleted == 1, "and its forged header is removed");
	close(fd);
}

static void
test_wrong_states(void)
{
	static const char orders[][8] = { "E",     "B",    "T",    "R",
		                          "L",     "N",    "A",    "Q",
		                          "ME",    "RTE",  "TTE",  "MMRT",
		                          "BE",    "EEE",  "MRLE", "MRBL",
		                          "MRTET", "OOMR", "MAE",  "MRTAB" };

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		int fd = dial();

		negotiate(fd, 6, 0x1ff, 0x1fffff);
		for (const char *c = orders[i]; *c != '\0'; c++) {
			if (*c == 'L')
				put_header(fd, "X-Tact-Tier", "vip");
			else if (*c == 'O')
				negotiate(fd, 6, 0x1ff, 0x1fffff);
			else if (*c == 'M' || *c == 'R')
				put_text(fd, *c, "<support@example.com>");
			else
				put(fd, *c, "x", *c == 'B');
		}
		shutdown(fd, SHUT_WR);
		while (reply(fd) != 0)
			continue;
		close(fd);
	}
	result(mail_works(), "commands in any order do no harm");
}

/* ---------------------------------------------------------------- garbage */

static void
garbage_bytes(int fd)
{
	char bytes[600];
	size_t size = 1 + draw(sizeof(bytes) - 1);

	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)draw(256);
	put_raw(fd, bytes, size);
}

static void
garbage_length(int fd)
{
	static const uint32_t lengths[] = { 0,          1,         65535,
		                            65536,      65537,     0x7fffffff,
		                            0x80000000, 0xffffffff };
	uint32_t length = htonl(lengths[draw(8)]);

	if (draw(2))
		negotiate(fd, 6, 0x1ff, 0x1fffff);
	put_raw(fd, &length, 4);
	put_raw(fd, "MOLBERT" + draw(7), 1);
	garbage_bytes(fd);
}

static void
garbage_packets(int fd)
{
	static const char commands[] = "ABCDEHKLMNOQRTUxyz\0\377";
	char bytes[64];

	negotiate(fd, draw(9), draw(0x200), draw(0x200000));
	for (unsigned n = draw(12); n > 0; n--) {
		size_t size = draw(sizeof(bytes));

		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)draw(draw(2) ? 256 : 2);
		put(fd, commands[draw(sizeof(commands))], bytes, size);
	}
}

static void
garbage_slow(int fd)
{
	static const char bytes[] = "\0\0\0\015O\0\0\0\006\0\0\001\377";

	for (size_t i = 0; i < sizeof(bytes); i++) {
		put_raw(fd, &bytes[i], 1);
		poll(NULL, 0, 2);
	}
}

static void
garbage_nothing(int fd)
{
	(void)fd;
}

static void
test_garbage(int rounds)
{
	static void (*const kinds[])(int) = { garbage_bytes, garbage_length,
		                              garbage_packets, garbage_slow,
		                              garbage_nothing };
	bool served = true;

	for (int i = 0; i < rounds; i++) {
		int fd = dial();

		kinds[i % 5](fd);
		close(fd);
		if (i % 50 == 49)
			served = served && mail_works();
	}
	result(served, "mail is served between garbage");
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: milter-probe SOCKET [FIRST [N]]\n", stderr);
		return 2;
	}
	path = argv[1];
	number = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	signal(SIGPIPE, SIG_IGN);
	result(mail_works(), "a mail is served");
	test_order();
	test_long_value();
	test_no_data_step();
	test_quit_and_new();
	test_wrong_states();
	test_garbage(argc > 3 ? (int)strtol(argv[3], NULL, 10) : 300);
	return failures > 0;
}
