/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ipc.h"
#include "rules_fixture.h"

static Rules *rules;

static void
test_request(void)
{
	IpcHeader header = ipc_request_header("a@b.c", 4, 9);
	const char *sender;
	const char *mail;
	size_t sender_size;
	size_t mail_size;

	g_assert_true(ipc_request_is_valid(&header));
	ipc_request_split(&header, "a@b.cmail", &sender, &sender_size, &mail,
	                  &mail_size);
	g_assert_cmpmem(sender, sender_size, "a@b.c", 5);
	g_assert_cmpmem(mail, mail_size, "mail", 4);

	header = ipc_request_header(NULL, 4, 9);
	g_assert_true(ipc_request_is_valid(&header));
	ipc_request_split(&header, "mail", &sender, &sender_size, &mail,
	                  &mail_size);
	g_assert_null(sender);
	g_assert_cmpmem(mail, mail_size, "mail", 4);

	header = ipc_request_header("", 0, 9);
	g_assert_true(ipc_request_is_valid(&header));
	ipc_request_split(&header, "", &sender, &sender_size, &mail,
	                  &mail_size);
	g_assert_nonnull(sender);
	g_assert_cmpuint(mail_size, ==, 0);
}

static void
test_bad_requests(void)
{
	const IpcHeader good = ipc_request_header("a@b.c", 100, 1);
	IpcHeader bad[8];

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		bad[i] = good;
	bad[0].magic++;
	bad[1].version++;
	bad[2].type = IPC_ANSWER;
	bad[3].length = IPC_REQUEST_MAX + 1;
	bad[4].sender = good.length + 1;
	bad[5].sender = LIMIT_ADDRESS_BYTES + 1;
	bad[5].length = LIMIT_ANALYSE_BYTES;
	bad[6].sender = IPC_NO_SENDER;
	bad[6].length = LIMIT_ANALYSE_BYTES + 1;
	bad[7].sender = 0;
	bad[7].length = LIMIT_ANALYSE_BYTES + 1;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("request %zu", i);
		g_assert_false(ipc_request_is_valid(&bad[i]));
	}
}

static Findings
good_findings(void)
{
	Findings findings;

	memset(&findings, 0, sizeof(findings));
	findings.language = LANGUAGE_EN;
	findings.n_findings = (uint8_t)rules_n_findings(rules);
	return findings;
}

static bool
is_valid(const Findings *findings)
{
	const Trace trace = { .n_references = 0 };
	IpcAnswer answer = ipc_answer(findings, &trace, 5, false);

	return ipc_answer_is_valid(&answer, 5, rules);
}

/* Each byte of a Findings set to each value: whatever is accepted has indexes
 * that mean something. */
static void
test_every_byte(void)
{
	Findings good = good_findings();

	g_assert_true(is_valid(&good));
	for (size_t at = 0; at < sizeof(good); at++)
		for (unsigned value = 0; value < 256; value++) {
			Findings findings = good;

			((uint8_t *)&findings)[at] = (uint8_t)value;
			if (!is_valid(&findings))
				continue;
			for (unsigned i = 0; i < findings.n_findings; i++)
				g_assert_nonnull(rules_value_name(
					rules, i, findings.finding[i].value));
			for (unsigned i = 0; i < findings.n_why; i++)
				g_assert_nonnull(rules_group_name(
					rules, findings.why[i]));
		}
}

static void
test_bad_answers(void)
{
	Findings good = good_findings();
	const Trace trace = { .from = "a@b.c", .n_references = 20 };
	IpcAnswer answer = ipc_answer(&good, &trace, 5, true);
	IpcAnswer bad = answer;

	g_assert_true(ipc_answer_is_valid(&answer, 5, rules));
	g_assert_false(ipc_answer_is_valid(&answer, 6, rules));
	bad.header.length++;
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	bad.header.type = IPC_REQUEST;
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	bad.last = 2;
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	bad.findings.finding[0].value = 255;
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	bad.trace.n_references++;
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	memset(bad.trace.from, 'x', sizeof(bad.trace.from));
	g_assert_false(ipc_answer_is_valid(&bad, 5, rules));
	bad = answer;
	bad.findings.escalate = UINT32_MAX;
	g_assert_false(rules_n_escalations(rules) < 32 &&
	               ipc_answer_is_valid(&bad, 5, rules));
}

typedef struct Pipe {
	int ours, theirs;
} Pipe;

static Pipe
new_pipe(void)
{
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	return (Pipe){ pair[0], pair[1] };
}

static void *
read_all(void *data)
{
	GByteArray *got = g_byte_array_new();
	char bytes[10000];
	ssize_t n;

	while ((n = read(GPOINTER_TO_INT(data), bytes, sizeof(bytes))) > 0)
		g_byte_array_append(got, (guint8 *)bytes, (guint)n);
	return got;
}

/* Much more than a socket holds, with empty parts at all ends. */
static void
test_send_large(void)
{
	Pipe pipe = new_pipe();
	const size_t size = 1000000;
	g_autofree char *bytes = g_strnfill(size, 'x');
	struct iovec parts[] = { { bytes, 0 },
		                 { bytes, size },
		                 { bytes, 0 },
		                 { bytes, size },
		                 { bytes, 0 } };
	GThread *reader =
		g_thread_new("read", read_all, GINT_TO_POINTER(pipe.theirs));
	GByteArray *got;

	g_assert_cmpint(ipc_send(pipe.ours, parts, 5, deadline_in(10000)), ==,
	                IPC_DONE);
	close(pipe.ours);
	got = g_thread_join(reader);
	g_assert_cmpuint(got->len, ==, 2 * size);
	g_byte_array_unref(got);
	close(pipe.theirs);
}

static void
test_send_nothing(void)
{
	Pipe pipe = new_pipe();
	struct iovec parts[] = { { NULL, 0 }, { NULL, 0 } };

	g_assert_cmpint(ipc_send(pipe.ours, parts, 2, deadline_in(100)), ==,
	                IPC_DONE);
	close(pipe.ours);
	close(pipe.theirs);
}

static void
test_nobody_reads(void)
{
	Pipe pipe = new_pipe();
	const size_t size = 4000000;
	g_autofree char *bytes = g_strnfill(size, 'x');
	struct iovec part = { bytes, size };
	int64_t began = clock_monotonic();

	g_assert_cmpint(ipc_send(pipe.ours, &part, 1, deadline_in(100)), ==,
	                IPC_DEADLINE);
	g_assert_cmpint(clock_monotonic() - began, <, 1000000);
	close(pipe.theirs);
	part = (struct iovec){ bytes, size };
	g_assert_cmpint(ipc_send(pipe.ours, &part, 1, deadline_in(100)), ==,
	                IPC_CLOSED);
	close(pipe.ours);
}

static void *
trickle(void *data)
{
	for (int i = 0; i < 200; i++) {
		if (send(GPOINTER_TO_INT(data), "x", 1, MSG_NOSIGNAL) < 0)
			break;
		g_usleep(5000);
	}
	return NULL;
}

/* A byte now and then does not prolong the deadline. */
static void
test_trickle(void)
{
	Pipe pipe = new_pipe();
	GThread *writer =
		g_thread_new("write", trickle, GINT_TO_POINTER(pipe.theirs));
	int64_t began = clock_monotonic();
	char bytes[1000];

	g_assert_cmpint(
		ipc_receive(pipe.ours, bytes, sizeof(bytes), deadline_in(100)),
		==, IPC_DEADLINE);
	g_assert_cmpint(clock_monotonic() - began, <, 600000);
	close(pipe.ours);
	g_thread_join(writer);
	close(pipe.theirs);
}

static void
test_receive_closed(void)
{
	Pipe pipe = new_pipe();
	char bytes[10];

	g_assert_cmpint(send(pipe.theirs, "12345", 5, 0), ==, 5);
	close(pipe.theirs);
	g_assert_cmpint(ipc_receive(pipe.ours, bytes, 10, deadline_in(1000)),
	                ==, IPC_CLOSED);
	close(pipe.ours);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rules = fixture_load(rules_load, RULES_DIR, NO_TRAITS);
	g_test_add_func("/ipc/request", test_request);
	g_test_add_func("/ipc/bad-requests", test_bad_requests);
	g_test_add_func("/ipc/every-byte", test_every_byte);
	g_test_add_func("/ipc/bad-answers", test_bad_answers);
	g_test_add_func("/ipc/send-large", test_send_large);
	g_test_add_func("/ipc/send-nothing", test_send_nothing);
	g_test_add_func("/ipc/nobody-reads", test_nobody_reads);
	g_test_add_func("/ipc/trickle", test_trickle);
	g_test_add_func("/ipc/receive-closed", test_receive_closed);
	return g_test_run();
}
