/* SPDX-License-Identifier: Apache-2.0 */
#include "store/mails.h"

#include <string.h>

#include "mail_fixture.h"
#include "message/authres.h"
#include "message/message.h"
#include "store/suppression.h"

static const char conf[] =
	"[privacy]\nconsent = full\n"
	"[value]\nhours = always\nresponse = vip 2h;standard 24h;unknown 48h\n"
	"[mailbox help@shop.example]\n[mailbox sales@shop.example]\n";

static void
test_customer(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer answer;

	mail_fixture_customer(f, ALICE, TIER_VIP, 80);
	answer = mail_fixture_deliver(
		f, &(Sent){ .from = "Alice <Alice@Customer.Example>",
	                    .id = "1@x",
	                    .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.standing, ==, STANDING_CUSTOMER);
	g_assert_cmpuint(answer.tier, ==, TIER_VIP);
	g_assert_true(answer.has_risk);
	g_assert_cmpuint(answer.risk, ==, RISK_HIGH);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 2 * HOUR);
	g_assert_cmpuint(answer.contact, ==, 1);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT customer FROM mail"), ==,
	                1);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT mails FROM profile"), ==,
	                1);
}

static void
test_unknown(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer answer = mail_fixture_deliver(
		f, &(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_WEAK });

	g_assert_cmpuint(answer.standing, ==, STANDING_UNKNOWN);
	g_assert_cmpuint(answer.tier, ==, TIER_UNKNOWN);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 48 * HOUR);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM customer"),
	                ==, 0);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM mail"), ==,
	                1);
}

/* Who cannot prove to be the customer touches nothing of the customer's. */
static void
test_spoofed(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer real, spoofed;

	mail_fixture_customer(f, ALICE, TIER_VIP, 80);
	real = mail_fixture_deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	for (unsigned i = 0; i < 20; i++) {
		g_autofree char *id = g_strdup_printf("spoofed-%u@x", i);

		spoofed =
			mail_fixture_deliver(f, &(Sent){ .from = ALICE,
		                                         .id = id,
		                                         .references = "<1@x>",
		                                         .auth = i % 2,
		                                         .mood = 1 });
		g_assert_cmpuint(spoofed.standing, ==, STANDING_UNVERIFIED);
		g_assert_cmpuint(spoofed.tier, ==, TIER_UNKNOWN);
		g_assert_false(spoofed.has_risk);
		g_assert_cmpuint(spoofed.trend, ==, TREND_NONE);
		g_assert_cmpint(spoofed.due_at, ==, MONDAY + 48 * HOUR);
	}
	g_assert_cmpint(mail_fixture_ask(f, "SELECT mails FROM profile"), ==,
	                1);
	g_assert_cmpint(
		mail_fixture_ask(
			f, "SELECT count(*) FROM mail WHERE customer = 1"),
		==, 1);
	g_assert_cmpint(
		mail_fixture_ask(
			f, "SELECT contacts FROM thread WHERE customer = 1"),
		==, 1);
	g_assert_cmpint(
		mail_fixture_ask(
			f, "SELECT due_at FROM thread WHERE customer = 1"),
		==, real.due_at);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM customer"),
	                ==, 1);
}

/* SPF alone, of a domain that the site trusts so far. */
static void
test_exception(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	Sent sent = { .from = ALICE, .id = "1@x", .auth = AUTH_WEAK };

	mail_fixture_customer(f, ALICE, TIER_PREMIUM, 10);
	mail_fixture_meddle(f,
	                    "INSERT INTO exception VALUES ('customer.example',"
	                    " 1796000001, 'test', 0)");
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).tier, ==, TIER_PREMIUM);
	sent.id = "2@x";
	sent.at = MONDAY + 10;
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).standing, ==,
	                 STANDING_UNVERIFIED);
}

/* ---------------------------------------------------------------- consent */

static const struct consent_row {
	const char *name, *site, *own;
	Tier tier;
	int64_t profiles, mails;
} consents[] = {
	{ "/mails/consent/full", "full", "NULL", TIER_VIP, 1, 1 },
	{ "/mails/consent/basic", "basic", "NULL", TIER_UNKNOWN, 1, 1 },
	{ "/mails/consent/none", "none", "NULL", TIER_UNKNOWN, 0, 0 },
	{ "/mails/consent/own-none", "full", "0", TIER_UNKNOWN, 0, 0 },
	{ "/mails/consent/own-full", "none", "2", TIER_VIP, 1, 1 },
};

static void
test_consent(const void *data)
{
	const struct consent_row *row = data;
	g_autofree char *text = g_strdup_printf("[privacy]\nconsent = %s\n"
	                                        "[mailbox help@shop.example]\n",
	                                        row->site);
	g_autofree char *sql =
		g_strdup_printf("UPDATE customer SET consent = %s", row->own);
	g_autoptr(MailFixture) f = mail_fixture_new(text, RULES_DIR);
	MailAnswer answer;

	mail_fixture_customer(f, ALICE, TIER_VIP, 80);
	mail_fixture_meddle(f, sql);
	answer = mail_fixture_deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.tier, ==, row->tier);
	g_assert_cmpuint(answer.has_risk, ==, row->tier == TIER_VIP);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM profile"), ==,
	                row->profiles);
	g_assert_cmpint(
		mail_fixture_ask(
			f,
			"SELECT count(*) FROM mail WHERE customer IS NOT NULL"),
		==, row->mails);
}

/* Who never bought gets a profile where the level allows one, and only if a
 * person wrote and proves who. */
static const struct welcome_row {
	const char *name, *site;
	int auth;
	FindingsStatus status;
	int64_t customers;
} welcomes[] = {
	{ "/mails/welcome/full", "full", AUTH_VERIFIED, FINDINGS_SCORED, 1 },
	{ "/mails/welcome/basic", "basic", AUTH_VERIFIED, FINDINGS_SCORED, 1 },
	{ "/mails/welcome/none", "none", AUTH_VERIFIED, FINDINGS_SCORED, 0 },
	{ "/mails/welcome/weak", "full", AUTH_WEAK, FINDINGS_SCORED, 0 },
	{ "/mails/welcome/skipped", "full", AUTH_VERIFIED, FINDINGS_SKIPPED,
	  0 },
	{ "/mails/welcome/error", "full", AUTH_VERIFIED, FINDINGS_ERROR, 0 },
};

static void
test_welcome(const void *data)
{
	const struct welcome_row *row = data;
	g_autofree char *text = g_strdup_printf("[privacy]\nconsent = %s\n"
	                                        "[mailbox help@shop.example]\n",
	                                        row->site);
	g_autoptr(MailFixture) f = mail_fixture_new(text, RULES_DIR);

	mail_fixture_deliver(f, &(Sent){ .from = ALICE,
	                                 .id = "1@x",
	                                 .auth = row->auth,
	                                 .status = row->status });
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM customer"),
	                ==, row->customers);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM profile"), ==,
	                row->customers);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM mail"), ==,
	                1);
}

static void
suppress(MailFixture *f, SuppressionKind kind)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) admin = store_fixture_open(f->base, STORE_ADMIN);
	g_autoptr(StoreTxn) txn = store_begin(admin, &error);
	Pseudonym key = suppression_key(f->base->keys, ALICE);

	g_assert_true(suppression_put(admin, &key, kind, &error));
	g_assert_true(store_commit(txn, &error));
}

/* P-6: no row, no counter; the mail is due all the same. */
static void
test_objected(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer answer;

	suppress(f, SUPPRESSION_OBJECTION);
	for (int auth = AUTH_UNVERIFIED; auth <= AUTH_VERIFIED; auth++) {
		answer = mail_fixture_deliver(
			f, &(Sent){ .from = ALICE, .id = "1@x", .auth = auth });
		g_assert_cmpuint(answer.standing, ==, STANDING_OBJECTED);
		g_assert_cmpint(answer.due_at, ==, MONDAY + 48 * HOUR);
	}
	g_assert_cmpint(
		mail_fixture_ask(f, "SELECT (SELECT count(*) FROM customer) +"
	                            " (SELECT count(*) FROM mail) +"
	                            " (SELECT count(*) FROM thread) +"
	                            " (SELECT count(*) FROM thread_ref) +"
	                            " (SELECT count(*) FROM profile)"),
		==, 0);
}

/* Kept, and not used. */
static void
test_restricted(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	MailAnswer answer;

	mail_fixture_customer(f, ALICE, TIER_VIP, 80);
	mail_fixture_meddle(f, "UPDATE customer SET restricted = 1");
	answer = mail_fixture_deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.tier, ==, TIER_UNKNOWN);
	g_assert_cmpint(mail_fixture_ask(f, "SELECT count(*) FROM profile"), ==,
	                0);
	g_assert_cmpint(
		mail_fixture_ask(
			f,
			"SELECT count(*) FROM mail WHERE customer IS NOT NULL"),
		==, 0);
}

static void
test_override(void)
{
	g_autoptr(MailFixture) f = mail_fixture_new(conf, RULES_DIR);
	Sent sent = { .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED };

	mail_fixture_customer(f, ALICE, TIER_BASIC, 10);
	mail_fixture_meddle(
		f, "INSERT INTO override VALUES (1, 4, 1796000005, 'x', 0)");
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).tier, ==, TIER_VIP);
	sent.id = "2@x";
	sent.at = MONDAY + 5;
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).tier, ==, TIER_BASIC);
	mail_fixture_meddle(f, "UPDATE override SET until = NULL");
	sent.id = "3@x";
	g_assert_cmpuint(mail_fixture_deliver(f, &sent).tier, ==, TIER_VIP);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mails/customer", test_customer);
	g_test_add_func("/mails/unknown", test_unknown);
	g_test_add_func("/mails/spoofed", test_spoofed);
	g_test_add_func("/mails/exception", test_exception);
	for (size_t i = 0; i < G_N_ELEMENTS(consents); i++)
		g_test_add_data_func(consents[i].name, &consents[i],
		                     test_consent);
	for (size_t i = 0; i < G_N_ELEMENTS(welcomes); i++)
		g_test_add_data_func(welcomes[i].name, &welcomes[i],
		                     test_welcome);
	g_test_add_func("/mails/objected", test_objected);
	g_test_add_func("/mails/restricted", test_restricted);
	g_test_add_func("/mails/override", test_override);
	return g_test_run();
}
