/* SPDX-License-Identifier: Apache-2.0 */
#include "store/mails.h"

#include <string.h>

#include "mail_fixture.h"
#include "message/authres.h"
#include "message/message.h"
#include "store/threads.h"

static const char conf[] =
	"[privacy]\nconsent = full\n"
	"[value]\nhours = always\nresponse = vip 2h;standard 24h;unknown 48h\n"
	"[mailbox help@shop.example]\n[mailbox sales@shop.example]\n";

/* three deliveries, one row, one answer. */
static void
test_again(void)
{
	static const Sent mails[] = {
		{ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED },
		{ .from = ALICE, .body = "no id", .auth = AUTH_VERIFIED },
		{ .from = "", .id = "2@x" },
	};
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

	for (unsigned i = 0; i < G_N_ELEMENTS(mails); i++) {
		MailAnswer first = mail_fixture_deliver(f, &mails[i]);

		g_assert_false(first.again);
		for (unsigned n = 0; n < 2; n++) {
			Sent retry = mails[i];
			MailAnswer again;

			retry.at = MONDAY + 600;
			again = mail_fixture_deliver(f, &retry);
			g_assert_true(again.again);
			g_assert_cmpuint(again.contact, ==, first.contact);
			g_assert_cmpint(again.due_at, ==, first.due_at);
		}
		g_assert_cmpint(
			mail_fixture_ask(f, "SELECT count(*) FROM mail"), ==,
			i + 1);
	}
	g_assert_cmpint(mail_fixture_ask(f, "SELECT mails FROM profile"), ==,
	                2);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT sum(contacts) FROM thread"),
	                ==, 3);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT sum(n) FROM trust_day"), ==,
	                3);
}

/* what differs in one thing is another mail. */
static void
test_never_shared(void)
{
	static const Sent mails[] = {
		{ .from = ALICE, .id = "1@x" },
		{ .from = "mallory@evil.example", .id = "1@x" },
		{ .from = "", .id = "1@x" },
		{ .from = ALICE, .id = "2@x" },
		{ .from = ALICE, .id = "1@x", .to_sales = true },
		{ .from = ALICE, .id = "1@x", .out = true },
		{ .from = ALICE, .body = "one" },
		{ .from = ALICE, .body = "two" },
		{ .from = "mallory@evil.example", .body = "one" },
	};
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

	for (unsigned i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_assert_false(mail_fixture_deliver(f, &mails[i]).again);
		g_assert_cmpint(
			mail_fixture_ask(f, "SELECT count(*) FROM mail"), ==,
			i + 1);
	}
}

/* ---------------------------------------------------------------- threads */

static void
test_contacts(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	Sent sent = { .from = ALICE, .id = "1@x" };

	g_assert_cmpuint(mail_fixture_deliver(f, &sent).contact, ==, 1);
	sent = (Sent){ .from = ALICE, .id = "2@x", .references = "<1@x>" };
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).contact, ==, 2);
	/* By way of one that it does not name itself. */
	sent = (Sent){ .from = ALICE, .id = "3@x", .references = "<2@x>" };
	sent.at = MONDAY + HOUR;
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).contact, ==, 3);
	g_assert_cmpint(mail_fixture_deliver(f, &sent).due_at, ==,
	                MONDAY + 48 * HOUR);
	sent = (Sent){ .from = ALICE, .id = "4@x" };
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).contact, ==, 1);
	sent = (Sent){ .from = ALICE,
		       .id = "5@x",
		       .references = "<1@x>",
		       .to_sales = true };
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).contact, ==, 1);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM thread"), ==,
	                3);
}

static void
test_answered(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	static const char open[] =
		"SELECT count(*) FROM thread WHERE answered_at IS NULL";
	Sent reply = { .from = "help@shop.example",
		       .id = "a@shop",
		       .references = "<1@x>",
		       .out = true,
		       .at = MONDAY + HOUR };
	MailAnswer answer;

	mail_fixture_deliver(f, &(Sent){ .from = ALICE, .id = "1@x" });
	mail_fixture_deliver(f,
	                     &(Sent){ .from = "bob@x.example", .id = "b@x" });
	g_assert_cmpint(mail_fixture_ask(f, open), ==, 2);
	mail_fixture_deliver(f, &reply);
	g_assert_cmpint(mail_fixture_ask(f, open), ==, 1);
	/* Back to our answer: the same thread, with a new time. */
	answer = mail_fixture_deliver(f, &(Sent){ .from = ALICE,
	                                          .id = "2@x",
	                                          .references = "<a@shop>",
	                                          .at = MONDAY + 2 * HOUR });
	g_assert_cmpuint(answer.contact, ==, 2);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 50 * HOUR);
	g_assert_cmpint(mail_fixture_ask(f, open), ==, 2);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM thread"), ==,
	                2);
	/* The same answer delivered once more answers nothing new. */
	mail_fixture_deliver(f, &reply);
	g_assert_cmpint(mail_fixture_ask(f, open), ==, 2);
}

/* An answer to a mail that another mailbox got is none of ours. */
static void
test_answered_elsewhere(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

	mail_fixture_deliver(f, &(Sent){ .from = ALICE, .id = "1@x" });
	mail_fixture_deliver(f, &(Sent){ .from = "sales@shop.example",
	                                 .id = "a@shop",
	                                 .references = "<1@x>",
	                                 .out = true,
	                                 .to_sales = true });
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM thread"
	                                    " WHERE answered_at IS NULL"),
	                ==, 1);
}

/* the clock steps back and forth, also to before it was built. */
static void
test_clock(void)
{
	static const int64_t steps[] = {
		0, -86400,          86400,       -3600, 3600,
		0, -1796000000 + 1, 86400 * 366, 0
	};
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

	mail_fixture_customer(f, ALICE, TIER_STANDARD, 10);
	for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autofree char *id = g_strdup_printf("%u@x", i);
		Sent sent = { .from = ALICE,
			      .id = id,
			      .references = "<root@x>",
			      .auth = AUTH_VERIFIED,
			      .at = MONDAY + steps[i] };
		MailAnswer answer = mail_fixture_deliver(f, &sent);

		g_assert_cmpuint(answer.contact, ==, i + 1);
		sent.at = MONDAY;
		answer = mail_fixture_deliver(f, &sent);
		g_assert_true(answer.again);
		g_assert_cmpuint(answer.contact, ==, i + 1);
	}
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM mail"), ==,
	                G_N_ELEMENTS(steps));
	g_assert_cmpint(mail_fixture_ask(f, "SELECT mails FROM profile"), ==,
	                G_N_ELEMENTS(steps));
	g_assert_cmpint(mail_fixture_ask(f, "SELECT last_at FROM profile"), ==,
	                MONDAY + 86400 * 366);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM thread"), ==,
	                1);
}

typedef struct Listed {
	unsigned n;
	Tier tier[8];
} Listed;

static void
list_one(const Overdue *overdue, void *data)
{
	Listed *listed = data;

	g_assert_cmpstr(overdue->mailbox, ==, "help@shop.example");
	g_assert_cmpstr(overdue->public_id, ==, "abcdefghijklmnop");
	listed->tier[listed->n++] = overdue->tier;
}

static void
test_overdue(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) admin = store_fixture_open(f->base, STORE_ADMIN);
	Listed listed = { .n = 0 };

	mail_fixture_customer(f, ALICE, TIER_VIP, 10);
	mail_fixture_deliver(f,
	                     &(Sent){ .from = "bob@x.example", .id = "b@x" });
	mail_fixture_deliver(f, &(Sent){ .from = ALICE,
	                                 .id = "1@x",
	                                 .auth = AUTH_VERIFIED,
	                                 .at = MONDAY + HOUR });
	mail_fixture_deliver(f,
	                     &(Sent){ .from = "carl@x.example", .id = "c@x" });
	mail_fixture_deliver(f, &(Sent){ .from = "help@shop.example",
	                                 .id = "a@shop",
	                                 .references = "<c@x>",
	                                 .out = true });
	g_assert_true(threads_each_overdue(admin, MONDAY + 3 * HOUR, list_one,
	                                   &listed, &error));
	g_assert_cmpuint(listed.n, ==, 0);
	g_assert_true(threads_each_overdue(admin, MONDAY + 49 * HOUR, list_one,
	                                   &listed, &error));
	g_assert_cmpuint(listed.n, ==, 2);
	g_assert_cmpuint(listed.tier[0], ==, TIER_VIP);
	g_assert_cmpuint(listed.tier[1], ==, TIER_UNKNOWN);
}

static void
test_trend(void)
{
	static const uint8_t moods[] = { 60, 50, 40, 30 };
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer answer = { 0 };

	mail_fixture_customer(f, ALICE, TIER_VIP, 10);
	for (unsigned i = 0; i < G_N_ELEMENTS(moods); i++) {
		g_autofree char *id = g_strdup_printf("%u@x", i);

		answer = mail_fixture_deliver(f, &(Sent){ .from = ALICE,
		                                          .id = id,
		                                          .auth = AUTH_VERIFIED,
		                                          .mood = moods[i] });
		g_assert_cmpuint(answer.findings.finding[0].score, ==,
		                 moods[i]);
	}
	g_assert_cmpuint(answer.trend, ==, TREND_WORSENING);
}

/* What is kept holds no word of the mail. */
static void
test_facts(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	g_autofree char *facts = NULL;
	Findings findings;

	memset(&findings, 0, sizeof(findings));
	findings.language = LANGUAGE_DA;
	findings.n_findings = 2;
	findings.finding[0].score = 12;
	findings.finding[1].abstained = 1;
	facts = mails_facts(f->rules, &findings);
	g_assert_cmpstr(facts, ==, "scored da sentiment=negative/12");
}

/* Read again they mean the same, whatever was not told or cannot be read. */
static const struct facts_row {
	const char *facts, *again;
} facts_rows[] = {
	{ "scored da sentiment=negative/12 urgency=high/90", NULL },
	{ "scored und", NULL },
	{ "abstained-language und", NULL },
	{ "skipped-automated sv", NULL },
	{ "error-timeout de sentiment=positive/100", NULL },
	{ "", "abstained und" },
	{ "scored", "scored und" },
	{ "scored xx sentiment=negative/12",
	  "scored und sentiment=negative/12" },
	{ "scored da sentiment=unheard/12 mood=high/1 urgency=high",
	  "scored da" },
	{ "scored da sentiment=negative/4711",
	  "scored da sentiment=negative/100" },
	{ "nonsense-nonsense da = / =/ a=b/c", "abstained da" },
};

static void
test_facts_again(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

	for (size_t i = 0; i < G_N_ELEMENTS(facts_rows); i++) {
		const struct facts_row *row = &facts_rows[i];
		g_autofree char *again = NULL;
		Findings findings;

		mails_findings(f->rules, row->facts, &findings);
		g_assert_cmpuint(findings.n_findings, ==,
		                 rules_n_findings(f->rules));
		again = mails_facts(f->rules, &findings);
		g_assert_cmpstr(again, ==,
		                row->again != NULL ? row->again : row->facts);
	}
}

static const struct quiet_row {
	const char *change; /* before the mail, or */
	const char *later;  /* before the answer */
	int quiet;
	int consent;
	bool restricted;
} quiet_rows[] = {
	{ "", "", QUIET_NO, 2, false },
	{ "UPDATE customer SET consent = 0", "", QUIET_CONSENT, 0, false },
	{ "UPDATE customer SET restricted = 1", "", QUIET_RESTRICTED, 0, true },
	{ "", "UPDATE customer SET consent = 0", QUIET_NO, 0, false },
	{ "", "UPDATE customer SET restricted = 1", QUIET_NO, 2, true },
	{ "", "UPDATE thread SET quiet = 2", QUIET_RESTRICTED, 0, true },
};

/* What may be learnt of an answer is up to whom it answers. */
static void
test_quiet(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(quiet_rows); i++) {
		const struct quiet_row *row = &quiet_rows[i];
		g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);

		mail_fixture_customer(f, ALICE, TIER_VIP, 80);
		mail_fixture_meddle(f, row->change);
		mail_fixture_deliver(f, &(Sent){ .from = ALICE,
		                                 .id = "1@x",
		                                 .auth = AUTH_VERIFIED });
		mail_fixture_meddle(f, row->later);
		g_assert_cmpint(mail_fixture_ask(f, "SELECT quiet FROM thread"),
		                ==, row->quiet);
		mail_fixture_deliver(f, &(Sent){ .from = "help@shop.example",
		                                 .id = "2@x",
		                                 .references = "<1@x>",
		                                 .out = true });
		g_assert_cmpint(f->place.thread, ==, 1);
		g_assert_cmpint(f->place.consent, ==, row->consent);
		g_assert_true(f->place.restricted == row->restricted);
	}
}

/* Where a mail stands, for what else its transaction keeps. */
static void
test_place(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	Sent sent = { .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED };

	mail_fixture_customer(f, ALICE, TIER_VIP, 80);
	mail_fixture_deliver(f, &sent);
	g_assert_cmpint(f->place.mail, ==, 1);
	g_assert_cmpint(f->place.thread, ==, 1);
	g_assert_cmpint(f->place.customer, ==, 1);
	g_assert_cmpint(f->place.consent, ==, 2);
	g_assert_cmpint(f->place.mailbox, ==, 1);
	g_assert_false(f->place.again || f->place.restricted);
	mail_fixture_deliver(f, &sent);
	g_assert_cmpint(f->place.mail, ==, 1);
	g_assert_cmpint(f->place.thread, ==, 1);
	g_assert_true(f->place.again);
	/* An answer is of the thread's customer. */
	mail_fixture_deliver(f, &(Sent){ .from = "help@shop.example",
	                                 .id = "2@x",
	                                 .references = "<1@x>",
	                                 .out = true });
	g_assert_cmpint(f->place.mail, ==, 2);
	g_assert_cmpint(f->place.thread, ==, 1);
	g_assert_cmpint(f->place.customer, ==, 1);
	g_assert_false(f->place.again);
	/* One that answers nothing of ours is in no thread. */
	mail_fixture_deliver(f, &(Sent){ .from = "help@shop.example",
	                                 .id = "3@x",
	                                 .out = true });
	g_assert_cmpint(f->place.thread, ==, 0);
	g_assert_cmpint(f->place.customer, ==, 0);
	/* A stranger has a thread and is nobody. */
	mail_fixture_deliver(f, &(Sent){ .from = "new@other.example",
	                                 .id = "4@x",
	                                 .auth = AUTH_WEAK });
	g_assert_cmpint(f->place.customer, ==, 0);
	g_assert_cmpint(f->place.thread, ==, 2);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mails/again", test_again);
	g_test_add_func("/mails/never-shared", test_never_shared);
	g_test_add_func("/threads/contacts", test_contacts);
	g_test_add_func("/threads/answered", test_answered);
	g_test_add_func("/threads/answered-elsewhere", test_answered_elsewhere);
	g_test_add_func("/threads/clock", test_clock);
	g_test_add_func("/threads/overdue", test_overdue);
	g_test_add_func("/profiles/trend", test_trend);
	g_test_add_func("/mails/facts", test_facts);
	g_test_add_func("/mails/facts-again", test_facts_again);
	g_test_add_func("/mails/place", test_place);
	g_test_add_func("/threads/quiet", test_quiet);
	return g_test_run();
}
