/* SPDX-License-Identifier: Apache-2.0 */
#include "message/automated.h"

#include <glib.h>
#include <string.h>

#include "message/address.h"
#include "message/headers.h"

static const struct row {
	const char *header;
	Automated reason;
} rows[] = {
	{ "", AUTOMATED_NO },
	{ "X-Other: bulk\n", AUTOMATED_NO },
	/* null sender */
	{ "Return-Path: <>\n", AUTOMATED_NULL_SENDER },
	{ "Return-Path:\n", AUTOMATED_NULL_SENDER },
	{ "Return-Path: < >\n", AUTOMATED_NULL_SENDER },
	{ "Return-Path: (x) <>\n", AUTOMATED_NULL_SENDER },
	{ "Return-Path: <bo@x.dk>\nReturn-Path: <>\n", AUTOMATED_NULL_SENDER },
	{ "Return-Path: <bo@x.dk>\n", AUTOMATED_NO },
	/* Auto-Submitted */
	{ "Auto-Submitted: no\n", AUTOMATED_NO },
	{ "Auto-Submitted: No\n", AUTOMATED_NO },
	{ "Auto-Submitted:no;x=y\n", AUTOMATED_NO },
	{ "Auto-Submitted: no (auto-replied)\n", AUTOMATED_NO },
	{ "Auto-Submitted: (auto-replied) no\n", AUTOMATED_NO },
	{ "Auto-Submitted: (a (b) \\) c) no\n", AUTOMATED_NO },
	{ "Auto-Submitted: no; auto-replied\n", AUTOMATED_NO },
	{ "Auto-Submitted:\n no\n", AUTOMATED_NO },
	{ "Auto-Submitted: auto-replied\n", AUTOMATED_AUTO_SUBMITTED },
	{ "auto-submitted: AUTO-GENERATED\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: auto-notified; x=no\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: nope\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: (no) auto-replied\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: (no\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: x-new\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted:\n", AUTOMATED_AUTO_SUBMITTED },
	{ "Auto-Submitted: no\nAuto-Submitted: yes\n",
	  AUTOMATED_AUTO_SUBMITTED },
	{ "X-Auto-Submitted: yes\n", AUTOMATED_NO },
	/* lists */
	{ "List-Id: <a.b>\n", AUTOMATED_LIST },
	{ "list-unsubscribe: <mailto:a@b>\n", AUTOMATED_LIST },
	{ "List-Help: x\n", AUTOMATED_LIST },
	{ "List-Subscribe: x\n", AUTOMATED_LIST },
	{ "List-Post: NO\n", AUTOMATED_LIST },
	{ "List-Owner: x\n", AUTOMATED_LIST },
	{ "List-Archive: x\n", AUTOMATED_LIST },
	{ "Mailing-List: x\n", AUTOMATED_LIST },
	{ "X-Mailing-List: x\n", AUTOMATED_LIST },
	{ "List-Price: 12\n", AUTOMATED_NO },
	{ "X-List: 12\n", AUTOMATED_NO },
	/* Precedence */
	{ "Precedence: bulk\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: Junk\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: list\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: auto_reply\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: (x) bulk\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: bulk (x)\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: normal\nPrecedence: bulk\n", AUTOMATED_PRECEDENCE },
	{ "Precedence: first-class\n", AUTOMATED_NO },
	{ "Precedence: special-delivery\n", AUTOMATED_NO },
	{ "Precedence: normal (not bulk)\n", AUTOMATED_NO },
	{ "Precedence:\n", AUTOMATED_NO },
	{ "Precedence: bulky\n", AUTOMATED_NO },
	/* wishes not to be answered */
	{ "X-Auto-Response-Suppress: All\n", AUTOMATED_SUPPRESS },
	{ "X-Auto-Response-Suppress: OOF\n", AUTOMATED_SUPPRESS },
	{ "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n",
	  AUTOMATED_SUPPRESS },
	{ "X-Auto-Response-Suppress: rn,nrn\n", AUTOMATED_SUPPRESS },
	{ "X-Auto-Response-Suppress: none, oof\n", AUTOMATED_SUPPRESS },
	{ "X-Auto-Response-Suppress: None\n", AUTOMATED_NO },
	{ "X-Auto-Response-Suppress: none, NONE\n", AUTOMATED_NO },
	{ "X-Auto-Response-Suppress:\n", AUTOMATED_NO },
	{ "X-Autoreply: yes\n", AUTOMATED_SUPPRESS },
	{ "X-Autoreply:\n", AUTOMATED_SUPPRESS },
	{ "X-Autoreply: no\n", AUTOMATED_NO },
	{ "X-Autorespond: subject\n", AUTOMATED_SUPPRESS },
	{ "X-AutoReply-From: bo@x.dk\n", AUTOMATED_SUPPRESS },
	{ "X-Loop: bo@x.dk\n", AUTOMATED_SUPPRESS },
	{ "Feedback-ID: 1:2:us1:mc\n", AUTOMATED_SUPPRESS },
	{ "Feedback-ID: proton\n", AUTOMATED_SUPPRESS },
	{ "Feedback-ID: 12345678:user:proton\n", AUTOMATED_NO },
	{ "Feedback-ID: i1b2c3d4e:Fastmail\n", AUTOMATED_NO },
	{ "Feedback-ID: 1:user:proton\nFeedback-ID: 1:mc\n",
	  AUTOMATED_SUPPRESS },
	{ "X-Loop: no\n", AUTOMATED_NO },
	{ "X-Mail-Autoreply: 1\n", AUTOMATED_SUPPRESS },
	{ "X-FC-MachineGenerated: true\n", AUTOMATED_SUPPRESS },
	{ "X-FC-MachineGenerated: false\n", AUTOMATED_NO },
	{ "Feedback-ID: 1:2\n", AUTOMATED_SUPPRESS },
	/* reports */
	{ "Content-Type: multipart/report; boundary=x\n", AUTOMATED_REPORT },
	{ "Content-Type: Multipart/Report\n", AUTOMATED_REPORT },
	{ "Content-Type: message/delivery-status\n", AUTOMATED_REPORT },
	{ "Content-Type: message/disposition-notification\n",
	  AUTOMATED_REPORT },
	{ "Content-Type: message/feedback-report\n", AUTOMATED_REPORT },
	{ "X-Failed-Recipients: bo@x.dk\n", AUTOMATED_REPORT },
	{ "Content-Type: multipart/mixed; x=multipart/report\n", AUTOMATED_NO },
	{ "Content-Type: multipart/reported\n", AUTOMATED_NO },
	{ "Content-Type: message/rfc822\n", AUTOMATED_NO },
	/* senders */
	{ "From: MAILER-DAEMON@x.dk\n", AUTOMATED_SENDER },
	{ "From: Post <postmaster@x.dk>\n", AUTOMATED_SENDER },
	{ "Sender: owner-list@x.dk\n", AUTOMATED_SENDER },
	{ "Sender: list-owner@x.dk\n", AUTOMATED_SENDER },
	{ "Return-Path: <list-request@x.dk>\n", AUTOMATED_SENDER },
	{ "Return-Path: <list-bounces+bo=y.dk@x.dk>\n", AUTOMATED_NO },
	{ "Return-Path: <bounces+1-bo=y.dk@x.dk>\n", AUTOMATED_SENDER },
	{ "Return-Path: <bounce-12@x.dk>\n", AUTOMATED_SENDER },
	{ "From: No-Reply@x.dk\n", AUTOMATED_SENDER },
	{ "From: noreply2@x.dk\n", AUTOMATED_SENDER },
	{ "From: shop-noreply@x.dk\n", AUTOMATED_SENDER },
	{ "From: root@x.dk\n", AUTOMATED_SENDER },
	{ "From: svar-ikke@x.dk\n", AUTOMATED_SENDER },
	{ "From: keine-antwort@x.de\n", AUTOMATED_SENDER },
	{ "From: root.hansen@x.dk\n", AUTOMATED_NO },
	{ "From: noreplyhansen@x.dk\n", AUTOMATED_NO },
	{ "From: bouncer@x.dk\n", AUTOMATED_NO },
	{ "From: nobody.else@x.dk\n", AUTOMATED_NO },
	{ "From: ida@noreply.dk\n", AUTOMATED_NO },
	{ "From: owner@x.dk\n", AUTOMATED_NO },
	{ "From: info@x.dk\n", AUTOMATED_NO },
	{ "From: daemon.lee@x.dk\n", AUTOMATED_NO },
	{ "From: \"noreply@x.dk\" <bo@x.dk>\n", AUTOMATED_NO },
	{ "Reply-To: noreply@x.dk\n", AUTOMATED_NO },
	/* loops */
	{ "From: support@firm.example\n", AUTOMATED_LOOP },
	{ "From: SUPPORT@Firm.Example\n", AUTOMATED_LOOP },
	{ "From: support+x@firm.example\n", AUTOMATED_LOOP },
	{ "Sender: support@firm.example\n", AUTOMATED_LOOP },
	{ "Return-Path: <support@firm.example>\n", AUTOMATED_LOOP },
	{ "From: ida@firm.example\n", AUTOMATED_NO },
	{ "From: support@other.example\n", AUTOMATED_NO },
	{ "To: support@firm.example\n", AUTOMATED_NO },
	/* calendars */
	{ "Content-Type: text/calendar; method=REPLY\n", AUTOMATED_CALENDAR },
	{ "Content-Type: TEXT/Calendar\n", AUTOMATED_CALENDAR },
	{ "Content-Type: text/calendars\n", AUTOMATED_NO },
	/* spam */
	{ "X-Spam-Flag: YES\n", AUTOMATED_SPAM },
	{ "X-Spam-Flag: yes\n", AUTOMATED_SPAM },
	{ "X-Spam-Flag: NO\n", AUTOMATED_NO },
	{ "X-Spam-Status: Yes, score=7\n", AUTOMATED_SPAM },
	{ "X-Spam-Status: No, score=7 yes\n", AUTOMATED_NO },
	{ "X-Rspamd-Action: add header\n", AUTOMATED_SPAM },
	{ "X-Rspamd-Action: no action\n", AUTOMATED_NO },
	{ "X-Rspamd-Action: greylist\n", AUTOMATED_NO },
	{ "X-Spamd-Result: default: True [15.2 / 15.0]; X(1)\n",
	  AUTOMATED_SPAM },
	{ "X-Spamd-Result: default: False [1.2 / 15.0]\n", AUTOMATED_NO },
	{ "X-Virus-Status: Clean\n", AUTOMATED_NO },
	{ "X-Virus-Status: Infected (x)\n", AUTOMATED_SPAM },
	{ "X-Amavis-Alert: BANNED, message contains .exe\n", AUTOMATED_SPAM },
	{ "X-Amavis-Alert: BAD HEADER SECTION, Non-encoded 8-bit data\n",
	  AUTOMATED_NO },
	{ "X-Amavis-Alert: BAD HEADER, Duplicate header field: \"To\"\n",
	  AUTOMATED_NO },
	/* the first reason counts */
	{ "List-Id: x\nAuto-Submitted: yes\nReturn-Path: <>\n",
	  AUTOMATED_NULL_SENDER },
	{ "Precedence: bulk\nList-Id: x\n", AUTOMATED_LIST },
};

static const char *const own[] = { "support@firm.example", NULL };

static Automated
classify(const char *header, const char *subject, const char *sender)
{
	g_autoptr(Headers) headers =
		headers_parse(header, strlen(header), NULL);
	g_autofree char *from =
		address_from_header(headers_field(headers, "From", 0), NULL);
	AutomatedInput input = {
		.headers = headers,
		.subject = subject,
		.envelope_sender = sender,
		.from = from,
		.own_addresses = own,
	};

	return automated_classify(&input);
}

static void
test_headers(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Automated found = classify(rows[i].header, "Pump", "bo@x.dk");

		g_test_message("%s", rows[i].header);
		g_assert_cmpstr(automated_name(found), ==,
		                automated_name(rows[i].reason));
	}
}

static const struct {
	const char *sender;
	Automated reason;
} senders[] = {
	{ NULL, AUTOMATED_NO },
	{ "bo@x.dk", AUTOMATED_NO },
	{ "<bo@x.dk>", AUTOMATED_NO },
	{ "", AUTOMATED_NULL_SENDER },
	{ "<>", AUTOMATED_NULL_SENDER },
	{ "mailer-daemon@x.dk", AUTOMATED_SENDER },
	{ "<bounces+1@x.dk>", AUTOMATED_SENDER },
	{ "<support@firm.example>", AUTOMATED_LOOP },
	{ "not an address", AUTOMATED_NO },
};

static void
test_senders(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
		g_test_message("%s", senders[i].sender);
		g_assert_cmpint(classify("", "Pump", senders[i].sender), ==,
		                senders[i].reason);
	}
}

/* `alone` and `reply`: counts without, and with In-Reply-To. */
static const struct {
	const char *subject;
	bool alone, reply;
} subjects[] = {
	{ NULL, false, false },
	{ "", false, false },
	{ "Automatic reply: Pump", true, true },
	{ "AUTOMATIC REPLY: Pump", true, true },
	{ "[Automatic reply: Pump]", true, true },
	{ "Automatic reply : Pump", true, true },
	{ "Automatic reply", false, true },
	{ "Automatic replying: Pump", false, false },
	{ "Re: Automatic reply: Pump", false, false },
	{ "Out of Office: Re: Pump?", true, true },
	{ "Out of office: where to set it?", false, false },
	{ "Out of office", false, true },
	{ "Out of office until 9 November", false, true },
	{ "Out of office replies are lost", false, false },
	{ "RE: Out of office until 9 November", false, false },
	{ "Abwesenheitsnotiz: Pumpe", true, true },
	{ "Au\xc3\x9f"
	  "er Haus: Pumpe",
	  true, true },
	{ "P\xc3\xa5 ferie til 9/11", false, true },
	{ "P\xc3\xa5 ferie uden pumpe", false, false },
	{ "Urlaub 1.8. - 14.8.", false, true },
	{ "Urlaub und Pumpe", false, false },
	{ "R\xc3\xa9ponse automatique\xc2\xa0: Pompe", true, true },
	{ "Odpowied\xc5\xba automatyczna: Pompa", true, true },
	{ "\xff\xfe", false, false },
	{ "[SPAM] pills", true, true },
	{ "***SPAM*** pills", true, true },
	{ "Re: [SPAM] pills", false, false },
	{ "SPAM from you", false, false },
};

static void
test_subjects(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		const char *subject = subjects[i].subject;

		g_test_message("%s", subject);
		g_assert_true((classify("", subject, NULL) != AUTOMATED_NO) ==
		              subjects[i].alone);
		g_assert_true(
			(classify("In-Reply-To: <1@x>\n", subject, NULL) !=
		         AUTOMATED_NO) == subjects[i].reply);
		g_assert_true((classify("References: <1@x>\n", subject, NULL) !=
		               AUTOMATED_NO) == subjects[i].reply);
	}
}

static void
test_hops(void)
{
	for (size_t n = 39; n <= 41; n++) {
		GString *header = g_string_new(NULL);

		for (size_t i = 0; i < n; i++)
			g_string_append(header, "Received: by x\n");
		g_assert_cmpint(classify(header->str, "Pump", NULL), ==,
		                n <= 40 ? AUTOMATED_NO : AUTOMATED_LOOP);
		g_string_free(header, TRUE);
	}
}

static void
test_calendar_only(void)
{
	g_autoptr(Headers) headers = headers_parse("", 0, NULL);
	AutomatedInput input = { .headers = headers, .calendar_only = true };

	g_assert_cmpint(automated_classify(&input), ==, AUTOMATED_CALENDAR);
	input.calendar_only = false;
	g_assert_cmpint(automated_classify(&input), ==, AUTOMATED_NO);
}

static void
test_names(void)
{
	g_assert_cmpstr(automated_name(AUTOMATED_NO), ==, "");
	for (int i = 1; i < AUTOMATED_N; i++)
		g_assert_cmpstr(automated_name((Automated)i), !=, "");
	g_assert_cmpstr(automated_name(AUTOMATED_N), ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions(); /* show all rows that are wrong */
	g_test_add_func("/automated/headers", test_headers);
	g_test_add_func("/automated/senders", test_senders);
	g_test_add_func("/automated/subjects", test_subjects);
	g_test_add_func("/automated/hops", test_hops);
	g_test_add_func("/automated/calendar-only", test_calendar_only);
	g_test_add_func("/automated/names", test_names);
	return g_test_run();
}
