/* SPDX-License-Identifier: Apache-2.0 */
#include "message/reply.h"

#include <glib.h>
#include <string.h>

#include "draft_check.h"
#include "message/message.h"
#include "rows.h"

#define MAILBOX "support@firm.example"
#define CUSTOMER "bo@kunde.example"
#define ID "tact.abc123@firm.example"

static const DraftWanted wanted = { MAILBOX, CUSTOMER, ID, FALSE };

/* A reply with nothing special about it. */
static ReplyInput
plain_input(void)
{
	static const char *const references[] = { "one@kunde.example", NULL };
	static GDateTime *now, *then;

	if (now == NULL) {
		now = g_date_time_new_utc(2026, 11, 4, 9, 7, 5);
		then = g_date_time_new_utc(2026, 11, 3, 14, 5, 0);
	}
	return (ReplyInput){
		.from = MAILBOX,
		.from_name = "Firm Support",
		.to = CUSTOMER,
		.to_name = "Bo Hansen",
		.language = "en",
		.subject = "The pump",
		.message_id = ID,
		.parent_id = "two@kunde.example",
		.references = references,
		.date = now,
		.mail_date = then,
		.body = "Dear Bo,\n\nIt is on its way.",
		.signature = "Firm Support\n+45 12 34 56 78",
		.quoted = "Where is my pump?\n> It left on Monday.\n",
	};
}

static char *
composed(const ReplyInput *input)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = reply_compose(input, &error);
	g_autofree char *wrong = NULL;
	const char *text;
	gsize size;

	g_assert_no_error(error);
	text = g_bytes_get_data(bytes, &size);
	wrong = draft_check(&wanted, text, size);
	g_assert_cmpstr(wrong, ==, NULL);
	return g_strndup(text, size);
}

static Message *
parsed(const char *mail)
{
	g_autoptr(GError) error = NULL;
	Message *message = message_parse(mail, strlen(mail), NULL, &error);

	g_assert_no_error(error);
	return message;
}

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

static void
test_bottom(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.quote = REPLY_QUOTE_BOTTOM;
	mail = composed(&input);
	g_assert_nonnull(strstr(mail, "\r\n\r\nOn 3 November 2026 at 14:05, Bo "
	                              "Hansen wrote:\r\n"
	                              "> Where is my pump?\r\n"
	                              ">> It left on Monday.\r\n"
	                              "\r\n"
	                              "Dear Bo,\r\n"));
	g_assert_true(g_str_has_suffix(mail, "\r\n-- \r\nFirm Support\r\n"
	                                     "+45 12 34 56 78\r\n"));
}

static void
test_no_quote(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.quote = REPLY_QUOTE_NONE;
	input.signature = NULL;
	mail = composed(&input);
	g_assert_true(g_str_has_suffix(mail, "\r\n\r\nDear Bo,\r\n\r\n"
	                                     "It is on its way.\r\n"));
}

/* --------------------------------------------------------- languages */

static const struct language {
	const char *code, *mark, *dated, *undated;
} languages[] = {
	{ "da", "SV",
	  "Den 3. nov. 2026 kl. 14.05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "sv", "SV",
	  "Den 3 nov. 2026 kl. 14:05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "nb", "SV",
	  "Den 3. nov. 2026 kl. 14:05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "nn", "SV",
	  "Den 3. nov. 2026 kl. 14:05 skreiv Bo Hansen:", "Bo Hansen skreiv:" },
	{ "de", "AW", "Am 3. November 2026 um 14:05 Uhr schrieb Bo Hansen:",
	  "Bo Hansen schrieb:" },
	{ "en", "Re",
	  "On 3 November 2026 at 14:05, Bo Hansen wrote:", "Bo Hansen wrote:" },
	{ "fi", "VS",
	  "Bo Hansen kirjoitti 3.11.2026 klo 14.05:", "Bo Hansen kirjoitti:" },
	{ "fr", "Re",
	  "Le 3 novembre 2026 \xc3\xa0 14:05, Bo Hansen a "
	  "\xc3\xa9"
	  "crit :",
	  "Bo Hansen a \xc3\xa9"
	  "crit :" },
	{ "es", "Re",
	  "El 3 de noviembre de 2026 a las 14:05, Bo Hansen "
	  "escribi\xc3\xb3:",
	  "Bo Hansen escribi\xc3\xb3:" },
	{ "nl", "Antw", "Op 3 november 2026 om 14:05 schreef Bo Hansen:",
	  "Bo Hansen schreef:" },
	{ "it", "R",
	  "Il giorno 3 novembre 2026 alle ore 14:05 Bo Hansen ha "
	  "scritto:",
	  "Bo Hansen ha scritto:" },
	{ "pl", "Odp",
	  "W dniu 3 listopada 2026 o 14:05 Bo Hansen "
	  "napisa\xc5\x82(a):",
	  "Bo Hansen napisa\xc5\x82(a):" },
	{ "und", "Re",
	  "On 3 November 2026 at 14:05, Bo Hansen wrote:", "Bo Hansen wrote:" },
};

/* What we write, our own reading of mails tells apart again: that is how the
 * human's edit is measured later. */
static void
check_split(const ReplyInput *input, const char *attribution)
{
	g_autofree char *mail = composed(input);
	g_autoptr(Message) message = parsed(mail);
	g_autofree char *quoted = g_strdup(message_quoted(message));

	g_assert_cmpstr(message_new_text(message), ==,
	                "Dear Bo,\n\nIt is on its way.");
	g_assert_cmpstr(message_signature(message), ==,
	                "Firm Support\n+45 12 34 56 78");
	g_assert_true(g_str_has_prefix(g_strchug(quoted), attribution));
	g_assert_nonnull(strstr(quoted, "Where is my pump?"));
}

static void
test_language(const void *data)
{
	const struct language *row = data;
	ReplyInput input = plain_input();

	input.language = row->code;
	input.quoted = "Where is my pump?\n\nBo";
	check_split(&input, row->dated);
	input.mail_date = NULL;
	check_split(&input, row->undated);
	input.quote = REPLY_QUOTE_BOTTOM;
	check_split(&input, row->undated);
}

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

/* Every warning is one paragraph that starts with the mark that the filter
 * refuses, before all else, and says where the answer was wanted. */
static void
test_warning(const void *data)
{
	const struct language *row = data;
	ReplyInput input = plain_input();
	g_autofree char *text =
		reply_warning_text(REPLY_WARN_REPLY_TO | REPLY_WARN_UNPROVEN,
	                           row->code, "x@evil.example");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *mail = NULL;
	g_autoptr(Message) message = NULL;

	g_assert_cmpuint(g_strv_length(lines), ==, 3);
	for (int i = 0; i < 2; i++) {
		g_assert_true(g_str_has_prefix(lines[i], "[CHECK: "));
		g_assert_true(g_str_has_suffix(lines[i], ".]"));
	}
	g_assert_nonnull(strstr(lines[0], " x@evil.example"));
	input.language = row->code;
	input.warnings = REPLY_WARN_REPLY_TO | REPLY_WARN_UNPROVEN;
	input.reply_to = "x@evil.example";
	input.quote = REPLY_QUOTE_BOTTOM;
	mail = composed(&input);
	message = parsed(mail);
	g_assert_true(g_str_has_prefix(message_text(message), text));
	g_assert_true(g_str_has_prefix(message_new_text(message), "[CHECK: "));
}

static void
test_warning_each(void)
{
	g_autofree char *none = reply_warning_text(0, "da", "x@y.example");
	g_autofree char *unknown =
		reply_warning_text(REPLY_WARN_REPLY_TO, "en", "");
	g_autofree char *hostile = reply_warning_text(REPLY_WARN_REPLY_TO, "en",
	                                              "a]\n[b@c.example");

	g_assert_cmpstr(none, ==, "");
	g_assert_nonnull(strstr(unknown, "go to another address;"));
	g_assert_nonnull(strstr(hostile, "go to a   b@c.example;"));
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

/* ------------------------------------------------------------- the body */

static const struct body {
	const char *name, *body, *raw; /* of a body alone */
} bodies[] = {
	{ "from", "From me\nhi", "\r\n\r\n From me\r\nhi\r\n" },
	{ "marks", ">not a quote", "\r\n\r\n >not a quote\r\n" },
	{ "blank", "a\n  b\n", "\r\n\r\na\r\n   b\r\n" },
	{ "trailing", "a  \nb \n", "\r\n\r\na\r\nb\r\n" },
	{ "signature", "a\n-- \nb", "\r\n\r\na\r\n--\r\nb\r\n" },
	{ "dot", ".\n..\n", "\r\n\r\n.\r\n..\r\n" },
	{ "return", "a\rb\r\nc", "\r\n\r\na\r\nb\r\nc\r\n" },
	{ "nul",
	  "a\x01"
	  "b",
	  "\r\n\r\nab\r\n" },
	{ "utf8", "bl\xc3\xa5 ", "\r\n\r\nbl=C3=A5\r\n" },
	{ "equals", "\xc3\xa5 a=b", "\r\n\r\n=C3=A5 a=3Db\r\n" },
	{ "wrap",
	  "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 x",
	  "\r\n\r\n0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 x\r\n" },
	{ "wraps",
	  "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789",
	  "\r\n\r\n0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 \r\n0123456789\r\n" },
	{ "stuffed-wrap",
	  "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
	  ">23456789",
	  "\r\n\r\n0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 \r\n >23456789\r\n" },
};

static void
test_body(const void *data)
{
	const struct body *row = data;
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;

	input.body = row->body;
	input.signature = "";
	input.quote = REPLY_QUOTE_NONE;
	mail = composed(&input);
	g_assert_true(g_str_has_suffix(mail, row->raw));
}

/* Paragraphs come back whole, whatever their length and letters. */
static void
test_body_returns(void)
{
	static const char body[] =
		"K\xc3\xa6re Bo,\n\nVi har modtaget din mail om pumpen, som "
		"larmer s\xc3\xa5 meget, at den m\xc3\xa5 slukkes om natten, "
		"og vi ser p\xc3\xa5 den i morgen.\n\n"
		" 1. https://firm.example/"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		" er siden.\n>2. To\nFrom tre\n\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa"
		"\x9e\n";
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;
	g_autoptr(Message) message = NULL;

	input.body = body;
	input.signature = NULL;
	input.quote = REPLY_QUOTE_NONE;
	mail = composed(&input);
	message = parsed(mail);
	g_assert_cmpstr(message_text(message), ==, body);
}

/* The most that may be given of everything is still a mail to be delivered. */
static void
test_huge(void)
{
	ReplyInput input = plain_input();
	g_autofree char *lines = g_strnfill(200000, '\n');
	g_autofree char *marks = g_strnfill(200000, '>');
	g_autofree char *word = g_strnfill(200000, 'w');
	const char *const texts[] = { lines, marks, word };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *mail = NULL;

		input.body = input.quoted = input.signature = texts[i];
		mail = composed(&input);
		g_assert_cmpuint(strlen(mail), <, 1048576);
	}
}

static void
test_hostile_quote(void)
{
	ReplyInput input = plain_input();
	g_autofree char *mail = NULL;
	g_autoptr(Message) message = NULL;

	input.quoted = "-- \n[CHECK: x]\nOn 1 May 2026, Eve wrote:\n.\r\n"
		       "> > > deep\n>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> deeper\n"
		       "From: a@b.example";
	mail = composed(&input);
	message = parsed(mail);
	g_assert_cmpstr(message_new_text(message), ==,
	                "Dear Bo,\n\nIt is on its way.");
	g_assert_nonnull(strstr(mail, "\r\n>>>> deep\r\n"));
	g_assert_nonnull(strstr(mail, "\r\n> From: a@b.example\r\n"));
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reply/whole", test_whole);
	g_test_add_func("/reply/bottom", test_bottom);
	g_test_add_func("/reply/no-quote", test_no_quote);
	rows_add("/reply/language/", languages, test_language);
	rows_add("/reply/mark/", languages, test_mark);
	rows_add("/reply/warning/", languages, test_warning);
	g_test_add_func("/reply/warning-each", test_warning_each);
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
	rows_add("/reply/body/", bodies, test_body);
	g_test_add_func("/reply/body-returns", test_body_returns);
	g_test_add_func("/reply/huge", test_huge);
	g_test_add_func("/reply/hostile-quote", test_hostile_quote);
	return g_test_run();
}
