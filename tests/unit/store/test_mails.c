/* SPDX-License-Identifier: Apache-2.0 */
#include "store/mails.h"

#include <sqlite3.h>
#include <string.h>

#include "message/authres.h"
#include "message/message.h"
#include "store/profiles.h"
#include "store/suppression.h"
#include "store/threads.h"
#include "store_fixture.h"

#define ALICE "alice@customer.example"
#define HOUR 3600
#define MONDAY INT64_C(1796000000) /* seconds; any moment does */

static const char conf[] =
	"[privacy]\nconsent = full\n"
	"[value]\nhours = always\nresponse = vip 2h;standard 24h;unknown 48h\n"
	"[mailbox help@shop.example]\n[mailbox sales@shop.example]\n";

typedef struct Fixture {
	StoreFixture *base;
	Settings *settings;
	Rules *rules;
	Desk *desk;
	MailSite site;
} Fixture;

static Fixture *
fixture_new(const char *text)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const char *const traits[] = { NULL };
	g_autoptr(GError) error = NULL;
	Fixture *f = g_new0(Fixture, 1);

	f->base = store_fixture_new(STORE_KEEPER);
	f->settings = settings_parse("test", text, strlen(text), &error);
	g_assert_no_error(error);
	f->rules = rules_load_untrained(dirs, traits, &error);
	g_assert_no_error(error);
	f->desk = desk_new(f->settings, &error);
	g_assert_no_error(error);
	f->site = (MailSite){ .settings = f->settings,
		              .rules = f->rules,
		              .keys = f->base->keys,
		              .desk = f->desk };
	g_assert_true(tier_policy_read(f->settings, &f->site.tiers, &error));
	return f;
}

static void
fixture_free(Fixture *f)
{
	desk_free(f->desk);
	rules_free(f->rules);
	settings_free(f->settings);
	store_fixture_free(f->base);
	g_free(f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fixture, fixture_free)

/* A mail as a filter would hand it over. */
typedef struct Sent {
	const char *from, *id, *references, *body;
	int auth;
	int64_t at; /* 0: MONDAY */
	bool out;
	bool to_sales;
	FindingsStatus status;
	uint8_t mood; /* sentiment score; 0: 50 */
} Sent;

static void
read_trace(const Fixture *f, const Sent *sent, Trace *ret_trace)
{
	g_autoptr(GString) mail = g_string_new(NULL);

	g_string_append_printf(mail, "From: %s\nDate: today\n", sent->from);
	if (sent->id != NULL)
		g_string_append_printf(mail, "Message-ID: <%s>\n", sent->id);
	if (sent->references != NULL)
		g_string_append_printf(mail, "References: %s\n",
		                       sent->references);
	g_string_append_printf(mail, "\n%s\n", sent->body ? sent->body : "hi");
	trace_read(f->settings, mail->str, mail->len, ret_trace);
}

static MailAnswer
deliver(Fixture *f, const Sent *sent)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(f->base->store, &error);
	Findings findings;
	Trace trace;
	MailAnswer answer;
	MailRecord record = { .direction = sent->out ? MAIL_OUT : MAIL_IN,
		              .at = sent->at ? sent->at : MONDAY,
		              .mailbox =
		                      &f->settings->mailboxes[sent->to_sales],
		              .public_id = "abcdefghijklmnop",
		              .trace = &trace,
		              .findings = &findings };

	memset(&findings, 0, sizeof(findings));
	findings.auth = (uint8_t)sent->auth;
	findings.status = (uint8_t)sent->status;
	findings.n_findings = (uint8_t)rules_n_findings(f->rules);
	findings.finding[0].score = sent->mood ? sent->mood : 50;
	read_trace(f, sent, &trace);
	g_assert_true(mails_record(f->base->store, &f->site, &record, &answer,
	                           &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return answer;
}

/* Through a connection that is not ours. */
static int64_t
ask(const Fixture *f, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;

	g_assert_cmpint(sqlite3_open(f->base->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), ==,
	                SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

static void
meddle(const Fixture *f, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(f->base->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

/* Customer 1, with a tier and a risk. */
static void
add_customer(const Fixture *f, const char *identity, Tier tier, int risk)
{
	Pseudonym key =
		keys_pseudonym(f->base->keys, PSEUDONYM_EMAIL, identity);
	g_autoptr(GString) hex = g_string_new(NULL);
	g_autofree char *sql = NULL;

	for (unsigned i = 0; i < sizeof(key.bytes); i++)
		g_string_append_printf(hex, "%02x", key.bytes[i]);
	sql = g_strdup_printf(
		"INSERT INTO customer (id, since) VALUES (1, 0);"
		"INSERT INTO alias VALUES (x'%s', 1, 1, 0);"
		"INSERT INTO worth VALUES (1, %d, 0, 50, %d, 0, 0, 0, 0, NULL,"
		" 0, 1, 1, 1, 0, 0);",
		hex->str, tier, risk);
	meddle(f, sql);
}

/* ------------------------------------------------------------------ trust */

static void
test_customer(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer answer;

	add_customer(f, ALICE, TIER_VIP, 80);
	answer = deliver(f, &(Sent){ .from = "Alice <Alice@Customer.Example>",
	                             .id = "1@x",
	                             .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.standing, ==, STANDING_CUSTOMER);
	g_assert_cmpuint(answer.tier, ==, TIER_VIP);
	g_assert_true(answer.has_risk);
	g_assert_cmpuint(answer.risk, ==, RISK_HIGH);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 2 * HOUR);
	g_assert_cmpuint(answer.contact, ==, 1);
	g_assert_cmpint(ask(f, "SELECT customer FROM mail"), ==, 1);
	g_assert_cmpint(ask(f, "SELECT mails FROM profile"), ==, 1);
}

static void
test_unknown(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer answer = deliver(
		f, &(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_WEAK });

	g_assert_cmpuint(answer.standing, ==, STANDING_UNKNOWN);
	g_assert_cmpuint(answer.tier, ==, TIER_UNKNOWN);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 48 * HOUR);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM customer"), ==, 0);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM mail"), ==, 1);
}

/* Who cannot prove to be the customer touches nothing of the customer's. */
static void
test_spoofed(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer real, spoofed;

	add_customer(f, ALICE, TIER_VIP, 80);
	real = deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	for (unsigned i = 0; i < 20; i++) {
		g_autofree char *id = g_strdup_printf("spoofed-%u@x", i);

		spoofed = deliver(f, &(Sent){ .from = ALICE,
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
	g_assert_cmpint(ask(f, "SELECT mails FROM profile"), ==, 1);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM mail WHERE customer = 1"),
	                ==, 1);
	g_assert_cmpint(
		ask(f, "SELECT contacts FROM thread WHERE customer = 1"), ==,
		1);
	g_assert_cmpint(ask(f, "SELECT due_at FROM thread WHERE customer = 1"),
	                ==, real.due_at);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM customer"), ==, 1);
}

/* SPF alone, of a domain that the site trusts so far. */
static void
test_exception(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	Sent sent = { .from = ALICE, .id = "1@x", .auth = AUTH_WEAK };

	add_customer(f, ALICE, TIER_PREMIUM, 10);
	meddle(f, "INSERT INTO exception VALUES ('customer.example',"
	          " 1796000001, 'test', 0)");
	g_assert_cmpuint(deliver(f, &sent).tier, ==, TIER_PREMIUM);
	sent.id = "2@x";
	sent.at = MONDAY + 10;
	g_assert_cmpuint(deliver(f, &sent).standing, ==, STANDING_UNVERIFIED);
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
	g_autoptr(Fixture) f = fixture_new(text);
	MailAnswer answer;

	add_customer(f, ALICE, TIER_VIP, 80);
	meddle(f, sql);
	answer = deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.tier, ==, row->tier);
	g_assert_cmpuint(answer.has_risk, ==, row->tier == TIER_VIP);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM profile"), ==,
	                row->profiles);
	g_assert_cmpint(
		ask(f, "SELECT count(*) FROM mail WHERE customer IS NOT NULL"),
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
	g_autoptr(Fixture) f = fixture_new(text);

	deliver(f, &(Sent){ .from = ALICE,
	                    .id = "1@x",
	                    .auth = row->auth,
	                    .status = row->status });
	g_assert_cmpint(ask(f, "SELECT count(*) FROM customer"), ==,
	                row->customers);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM profile"), ==,
	                row->customers);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM mail"), ==, 1);
}

static void
suppress(Fixture *f, SuppressionKind kind)
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
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer answer;

	suppress(f, SUPPRESSION_OBJECTION);
	for (int auth = AUTH_UNVERIFIED; auth <= AUTH_VERIFIED; auth++) {
		answer = deliver(
			f, &(Sent){ .from = ALICE, .id = "1@x", .auth = auth });
		g_assert_cmpuint(answer.standing, ==, STANDING_OBJECTED);
		g_assert_cmpint(answer.due_at, ==, MONDAY + 48 * HOUR);
	}
	g_assert_cmpint(ask(f, "SELECT (SELECT count(*) FROM customer) +"
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
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer answer;

	add_customer(f, ALICE, TIER_VIP, 80);
	meddle(f, "UPDATE customer SET restricted = 1");
	answer = deliver(
		f,
		&(Sent){ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED });
	g_assert_cmpuint(answer.tier, ==, TIER_UNKNOWN);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM profile"), ==, 0);
	g_assert_cmpint(
		ask(f, "SELECT count(*) FROM mail WHERE customer IS NOT NULL"),
		==, 0);
}

static void
test_override(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	Sent sent = { .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED };

	add_customer(f, ALICE, TIER_BASIC, 10);
	meddle(f, "INSERT INTO override VALUES (1, 4, 1796000005, 'x', 0)");
	g_assert_cmpuint(deliver(f, &sent).tier, ==, TIER_VIP);
	sent.id = "2@x";
	sent.at = MONDAY + 5;
	g_assert_cmpuint(deliver(f, &sent).tier, ==, TIER_BASIC);
	meddle(f, "UPDATE override SET until = NULL");
	sent.id = "3@x";
	g_assert_cmpuint(deliver(f, &sent).tier, ==, TIER_VIP);
}

/* ------------------------------------------------------------- one row */

/* three deliveries, one row, one answer. */
static void
test_again(void)
{
	static const Sent mails[] = {
		{ .from = ALICE, .id = "1@x", .auth = AUTH_VERIFIED },
		{ .from = ALICE, .body = "no id", .auth = AUTH_VERIFIED },
		{ .from = "", .id = "2@x" },
	};
	g_autoptr(Fixture) f = fixture_new(conf);

	for (unsigned i = 0; i < G_N_ELEMENTS(mails); i++) {
		MailAnswer first = deliver(f, &mails[i]);

		g_assert_false(first.again);
		for (unsigned n = 0; n < 2; n++) {
			Sent retry = mails[i];
			MailAnswer again;

			retry.at = MONDAY + 600;
			again = deliver(f, &retry);
			g_assert_true(again.again);
			g_assert_cmpuint(again.contact, ==, first.contact);
			g_assert_cmpint(again.due_at, ==, first.due_at);
		}
		g_assert_cmpint(ask(f, "SELECT count(*) FROM mail"), ==, i + 1);
	}
	g_assert_cmpint(ask(f, "SELECT mails FROM profile"), ==, 2);
	g_assert_cmpint(ask(f, "SELECT sum(contacts) FROM thread"), ==, 3);
	g_assert_cmpint(ask(f, "SELECT sum(n) FROM trust_day"), ==, 3);
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
	g_autoptr(Fixture) f = fixture_new(conf);

	for (unsigned i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_assert_false(deliver(f, &mails[i]).again);
		g_assert_cmpint(ask(f, "SELECT count(*) FROM mail"), ==, i + 1);
	}
}

/* ---------------------------------------------------------------- threads */

static void
test_contacts(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	Sent sent = { .from = ALICE, .id = "1@x" };

	g_assert_cmpuint(deliver(f, &sent).contact, ==, 1);
	sent = (Sent){ .from = ALICE, .id = "2@x", .references = "<1@x>" };
	g_assert_cmpuint(deliver(f, &sent).contact, ==, 2);
	/* By way of one that it does not name itself. */
	sent = (Sent){ .from = ALICE, .id = "3@x", .references = "<2@x>" };
	sent.at = MONDAY + HOUR;
	g_assert_cmpuint(deliver(f, &sent).contact, ==, 3);
	g_assert_cmpint(deliver(f, &sent).due_at, ==, MONDAY + 48 * HOUR);
	sent = (Sent){ .from = ALICE, .id = "4@x" };
	g_assert_cmpuint(deliver(f, &sent).contact, ==, 1);
	sent = (Sent){ .from = ALICE,
		       .id = "5@x",
		       .references = "<1@x>",
		       .to_sales = true };
	g_assert_cmpuint(deliver(f, &sent).contact, ==, 1);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM thread"), ==, 3);
}

static void
test_answered(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);
	static const char open[] =
		"SELECT count(*) FROM thread WHERE answered_at IS NULL";
	Sent reply = { .from = "help@shop.example",
		       .id = "a@shop",
		       .references = "<1@x>",
		       .out = true,
		       .at = MONDAY + HOUR };
	MailAnswer answer;

	deliver(f, &(Sent){ .from = ALICE, .id = "1@x" });
	deliver(f, &(Sent){ .from = "bob@x.example", .id = "b@x" });
	g_assert_cmpint(ask(f, open), ==, 2);
	deliver(f, &reply);
	g_assert_cmpint(ask(f, open), ==, 1);
	/* Back to our answer: the same thread, with a new time. */
	answer = deliver(f, &(Sent){ .from = ALICE,
	                             .id = "2@x",
	                             .references = "<a@shop>",
	                             .at = MONDAY + 2 * HOUR });
	g_assert_cmpuint(answer.contact, ==, 2);
	g_assert_cmpint(answer.due_at, ==, MONDAY + 50 * HOUR);
	g_assert_cmpint(ask(f, open), ==, 2);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM thread"), ==, 2);
	/* The same answer delivered once more answers nothing new. */
	deliver(f, &reply);
	g_assert_cmpint(ask(f, open), ==, 2);
}

/* An answer to a mail that another mailbox got is none of ours. */
static void
test_answered_elsewhere(void)
{
	g_autoptr(Fixture) f = fixture_new(conf);

	deliver(f, &(Sent){ .from = ALICE, .id = "1@x" });
	deliver(f, &(Sent){ .from = "sales@shop.example",
	                    .id = "a@shop",
	                    .references = "<1@x>",
	                    .out = true,
	                    .to_sales = true });
	g_assert_cmpint(ask(f, "SELECT count(*) FROM thread"
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
	g_autoptr(Fixture) f = fixture_new(conf);

	add_customer(f, ALICE, TIER_STANDARD, 10);
	for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autofree char *id = g_strdup_printf("%u@x", i);
		Sent sent = { .from = ALICE,
			      .id = id,
			      .references = "<root@x>",
			      .auth = AUTH_VERIFIED,
			      .at = MONDAY + steps[i] };
		MailAnswer answer = deliver(f, &sent);

		g_assert_cmpuint(answer.contact, ==, i + 1);
		sent.at = MONDAY;
		answer = deliver(f, &sent);
		g_assert_true(answer.again);
		g_assert_cmpuint(answer.contact, ==, i + 1);
	}
	g_assert_cmpint(ask(f, "SELECT count(*) FROM mail"), ==,
	                G_N_ELEMENTS(steps));
	g_assert_cmpint(ask(f, "SELECT mails FROM profile"), ==,
	                G_N_ELEMENTS(steps));
	g_assert_cmpint(ask(f, "SELECT last_at FROM profile"), ==,
	                MONDAY + 86400 * 366);
	g_assert_cmpint(ask(f, "SELECT count(*) FROM thread"), ==, 1);
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
	g_autoptr(Fixture) f = fixture_new(conf);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) admin = store_fixture_open(f->base, STORE_ADMIN);
	Listed listed = { .n = 0 };

	add_customer(f, ALICE, TIER_VIP, 10);
	deliver(f, &(Sent){ .from = "bob@x.example", .id = "b@x" });
	deliver(f, &(Sent){ .from = ALICE,
	                    .id = "1@x",
	                    .auth = AUTH_VERIFIED,
	                    .at = MONDAY + HOUR });
	deliver(f, &(Sent){ .from = "carl@x.example", .id = "c@x" });
	deliver(f, &(Sent){ .from = "help@shop.example",
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
	g_autoptr(Fixture) f = fixture_new(conf);
	MailAnswer answer = { 0 };

	add_customer(f, ALICE, TIER_VIP, 10);
	for (unsigned i = 0; i < G_N_ELEMENTS(moods); i++) {
		g_autofree char *id = g_strdup_printf("%u@x", i);

		answer = deliver(f, &(Sent){ .from = ALICE,
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
	g_autoptr(Fixture) f = fixture_new(conf);
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
	g_test_add_func("/mails/again", test_again);
	g_test_add_func("/mails/never-shared", test_never_shared);
	g_test_add_func("/mails/contacts", test_contacts);
	g_test_add_func("/mails/answered", test_answered);
	g_test_add_func("/mails/answered-elsewhere", test_answered_elsewhere);
	g_test_add_func("/mails/clock", test_clock);
	g_test_add_func("/mails/overdue", test_overdue);
	g_test_add_func("/mails/trend", test_trend);
	g_test_add_func("/mails/facts", test_facts);
	return g_test_run();
}
