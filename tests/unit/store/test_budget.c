/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY row L-9, the store's part: a call is paid for before it is made.
 * Whatever is killed when, no limit is exceeded by what was sent.
 */
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "draft_fixture.h"
#include "store/budget.h"

#define DAY INT64_C(86400)

static BudgetVerdict
book(const DraftFixture *fixture, const BudgetLimits *limits, int64_t draft,
     int64_t at, int64_t tokens)
{
	const BudgetCall call = { .draft = draft, .at = at, .tokens = tokens };
	g_autoptr(GError) error = NULL;
	BudgetVerdict verdict;

	g_assert_true(
		budget_book(fixture->drafter, limits, &call, &verdict, &error));
	g_assert_no_error(error);
	return verdict;
}

static int64_t
draft_of(const DraftFixture *fixture, int64_t thread, const char *who,
         int64_t customer)
{
	DraftRequest request = draft_request(fixture, thread);

	request.writer = drafts_writer(fixture->base->keys, who);
	request.customer = customer;
	return draft_enqueue(fixture, &request);
}

/* Which limit ends it, and after how many calls of 100 tokens. */
static const struct row {
	const char *name;
	BudgetLimits limits;
	int calls;
	BudgetVerdict verdict;
} rows[] = {
	{ "calls", { .calls = 5 }, 5, BUDGET_SPENT_MAILBOX },
	{ "tokens", { .tokens = 450 }, 4, BUDGET_SPENT_MAILBOX },
	{ "tokens-exactly", { .tokens = 400 }, 4, BUDGET_SPENT_MAILBOX },
	{ "one-too-large", { .tokens = 99 }, 0, BUDGET_SPENT_MAILBOX },
	{ "calls-in-all", { .calls_in_all = 3 }, 3, BUDGET_SPENT_ALL },
	{ "tokens-in-all", { .tokens_in_all = 250 }, 2, BUDGET_SPENT_ALL },
	{ "writer", { .calls_of_writer = 2 }, 2, BUDGET_SPENT_WRITER },
	{ "huge",
	  { .tokens = INT64_MAX, .tokens_in_all = INT64_MAX },
	  20,
	  BUDGET_BOOKED },
	{ "none", { .calls = 0 }, 20, BUDGET_BOOKED },
};

static void
test_limit(const void *data)
{
	const struct row *row = data;
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	int64_t draft = draft_of(fixture, 1, "anna@customer.example", 0);
	int n = 0;

	while (n < 20 && book(fixture, &row->limits, draft, DRAFT_NOW, 100) ==
	                         BUDGET_BOOKED)
		n++;
	g_assert_cmpint(n, ==, row->calls);
	g_assert_cmpint(book(fixture, &row->limits, draft, DRAFT_NOW, 100), ==,
	                row->verdict);
	/* What was refused is not booked. */
	if (row->verdict != BUDGET_BOOKED)
		g_assert_cmpint(draft_ask(fixture,
		                          "SELECT coalesce(sum(calls), 0)"
		                          " FROM budget"),
		                ==, n);
	g_assert_cmpint(draft_ask(fixture, "SELECT calls = (SELECT"
	                                   " coalesce(sum(calls), 0) FROM"
	                                   " budget) AND tokens = 100 * calls"
	                                   " FROM draft"),
	                ==, 1);
}

/* Another day, another mailbox, another writer. */
static void
test_apart(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	const BudgetLimits one = { .calls = 1 };
	const BudgetLimits writer = { .calls_of_writer = 1 };
	int64_t anna = draft_of(fixture, 1, "anna@customer.example", 0);
	int64_t bo = draft_of(fixture, 2, "bo@customer.example", 0);

	g_assert_cmpint(book(fixture, &one, anna, DRAFT_NOW, 1), ==,
	                BUDGET_BOOKED);
	g_assert_cmpint(book(fixture, &one, bo, DRAFT_NOW, 1), ==,
	                BUDGET_SPENT_MAILBOX);
	store_fixture_run(fixture->admin,
	                  "INSERT INTO mailbox (id, address) VALUES"
	                  " (8, 'sales@site.example')");
	store_fixture_run(fixture->admin,
	                  "UPDATE draft SET mailbox = 8 WHERE thread = 2");
	g_assert_cmpint(book(fixture, &one, bo, DRAFT_NOW, 1), ==,
	                BUDGET_BOOKED);
	g_assert_cmpint(book(fixture, &one, anna, DRAFT_NOW + DAY, 1), ==,
	                BUDGET_BOOKED);
	g_assert_cmpint(book(fixture, &writer, anna, DRAFT_NOW, 1), ==,
	                BUDGET_SPENT_WRITER);
	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (9, 0)");
	/* Two addresses of one customer share. */
	store_fixture_run(fixture->admin, "UPDATE draft SET customer = 9,"
	                                  " calls = 0");
	g_assert_cmpint(book(fixture, &writer, anna, DRAFT_NOW, 1), ==,
	                BUDGET_BOOKED);
	g_assert_cmpint(book(fixture, &writer, bo, DRAFT_NOW, 1), ==,
	                BUDGET_SPENT_WRITER);
	g_assert_cmpint(book(fixture, &one, 4711, DRAFT_NOW, 1), ==,
	                BUDGET_NO_DRAFT);
}

/* Nothing is asked for one that nobody waits for, or that must not be used. */
static void
test_ended(void)
{
	static const char *const ends[] = {
		"UPDATE draft SET state = 7, fate = 5",
		"UPDATE draft SET customer = 9",
		"DELETE FROM draft",
	};
	const BudgetLimits none = { .calls = 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autoptr(DraftFixture) fixture = draft_fixture_new();
		int64_t id = draft_of(fixture, 1, "anna@customer.example", 0);

		store_fixture_run(fixture->admin,
		                  "INSERT INTO customer (id, since, restricted)"
		                  " VALUES (9, 0, 1);"
		                  "PRAGMA foreign_keys = OFF");
		g_assert_cmpint(book(fixture, &none, id, DRAFT_NOW, 1), ==,
		                BUDGET_BOOKED);
		store_fixture_run(fixture->admin, ends[i]);
		g_assert_cmpint(book(fixture, &none, id, DRAFT_NOW, 1), ==,
		                BUDGET_NO_DRAFT);
	}
}

static void
see_day(const BudgetDay *day, void *data)
{
	g_string_append_printf(data, "%d %s %d %d\n", (int)day->day,
	                       day->mailbox, (int)day->calls, (int)day->tokens);
}

static void
test_settle(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	const BudgetLimits none = { .calls = 0 };
	int64_t draft = draft_of(fixture, 1, "anna@customer.example", 0);
	const BudgetCall call = { .draft = draft,
		                  .at = DRAFT_NOW,
		                  .tokens = 3000 };
	g_autoptr(GString) days = g_string_new(NULL);
	g_autofree char *wanted = g_strdup_printf(
		"%d support@site.example 2 3120\n", (int)(DRAFT_NOW / DAY));
	g_autoptr(GError) error = NULL;

	book(fixture, &none, draft, DRAFT_NOW, 3000);
	book(fixture, &none, draft, DRAFT_NOW, 3000);
	g_assert_true(budget_settle(fixture->drafter, &call, 120, &error));
	g_assert_true(budget_each(fixture->admin, 0, see_day, days, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(days->str, ==, wanted);
}

#define LIMIT 200
#define KILLS 40

/* Books and "sends" (a byte to the pipe) until it is spent. */
static void
spend(const StoreFixture *base, int64_t draft, int out)
{
	g_autoptr(Store) store = store_fixture_open(base, STORE_DRAFTER);
	const BudgetLimits limits = { .calls = LIMIT };
	const BudgetCall call = { .draft = draft,
		                  .at = DRAFT_NOW,
		                  .tokens = 1 };
	BudgetVerdict verdict = BUDGET_BOOKED;

	while (verdict == BUDGET_BOOKED) {
		if (!budget_book(store, &limits, &call, &verdict, NULL))
			_exit(1);
		if (verdict == BUDGET_BOOKED && write(out, "x", 1) != 1)
			_exit(1);
	}
}

static int
count_bytes(int fd)
{
	char bytes[4096];
	ssize_t n;
	int sum = 0;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		sum += (int)n;
	return sum;
}

/* One that is killed at some moment; how much it sent. */
static int
spend_and_die(const StoreFixture *base, int64_t draft, int after_us)
{
	int fds[2], status;
	pid_t pid;

	g_assert_cmpint(pipe(fds), ==, 0);
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		spend(base, draft, fds[1]);
		_exit(0);
	}
	close(fds[1]);
	if (after_us > 0) {
		g_usleep((gulong)after_us);
		kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	status = count_bytes(fds[0]);
	close(fds[0]);
	return status;
}

static void
test_kills(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	int64_t draft = draft_of(fixture, 1, "anna@customer.example", 0);
	int64_t booked;
	int sent = 0, kills = 0;

	for (; kills < KILLS; kills++)
		sent += spend_and_die(fixture->base, draft,
		                      1500 + kills * 700 % 9000);
	booked = draft_ask(fixture, "SELECT sum(calls) FROM budget");
	g_assert_cmpint(sent, <=, booked);
	g_assert_cmpint(booked, <=, sent + kills);
	sent += spend_and_die(fixture->base, draft, 0);
	booked = draft_ask(fixture, "SELECT sum(calls) FROM budget");
	g_test_message("%d sent, %d booked, limit %d, %d kills", sent,
	               (int)booked, LIMIT, kills);
	g_assert_cmpint(booked, ==, LIMIT);
	g_assert_cmpint(sent, <=, LIMIT);
	g_assert_cmpint(sent, >=, LIMIT - kills);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strconcat("/budget/limit/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_limit);
	}
	g_test_add_func("/budget/apart", test_apart);
	g_test_add_func("/budget/ended", test_ended);
	g_test_add_func("/budget/settle", test_settle);
	g_test_add_func("/budget/L-9-kills", test_kills);
	return g_test_run();
}
