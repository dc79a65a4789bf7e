/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of answers: kept as they were told, settled by what came after. */
#include <glib.h>
#include <inttypes.h>

#include "draft_fixture.h"
#include "store/outcomes.h"

#define DAY INT64_C(86400)
#define NOW DRAFT_NOW

static const Outcome example = {
	.thread = 1,
	.mailbox = "support@site.example",
	.at = NOW,
	.asked_at = NOW - 3600,
	.response = 3600,
	.business = 1800,
	.contacts = 2,
	.answers = 1,
	.draft = FATE_SENT_EDITED,
	.distance = 150,
	.engine = "template",
	.language = LANGUAGE_NB,
	.mood_first = 0,
	.mood_last = 2,
	.tier = 3,
};

static void
put(const DraftFixture *fixture, const Outcome *outcome)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	g_assert_true(outcomes_put(fixture->drafter, outcome, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static void
mail(const DraftFixture *fixture, int64_t thread, int64_t at, bool out)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO mail (key, thread, mailbox, at, direction,"
		" public_id, facts) VALUES (randomblob(16), %d, 7, %" PRId64
		", %d, 'x', CAST('scored nb' AS BLOB))",
		(int)thread, at, out);

	store_fixture_run(fixture->admin, sql);
}

static void
keep(const Outcome *outcome, void *data)
{
	Outcome *copy = data;

	*copy = *outcome;
	copy->mailbox = g_intern_string(outcome->mailbox);
	copy->engine = g_intern_string(outcome->engine);
}

static Outcome
last(const DraftFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	Outcome outcome = { 0 };

	g_assert_true(outcomes_each(fixture->admin, 0, INT64_MAX, keep,
	                            &outcome, &error));
	g_assert_no_error(error);
	return outcome;
}

static void
test_told(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Outcome got;

	put(fixture, &example);
	got = last(fixture);
	g_assert_cmpstr(got.mailbox, ==, example.mailbox);
	g_assert_cmpstr(got.engine, ==, "template");
	g_assert_cmpint(got.at, ==, NOW);
	g_assert_cmpint(got.asked_at, ==, NOW - 3600);
	g_assert_cmpint(got.response, ==, 3600);
	g_assert_cmpint(got.business, ==, 1800);
	g_assert_cmpuint(got.contacts, ==, 2);
	g_assert_cmpuint(got.answers, ==, 1);
	g_assert_cmpint(got.draft, ==, FATE_SENT_EDITED);
	g_assert_cmpint(got.distance, ==, 150);
	g_assert_cmpint(got.language, ==, LANGUAGE_NB);
	g_assert_cmpint(got.mood_first, ==, 0);
	g_assert_cmpint(got.mood_last, ==, 2);
	g_assert_cmpint(got.tier, ==, 3);
	g_assert_cmpint(got.enough, ==, -1);
	g_assert_cmpint(got.customer, ==, 0);
}

static void
test_unknown(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Outcome outcome = example;
	Outcome got;

	outcome.response = outcome.business = -1;
	outcome.distance = outcome.mood_first = outcome.mood_last = -1;
	outcome.mailbox = "unknown@site.example";
	put(fixture, &outcome);
	got = last(fixture);
	g_assert_cmpint(got.response, ==, -1);
	g_assert_cmpint(got.business, ==, -1);
	g_assert_cmpint(got.distance, ==, -1);
	g_assert_cmpint(got.mood_first, ==, -1);
	g_assert_cmpint(got.mood_last, ==, -1);
	g_assert_cmpstr(got.mailbox, ==, "");
}

static void
count(const Outcome *outcome, void *data)
{
	(void)outcome;
	(*(int *)data)++;
}

/* from <= at < upto */
static void
test_range(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Outcome outcome = example;
	int n = 0;

	for (int i = 0; i < 5; i++) {
		outcome.at = NOW + i;
		put(fixture, &outcome);
	}
	g_assert_true(outcomes_each(fixture->admin, NOW + 1, NOW + 3, count, &n,
	                            NULL));
	g_assert_cmpint(n, ==, 2);
}

/* `later`: seconds after the answer at which the customer wrote; 0: never. */
static const struct row {
	const char *name;
	int64_t later;
	bool out; /* it was one of ours */
	int enough;
} rows[] = {
	{ "nobody", 0, false, 1 },        { "soon", 60, false, 0 },
	{ "in-time", 7 * DAY, false, 0 }, { "too-late", 7 * DAY + 1, false, 1 },
	{ "before", -60, false, 1 },      { "ours", 60, true, 1 },
};

static int64_t
settle(const DraftFixture *fixture, int64_t now)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);
	int64_t n;

	g_assert_true(outcomes_settle(fixture->drafter, now, &n, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return n;
}

static void
test_enough(const void *data)
{
	const struct row *row = data;
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	put(fixture, &example);
	mail(fixture, 2, NOW + 60, false);
	if (row->later != 0)
		mail(fixture, 1, NOW + row->later, row->out);
	g_assert_cmpint(settle(fixture, NOW + 7 * DAY - 1), ==, 0);
	g_assert_cmpint(last(fixture).enough, ==, -1);
	g_assert_cmpint(settle(fixture, NOW + 7 * DAY), ==, 1);
	g_assert_cmpint(settle(fixture, NOW + 7 * DAY), ==, 0);
	g_assert_cmpint(last(fixture).enough, ==, row->enough);
}

static void
see_mail(const ThreadMail *thread_mail, void *data)
{
	g_string_append_printf(data, "%d %s %s\n", (int)(thread_mail->at - NOW),
	                       thread_mail->out ? "out" : "in",
	                       thread_mail->facts);
}

static void
test_mails(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);

	mail(fixture, 1, NOW + 20, true);
	mail(fixture, 1, NOW, false);
	mail(fixture, 2, NOW, false);
	g_assert_true(
		outcomes_each_mail(fixture->drafter, 1, see_mail, seen, NULL));
	g_assert_cmpstr(seen->str, ==, "0 in scored nb\n20 out scored nb\n");
}

static void
see_backlog(const Backlog *backlog, void *data)
{
	g_string_append_printf(data, "%s tier %d: %d open, %d overdue, %d\n",
	                       backlog->mailbox, backlog->tier,
	                       (int)backlog->open, (int)backlog->overdue,
	                       (int)(backlog->oldest - NOW));
}

static void
test_backlog(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);

	store_fixture_run(fixture->admin,
	                  "INSERT INTO thread (mailbox, opened_at, last_in_at,"
	                  " contacts, due_at, answered_at, tier) VALUES"
	                  " (7, 0, 1799999000, 1, 1799999999, NULL, 1),"
	                  " (7, 0, 1799998000, 1, 1800000001, NULL, 1),"
	                  " (7, 0, 1799997000, 1, NULL, NULL, 3),"
	                  " (7, 0, 1799996000, 1, 1, 1799997000, 3)");
	g_assert_true(outcomes_each_backlog(fixture->admin, NOW, see_backlog,
	                                    seen, NULL));
	g_assert_cmpstr(
		seen->str, ==,
		"support@site.example tier 3: 1 open, 0 overdue, -3000\n"
		"support@site.example tier 1: 2 open, 1 overdue, -2000\n");
}

static void
see_wait(const Wait *wait, void *data)
{
	g_string_append_printf(
		data, "%d to %d\n", (int)(wait->from - NOW),
		wait->upto == INT64_MAX ? -1 : (int)(wait->upto - NOW));
}

/* The answer of the second thread answered the third one too, whose last mail
 * came later; nobody answered the fourth. */
static void
test_waits(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);

	store_fixture_run(fixture->admin,
	                  "INSERT INTO thread (id, mailbox, opened_at,"
	                  " last_in_at, contacts, due_at, answered_at, tier)"
	                  " VALUES (12, 7, 0, 0, 1, 1, 1800000030, 1),"
	                  " (13, 7, 0, 0, 1, 1, 1800000030, 1),"
	                  " (14, 7, 0, 0, 1, 1, NULL, 1)");
	mail(fixture, 12, NOW, false);
	mail(fixture, 12, NOW + 5, false);
	mail(fixture, 12, NOW + 30, true);
	mail(fixture, 13, NOW + 10, false);
	mail(fixture, 13, NOW + 20, false);
	mail(fixture, 14, NOW + 10, false);
	mail(fixture, 14, NOW + 40, true);
	mail(fixture, 14, NOW + 50, false);
	g_assert_true(outcomes_each_wait(fixture->admin, NOW + 60, see_wait,
	                                 seen, NULL));
	g_assert_cmpstr(seen->str, ==,
	                "0 to 30\n10 to 30\n10 to 40\n50 to -1\n");
}

static void
see_draft(const DraftOutcome *draft, void *data)
{
	g_string_append_printf(data, "%s %d %s %d\n", draft->mailbox,
	                       (int)(draft->at - NOW),
	                       draft_fate_name(draft->fate), draft->distance);
}

/* Those that a human could use: written, ended by a use or by none. */
static void
test_drafts(void)
{
	static const struct {
		int fate, at;
		const char *drafted, *thread, *distance;
	} made[] = {
		{ FATE_SENT_EDITED, 2, "1", "4", "120" },
		{ FATE_EXPIRED, 1, "1", "5", "NULL" },
		{ FATE_SENT_AS_IS, 9, "1", "6", "0" }, /* too late */
		{ FATE_EXPIRED, 3, "NULL", "7", "NULL" },
		{ FATE_EXPIRED, 3, "1", "0", "NULL" }, /* nobody's */
		{ FATE_SUPERSEDED, 3, "1", "8", "NULL" },
		{ FATE_OVERTAKEN, 3, "1", "9", "NULL" },
		{ FATE_HELD_OUT, 3, "1", "10", "NULL" },
		{ FATE_FAILED, 3, "1", "11", "NULL" },
	};
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(made); i++) {
		g_autofree char *sql = g_strdup_printf(
			"INSERT INTO draft (public_id, mail, thread, mailbox,"
			" state, fate, created_at, drafted_at, closed_at,"
			" language, contact, flags, facts, distance) VALUES"
			" ('x%d', 1, %s, %d, 7, %d, 1, %s, %" PRId64
			", 'da', 1, 0, '', %s)",
			(int)i, made[i].thread, (int)fixture->mailbox,
			made[i].fate, made[i].drafted, NOW + made[i].at,
			made[i].distance);

		store_fixture_run(fixture->admin, sql);
	}
	g_assert_true(outcomes_each_draft(fixture->admin, NOW, NOW + 9,
	                                  see_draft, seen, NULL));
	g_assert_cmpstr(seen->str, ==,
	                "support@site.example 1 expired -1\n"
	                "support@site.example 2 sent-edited 120\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/outcomes/told", test_told);
	g_test_add_func("/outcomes/unknown", test_unknown);
	g_test_add_func("/outcomes/range", test_range);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strconcat("/outcomes/enough/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_enough);
	}
	g_test_add_func("/outcomes/mails", test_mails);
	g_test_add_func("/outcomes/backlog", test_backlog);
	g_test_add_func("/outcomes/waits", test_waits);
	g_test_add_func("/outcomes/drafts", test_drafts);
	return g_test_run();
}
