/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What secure_delete leaves, and that it is gone after scrub_gaps(). The first
 * half is the test's own check: without traces there would be nothing to see.
 */
#include <glib.h>
#include <string.h>

#include "people.h"
#include "scrub.h"

#define PEOPLE (g_test_slow() ? 20000 : 10000)
#define GONE 10 /* every tenth */

static void
delete_some(const People *people)
{
	static const char *const tables[] = {
		"worth", "override", "orders",   "profile", "example",
		"mail",  "thread",   "alias",    "draft",   "sent",
		"datum", "outcome",  "evidence", "answer",  "gap",
	};

	people_run(people->db, "BEGIN");
	people_run(people->db, "DELETE FROM thread_ref WHERE thread % 10 = 0;"
	                       "DELETE FROM draft_text WHERE draft % 10 = 0");
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *sql = g_strdup_printf(
			"DELETE FROM %s WHERE customer %% 10 = 0", tables[i]);

		people_run(people->db, sql);
	}
	people_run(people->db, "DELETE FROM customer WHERE id % 10 = 0");
	people_run(people->db, "COMMIT");
}

/* Another connection that has read every page, and writes them back. */
static void
write_everywhere(sqlite3 *db)
{
	people_run(db, "UPDATE alias SET kid = kid + 1;"
	               "UPDATE mail SET at = at + 1;"
	               "UPDATE thread_ref SET at = at + 1;"
	               "UPDATE profile SET mails = mails + 1");
}

static void
test_gaps(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new_foreign(fixture, PEOPLE, 1000000);
	g_autoptr(GError) error = NULL;
	sqlite3 *other = NULL;
	int64_t pages = 0, again = 0;

	g_assert_cmpint(sqlite3_open(fixture->path, &other), ==, SQLITE_OK);
	people_run(other, "PRAGMA cache_size = -200000;"
	                  "PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;"
	                  "PRAGMA journal_mode = TRUNCATE");
	delete_some(people);
	people_ask(other, "SELECT sum(length(key)) FROM alias");
	people_ask(other, "SELECT sum(length(facts)) FROM mail");
	people_ask(other, "SELECT sum(length(ref)) FROM thread_ref");
	people_ask(other, "SELECT sum(length(data)) FROM profile");
	g_assert_cmpint(people_traces(people, GONE, GONE), >, 0);
	g_assert_true(scrub_gaps(fixture->store, &pages, &error));
	g_assert_no_error(error);
	g_assert_cmpint(pages, >, 0);
	g_assert_cmpint(people_traces(people, GONE, GONE), ==, 0);
	write_everywhere(other);
	g_assert_cmpint(people_traces(people, GONE, GONE), ==, 0);
	g_assert_true(scrub_gaps(fixture->store, &again, &error));
	g_assert_cmpint(again, <, pages / 10 + 10);
	g_assert_cmpint(people_ask(other, "SELECT integrity_check = 'ok' FROM "
	                                  "pragma_integrity_check"),
	                ==, 1);
	g_assert_cmpint(people_ask(other, "SELECT count(*) FROM alias"), ==,
	                PEOPLE - PEOPLE / GONE);
	sqlite3_close(other);
}

/* By our own way to the file there never is a trace. */
static void
test_clean_vfs(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, 1000000);
	g_autoptr(GError) error = NULL;
	int64_t pages = 0;

	g_assert_cmpint(people_traces(people, GONE, GONE), >, PEOPLE / GONE);
	delete_some(people);
	g_assert_cmpint(people_traces(people, GONE, GONE), ==, 0);
	g_assert_true(scrub_gaps(fixture->store, &pages, &error));
	g_assert_no_error(error);
	g_assert_cmpint(pages, ==, 0);
	g_assert_cmpint(people_ask(people->db,
	                           "SELECT integrity_check = 'ok' FROM "
	                           "pragma_integrity_check"),
	                ==, 1);
}

/* Pages of auto_vacuum look like a tree's: such a file is let alone. */
static void
test_auto_vacuum(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new_foreign(fixture, 500, 1000000);
	g_autoptr(GError) error = NULL;
	int64_t pages = 0;

	people_run(people->db, "PRAGMA auto_vacuum = 1; VACUUM");
	store_close(fixture->store);
	fixture->store = store_fixture_open(fixture, STORE_ADMIN);
	write_everywhere(people->db);
	g_assert_false(scrub_gaps(fixture->store, &pages, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
	sqlite3_close(people->db);
	g_assert_cmpint(sqlite3_open_v2(fixture->path, &people->db,
	                                SQLITE_OPEN_READWRITE, "tact"),
	                ==, SQLITE_OK);
	write_everywhere(people->db);
	people_run(people->db, "DELETE FROM mail; DELETE FROM thread_ref");
	g_assert_cmpint(people_ask(people->db,
	                           "SELECT integrity_check = 'ok' FROM "
	                           "pragma_integrity_check"),
	                ==, 1);
}

/* A reader delays it, and it says so. */
static void
test_reader(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new_foreign(fixture, 500, 1000000);
	g_autoptr(GError) error = NULL;
	int64_t pages = 0;

	people_run(people->db, "BEGIN; SELECT count(*) FROM alias");
	g_assert_false(scrub_gaps(fixture->store, &pages, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_clear_error(&error);
	people_run(people->db, "COMMIT");
	g_assert_true(scrub_gaps(fixture->store, &pages, &error));
	g_assert_no_error(error);
}

static const struct gap_row {
	const char *name;
	uint8_t kind;
	uint8_t cells[2], content[2];
	bool first;
	size_t from, size;
} gap_rows[] = {
	{ "/scrub/gap/leaf", 13, { 0, 2 }, { 3, 0 }, false, 12, 756 },
	{ "/scrub/gap/index-leaf", 10, { 0, 0 }, { 4, 0 }, false, 8, 1016 },
	{ "/scrub/gap/interior", 5, { 0, 2 }, { 3, 0 }, false, 16, 752 },
	{ "/scrub/gap/index-interior", 2, { 0, 1 }, { 3, 0 }, false, 14, 754 },
	{ "/scrub/gap/first", 13, { 0, 2 }, { 3, 0 }, true, 112, 656 },
	{ "/scrub/gap/full", 13, { 0, 4 }, { 0, 16 }, false, 0, 0 },
	{ "/scrub/gap/beyond", 13, { 0, 4 }, { 9, 0 }, false, 0, 0 },
	{ "/scrub/gap/many-cells", 13, { 255, 255 }, { 3, 0 }, false, 0, 0 },
	{ "/scrub/gap/overflow", 0, { 0, 2 }, { 3, 0 }, false, 0, 0 },
	{ "/scrub/gap/odd", 7, { 0, 2 }, { 3, 0 }, false, 0, 0 },
};

static void
test_gap(const void *data)
{
	const struct gap_row *row = data;
	uint8_t page[1024] = { 0 };
	uint8_t *header = page + (row->first ? 100 : 0);
	size_t from = 0;

	header[0] = row->kind;
	memcpy(header + 3, row->cells, 2);
	memcpy(header + 5, row->content, 2);
	g_assert_cmpuint(scrub_gap_of(page, sizeof page, row->first, &from), ==,
	                 row->size);
	g_assert_cmpuint(from, ==, row->from);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(gap_rows); i++)
		g_test_add_data_func(gap_rows[i].name, &gap_rows[i], test_gap);
	g_test_add_func("/scrub/gaps", test_gaps);
	g_test_add_func("/scrub/clean-vfs", test_clean_vfs);
	g_test_add_func("/scrub/auto-vacuum", test_auto_vacuum);
	g_test_add_func("/scrub/reader", test_reader);
	return g_test_run();
}
