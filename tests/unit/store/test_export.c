/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY row P-4: an export has every column of every table that holds
 * something of a person, those that are added later too, and of that person
 * alone.
 */
#include <glib.h>
#include <string.h>

#include "people.h"
#include "store/export.h"

typedef struct Seen {
	GString *columns; /* "table.column " in order */
	int rows;
	bool others; /* a row of somebody else */
} Seen;

static void
see(const ExportRow *row, void *data)
{
	Seen *seen = data;

	for (size_t i = 0; i < row->n; i++) {
		const ExportValue *value = &row->values[i];

		/* The draft's, by which a text is opened. */
		if (strcmp(row->table->name, "draft_text") != 0 ||
		    strcmp(value->name, "public_id") != 0)
			g_string_append_printf(seen->columns, "%s.%s ",
			                       row->table->name, value->name);
		if (strcmp(value->name, "customer") == 0 && value->integer != 7)
			seen->others = true;
	}
	seen->rows++;
}

/* What the schema says there is, in the same order. */
static char *
columns_of_schema(sqlite3 *db)
{
	g_autoptr(GString) columns = g_string_new(NULL);
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT name FROM pragma_table_info('%s')",
			tables[i].name);
		sqlite3_stmt *stmt = NULL;

		sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
		while (sqlite3_step(stmt) == SQLITE_ROW)
			g_string_append_printf(columns, "%s.%s ",
			                       tables[i].name,
			                       sqlite3_column_text(stmt, 0));
		sqlite3_finalize(stmt);
	}
	return g_strdup(columns->str);
}

static void
test_every_column(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, 20, 1000000);
	g_autoptr(GString) columns = g_string_new(NULL);
	g_autofree char *wanted = columns_of_schema(people->db);
	g_autoptr(GError) error = NULL;
	Seen seen = { .columns = columns };
	size_t n;

	personal_tables(&n);
	g_assert_true(export_customer(fixture->store, 7, see, &seen, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(columns->str, ==, wanted);
	g_assert_cmpint(seen.rows, ==, (int)n);
	g_assert_false(seen.others);
}

static void
see_due(const ExportRow *row, void *data)
{
	GString *dues = data;

	g_string_append_printf(dues, "%s %d\n", row->table->name,
	                       (int)row->due_from);
}

static void
test_due_from(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, 7, 864000);
	g_autoptr(GString) dues = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	people_run(people->db, "UPDATE override SET until = 99");
	g_assert_true(
		export_customer(fixture->store, 7, see_due, dues, &error));
	g_assert_cmpstr(
		dues->str, ==,
		"worth 0\noverride 99\norders 864000\nprofile 864000\n"
		"example 864000\ndraft_text 864000\ndraft 864000\n"
		"sent 864000\ndatum 864000\noutcome 864000\n"
		"evidence 864000\nanswer 864000\ngap 864000\n"
		"thread_ref 864000\nmail 864000\nthread 864000\nalias 0\ncustomer 0\n");
}

static void
test_nobody(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GString) columns = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	Seen seen = { .columns = columns };

	g_assert_true(export_customer(fixture->store, 7, see, &seen, &error));
	g_assert_cmpint(seen.rows, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/export/P-4-every-column", test_every_column);
	g_test_add_func("/export/due-from", test_due_from);
	g_test_add_func("/export/nobody", test_nobody);
	return g_test_run();
}
