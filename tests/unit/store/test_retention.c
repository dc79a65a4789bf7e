/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY row P-5: what has come of age is gone at the next run, and
 * nothing goes a minute early. The clock is set.
 */
#include <glib.h>
#include <string.h>

#include "base/clock.h"
#include "people.h"
#include "store/audit.h"
#include "store/retention.h"

#define DAY INT64_C(86400)
#define SINCE (20000 * DAY)
#define PEOPLE 50
#define MANY (g_test_slow() ? 25000 : 7000)

static RetentionResult
run_at(const StoreFixture *fixture, const Settings *settings, int64_t now)
{
	g_autoptr(GError) error = NULL;
	RetentionResult result;

	clock_set_wall(now * G_USEC_PER_SEC);
	g_assert_true(retention_run(fixture->store, fixture->keys, settings,
	                            5000, &result, &error));
	g_assert_no_error(error);
	clock_set_wall(-1);
	return result;
}

static int64_t
count(const People *people, const char *table)
{
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) FROM %s", table);

	return people_ask(people->db, sql);
}

/* What is dated SINCE is due at SINCE + age: 30 s before nothing has gone, at
 * the moment itself it has. */
static const struct row {
	const char *name;
	const char *table;
	RetentionClass class;
} rows[] = {
	{ "/retention/P-5/mail", "mail", RETENTION_MAIL },
	{ "/retention/P-5/thread", "thread", RETENTION_MAIL },
	{ "/retention/P-5/thread-ref", "thread_ref", RETENTION_MAIL },
	{ "/retention/P-5/profile", "profile", RETENTION_PROFILE },
	{ "/retention/P-5/example", "example", RETENTION_EXAMPLE },
	{ "/retention/P-5/orders", "orders", RETENTION_ORDER },
	{ "/retention/P-5/worth", "worth", RETENTION_ORDER },
	{ "/retention/P-5/draft", "draft", RETENTION_MAIL },
	{ "/retention/P-5/draft-text", "draft_text", RETENTION_TEXT },
	{ "/retention/P-5/sent", "sent", RETENTION_TEXT },
	{ "/retention/P-5/datum", "datum", RETENTION_MAIL },
	{ "/retention/P-5/evidence", "evidence", RETENTION_EXAMPLE },
	{ "/retention/P-5/answer", "answer", RETENTION_EXAMPLE },
	{ "/retention/P-5/gap", "gap", RETENTION_TEXT },
};

static void
test_due(const void *data)
{
	const struct row *row = data;
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, row->class, SINCE);

	g_assert_cmpint(due, ==,
	                SINCE + retention_seconds(settings, row->class));
	run_at(fixture, settings, due - 30);
	g_assert_cmpint(count(people, row->table), ==, PEOPLE);
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, row->table), ==, 0);
}

/* The last of a customer takes the customer along, and leaves no trace. */
static void
test_customer(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, RETENTION_ORDER, SINCE);
	RetentionResult result;
	AuditReport report;
	g_autoptr(GError) error = NULL;

	people_run(people->db, "DELETE FROM override");
	run_at(fixture, settings, due - 30);
	g_assert_cmpint(count(people, "customer"), ==, PEOPLE);
	g_assert_cmpint(people_traces(people, 1, 1), >, 0);
	result = run_at(fixture, settings, due);
	g_assert_cmpint(result.rows[RETENTION_CUSTOMER], ==, 2 * PEOPLE);
	g_assert_cmpint(result.pending, ==, 0);
	g_assert_cmpint(count(people, "customer"), ==, 0);
	g_assert_cmpint(count(people, "alias"), ==, 0);
	g_assert_cmpint(people_traces(people, 1, 1), ==, 0);
	g_assert_true(audit_verify(fixture->store, fixture->keys, NULL, &report,
	                           &error));
	g_assert_cmpint(report.fault, ==, AUDIT_WHOLE);
	g_assert_cmpint(report.n, ==, 2);
}

/* A customer of whom something is left stays, with name and value. */
static void
test_still_in_contact(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, RETENTION_ORDER, SINCE);

	people_run(people->db, "DELETE FROM override");
	people_run(people->db,
	           "UPDATE orders SET at = 30000 WHERE customer = 1;"
	           "UPDATE mail SET at = 4000000000"
	           " WHERE customer = 2;"
	           "UPDATE profile SET last_at = 4000000000"
	           " WHERE customer = 3;"
	           "UPDATE customer SET since = 4000000000"
	           " WHERE id = 4");
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, "customer"), ==, 4);
	g_assert_cmpint(count(people, "alias"), ==, 4);
	g_assert_cmpint(count(people, "worth"), ==, 1);
	g_assert_cmpint(count(people, "mail"), ==, 1);
}

/* GDPR 18: what is restricted is kept for its owner. */
static void
test_restricted(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	static const char *const tables[] = {
		"customer",   "alias",      "orders",  "profile",  "mail",
		"thread",     "thread_ref", "example", "override", "draft",
		"draft_text", "sent",       "datum",   "outcome",  "evidence",
		"answer",     "gap",
	};

	people_run(people->db, "UPDATE customer SET restricted = 1 "
	                       "WHERE id = 7;"
	                       "UPDATE override SET until = 5");
	run_at(fixture, settings, SINCE + 100000 * DAY);
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_test_message("table %s", tables[i]);
		g_assert_cmpint(count(people, tables[i]), ==, 1);
	}
}

static void
test_override(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	g_autofree char *sql = g_strdup_printf(
		"UPDATE override SET until = %d + customer * 60", (int)SINCE);

	people_run(people->db, sql);
	run_at(fixture, settings, SINCE + 10 * 60 - 30);
	g_assert_cmpint(count(people, "override"), ==, PEOPLE - 9);
	run_at(fixture, settings, SINCE + 10 * 60);
	g_assert_cmpint(count(people, "override"), ==, PEOPLE - 10);
}

static void
test_log(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Settings) settings = settings_new_default();
	g_autoptr(People) people = people_new(fixture, 1, SINCE + 90000 * DAY);
	g_autoptr(GError) error = NULL;
	int64_t due = SINCE + settings->privacy_audit_max_age / 1000;
	RetentionResult result;

	for (int i = 0; i < 3; i++) {
		clock_set_wall((SINCE + i * DAY) * G_USEC_PER_SEC);
		g_assert_true(audit_record(
			fixture->store, fixture->keys,
			&(AuditEntry){ .event = AUDIT_EXPORT }, &error));
	}
	people_run(people->db, "INSERT INTO trust_day (day, verdict, known, n) "
	                       "VALUES (20000, 1, 0, 9), (20001, 1, 0, 9)");
	g_assert_cmpint(run_at(fixture, settings, due - 30).log, ==, 0);
	result = run_at(fixture, settings, due);
	g_assert_cmpint(count(people, "audit"), ==, 2);
	g_assert_cmpint(count(people, "trust_day"), ==, 1);
	g_assert_cmpint(result.log, ==, 2);
}

/* An outcome becomes nobody's with the mails, and goes with the counts. */
static void
test_outcome(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	static const char of_persons[] =
		"outcome WHERE customer IS NOT NULL OR thread <> 0";
	int64_t due = retention_due(settings, RETENTION_MAIL, SINCE);

	run_at(fixture, settings, due - 30);
	g_assert_cmpint(count(people, of_persons), ==, PEOPLE);
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, of_persons), ==, 0);
	g_assert_cmpint(count(people, "outcome"), ==, PEOPLE);
	due = SINCE + settings->privacy_audit_max_age / 1000;
	run_at(fixture, settings, due - 30);
	g_assert_cmpint(count(people, "outcome"), ==, PEOPLE);
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, "outcome"), ==, 0);
}

/* Three answers in each conversation, the last of which is not due yet in the
 * first one: of each one tells how the mood changed, before and after. */
static void
test_mood(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, RETENTION_MAIL, SINCE);

	people_run(people->db,
	           "UPDATE outcome SET mood_first = 0, mood_last = 0;"
	           "INSERT INTO outcome (thread, customer, mailbox, at,"
	           " contacts, answers, draft, engine, language, mood_first,"
	           " mood_last, tier) SELECT thread, customer, mailbox, at + n,"
	           " 1 + n, 1 + n, 0, '', 'en', 0, n, 0 FROM outcome, (SELECT 1"
	           " AS n UNION ALL SELECT 2)");
	people_run(people->db, "UPDATE outcome SET at = 4000000000"
	                       " WHERE customer = 1 AND mood_last = 2");
	run_at(fixture, settings, due + 2);
	g_assert_cmpint(count(people, "outcome WHERE thread <> 0"), ==, 1);
	g_assert_cmpint(count(people, "outcome"), ==, 3 * PEOPLE);
	g_assert_cmpint(count(people, "outcome WHERE mood_last IS NOT NULL"),
	                ==, PEOPLE);
	g_assert_cmpint(count(people, "outcome WHERE mood_last = 2"), ==,
	                PEOPLE);
}

/* A live draft ends first, and is removed where it may lie; its writer's
 * pseudonym stays as long as there may be a text. */
static void
test_draft(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, RETENTION_TEXT, SINCE);

	people_run(people->db, "UPDATE draft SET state = 4, fate = 0"
	                       " WHERE id <= 3;"
	                       "UPDATE draft SET state = 6, fate = 0"
	                       " WHERE id = 4");
	run_at(fixture, settings, SINCE + DAY);
	g_assert_cmpint(count(people, "draft WHERE writer IS NOT NULL"), ==, 4);
	run_at(fixture, settings, due - 30);
	g_assert_cmpint(count(people, "draft WHERE fate = 0"), ==, 4);
	g_assert_cmpint(count(people, "draft_text"), ==, PEOPLE);
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, "draft_text"), ==, 0);
	g_assert_cmpint(
		count(people, "draft WHERE fate = 6 AND next_at IS NOT NULL"),
		==, 3);
	g_assert_cmpint(count(people, "draft WHERE fate = 8"), ==, 1);
	g_assert_cmpint(count(people, "draft WHERE writer IS NOT NULL"), ==, 0);
}

/* Nor is a row purged that alone tells where a draft lies, however old: one
 * that was restricted for years, one that was erased, a site whose mails go
 * sooner than its drafts. It is once it was removed, or nobody removes any. */
static void
test_draft_to_remove(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, PEOPLE, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t due = retention_due(settings, RETENTION_MAIL, SINCE);

	people_run(people->db,
	           "UPDATE draft SET state = 4, fate = 0 WHERE id <= 2;"
	           "UPDATE draft SET state = 7, fate = 6, next_at = 0,"
	           " customer = NULL, thread = 0, closed_at = NULL"
	           " WHERE id = 3");
	run_at(fixture, settings, due);
	g_assert_cmpint(count(people, "draft WHERE next_at IS NOT NULL"), ==,
	                3);
	g_assert_cmpint(count(people, "draft"), ==, 3);
	people_run(people->db, "UPDATE draft SET next_at = NULL WHERE id <> 1");
	run_at(fixture, settings, due + DAY);
	g_assert_cmpint(count(people, "draft"), ==, 1);
	run_at(fixture, settings, due + settings->privacy_mail_max_age / 1000);
	g_assert_cmpint(count(people, "draft"), ==, 0);
}

/* More than one range and one batch: with -m slow of every table. */
static void
test_many(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(People) people = people_new(fixture, MANY, SINCE);
	g_autoptr(Settings) settings = settings_new_default();
	int64_t start = clock_monotonic();

	people_run(people->db, "DELETE FROM override");
	run_at(fixture, settings,
	       retention_due(settings, RETENTION_ORDER, SINCE));
	g_test_message("%d people purged in %d ms", MANY,
	               (int)((clock_monotonic() - start) / 1000));
	g_assert_cmpint(count(people, "customer"), ==, 0);
	g_assert_cmpint(people_traces(people, 1, 1), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_due);
	g_test_add_func("/retention/customer", test_customer);
	g_test_add_func("/retention/still-in-contact", test_still_in_contact);
	g_test_add_func("/retention/restricted", test_restricted);
	g_test_add_func("/retention/override", test_override);
	g_test_add_func("/retention/log", test_log);
	g_test_add_func("/retention/outcome", test_outcome);
	g_test_add_func("/retention/mood", test_mood);
	g_test_add_func("/retention/draft", test_draft);
	g_test_add_func("/retention/draft-to-remove", test_draft_to_remove);
	g_test_add_func("/retention/many", test_many);
	return g_test_run();
}
