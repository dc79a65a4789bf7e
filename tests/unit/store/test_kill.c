/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On a real file: a writer is killed at any moment, others read and write
 * beside it, one of them the first to find what it left. What was acknowledged
 * is there, nothing else is, and who only reads can mend the file too.
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_fixture.h"
#include "store_workload.h"

#define ROUNDS 25
#define WORDS 5        /* at most so many are waited for */
#define PAUSE_US 30000 /* and at most so long after */

/* The child: transactions until it is killed, each told when it is durable. */
static void
write_until_killed(const char *path, int from, int told)
{
	const StoreOptions options = { .path = path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = 10000,
		                       .cache_kib = 16 };
	Store *store = store_open(&options, NULL);

	for (int i = from; store != NULL; i++) {
		if (!workload_step(store, i, NULL) ||
		    write(told, &i, sizeof(i)) != sizeof(i))
			break;
	}
	_exit(1);
}

/* The last that the child told of before it was killed. */
static int
run_and_kill(const char *path, int from)
{
	int words = g_random_int_range(0, WORDS), told[2], i;
	int last = from - 1, status = 0;
	pid_t pid;

	g_assert_cmpint(pipe(told), ==, 0);
	pid = fork();
	if (pid == 0)
		write_until_killed(path, from, told[1]);
	close(told[1]);
	while (words-- > 0 && read(told[0], &i, sizeof(i)) == sizeof(i))
		last = i;
	g_usleep((gulong)g_random_int_range(0, PAUSE_US));
	g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_true(WIFSIGNALED(status));
	while (read(told[0], &i, sizeof(i)) == sizeof(i))
		last = i;
	close(told[0]);
	return last;
}

static void
test_kill(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	int done = 0, ahead = 0;

	g_clear_pointer(&fixture->store, store_close);
	for (int round = 0; round < ROUNDS; round++) {
		const StoreOptions options = { .path = fixture->path,
			                       .role = STORE_ADMIN,
			                       .busy_ms = 1000,
			                       .read_only = round % 2 == 0 };
		g_autoptr(GError) error = NULL;
		g_autoptr(Store) store = NULL;
		int told = run_and_kill(fixture->path, done + 1);

		store = store_open(&options, &error);
		g_assert_no_error(error);
		done = workload_last(store);
		g_assert_cmpint(done, >=, told);
		g_assert_cmpint(done, <=, told + 1);
		ahead += done > told;
		workload_check(store, done);
	}
	printf("# %d transactions, killed %d times, %d of them between commit "
	       "and word\n",
	       done, ROUNDS, ahead);
	g_assert_cmpint(done, >, ROUNDS / 5);
}

#define WRITERS 3
#define EACH 40

static void
count_up(const char *path)
{
	const StoreOptions options = { .path = path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = 60000 };
	Store *store = store_open(&options, NULL);

	for (int i = 0; i < EACH; i++) {
		StoreTxn *txn = store_begin(store, NULL);

		if (txn == NULL ||
		    !workload_step_within(store, workload_last(store) + 1) ||
		    !store_commit(txn, NULL))
			_exit(1);
		store_end(txn);
	}
	store_close(store);
	_exit(0);
}

/* Nobody's transaction is lost between others'. */
static void
test_writers(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	pid_t pids[WRITERS];

	g_clear_pointer(&fixture->store, store_close);
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			count_up(fixture->path);
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = -1;

		g_assert_cmpint(waitpid(pids[i], &status, 0), ==, pids[i]);
		g_assert_cmpint(status, ==, 0);
	}
	fixture->store = store_fixture_open(fixture, STORE_ADMIN);
	workload_check(fixture->store, WRITERS * EACH);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kill/writer", test_kill);
	g_test_add_func("/kill/writers-together", test_writers);
	return g_test_run();
}
