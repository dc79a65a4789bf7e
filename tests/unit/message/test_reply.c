/* SPDX-License-Identifier: Apache-2.0 */
#include "message/reply.h"

#include <glib.h>
#include <string.h>

#include "reply_fixture.h"
#include "rows.h"

static void
test_whole(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = composed(&input);

	g_assert_cmpstr(
		mail, ==,
		"Date: Wed, 04 Nov 2026 09:07:05 +0000\r\n"
		"From: \"Firm Support\" <support@firm.example>\r\n"
		"To: \"Bo Hansen\" <bo@kunde.example>\r\n"
		"Subject: Re: The pump\r\n"
		"Message-ID: <tact.abc123@firm.example>\r\n"
		"In-Reply-To: <two@kunde.example>\r\n"
		"References: <one@kunde.example>\r\n"
		" <two@kunde.example>\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
		"Content-Transfer-Encoding: 7bit\r\n"
		"\r\n"
		"Dear Bo,\r\n"
		"\r\n"
		"It is on its way.\r\n"
		"\r\n"
		"-- \r\n"
		"Firm Support\r\n"
		"+45 12 34 56 78\r\n"
		"\r\n"
		"On 3 November 2026 at 14:05, Bo Hansen wrote:\r\n"
		"> Where is my pump?\r\n"
		">> It left on Monday.\r\n");
}

/* --------------------------------------------------------- languages */

static const struct language {
	const char *code, *mark;
} languages[] = {
	{ "da", "SV" },  { "sv", "SV" },   { "nb", "SV" }, { "nn", "SV" },
	{ "de", "AW" },  { "en", "Re" },   { "fi", "VS" }, { "fr", "Re" },
	{ "es", "Re" },  { "nl", "Antw" }, { "it", "R" },  { "pl", "Odp" },
	{ "und", "Re" },
};

static void
test_mark(const void *data)
{
	const struct language *row = data;
	g_autofree char *localised = reply_subject(
		"AW: Re: [Tag] VS: Pump", row->code, REPLY_PREFIX_LOCALISED);
	g_autofree char *plain = reply_subject("R\xc3\xa9p : Odp: Antw: Pump",
	                                       row->code, REPLY_PREFIX_RE);
	g_autofree char *expected = g_strdup_printf("%s: Pump", row->mark);

	g_assert_cmpstr(localised, ==, expected);
	g_assert_cmpstr(plain, ==, "Re: Pump");
}

/* ------------------------------------------------------------ subjects */

static const struct subject {
	const char *name, *subject, *field;
} subjects[] = {
	{ "plain", "The pump", "Subject: Re: The pump\r\n" },
	{ "none", NULL, "Subject: Re:\r\n" },
	{ "marks", "RE: Sv: AW[3]: FW: The pump", "Subject: Re: The pump\r\n" },
	{ "nested-tag", "Re: [list] SV: The pump",
	  "Subject: Re: The pump\r\n" },
	{ "tab", "Re: R\t: SV\n: The pump", "Subject: Re: The pump\r\n" },
	{ "ticket", "[Ticket 12] The pump",
	  "Subject: Re: [Ticket 12] The pump\r\n" },
	{ "danish", "R\xc3\xb8r og \xc3\xa6ndring",
	  "Subject: =?utf-8?q?Re=3A_R=C3=B8r_og_=C3=A6ndring?=\r\n" },
	{ "line-break", "a\r\nBcc: x@evil.example",
	  "Subject: Re: a Bcc: x@evil.example\r\n" },
	{ "bare-return", "a\rBcc: x@evil.example",
	  "Subject: Re: a Bcc: x@evil.example\r\n" },
	{ "encoded-word", "=?utf-8?q?=0D=0ABcc=3A_x=40evil.example?=",
	  "Subject: =?utf-8?q?Re=3A_=3D=3Futf=2D8=3Fq=3F=3D0D=3D0ABcc=3D3A="
	  "5Fx=3D40ev?=\r\n =?utf-8?q?il=2Eexample=3F=3D?=\r\n" },
	{ "separator",
	  "a\xe2\x80\xa8"
	  "Bcc: x@evil.example",
	  NULL },
	{ "next-line",
	  "a\xc2\x85"
	  "Bcc: x@evil.example",
	  NULL },
	{ "bidi",
	  "a\xe2\x80\xae"
	  "elpmaxe",
	  "Subject: Re: aelpmaxe\r\n" },
	{ "our-mark", "[CHECK: order] and [CHECK:",
	  "Subject: Re: (CHECK: order] and (CHECK:\r\n" },
};

static void
test_subject(const void *data)
{
	const struct subject *row = data;
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.subject = row->subject;
	mail = composed(&input);
	if (row->field != NULL && strstr(mail, row->field) == NULL)
		g_error("wanted %s in\n%s", row->field, mail);
}

static void
test_long_subject(void)
{
	ReplyInput input = plain_input();
	g_autofree char *ascii = g_strnfill(5000, 'a');
	g_autoptr(GString) blanks = g_string_new(NULL);
	g_autoptr(GString) wide = g_string_new(NULL);

	for (int i = 0; i < 500; i++) {
		g_string_append(blanks, "abc  def ");
		g_string_append(wide, "\xf0\x9f\x98\x80");
	}
	for (int i = 0; i < 3; i++) {
		const char *subject[] = { ascii, blanks->str, wide->str };
		g_autofree char *mail = NULL;
		g_auto(GStrv) lines = NULL;

		input.subject = subject[i];
		mail = composed(&input);
		lines = g_strsplit(mail, "\r\n", -1);
		for (char **line = lines; **line != '\0'; line++)
			g_assert_cmpuint(strlen(*line), <=, 78);
	}
}

/* --------------------------------------------------------------- names */

static const struct name {
	const char *name, *display, *field;
} names[] = {
	{ "none", NULL, "To: <bo@kunde.example>\r\n" },
	{ "comma", "Hansen, Bo", "To: \"Hansen, Bo\" <bo@kunde.example>\r\n" },
	{ "quote", "Bo \"x\" \\ Hansen",
	  "To: \"Bo \\\"x\\\" \\\\ Hansen\" <bo@kunde.example>\r\n" },
	{ "latin", "J\xc3\xb8rn",
	  "To: =?utf-8?q?J=C3=B8rn?= <bo@kunde.example>\r\n" },
	{ "address", "boss@bank.example", "To: <bo@kunde.example>\r\n" },
	{ "break", "Bo\r\nCc: x (at) evil",
	  "To: \"Bo Cc: x (at) evil\" <bo@kunde.example>\r\n" },
	{ "closing", "Bo> , <x", "To: \"Bo> , <x\" <bo@kunde.example>\r\n" },
	{ "encoded", "=?utf-8?q?Bo=2C?=", NULL },
	{ "nothing", "[]\n", NULL },
};

static void
test_name(const void *data)
{
	const struct name *row = data;
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.to_name = row->display;
	mail = composed(&input);
	if (row->field != NULL && strstr(mail, row->field) == NULL)
		g_error("wanted %s in\n%s", row->field, mail);
	input.to_name = "Bo";
	input.from_name = row->display;
	g_free(mail);
	mail = composed(&input);
}

/* ----------------------------------------------------------- what fails */

static const struct bad {
	const char *name, *from, *to, *id;
} bad[] = {
	{ "two", MAILBOX, "a@b.example, c@d.example", ID },
	{ "break", MAILBOX, "a@b.example\r\nBcc: c@d.example", ID },
	{ "named", MAILBOX, "A <a@b.example>", ID },
	{ "group", MAILBOX, "a: b@c.example;", ID },
	{ "empty", MAILBOX, "", ID },
	{ "utf8", MAILBOX, "j\xc3\xb8rn@b.example", ID },
	{ "from", "firm.example", CUSTOMER, ID },
	{ "id-break", MAILBOX, CUSTOMER, "a@b>\r\nBcc: <c@d.example" },
	{ "id-blank", MAILBOX, CUSTOMER, "a b@c" },
	{ "id-brackets", MAILBOX, CUSTOMER, "<a@b>" },
	{ "id-empty", MAILBOX, CUSTOMER, "" },
};

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	ReplyInput input = plain_input();
	g_autoptr(GError) error = NULL;

	input.from = row->from;
	input.to = row->to;
	input.message_id = row->id;
	g_assert_null(reply_compose(&input, &error));
	g_assert_error(error, MESSAGE_ERROR, MESSAGE_ERROR_SYNTAX);
}

/* ----------------------------------------------------------- the thread */

static void
test_references(void)
{
	ReplyInput input = plain_input();
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *mail = NULL;

	for (int i = 0; i < 50; i++)
		g_ptr_array_add(ids, g_strdup_printf("<m%d@k.example>", i));
	g_ptr_array_add(ids, NULL);
	input.references = (const char *const *)ids->pdata;
	mail = composed(&input);
	g_assert_nonnull(strstr(mail, "References: <m0@k.example>\r\n"
	                              " <m32@k.example>\r\n"));
	g_assert_nonnull(strstr(mail, " <m49@k.example>\r\n"
	                              " <two@kunde.example>\r\nMIME"));
}

static void
test_hostile_references(void)
{
	ReplyInput input = plain_input();
	g_autofree char *huge = g_strnfill(3000, 'x');
	const char *const ids[] = { huge,
		                    "a@b>\r\nBcc: <c@d.example",
		                    "<good@k.example>",
		                    "two@kunde.example",
		                    "b c@d",
		                    "",
		                    "\xc3\xb8@d",
		                    "<a@b> <c@d>",
		                    "good@k.example",
		                    NULL };
	g_autofree char *mail = NULL;

	input.references = ids;
	mail = composed(&input);
	g_assert_nonnull(strstr(mail, "References: <good@k.example>\r\n"
	                              " <two@kunde.example>\r\nMIME"));
	g_assert_null(strstr(mail, "Bcc"));
}

static void
test_no_parent(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.parent_id = "not an id";
	mail = composed(&input);
	g_assert_null(strstr(mail, "In-Reply-To"));
	g_assert_null(strstr(mail, "References"));
}

static void
test_nameless(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.to_name = "<[\n]>";
	mail = composed(&input);
	g_assert_nonnull(strstr(mail, "14:05, bo@kunde.example wrote:"));
}

/* RFC 5322 forbids them, yet telephone companies gave them out. */
static void
test_dotted_address(void)
{
	const DraftWanted dotted = { MAILBOX, "a..b.@kunde.example", ID,
		                     FALSE };
	ReplyInput input = plain_input();
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *wrong = NULL;
	const char *mail;
	gsize size;

	input.to = dotted.to;
	bytes = reply_compose(&input, NULL);
	mail = g_bytes_get_data(bytes, &size);
	wrong = draft_check(&dotted, mail, size);
	g_assert_cmpstr(wrong, ==, NULL);
}

static void
test_message_id(void)
{
	g_autofree char *id = reply_message_id("q7f", "Help@firm.example");

	g_assert_cmpstr(id, ==, "tact.q7f@firm.example");
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reply/whole", test_whole);
	rows_add("/reply/mark/", languages, test_mark);
	rows_add("/reply/subject/", subjects, test_subject);
	g_test_add_func("/reply/long-subject", test_long_subject);
	rows_add("/reply/name/", names, test_name);
	rows_add("/reply/bad/", bad, test_bad);
	g_test_add_func("/reply/references", test_references);
	g_test_add_func("/reply/hostile-references", test_hostile_references);
	g_test_add_func("/reply/no-parent", test_no_parent);
	g_test_add_func("/reply/nameless", test_nameless);
	g_test_add_func("/reply/dotted-address", test_dotted_address);
	g_test_add_func("/reply/message-id", test_message_id);
	return g_test_run();
}
