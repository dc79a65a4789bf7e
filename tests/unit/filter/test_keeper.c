/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keeper without its process: its queue, its group, its file; and with it,
 * asked by many threads at once.
 */
#include "keeper.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crowd.h"
#include "ipc.h"
#include "keeper_file.h"
#include "keeper_group.h"
#include "keeper_queue.h"
#include "message/message.h"
#include "passing.h"
#include "store_fixture.h"

typedef struct Fixture {
	StoreFixture *base;
	Snapshot *snapshot;
} Fixture;

static Fixture *
fixture_new(void)
{
	g_autoptr(GError) error = NULL;
	Fixture *f = g_new0(Fixture, 1);
	g_autofree char *conf = NULL;
	g_autofree char *path = NULL;
	g_autofree char *here = g_get_current_dir();

	f->base = store_fixture_new(STORE_ADMIN);
	conf = g_strdup_printf("[analysis]\nrules = %s/%s\n"
	                       "[store]\npath = %s\n"
	                       "[mailbox help@shop.example]\n",
	                       here, RULES_DIR, f->base->path);
	path = g_build_filename(f->base->directory, "tact.conf", NULL);
	g_assert_true(g_file_set_contents(path, conf, -1, NULL));
	f->snapshot = snapshot_load(path, &error);
	g_assert_no_error(error);
	return f;
}

static void
fixture_free(Fixture *f)
{
	snapshot_free(f->snapshot);
	store_fixture_free(f->base);
	g_free(f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fixture, fixture_free)

static RecordRequest
request_of(const Fixture *f, unsigned number)
{
	RecordRequest request;

	record_request_init(&request, MAIL_IN);
	request.at = 1796000000;
	request.trace.has_id = 1;
	memcpy(request.trace.id.bytes, &number, sizeof(number));
	g_strlcpy(request.public_id, "abcdefghijklmnop",
	          sizeof(request.public_id));
	request.findings.n_findings =
		(uint8_t)rules_n_findings(f->snapshot->rules);
	return request;
}

static Letter *
letter_new(const Fixture *f, unsigned number, int reply)
{
	Letter *letter = g_new0(Letter, 1);

	letter->request = request_of(f, number);
	letter->reply = reply;
	return letter;
}

static unsigned
number_of(const Letter *letter)
{
	unsigned number;

	memcpy(&number, letter->request.trace.id.bytes, sizeof(number));
	return number;
}

static GPtrArray *
letters_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);
}

static int64_t
count_mails(const Fixture *f)
{
	g_autoptr(Store) store = store_fixture_open(f->base, STORE_KEEPER);
	int64_t n = 0;

	for (unsigned i = 0; i < 1000; i++) {
		RecordRequest request = request_of(f, i);
		MailRecord record = record_of(&request, f->snapshot->settings);
		MailSite site = { .settings = f->snapshot->settings,
			          .rules = f->snapshot->rules,
			          .keys = f->base->keys,
			          .desk = f->snapshot->desk };
		g_autoptr(StoreTxn) txn = store_begin(store, NULL);
		MailAnswer answer;

		/* Undone at the end of scope: only asked. */
		g_assert_true(
			mails_record(store, &site, &record, &answer, NULL));
		n += answer.again;
	}
	return n;
}

/* ------------------------------------------------------------------ queue */

static void
test_queue_order(void)
{
	g_autoptr(Fixture) f = fixture_new();
	g_autoptr(KeeperQueue) queue = keeper_queue_new();
	g_autoptr(GPtrArray) letters = letters_new();

	for (unsigned i = 0; i < 5; i++)
		keeper_queue_put(queue, letter_new(f, i, -1));
	g_assert_true(keeper_queue_take(queue, 3, deadline_in(0), letters));
	g_assert_cmpuint(letters->len, ==, 3);
	keeper_queue_put_back(queue, letters);
	g_assert_cmpuint(letters->len, ==, 0);
	g_assert_true(keeper_queue_take(queue, 9, deadline_in(0), letters));
	for (unsigned i = 0; i < 5; i++)
		g_assert_cmpuint(number_of(letters->pdata[i]), ==, i);
}

static void
test_queue_ends(void)
{
	g_autoptr(Fixture) f = fixture_new();
	g_autoptr(KeeperQueue) queue = keeper_queue_new();
	g_autoptr(GPtrArray) letters = letters_new();

	g_assert_true(keeper_queue_take(queue, 1, deadline_in(10), letters));
	g_assert_cmpuint(letters->len, ==, 0);
	keeper_queue_put(queue, letter_new(f, 1, -1));
	keeper_queue_close(queue);
	g_assert_true(keeper_queue_take(queue, 1, deadline_in(9999), letters));
	g_assert_cmpuint(letters->len, ==, 1);
	g_assert_false(keeper_queue_take(queue, 9, deadline_in(9999), letters));
}

static void
test_queue_full(void)
{
	g_autoptr(Fixture) f = fixture_new();
	g_autoptr(KeeperQueue) queue = keeper_queue_new();
	int pair[2];

	for (unsigned i = 0; i < KEEPER_QUEUE_MAX; i++)
		g_assert_true(keeper_queue_put(queue, letter_new(f, i, -1)));
	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	g_assert_false(keeper_queue_put(queue, letter_new(f, 1, pair[1])));
	/* Who finds no room is not kept waiting. */
	g_assert_cmpint(recv(pair[0], &(char){ 0 }, 1, 0), ==, 0);
	close(pair[0]);
}

/* ------------------------------------------------------------------ group */

static bool
write_group(const Fixture *f, Store *store, GPtrArray *letters, GError **error)
{
	g_autoptr(KeeperGuard) guard = keeper_guard_new();
	const KeeperSite site = { .store = store,
		                  .snapshot = f->snapshot,
		                  .keys = f->base->keys };

	return keeper_group_write(&site, guard, letters, error);
}

static void
test_group_is_one(void)
{
	g_autoptr(Fixture) f = fixture_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_fixture_open(f->base, STORE_KEEPER);
	g_autoptr(GPtrArray) letters = letters_new();
	int pair[20][2];

	for (unsigned i = 0; i < 20; i++) {
		g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair[i]),
		                ==, 0);
		g_ptr_array_add(letters, letter_new(f, i, pair[i][1]));
	}
	g_assert_true(write_group(f, store, letters, &error));
	g_assert_no_error(error);
	for (unsigned i = 0; i < 20; i++) {
		RecordAnswer answer;

		g_assert_cmpint(ipc_receive(pair[i][0], &answer, sizeof(answer),
		                            deadline_in(1000)),
		                ==, IPC_DONE);
		g_assert_true(
			record_answer_is_valid(&answer, f->snapshot->rules));
		g_assert_cmpuint(answer.status, ==, RECORD_KEPT);
		g_assert_cmpuint(answer.answer.contact, ==, 1);
		close(pair[i][0]);
	}
	g_assert_cmpint(count_mails(f), ==, 20);
}

/* Nobody is told anything when the commit fails. */
static void
test_group_locked(void)
{
	g_autoptr(Fixture) f = fixture_new();
	g_autoptr(GError) error = NULL;
	const StoreOptions options = { .path = f->base->path,
		                       .role = STORE_KEEPER,
		                       .busy_ms = 20 };
	g_autoptr(Store) store = store_open(&options, &error);
	g_autoptr(GPtrArray) letters = letters_new();
	char byte;
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	g_ptr_array_add(letters, letter_new(f, 1, pair[1]));
	{
		g_autoptr(StoreTxn) other = store_begin(f->base->store, NULL);

		g_assert_nonnull(other);
		g_assert_false(write_group(f, store, letters, &error));
	}
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_assert_cmpint(recv(pair[0], &byte, 1, MSG_DONTWAIT), ==, -1);
	close(pair[0]);
	g_assert_cmpint(count_mails(f), ==, 0);
}

/* ------------------------------------------------------------------- file */

static bool
is_ready(KeeperFile *file)
{
	g_autoptr(GError) error = NULL;

	return keeper_file_ready(file, &error);
}

static void
test_file(void)
{
	g_autoptr(Fixture) f = fixture_new();
	KeeperFile file = { .settings = f->snapshot->settings };
	g_autofree char *away = g_strconcat(f->base->path, ".away", NULL);
	const Store *first;

	g_assert_true(is_ready(&file));
	first = file.store;
	g_assert_true(is_ready(&file));
	g_assert_true(file.store == first);
	g_rename(f->base->path, away);
	g_assert_false(is_ready(&file));
	g_assert_null(file.store);
	g_rename(away, f->base->path);
	g_assert_true(is_ready(&file));
	g_chmod(f->base->path, 0644);
	g_assert_false(is_ready(&file));
	g_chmod(f->base->path, 0600);
	g_assert_true(is_ready(&file));
	keeper_file_close(&file);
}

/* ---------------------------------------------------------------- process */

typedef struct Asking {
	const Fixture *fixture;
	int socket;
	gint next;
	gint kept;
} Asking;

static gpointer
ask_many(gpointer data)
{
	Asking *asking = data;

	for (unsigned n = 0; n < 10; n++) {
		unsigned number = (unsigned)g_atomic_int_add(&asking->next, 1);
		RecordRequest request = request_of(asking->fixture, number);
		RecordAnswer answer;
		int pair[2];

		g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==,
		                0);
		while (!passing_send(asking->socket, &request, sizeof(request),
		                     pair[1]))
			g_usleep(1000);
		close(pair[1]);
		if (ipc_receive(pair[0], &answer, sizeof(answer),
		                deadline_in(20000)) == IPC_DONE &&
		    answer.status == RECORD_KEPT)
			g_atomic_int_inc(&asking->kept);
		close(pair[0]);
	}
	return NULL;
}

/* What none of ours sends is thrown away, and nothing else suffers. */
static void
send_garbage(int socket)
{
	RecordRequest request;

	memset(&request, 'x', sizeof(request));
	g_assert_true(passing_send(socket, &request, sizeof(request), -1));
	g_assert_true(passing_send(socket, "short", 5, -1));
}

static void
test_process(void)
{
	g_autoptr(Fixture) f = fixture_new();
	Scoreboard *board = scoreboard_new();
	Asking asking = { .fixture = f };
	int pair[2];
	int status;
	pid_t child;

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), ==, 0);
	/* Never fork with a connection open. */
	g_clear_pointer(&f->base->store, store_close);
	child = fork();
	if (child == 0) {
		close(pair[0]);
		keeper_run(f->snapshot, board, pair[1]);
	}
	close(pair[1]);
	asking.socket = pair[0];
	send_garbage(pair[0]);
	crowd_run(16, ask_many, &asking);
	g_assert_cmpint(asking.kept, ==, 160);
	close(pair[0]);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	g_assert_cmpint(count_mails(f), ==, 160);
	g_assert_cmpuint(board->past.counter[COUNTER_store_groups], <=, 160);
	g_test_message("%u groups",
	               (unsigned)board->past.counter[COUNTER_store_groups]);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keeper/queue/order", test_queue_order);
	g_test_add_func("/keeper/queue/ends", test_queue_ends);
	g_test_add_func("/keeper/queue/full", test_queue_full);
	g_test_add_func("/keeper/group/one", test_group_is_one);
	g_test_add_func("/keeper/group/locked", test_group_locked);
	g_test_add_func("/keeper/file", test_file);
	g_test_add_func("/keeper/process", test_process);
	return g_test_run();
}
