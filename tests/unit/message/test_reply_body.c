/* SPDX-License-Identifier: Apache-2.0 */
#include "message/reply.h"

#include <glib.h>
#include <string.h>

#include "reply_fixture.h"
#include "rows.h"

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

static const struct language {
	const char *code, *dated, *undated;
} languages[] = {
	{ "da",
	  "Den 3. nov. 2026 kl. 14.05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "sv",
	  "Den 3 nov. 2026 kl. 14:05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "nb",
	  "Den 3. nov. 2026 kl. 14:05 skrev Bo Hansen:", "Bo Hansen skrev:" },
	{ "nn",
	  "Den 3. nov. 2026 kl. 14:05 skreiv Bo Hansen:", "Bo Hansen skreiv:" },
	{ "de", "Am 3. November 2026 um 14:05 Uhr schrieb Bo Hansen:",
	  "Bo Hansen schrieb:" },
	{ "en",
	  "On 3 November 2026 at 14:05, Bo Hansen wrote:", "Bo Hansen wrote:" },
	{ "fi",
	  "Bo Hansen kirjoitti 3.11.2026 klo 14.05:", "Bo Hansen kirjoitti:" },
	{ "fr",
	  "Le 3 novembre 2026 \xc3\xa0 14:05, Bo Hansen a "
	  "\xc3\xa9"
	  "crit :",
	  "Bo Hansen a \xc3\xa9"
	  "crit :" },
	{ "es",
	  "El 3 de noviembre de 2026 a las 14:05, Bo Hansen "
	  "escribi\xc3\xb3:",
	  "Bo Hansen escribi\xc3\xb3:" },
	{ "nl", "Op 3 november 2026 om 14:05 schreef Bo Hansen:",
	  "Bo Hansen schreef:" },
	{ "it",
	  "Il giorno 3 novembre 2026 alle ore 14:05 Bo Hansen ha "
	  "scritto:",
	  "Bo Hansen ha scritto:" },
	{ "pl",
	  "W dniu 3 listopada 2026 o 14:05 Bo Hansen "
	  "napisa\xc5\x82(a):",
	  "Bo Hansen napisa\xc5\x82(a):" },
	{ "und",
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
	g_test_add_func("/reply/bottom", test_bottom);
	g_test_add_func("/reply/no-quote", test_no_quote);
	rows_add("/reply/language/", languages, test_language);
	rows_add("/reply/warning/", languages, test_warning);
	g_test_add_func("/reply/warning-each", test_warning_each);
	rows_add("/reply/body/", bodies, test_body);
	g_test_add_func("/reply/body-returns", test_body_returns);
	g_test_add_func("/reply/huge", test_huge);
	g_test_add_func("/reply/hostile-quote", test_hostile_quote);
	return g_test_run();
}
