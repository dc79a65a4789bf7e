/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the keeper runs for each mail looks things up: it never walks through a
 * table, nor through all rows of nobody's, however many there are.
 */
#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "store_fixture.h"

typedef struct Row {
	const char *name;
	const char *text;
	unsigned roles;
} Row;

static const Row rows[] = {
#define SQL(name, roles, text) { #name, text, roles },
#include "store/sql.def"
};

static bool
is_of_each_mail(const Row *row)
{
	static const char *const prefixes[] = {
		"writer_",    "profile_", "mail_",
		"mailbox_",   "thread_",  "suppression_find",
		"trust_find", "draft_",   "sent_",
		"datum_"
	};

	if (!(row->roles & STORE_KEEPER))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(row->name, prefixes[i]))
			return true;
	return false;
}

/* The steps of its plan, one a line. */
static char *
plan_of(sqlite3 *db, const char *sql)
{
	g_autofree char *explain =
		g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
	GString *plan = g_string_new(NULL);
	sqlite3_stmt *stmt = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(db, explain, -1, &stmt, NULL), ==,
	                SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		g_string_append_printf(
			plan, "%s\n",
			(const char *)sqlite3_column_text(stmt, 3));
	sqlite3_finalize(stmt);
	return g_string_free(plan, FALSE);
}

/* A row of constants is none. */
static bool
scans(const char *plan)
{
	for (; (plan = strstr(plan, "SCAN")) != NULL; plan++)
		if (!g_str_has_prefix(plan, "SCAN CONSTANT ROW"))
			return true;
	return false;
}

static void
test_no_scan(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	sqlite3 *db = NULL;
	unsigned n = 0;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *plan = NULL;

		if (!is_of_each_mail(&rows[i]))
			continue;
		n++;
		plan = plan_of(db, rows[i].text);
		g_test_message("%s: %s", rows[i].name, plan);
		g_assert_false(scans(plan));
		/* A sorter takes longer than a row is found in. */
		g_assert_null(strstr(plan, "TEMP B-TREE FOR ORDER BY"));
		/* An index on customer leads to all of nobody's. */
		g_assert_null(strstr(plan, "thread_customer"));
	}
	g_assert_cmpuint(n, >=, 15);
	sqlite3_close(db);
}

/* What the drafter runs by the clock, or for each answer: of all the drafts
 * that ever were it sees those that live, are due or ended lately. A read of
 * all would hold up the commit that a mail waits for. */
static void
test_by_the_clock(void)
{
	static const char *const names[] = {
		"draft_claim",    "draft_next_due", "draft_old",
		"draft_states",   "draft_fates",    "draft_reset",
		"draft_of",       "draft_modules",  "draft_by_thread",
		"outcome_settle", "sent_claim",     "sent_next_due"
	};
	static const char *const few[] = { "SCAN draft USING INDEX draft_live",
		                           "SCAN d USING INDEX draft_live",
		                           "SCAN s USING INDEX sent_due" };
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_DRAFTER);
	sqlite3 *db = NULL;
	unsigned n = 0;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) plan = NULL;
		g_autofree char *text = NULL;
		bool listed = false;

		for (size_t k = 0; k < G_N_ELEMENTS(names); k++)
			listed |= strcmp(rows[i].name, names[k]) == 0;
		if (!listed)
			continue;
		n++;
		text = plan_of(db, rows[i].text);
		g_test_message("%s: %s", rows[i].name, text);
		plan = g_string_new(text);
		for (size_t k = 0; k < G_N_ELEMENTS(few); k++)
			g_string_replace(plan, few[k], "", 0);
		g_assert_false(scans(plan->str));
	}
	g_assert_cmpuint(n, ==, G_N_ELEMENTS(names));
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plans/no-scan", test_no_scan);
	g_test_add_func("/plans/by-the-clock", test_by_the_clock);
	return g_test_run();
}
