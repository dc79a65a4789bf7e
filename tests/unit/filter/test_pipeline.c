/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole end of a message, with analysers played by threads: whatever they
 * do, the mail passes with a status; and whatever edit the MTA refuses, it is
 * told to try later.
 */
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "collect.h"
#include "control.h"
#include "ipc.h"
#include "pipeline.h"
#include "rules_fixture.h"

typedef enum Behaviour {
	ANSWERS,
	DIES,
	HANGS,
	LIES,
	ENDS, /* answers, and says it was its last */
} Behaviour;

typedef struct FakeAnalyser {
	Behaviour behaviour;
	int socket;
} FakeAnalyser;

typedef struct Fixture {
	Filter filter;
	Snapshot snapshot;
	Session *session;
	int supervisor; /* the other end of the control socket */
	GPtrArray *threads;
	GString *edits;
	int left; /* edits that are let through; < 0: all */
} Fixture;

static Rules *rules;

static const char settings_text[] =
	"[milter]\nanalysis_time_max = 400ms\n"
	"[mailbox support@example.com]\n"
	"[mailbox shadow@example.com]\nmode = shadow\n";

static bool
note_remove(void *context, const char *name, int index)
{
	Fixture *f = context;

	g_string_append_printf(f->edits, "-%s/%d ", name, index);
	return f->left < 0 || f->left-- > 0;
}

static bool
note_add(void *context, const char *name, const char *value)
{
	Fixture *f = context;

	g_string_append_printf(f->edits, "+%s=%s ", name, value);
	return f->left < 0 || f->left-- > 0;
}

static void
set_up(Fixture *f, const void *unused)
{
	g_autoptr(GError) error = NULL;
	int pair[2];

	(void)unused;
	memset(f, 0, sizeof(*f));
	f->snapshot.settings = settings_parse(
		"test", settings_text, sizeof(settings_text) - 1, &error);
	g_assert_no_error(error);
	f->snapshot.rules = rules;
	g_assert_cmpint(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), ==, 0);
	f->supervisor = pair[1];
	f->filter = (Filter){ .snapshot = &f->snapshot,
		              .board = scoreboard_new(),
		              .pool = pool_new(),
		              .control = pair[0] };
	f->filter.score = &f->filter.board->slot[0];
	f->filter.keeper = -1;
	f->session = session_new(&f->filter);
	f->session->can_edit = true;
	f->threads = g_ptr_array_new();
	f->edits = g_string_new(NULL);
	f->left = -1;
}

static void
tear_down(Fixture *f, const void *unused)
{
	(void)unused;
	session_free(&f->filter, f->session);
	pool_free(f->filter.pool);
	for (guint i = 0; i < f->threads->len; i++)
		g_thread_join(f->threads->pdata[i]);
	g_ptr_array_free(f->threads, TRUE);
	g_string_free(f->edits, TRUE);
	settings_free(f->snapshot.settings);
	close(f->filter.control);
	close(f->supervisor);
}

static bool
read_one(int socket, IpcHeader *ret_header)
{
	g_autofree char *payload = g_malloc(IPC_REQUEST_MAX);

	return recv(socket, ret_header, sizeof(*ret_header), MSG_WAITALL) ==
	               (ssize_t)sizeof(*ret_header) &&
	       recv(socket, payload, ret_header->length, MSG_WAITALL) ==
	               (ssize_t)ret_header->length;
}

static void *
play(void *data)
{
	g_autofree FakeAnalyser *self = data;
	IpcHeader header;

	while (read_one(self->socket, &header)) {
		const Trace trace = { .from = "anna@example.net" };
		Findings findings;
		IpcAnswer answer;

		memset(&findings, 0, sizeof(findings));
		findings.language = LANGUAGE_DA;
		if (self->behaviour == LIES)
			findings.language = LANGUAGE_N;
		answer = ipc_answer(&findings, &trace, header.serial,
		                    self->behaviour == ENDS);
		if (self->behaviour == DIES)
			break;
		if (self->behaviour != HANGS)
			send(self->socket, &answer, sizeof(answer),
			     MSG_NOSIGNAL);
	}
	close(self->socket);
	return NULL;
}

static void
add_analyser(Fixture *f, uint32_t slot, Behaviour behaviour)
{
	FakeAnalyser *analyser = g_new0(FakeAnalyser, 1);
	Channel channel = { .slot = slot, .serial = 1 };
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	channel.socket = pair[0];
	analyser->behaviour = behaviour;
	analyser->socket = pair[1];
	g_ptr_array_add(f->threads, g_thread_new("fake", play, analyser));
	pool_give(f->filter.pool, &channel);
}

static PipelineVerdict
send_mail(Fixture *f, const char *recipient, const char *text)
{
	EditSink sink = { f, note_remove, note_add, NULL };
	PipelineVerdict verdict;

	g_string_truncate(f->edits, 0);
	mail_begin(&f->filter, f->session, "<anna@example.net>", false);
	mail_recipient(&f->filter, f->session, recipient);
	collect_header(f->session, "From", "anna@example.net");
	collect_header(f->session, "X-Tact-Tier", "vip");
	collect_body(f->session, text, strlen(text));
	verdict = pipeline_finish(&f->filter, f->session, &sink);
	mail_end(f->session);
	return verdict;
}

/* The mail passes, and its status is this. */
static void
assert_status(Fixture *f, const char *text, const char *status)
{
	g_autofree char *start = g_strdup_printf(
		"-X-Tact-Tier/1 +X-Tact-Status=%s +X-Tact-Id=", status);
	int64_t began = clock_monotonic();

	g_assert_cmpint(send_mail(f, "<support@example.com>", text), ==,
	                PIPELINE_PASS);
	g_test_message("%s", f->edits->str);
	g_assert_true(g_str_has_prefix(f->edits->str, start));
	g_assert_cmpint(clock_monotonic() - began, <, 1500000);
}

static bool
was_asked_to_kill(Fixture *f, uint32_t slot)
{
	ControlMessage message;
	char byte;
	int passed;

	if (recv(f->supervisor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
		return false;
	g_assert_true(control_receive(f->supervisor, &message, &passed));
	return message.type == CONTROL_KILL && message.slot == slot;
}

static void
test_tagged(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, ANSWERS);
	for (int i = 0; i < 3; i++) {
		assert_status(f, "hej", "abstained-evidence");
		g_assert_nonnull(strstr(f->edits->str, "+X-Tact-Language=da"));
	}
	g_assert_cmpuint(f->filter.score->counter[COUNTER_mails_tagged], ==, 3);
}

static void
test_shadow(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, ANSWERS);
	g_assert_cmpint(send_mail(f, "<shadow@example.com>", "hej"), ==,
	                PIPELINE_PASS);
	g_assert_cmpstr(f->edits->str, ==, "-X-Tact-Tier/1 ");
}

static void
test_none_free(Fixture *f, const void *unused)
{
	(void)unused;
	assert_status(f, "hej", "error-busy");
}

static void
test_dies(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, DIES);
	add_analyser(f, 1, DIES);
	add_analyser(f, 2, ANSWERS);
	assert_status(f, "deadly", "error-analyser");
	assert_status(f, "deadly", "error-poison");
	assert_status(f, "harmless", "abstained-evidence");
	g_assert_cmpuint(f->filter.score->counter[COUNTER_analysers_died], ==,
	                 2);
}

static void
test_dies_once(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, DIES);
	add_analyser(f, 1, ANSWERS);
	assert_status(f, "unlucky", "abstained-evidence");
	assert_status(f, "unlucky", "abstained-evidence");
}

static void
test_hangs(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, HANGS);
	assert_status(f, "slow", "error-timeout");
	g_assert_true(was_asked_to_kill(f, 0));
	add_analyser(f, 1, HANGS);
	assert_status(f, "slow", "error-timeout");
	g_assert_true(was_asked_to_kill(f, 1));
	add_analyser(f, 2, ANSWERS);
	assert_status(f, "slow", "error-poison");
}

static void
test_lies(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 4, LIES);
	assert_status(f, "hej", "error-internal");
	g_assert_true(was_asked_to_kill(f, 4));
	assert_status(f, "hej", "error-busy");
}

static void
test_last_mail(Fixture *f, const void *unused)
{
	(void)unused;
	add_analyser(f, 0, ENDS);
	add_analyser(f, 1, ANSWERS);
	assert_status(f, "hej", "abstained-evidence");
	assert_status(f, "hej", "abstained-evidence");
	g_assert_false(was_asked_to_kill(f, 0));
	g_assert_cmpuint(f->filter.score->counter[COUNTER_analysers_died], ==,
	                 0);
}

/* H-2: at whichever call the MTA refuses, it is told to try later, and
 * nothing more is sent. */
static void
test_edit_refused(Fixture *f, const void *unused)
{
	g_auto(GStrv) all = NULL;
	int n;

	(void)unused;
	add_analyser(f, 0, ANSWERS);
	send_mail(f, "<support@example.com>", "hej");
	all = g_strsplit(g_strchomp(f->edits->str), " ", -1);
	n = (int)g_strv_length(all);
	g_assert_cmpint(n, >=, 4);
	for (int left = 0; left < n; left++) {
		f->left = left;
		g_assert_cmpint(send_mail(f, "<support@example.com>", "hej"),
		                ==, PIPELINE_LATER);
	}
	f->left = -1;
	g_assert_cmpuint(f->filter.score->counter[COUNTER_edits_failed], ==, n);
}

static void
test_overflow(Fixture *f, const void *unused)
{
	EditSink sink = { f, note_remove, note_add, NULL };

	(void)unused;
	add_analyser(f, 0, ANSWERS);
	mail_begin(&f->filter, f->session, "<anna@example.net>", false);
	mail_recipient(&f->filter, f->session, "<support@example.com>");
	for (int i = 0; i <= LIMIT_FORGED; i++)
		collect_header(f->session, "X-Tact-Tier", "vip");
	g_assert_cmpint(pipeline_finish(&f->filter, f->session, &sink), ==,
	                PIPELINE_LATER);
	g_assert_cmpstr(f->edits->str, ==, "");
}

#define ADD(name, function)                                                    \
	g_test_add(name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rules = fixture_load(rules_load, RULES_DIR, NO_TRAITS);
	ADD("/pipeline/tagged", test_tagged);
	ADD("/pipeline/shadow", test_shadow);
	ADD("/pipeline/none-free", test_none_free);
	ADD("/pipeline/dies", test_dies);
	ADD("/pipeline/dies-once", test_dies_once);
	ADD("/pipeline/hangs", test_hangs);
	ADD("/pipeline/lies", test_lies);
	ADD("/pipeline/last-mail", test_last_mail);
	ADD("/pipeline/edit-refused", test_edit_refused);
	ADD("/pipeline/overflow", test_overflow);
	return g_test_run();
}
