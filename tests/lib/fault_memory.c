/* SPDX-License-Identifier: Apache-2.0 */
#include "fault_memory.h"

#include <glib.h>
#include <sqlite3.h>

/* Tests are one thread: plain numbers will do. */
static sqlite3_mem_methods system_memory;
static unsigned fails_at; /* counts down; 0: never */
static bool fails_on;     /* from then on */
static bool has_failed;
static int n_allocated;

static bool
turn_has_come(void)
{
	if (fails_at == 0 || --fails_at > 0)
		return false;
	if (fails_on)
		fails_at = 1;
	has_failed = true;
	return true;
}

static void *
fail_malloc(int size)
{
	void *memory = turn_has_come() ? NULL : system_memory.xMalloc(size);

	n_allocated += memory != NULL;
	return memory;
}

static void
fail_free(void *memory)
{
	n_allocated -= memory != NULL;
	system_memory.xFree(memory);
}

static void *
fail_realloc(void *memory, int size)
{
	return turn_has_come() ? NULL : system_memory.xRealloc(memory, size);
}

/* Before SQLite is used; without its own reserves, so that every allocation
 * comes here. */
void
fault_memory_take_over(void)
{
	sqlite3_mem_methods ours;

	g_assert_cmpint(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory),
	                ==, SQLITE_OK);
	ours = system_memory;
	ours.xMalloc = fail_malloc;
	ours.xFree = fail_free;
	ours.xRealloc = fail_realloc;
	g_assert_cmpint(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), ==,
	                SQLITE_OK);
	g_assert_cmpint(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), ==,
	                SQLITE_OK);
	g_assert_cmpint(sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0), ==,
	                SQLITE_OK);
	g_assert_cmpint(sqlite3_initialize(), ==, SQLITE_OK);
}

void
fault_memory_fail(unsigned nth, bool lasting)
{
	fails_at = nth;
	fails_on = lasting;
	if (nth > 0)
		has_failed = false;
}

bool
fault_memory_failed(void)
{
	return has_failed;
}

int
fault_memory_allocated(void)
{
	return n_allocated;
}
