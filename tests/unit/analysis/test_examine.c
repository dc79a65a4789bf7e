/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/examine.h"
#include "rows.h"
#include "rules_fixture.h"

static const char source[] =
	"finding sentiment\n values negative neutral positive\n"
	" default neutral\n bias neutral 1\n margin 0.1\n"
	"language en\ngroup praise\n"
	"cue good\n sentiment positive 4\n phrase good\n match x\n no-match y\n"
	"cue bad\n sentiment negative 4\n where any\n phrase bad\n"
	" match x\n no-match y\n";

#define HEAD "From: Bo <bo@b.example>\r\nMIME-Version: 1.0\r\n"
#define PLAIN HEAD "Content-Type: text/plain; charset=utf-8\r\n"

static const struct row {
	const char *name, *mail;
	FindingsStatus status;
	FindingsReason reason;
} rows[] = {
	/* no language profile lies beside these rules */
	{ "plain", PLAIN "Subject: hi\r\n\r\nIt is good.\r\n",
	  FINDINGS_ABSTAINED, ABSTAINED_LANGUAGE },
	{ "automated",
	  PLAIN "Auto-Submitted: auto-replied\r\n\r\nIt is good.\r\n",
	  FINDINGS_SKIPPED, SKIPPED_AUTOMATED },
	{ "list", PLAIN "List-Id: <a.b>\r\n\r\nIt is good.\r\n",
	  FINDINGS_SKIPPED, SKIPPED_AUTOMATED },
	{ "empty", PLAIN "\r\n", FINDINGS_SKIPPED, SKIPPED_EMPTY },
	{ "blank", PLAIN "\r\n \r\n\r\n", FINDINGS_SKIPPED, SKIPPED_EMPTY },
	{ "no-bytes", "", FINDINGS_SKIPPED, SKIPPED_EMPTY },
	{ "quote-only", PLAIN "\r\n> It is good.\r\n", FINDINGS_SKIPPED,
	  SKIPPED_EMPTY },
	{ "encrypted",
	  HEAD "Content-Type: application/pkcs7-mime; smime-type=enveloped-"
	       "data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n"
	       "Subject: hi\r\n\r\nAAAA\r\n",
	  FINDINGS_SKIPPED, SKIPPED_ENCRYPTED },
	{ "encrypted-inline",
	  PLAIN "Subject: hi\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n"
	        "hQEMA1x\r\n=abcd\r\n-----END PGP MESSAGE-----\r\n",
	  FINDINGS_SKIPPED, SKIPPED_ENCRYPTED },
	{ "encrypted-inline-cut",
	  PLAIN "Subject: hi\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n"
	        "hQEMA1x\r\n",
	  FINDINGS_SKIPPED, SKIPPED_ENCRYPTED },
};

static Rules *
the_rules(void)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(source, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(Rules) rules = the_rules();
	MessageEnvelope envelope = { .sender = "bo@b.example" };
	g_autoptr(Report) report = NULL;
	Findings findings;

	memset(&findings, 0xff, sizeof(findings));
	examine_mail(rules, row->mail, strlen(row->mail), &envelope, &findings);
	g_assert_cmpstr(findings_status_name((FindingsStatus)findings.status),
	                ==, findings_status_name(row->status));
	g_assert_cmpstr(findings_reason_name((FindingsReason)findings.reason),
	                ==, findings_reason_name(row->reason));
	/* the people's way gives the same */
	report = examine_report(rules, row->mail, strlen(row->mail), &envelope);
	g_assert_cmpmem(&report->findings, sizeof(Findings), &findings,
	                sizeof(findings));
}

static void
test_limit(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(GString) mail = g_string_new("");
	MessageEnvelope envelope = { 0 };
	Findings findings;

	for (unsigned i = 0; i <= LIMIT_HEADER_FIELDS; i++)
		g_string_append(mail, "X-A: b\r\n");
	g_string_append(mail, "\r\nIt is good.\r\n");
	examine_mail(rules, mail->str, mail->len, &envelope, &findings);
	g_assert_cmpuint(findings.status, ==, FINDINGS_ERROR);
	g_assert_cmpuint(findings.reason, ==, ERROR_HEADER_FIELDS);
	g_assert_cmpuint(findings.n_findings, ==, 0);
}

static const char mail_en[] = PLAIN
	"Subject: The pump you sent us\r\n\r\n"
	"Hello,\r\n\r\nI must say that the new pump works very well and that "
	"everybody here is happy with it. The people who came were good.\r\n"
	"\r\nBest regards\r\nBo\r\n\r\n-- \r\nBo Bad\r\n";

/* With the real rules: a language, all findings, a signature. */
static void
test_folder(void)
{
	static const char *const traits[] = { "persona", "request", NULL };
	MessageEnvelope envelope = { .sender = "bo@b.example" };
	g_autoptr(Rules) rules = fixture_load(rules_load, RULES_DIR, traits);
	g_autoptr(Report) report = NULL;

	report = examine_report(rules, mail_en, strlen(mail_en), &envelope);
	g_assert_cmpuint(report->findings.language, ==, LANGUAGE_EN);
	g_assert_cmpuint(report->findings.language_score, >, 50);
	g_assert_cmpuint(report->findings.status, ==, FINDINGS_SCORED);
	g_assert_cmpuint(report->findings.n_findings, ==, 8);
	g_assert_cmpstr(
		rules_value_name(rules, 0, report->findings.finding[0].value),
		==, "positive");
	g_assert_cmpuint(report->findings.escalate, ==, 0);
	g_assert_nonnull(report->message);
	g_assert_true(
		g_str_has_suffix(message_signature(report->message), "Bo Bad"));
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/examine/", rows, test_row);
	g_test_add_func("/examine/limit", test_limit);
	g_test_add_func("/examine/folder", test_folder);
	return g_test_run();
}
