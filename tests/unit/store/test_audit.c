/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY row P-8: a trail without gaps, in which any edit or removal is
 * seen. An intruder who has the database and not the key is played by a
 * second connection with SQL of its own.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "store/audit.h"
#include "store_fixture.h"

#define ENTRIES 60
#define TAMPERINGS 1000

static void
record(StoreFixture *fixture, AuditEvent event, const char *identity, int64_t n)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(audit_record(fixture->store, fixture->keys,
	                           &(AuditEntry){ .event = event,
	                                          .actor = "tester",
	                                          .identity = identity,
	                                          .n = n },
	                           &error));
	g_assert_no_error(error);
}

static void
fill(StoreFixture *fixture, int n)
{
	for (int i = 0; i < n; i++) {
		g_autofree char *who =
			g_strdup_printf("c%d@customer.example", i % 7);

		clock_set_wall((int64_t)(1000000 + i * 60) * G_USEC_PER_SEC);
		record(fixture, (AuditEvent)(i % AUDIT_N),
		       i % 3 == 0 ? NULL : who, i * 11);
	}
	clock_set_wall(-1);
}

static AuditReport
verify(StoreFixture *fixture, const AuditHead *known)
{
	g_autoptr(GError) error = NULL;
	AuditReport report;

	g_assert_true(audit_verify(fixture->store, fixture->keys, known,
	                           &report, &error));
	g_assert_no_error(error);
	return report;
}

static void
tamper(const StoreFixture *fixture, const char *sql)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s: %s", sql, why);
	sqlite3_close(db);
}

static char *
head_path(const StoreFixture *fixture)
{
	return g_strconcat(fixture->path, ".audit", NULL);
}

static void
test_empty(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	AuditReport report = verify(fixture, NULL);

	g_assert_cmpint(report.fault, ==, AUDIT_WHOLE);
	g_assert_cmpint(report.n, ==, 0);
	g_assert_cmpint(report.head.seq, ==, 0);
}

static bool
see_row(const AuditRow *row, void *data)
{
	GString *seen = data;

	g_string_append_printf(
		seen, "%d %s %s %s %d\n", (int)row->seq, row->actor, row->event,
		row->subject != NULL ? "someone" : "nobody", (int)row->n);
	return true;
}

static void
test_entries(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *path = head_path(fixture);
	struct stat st;
	AuditReport report;

	record(fixture, AUDIT_EXPORT, "anna@customer.example", 5);
	record(fixture, AUDIT_PURGE, NULL, 0);
	report = verify(fixture, NULL);
	g_assert_cmpint(report.fault, ==, AUDIT_WHOLE);
	g_assert_cmpint(report.n, ==, 2);
	g_assert_true(audit_each(fixture->store, 1, see_row, seen, &error));
	g_assert_cmpstr(seen->str, ==,
	                "1 tester export someone 5\n2 tester purge nobody 0\n");
	g_assert_cmpint(stat(path, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0600);
}

/* Names are one word: what could end a line is not one. */
static void
test_actor(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const AuditEntry entry = {
		.event = AUDIT_FIT,
		.actor = "eve\nerase\t\xc3\xa6 01234567890123456789012345",
	};

	g_assert_true(
		audit_record(fixture->store, fixture->keys, &entry, &error));
	g_assert_true(audit_each(fixture->store, 1, see_row, seen, &error));
	g_assert_cmpstr(seen->str, ==,
	                "1 eve_erase____0123456789012345678 fit nobody 0\n");
	g_assert_cmpuint(strlen(audit_actor()), >, 0);
}

/* One customer has one subject; without the audit key it says nothing. */
static bool
gather(const AuditRow *row, void *data)
{
	g_byte_array_append(data, row->subject, AUDIT_SUBJECT_BYTES);
	return true;
}

static void
test_subject(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GByteArray) all = g_byte_array_new();
	g_autoptr(GError) error = NULL;
	Pseudonym customer = keys_pseudonym(fixture->keys, PSEUDONYM_EMAIL,
	                                    "anna@customer.example");

	record(fixture, AUDIT_EXPORT, "anna@customer.example", 1);
	record(fixture, AUDIT_ERASE, "anna@customer.example", 1);
	record(fixture, AUDIT_ERASE, "bo@customer.example", 1);
	g_assert_true(audit_each(fixture->store, 1, gather, all, &error));
	g_assert_cmpmem(all->data, 8, all->data + 8, 8);
	g_assert_cmpint(memcmp(all->data, all->data + 16, 8), !=, 0);
	g_assert_cmpint(memcmp(all->data, customer.bytes, 8), !=, 0);
}

/* What an intruder may do to entry @, or to all after it; ~ is another. */
static const char *const tamperings[] = {
	"UPDATE audit SET n = n + 1 WHERE seq = @",
	"UPDATE audit SET at = at - 60 WHERE seq = @",
	"UPDATE audit SET actor = 'nobody' WHERE seq = @",
	"UPDATE audit SET event = event || 's' WHERE seq = @",
	"UPDATE audit SET subject = CASE WHEN subject IS NULL"
	" THEN x'0011223344556677' END WHERE seq = @",
	"UPDATE audit SET hash = randomblob(16) WHERE seq = @",
	"UPDATE audit SET prev = x'ff' WHERE seq = @",
	"DELETE FROM audit WHERE seq = @",
	"DELETE FROM audit WHERE seq >= @",
	"DELETE FROM audit WHERE seq <= @",
	/* gone, and the numbers closed up */
	"DELETE FROM audit WHERE seq = @;"
	"UPDATE audit SET seq = -seq WHERE seq > @;"
	"UPDATE audit SET seq = -seq - 1 WHERE seq < 0",
	/* one more at the end */
	"INSERT INTO audit SELECT seq + 1, at, actor, event, subject, n, hash,"
	" randomblob(16) FROM audit ORDER BY seq DESC LIMIT 1",
	/* one more before the first */
	"INSERT INTO audit SELECT 1 - @, at, actor, event, subject, n, prev,"
	" hash FROM audit WHERE seq = @",
	/* two changed about */
	"UPDATE audit SET seq = -1 WHERE seq = @;"
	"UPDATE audit SET seq = @ WHERE seq = ~;"
	"UPDATE audit SET seq = ~ WHERE seq = -1",
	/* as if purged */
	"DELETE FROM audit WHERE seq <= @;"
	"INSERT INTO meta SELECT 'audit_base', '@:' || lower(hex(prev)) ||"
	" ':00112233445566778899aabbccddeeff' FROM audit LIMIT 1",
	/* as if never begun */
	"DELETE FROM audit; DELETE FROM meta",
};

static char *
replaced(const char *text, const char *mark, int number)
{
	g_autofree char *digits = g_strdup_printf("%d", number);
	g_auto(GStrv) parts = g_strsplit(text, mark, -1);

	return g_strjoinv(digits, parts);
}

static char *
tampering(GRand *rand, int at)
{
	int which = g_rand_int_range(rand, 0, G_N_ELEMENTS(tamperings));
	int other = g_rand_int_range(rand, 1, ENTRIES);
	g_autofree char *half = replaced(tamperings[which], "@", at);

	return replaced(half, "~", other >= at ? other + 1 : other);
}

static void
test_tamperings(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);
	g_autofree char *copy = g_strconcat(fixture->path, ".copy", NULL);
	g_autofree char *save = NULL, *back = NULL;
	int seen = 0;

	fill(fixture, ENTRIES);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_WHOLE);
	save = g_strdup_printf("ATTACH '%s' AS c; CREATE TABLE c.a AS SELECT * "
	                       "FROM audit; CREATE TABLE c.m AS SELECT * FROM "
	                       "meta",
	                       copy);
	back = g_strdup_printf("ATTACH '%s' AS c; DELETE FROM audit; INSERT "
	                       "INTO audit SELECT * FROM c.a; DELETE FROM meta;"
	                       "INSERT INTO meta SELECT * FROM c.m",
	                       copy);
	tamper(fixture, save);
	for (int i = 0; i < TAMPERINGS; i++) {
		g_autofree char *sql =
			tampering(rand, g_rand_int_range(rand, 1, ENTRIES + 1));
		AuditReport report;

		tamper(fixture, sql);
		report = verify(fixture, NULL);
		if (report.fault == AUDIT_WHOLE)
			g_error("not seen: %s", sql);
		seen++;
		tamper(fixture, back);
	}
	g_assert_cmpint(seen, ==, TAMPERINGS);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_WHOLE);
}

/* Cut off and written on: the file's head is not set back to hide it. */
static void
test_cut_is_not_healed(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);

	fill(fixture, 10);
	tamper(fixture, "DELETE FROM audit WHERE seq > 7");
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_CUT);
	record(fixture, AUDIT_EXPORT, NULL, 1);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_CUT);
	for (int i = 0; i < 5; i++)
		record(fixture, AUDIT_EXPORT, NULL, 1);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_CHANGED);
}

/* The file gone as well: said so; and a head from elsewhere shows the cut. */
static void
test_head(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path = head_path(fixture);
	g_autofree char *text = NULL;
	AuditHead known, parsed;

	fill(fixture, 10);
	known = verify(fixture, NULL).head;
	text = audit_head_text(&known);
	g_assert_true(audit_head_parse(text, &parsed));
	g_assert_cmpmem(&parsed, sizeof parsed, &known, sizeof known);
	g_assert_false(audit_head_parse("10:00", &parsed));
	g_assert_false(audit_head_parse("", &parsed));
	tamper(fixture, "DELETE FROM audit WHERE seq > 7");
	g_assert_cmpint(g_remove(path), ==, 0);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_NO_HEAD);
	record(fixture, AUDIT_EXPORT, NULL, 1);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_NO_HEAD);
	g_assert_cmpint(verify(fixture, &known).fault, ==, AUDIT_CUT);
	g_assert_true(g_file_set_contents(path, "8:00\n", -1, NULL));
	g_assert_cmpint(g_chmod(path, 0600), ==, 0);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_NO_HEAD);
}

static void
test_purge(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	int64_t n = 0;

	fill(fixture, 20);
	for (int i = 0; i < 3; i++) {
		static const int64_t wanted[] = { 10, 0, 9 };
		int64_t before = i < 2 ? 1000000 + 10 * 60 : G_MAXINT64;
		g_autoptr(StoreTxn) txn = store_begin(fixture->store, &error);

		g_assert_true(audit_purge(fixture->store, fixture->keys, before,
		                          &n, &error));
		g_assert_true(store_commit(txn, &error));
		g_assert_cmpint(n, ==, wanted[i]);
		store_end(g_steal_pointer(&txn));
		g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_WHOLE);
	}
	g_assert_cmpint(verify(fixture, NULL).first, ==, 20);
	record(fixture, AUDIT_EXPORT, NULL, 1);
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_WHOLE);
	tamper(fixture, "DELETE FROM audit WHERE seq = 20");
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_GAP);
}

/* An older copy of the database: a cut, until the restore is told of. */
static void
test_restored(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) seen = g_string_new(NULL);

	fill(fixture, 10);
	tamper(fixture, "DELETE FROM audit WHERE seq > 6");
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_CUT);
	g_assert_true(audit_restored(fixture->store, fixture->keys, "tester",
	                             &error));
	g_assert_cmpint(verify(fixture, NULL).fault, ==, AUDIT_WHOLE);
	g_assert_true(audit_each(fixture->store, 7, see_row, seen, &error));
	g_assert_cmpstr(seen->str, ==, "7 tester restore nobody 4\n");
}

static void
test_config(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) a = settings_new_default();
	g_autoptr(Settings) b = settings_new_default();
	const Settings *const each[] = { a, a, b, a };
	static const int wanted[] = { 1, 1, 2, 3 };

	b->log_addresses = !b->log_addresses;
	for (size_t i = 0; i < G_N_ELEMENTS(each); i++) {
		g_assert_true(audit_note_config(fixture->store, fixture->keys,
		                                each[i], "tester", &error));
		g_assert_no_error(error);
		g_assert_cmpint(verify(fixture, NULL).n, ==, wanted[i]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/audit/empty", test_empty);
	g_test_add_func("/audit/entries", test_entries);
	g_test_add_func("/audit/actor", test_actor);
	g_test_add_func("/audit/subject", test_subject);
	g_test_add_func("/audit/P-8-tamperings", test_tamperings);
	g_test_add_func("/audit/cut-is-not-healed", test_cut_is_not_healed);
	g_test_add_func("/audit/head", test_head);
	g_test_add_func("/audit/purge", test_purge);
	g_test_add_func("/audit/restored", test_restored);
	g_test_add_func("/audit/config", test_config);
	return g_test_run();
}
