/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY rows P-2, P-6 and P-9: an erased person leaves nothing in any
 * file, readers or not; one who objected is nothing but a keyed hash; and
 * neither comes back with a restored backup.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "people.h"
#include "store/audit.h"
#include "store/erasure.h"
#include "store/suppression.h"

#define MANY (g_test_slow() ? 100000 : 20000)
#define FEW 300
#define ROWS 18 /* of a person, in all tables */
#define SECOND G_USEC_PER_SEC

static ErasureResult
erase(const StoreFixture *fixture, int person, ErasureKind kind,
      int64_t wait_ms)
{
	g_autofree char *identity = people_identity(person);
	const ErasureRequest request = { .kind = kind,
		                         .who = identity,
		                         .actor = "tester",
		                         .wait_ms = wait_ms };
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	g_assert_true(erasure_run(fixture->store, fixture->keys, &request,
	                          &result, &error));
	g_assert_no_error(error);
	return result;
}

static int
traces(const People *people, int person)
{
	return people_traces(people, person, people->n);
}

static AuditFault
audit_fault(const StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	AuditReport report;

	g_assert_true(audit_verify(fixture->store, fixture->keys, NULL, &report,
	                           &error));
	g_assert_no_error(error);
	return report.fault;
}

/* Two other connections are open, and have read. */
static void
test_one_of_many(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, MANY, 1000000);
	sqlite3 *other = NULL;
	int64_t longest = 0;
	int step = MANY / 20;

	g_assert_cmpint(sqlite3_open(fixture->path, &other), ==, SQLITE_OK);
	people_ask(other, "SELECT count(facts) FROM mail");
	people_ask(people->db, "SELECT count(key) FROM alias");
	g_assert_cmpint(people_traces(people, step, step), >, 20 * 4);
	for (int person = step; person <= MANY; person += step) {
		int64_t start = clock_monotonic();
		ErasureResult result =
			erase(fixture, person, ERASURE_ERASE, 5000);

		longest = MAX(longest, clock_monotonic() - start);
		g_assert_cmpint(result.pending, ==, 0);
		g_assert_cmpint(result.rows, ==, ROWS);
	}
	g_assert_cmpint(people_traces(people, step, step), ==, 0);
	g_assert_cmpint(people_traces(people, step - 1, step), >, 20 * 4);
	g_test_message("of %d, the longest erasure took %d ms", MANY,
	               (int)(longest / 1000));
	g_assert_cmpint(longest, <=, 5 * SECOND);
	g_assert_cmpint(audit_fault(fixture), ==, AUDIT_WHOLE);
	sqlite3_close(other);
}

static gpointer
end_reader_later(gpointer db)
{
	g_usleep(1500000);
	people_run(db, "COMMIT");
	return NULL;
}

/* A long reader: said to be pending, and complete soon after it ends. */
static void
test_long_reader(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autoptr(GError) error = NULL;
	ErasureResult result;
	GThread *thread;
	int64_t start;

	people_run(people->db, "BEGIN; SELECT count(*) FROM alias");
	result = erase(fixture, 7, ERASURE_ERASE, 1);
	g_assert_cmpint(result.pending, >, 0);
	g_assert_true(erasure_is_pending(fixture->store));
	g_assert_cmpint(traces(people, 7), >, 0);
	/* Another waits through it. */
	thread = g_thread_new("reader", end_reader_later, people->db);
	start = clock_monotonic();
	result = erase(fixture, 8, ERASURE_ERASE, 20000);
	g_assert_cmpint(clock_monotonic() - start, <, (1500 + 5000) * 1000);
	g_thread_join(thread);
	g_assert_cmpint(result.pending, ==, 0);
	g_assert_cmpint(traces(people, 7) + traces(people, 8), ==, 0);
	g_assert_false(erasure_is_pending(fixture->store));
	g_assert_true(erasure_finish(fixture->store, fixture->keys, 100,
	                             &result, &error));
	g_assert_cmpint(result.rows + result.pending, ==, 0);
	g_assert_cmpint(audit_fault(fixture), ==, AUDIT_WHOLE);
}

/* A crash after it was asked for: whoever comes next completes it. */
static void
test_crash(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autoptr(Store) next = NULL;
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	people_run(people->db, "BEGIN IMMEDIATE");
	erase(fixture, 7, ERASURE_OBJECT, 1);
	erase(fixture, 8, ERASURE_ERASE, 1);
	store_close(g_steal_pointer(&fixture->store));
	people_run(people->db, "ROLLBACK");
	next = store_fixture_open(fixture, STORE_ADMIN);
	g_assert_true(erasure_is_pending(next));
	g_assert_true(
		erasure_finish(next, fixture->keys, 5000, &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.pending, ==, 0);
	g_assert_cmpint(result.rows, ==, 2 * ROWS);
	g_assert_cmpint(traces(people, 7) + traces(people, 8), ==, 0);
	fixture->store = g_steal_pointer(&next);
}

static SuppressionKind
suppressed(const StoreFixture *fixture, int person)
{
	g_autofree char *identity = people_identity(person);
	g_autoptr(GError) error = NULL;
	SuppressionKind kind;

	g_assert_true(suppression_find(fixture->store, fixture->keys, identity,
	                               &kind, &error));
	return kind;
}

static int64_t
rows_of(const People *people, int person)
{
	g_autofree char *sql = g_strdup_printf(
		"WITH who(id) AS (VALUES (%d)) SELECT"
		" (SELECT count(*) FROM alias, who WHERE customer = who.id) +"
		" (SELECT count(*) FROM profile, who WHERE customer = who.id) +"
		" (SELECT count(*) FROM mail, who WHERE customer = who.id) +"
		" (SELECT count(*) FROM orders, who WHERE customer = who.id) +"
		" (SELECT count(*) FROM customer AS c, who WHERE c.id = "
		"who.id)",
		person);

	return people_ask(people->db, sql);
}

/* Nothing but the hash is kept; and it outlives the customer key. */
static void
test_objection(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autoptr(GError) error = NULL;

	erase(fixture, 7, ERASURE_OBJECT, 5000);
	erase(fixture, FEW + 1, ERASURE_OBJECT, 5000); /* a stranger */
	g_assert_cmpint(rows_of(people, 7), ==, 0);
	g_assert_cmpint(traces(people, 7), ==, 0);
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_OBJECTION);
	g_assert_cmpint(suppressed(fixture, FEW + 1), ==,
	                SUPPRESSION_OBJECTION);
	g_assert_cmpint(suppressed(fixture, 8), ==, SUPPRESSION_NONE);
	g_assert_cmpint(
		people_ask(people->db, "SELECT count(*) FROM suppression"), ==,
		2);
	g_assert_true(keys_rotate(fixture->keys_path, &error));
	g_assert_true(keys_forget_old(fixture->keys_path, &error));
	g_assert_no_error(error);
	keys_free(fixture->keys);
	fixture->keys = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_OBJECTION);
	g_assert_cmpint(suppressed(fixture, 8), ==, SUPPRESSION_NONE);
}

static bool
change(const StoreFixture *fixture, int person, RestrictionChange what)
{
	g_autofree char *identity = people_identity(person);
	g_autoptr(GError) error = NULL;
	bool changed;

	g_assert_true(restriction_change(fixture->store, fixture->keys,
	                                 identity, what, &changed, &error));
	g_assert_no_error(error);
	return changed;
}

#define IS_RESTRICTED "SELECT restricted FROM customer WHERE id = 7"

static void
test_restriction(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);

	g_assert_true(change(fixture, 7, RESTRICTION_SET));
	g_assert_false(change(fixture, 7, RESTRICTION_SET));
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_RESTRICTION);
	g_assert_cmpint(people_ask(people->db, IS_RESTRICTED), ==, 1);
	g_assert_cmpint(rows_of(people, 7), ==, 5);
	g_assert_false(change(fixture, 7, OBJECTION_LIFT));
	g_assert_true(change(fixture, 7, RESTRICTION_LIFT));
	g_assert_cmpint(people_ask(people->db, IS_RESTRICTED), ==, 0);
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_NONE);
	erase(fixture, 7, ERASURE_OBJECT, 5000);
	g_assert_false(change(fixture, 7, RESTRICTION_SET));
	g_assert_false(change(fixture, 7, RESTRICTION_LIFT));
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_OBJECTION);
	g_assert_true(change(fixture, 7, OBJECTION_LIFT));
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_NONE);
	g_assert_cmpint(audit_fault(fixture), ==, AUDIT_WHOLE);
}

static void
copy_file(const char *from, const char *to)
{
	g_autofree char *bytes = NULL;
	gsize size;

	g_assert_true(g_file_get_contents(from, &bytes, &size, NULL));
	g_assert_true(g_file_set_contents(to, bytes, (gssize)size, NULL));
	g_assert_cmpint(g_chmod(to, 0600), ==, 0);
}

/* The database as it was; what lies beside it as it is. */
static void
restore(StoreFixture *fixture, People **people, const char *backup)
{
	People *old = *people;

	sqlite3_close(old->db);
	store_close(fixture->store);
	copy_file(backup, fixture->path);
	g_assert_cmpint(sqlite3_open(fixture->path, &old->db), ==, SQLITE_OK);
	fixture->store = store_fixture_open(fixture, STORE_ADMIN);
}

static void
reapply(StoreFixture *fixture, int64_t wanted_rows)
{
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	g_assert_cmpint(audit_fault(fixture), ==, AUDIT_CUT);
	g_assert_true(audit_restored(fixture->store, fixture->keys, "tester",
	                             &error));
	g_assert_true(erasures_reapply(fixture->store, fixture->keys, "tester",
	                               &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.rows, ==, wanted_rows);
	g_assert_cmpint(audit_fault(fixture), ==, AUDIT_WHOLE);
}

static void
test_restore(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autofree char *folder = g_dir_make_tmp("tact-XXXXXX", NULL);
	g_autofree char *backup = g_build_filename(folder, "backup", NULL);
	g_autofree char *list = g_strconcat(fixture->path, ".erasures", NULL);
	struct stat st;

	copy_file(fixture->path, backup);
	erase(fixture, 7, ERASURE_ERASE, 5000);
	erase(fixture, 8, ERASURE_OBJECT, 5000);
	change(fixture, 9, RESTRICTION_SET);
	change(fixture, 10, RESTRICTION_SET);
	change(fixture, 10, RESTRICTION_LIFT);
	g_assert_cmpint(stat(list, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0600);
	restore(fixture, &people, backup);
	g_assert_cmpint(traces(people, 7), >, 0);
	/* Nine came after the backup and must not be touched by it. */
	people_run(people->db, "UPDATE customer SET since = 4000000000 "
	                       "WHERE id = 9");
	reapply(fixture, 2 * ROWS);
	g_assert_cmpint(traces(people, 7) + traces(people, 8), ==, 0);
	g_assert_cmpint(rows_of(people, 7) + rows_of(people, 8), ==, 0);
	g_assert_cmpint(rows_of(people, 9), ==, 5);
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_NONE);
	g_assert_cmpint(suppressed(fixture, 8), ==, SUPPRESSION_OBJECTION);
	g_assert_cmpint(suppressed(fixture, 9), ==, SUPPRESSION_RESTRICTION);
	g_assert_cmpint(suppressed(fixture, 10), ==, SUPPRESSION_NONE);
	g_assert_cmpint(
		people_ask(people->db, "SELECT sum(restricted) FROM customer"),
		==, 1);
	g_remove(backup);
	g_rmdir(folder);
}

/* Customer 7 is erased, and comes again by the same names. */
static void
erase_and_return(StoreFixture *fixture, const People *people)
{
	people_run(people->db, "CREATE TEMP TABLE seven AS SELECT key FROM "
	                       "alias WHERE customer = 7");
	erase(fixture, 7, ERASURE_ERASE, 5000);
	people_run(people->db,
	           "INSERT INTO customer (id, since) VALUES (7, 4000000000);"
	           "INSERT INTO alias SELECT key, 1, 7, 0 FROM seven");
}

/* Erased, then a customer anew: a restore does not erase the new one. */
static void
test_came_back(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	erase_and_return(fixture, people);
	g_assert_true(erasures_reapply(fixture->store, fixture->keys, "tester",
	                               &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.rows, ==, 0);
	people_run(people->db, "UPDATE customer SET since = 5 WHERE id = 7");
	g_assert_true(erasures_reapply(fixture->store, fixture->keys, "tester",
	                               &result, &error));
	g_assert_cmpint(result.rows, ==, 2);
}

/* Erased, then a customer anew who asked for a restriction: a restore from in
 * between has it again. One that was lifted since the backup is lifted. */
static void
test_restricted_later(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, FEW, 1000000);
	g_autofree char *folder = g_dir_make_tmp("tact-XXXXXX", NULL);
	g_autofree char *backup = g_build_filename(folder, "backup", NULL);

	erase_and_return(fixture, people);
	change(fixture, 8, RESTRICTION_SET);
	copy_file(fixture->path, backup);
	change(fixture, 7, RESTRICTION_SET);
	change(fixture, 8, RESTRICTION_LIFT);
	restore(fixture, &people, backup);
	reapply(fixture, 0);
	g_assert_cmpint(people_ask(people->db, IS_RESTRICTED), ==, 1);
	g_assert_cmpint(suppressed(fixture, 7), ==, SUPPRESSION_RESTRICTION);
	g_assert_cmpint(
		people_ask(people->db, "SELECT sum(restricted) FROM customer"),
		==, 1);
	g_assert_cmpint(suppressed(fixture, 8), ==, SUPPRESSION_NONE);
	g_remove(backup);
	g_rmdir(folder);
}

static void
test_forget(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	g_autofree char *list = g_strconcat(fixture->path, ".erasures", NULL);
	g_autofree char *text = NULL;
	int64_t n = 0;

	for (int i = 0; i < 4; i++) {
		clock_set_wall((1000 + i * 100) * SECOND);
		erase(fixture, i, ERASURE_ERASE, 5000);
	}
	clock_set_wall(-1);
	g_assert_true(erasures_forget(fixture->store, 1200, &n, &error));
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, 2);
	g_assert_true(g_file_get_contents(list, &text, NULL, NULL));
	g_assert_true(g_str_has_prefix(text, "1200 erase "));
	g_assert_nonnull(strstr(text, "\n1300 erase "));
	g_assert_true(g_file_set_contents(list, "junk\n", -1, NULL));
	g_assert_cmpint(g_chmod(list, 0600), ==, 0);
	g_assert_false(erasures_forget(fixture->store, 1200, &n, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_CORRUPT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/erasure/P-2-one-of-100000", test_one_of_many);
	g_test_add_func("/erasure/P-2-long-reader", test_long_reader);
	g_test_add_func("/erasure/crash", test_crash);
	g_test_add_func("/erasure/P-6-objection", test_objection);
	g_test_add_func("/erasure/restriction", test_restriction);
	g_test_add_func("/erasure/P-9-restore", test_restore);
	g_test_add_func("/erasure/came-back", test_came_back);
	g_test_add_func("/erasure/restricted-later", test_restricted_later);
	g_test_add_func("/erasure/forget", test_forget);
	return g_test_run();
}
