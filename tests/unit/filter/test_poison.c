/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "poison.h"
#include "scoreboard.h"

static void
test_counts(void)
{
	g_autofree PoisonTable *table = g_new0(PoisonTable, 1);

	g_assert_true(poison_is_empty(table));
	g_assert_cmpuint(poison_deaths(table, 7), ==, 0);
	g_assert_cmpuint(poison_add(table, 7), ==, 1);
	g_assert_cmpuint(poison_add(table, 8), ==, 1);
	g_assert_cmpuint(poison_add(table, 7), ==, 2);
	g_assert_false(poison_is_empty(table));
	g_assert_cmpuint(poison_deaths(table, 7), ==, 2);
	g_assert_cmpuint(poison_deaths(table, 9), ==, 0);
}

static void
test_oldest_goes(void)
{
	g_autofree PoisonTable *table = g_new0(PoisonTable, 1);

	for (uint64_t hash = 1; hash <= LIMIT_POISON; hash++)
		poison_add(table, hash);
	g_assert_cmpuint(poison_deaths(table, 1), ==, 1);
	poison_add(table, 1000000);
	g_assert_cmpuint(poison_deaths(table, 1), ==, 0);
	g_assert_cmpuint(poison_deaths(table, 2), ==, 1);
	g_assert_cmpuint(poison_deaths(table, 1000000), ==, 1);
}

static void
test_never_empty_again(void)
{
	g_autofree PoisonTable *table = g_new0(PoisonTable, 1);

	atomic_store(&table->next, UINT32_MAX);
	poison_add(table, 5);
	g_assert_false(poison_is_empty(table));
}

/* What one process adds another sees. */
static void
test_across_processes(void)
{
	Scoreboard *board = scoreboard_new();
	pid_t child;

	g_assert_nonnull(board);
	child = fork();
	if (child == 0) {
		poison_add(&board->poison, 42);
		_exit(0);
	}
	g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
	g_assert_cmpuint(poison_add(&board->poison, 42), ==, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/poison/counts", test_counts);
	g_test_add_func("/poison/oldest-goes", test_oldest_goes);
	g_test_add_func("/poison/never-empty-again", test_never_empty_again);
	g_test_add_func("/poison/across-processes", test_across_processes);
	return g_test_run();
}
