/* SPDX-License-Identifier: Apache-2.0 */
#include "mail_fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "rules_fixture.h"

MailFixture *
mail_fixture_new(const char *text, const char *rules_dir)
{
	g_autoptr(GError) error = NULL;
	MailFixture *f = g_new0(MailFixture, 1);

	f->base = store_fixture_new(STORE_KEEPER);
	f->settings = settings_parse("test", text, strlen(text), &error);
	g_assert_no_error(error);
	f->rules = fixture_load(rules_load_untrained, rules_dir, NO_TRAITS);
	f->desk = desk_new(f->settings, &error);
	g_assert_no_error(error);
	f->site = (MailSite){ .settings = f->settings,
		              .rules = f->rules,
		              .keys = f->base->keys,
		              .desk = f->desk };
	g_assert_true(tier_policy_read(f->settings, &f->site.tiers, &error));
	return f;
}

void
mail_fixture_free(MailFixture *f)
{
	desk_free(f->desk);
	rules_free(f->rules);
	settings_free(f->settings);
	store_fixture_free(f->base);
	g_free(f);
}

static void
read_trace(const MailFixture *f, const Sent *sent, Trace *ret_trace)
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

MailAnswer
mail_fixture_deliver(MailFixture *f, const Sent *sent)
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
	g_assert_true(mails_record_at(f->base->store, &f->site, &record,
	                              &answer, &f->place, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return answer;
}

int64_t
mail_fixture_ask(const MailFixture *f, const char *sql)
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

void
mail_fixture_meddle(const MailFixture *f, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(f->base->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

void
mail_fixture_customer(const MailFixture *f, const char *identity, Tier tier,
                      int risk)
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
	mail_fixture_meddle(f, sql);
}
