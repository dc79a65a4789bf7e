/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of a mail, and which of them are its text.
 */
#include <glib.h>
#include <string.h>

#include "message/body.h"
#include "message/message.h"
#include "message/mime.h"
#include "rows.h"

#define MIXED "Content-Type: multipart/mixed; boundary=m\n\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=a\n\n"
#define RELATED "Content-Type: multipart/related; boundary=r\n\n"
#define PLAIN "Content-Type: text/plain\n\n"
#define HTML "Content-Type: text/html\n\n"
#define PDF "Content-Type: application/pdf; name=a.pdf\n\n"
#define PNG "Content-Type: image/png\n\n"
#define ATTACHED(type)                                                         \
	"Content-Type: " type "\n"                                             \
	"Content-Disposition: attachment; filename=x\n\n"

/* ---------------------------------------------------------------- the tree */

static const struct tree_row {
	const char *name;
	const char *mail;
	const char *tree; /* depth and type of each part */
} tree_rows[] = {
	{ "empty", "", "0 text/plain, " },
	{ "plain", "Subject: x\n\nbody\n", "0 text/plain, " },
	{ "no-header", "body\n", "0 text/plain, " },
	{ "type-in-capitals", "CONTENT-TYPE: TEXT/HTML\n\nx", "0 text/html, " },
	{ "type-without-subtype", "Content-Type: text\n\nx", "0 text/plain, " },
	{ "type-not-ascii", "Content-Type: text/\xff; charset=utf-8\n\nx",
	  "0 text/plain, " },
	{ "type-with-comment",
	  "Content-Type: text/html (x); charset=utf-8\n\nx", "0 text/html, " },
	{ "type-empty", "Content-Type:\n\nx", "0 text/plain, " },
	{ "mixed", MIXED "--m\n" PLAIN "a\n--m\n" PDF "b\n--m--\n",
	  "0 multipart/mixed, 1 text/plain, 1 application/pdf, " },
	{ "preamble-and-epilogue",
	  MIXED "before\n--m\n\na\n--m--\nafter\n--m\n\nb\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "part-without-header", MIXED "--m\n\na\n--m--\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "unclosed", MIXED "--m\n\na\n--m\n\nb\n",
	  "0 multipart/mixed, 1 text/plain, 1 text/plain, " },
	{ "cut-at-delimiter", MIXED "--m\n\na\n--m",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "delimiter-with-blanks", MIXED "--m \t\r\n\r\na\r\n--m--  \r\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "longer-is-no-delimiter", MIXED "--m\n\n--mm\n--m-\n--m--\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "nested",
	  MIXED "--m\n" ALTERNATIVE "--a\n" PLAIN "a\n--a\n" HTML
	        "b\n--a--\n--m\n" PDF "c\n--m--\n",
	  "0 multipart/mixed, 1 multipart/alternative, 2 text/plain, "
	  "2 text/html, 1 application/pdf, " },
	{ "inner-unclosed",
	  MIXED "--m\n" ALTERNATIVE "--a\n" PLAIN "a\n--m\n" PDF "c\n--m--\n",
	  "0 multipart/mixed, 1 multipart/alternative, 2 text/plain, "
	  "1 application/pdf, " },
	{ "same-boundary-within",
	  MIXED "--m\n" MIXED "--m\n\na\n--m--\n--m--\n",
	  "0 multipart/mixed, 1 multipart/mixed, 2 text/plain, " },
	{ "no-boundary", "Content-Type: multipart/mixed\n\n--m\n\na\n",
	  "0 multipart/mixed, " },
	{ "boundary-without-semicolon",
	  "Content-Type: multipart/mixed\n\tboundary=\"m\"\n\n--m\n\na\n--m--\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "boundary-quoted",
	  "Content-Type: multipart/mixed; boundary=\"a (b)\"\n\n--a (b)\n\na\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "boundary-with-blank",
	  "Content-Type: multipart/mixed; boundary=\"m \"\n\n--m\n\na\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "boundary-folded",
	  "Content-Type: multipart/mixed;\r\n\tboundary=\"m\"\r\n\r\n--m\r\n"
	  "\r\na\r\n--m--\r\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "boundary-2231",
	  "Content-Type: multipart/mixed; boundary*0=\"m\"; boundary*1=n\n\n"
	  "--mn\n\na\n--mn--\n",
	  "0 multipart/mixed, 1 text/plain, " },
	{ "name-of-70-bytes",
	  "Content-Type: multipart/mixed; aaaaaaaaaabbbbbbbbbbccccccccccdddddd"
	  "ddddeeeeeeeeeeffffffffffgggggggggg=1\n\n--m\n\na\n",
	  "0 multipart/mixed, " },
	{ "digest",
	  "Content-Type: multipart/digest; boundary=m\n\n--m\n\n"
	  "Subject: x\n\na\n--m--\n",
	  "0 multipart/digest, 1 message/rfc822, " },
	{ "message-is-a-leaf",
	  MIXED "--m\nContent-Type: message/rfc822\n\n" ALTERNATIVE
	        "--a\n\nx\n--a--\n--m--\n",
	  "0 multipart/mixed, 1 message/rfc822, " },
};

static void
test_tree(const void *data)
{
	const struct tree_row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Mime) mime = mime_parse(row->mail, strlen(row->mail), &error);
	g_autoptr(GString) tree = g_string_new(NULL);

	g_assert_no_error(error);
	for (size_t i = 0; i < mime_count(mime); i++) {
		const MimePart *part = mime_part(mime, i);

		g_assert_cmpuint(part->header, <=, part->body);
		g_assert_cmpuint(part->body, <=, part->end);
		g_assert_cmpuint(part->end, <=, strlen(row->mail));
		g_string_append_printf(tree, "%u %s, ", part->depth,
		                       part->type);
	}
	g_assert_cmpstr(tree->str, ==, row->tree);
}

/* -------------------------------------------------------------- the choice */

static const struct choice_row {
	const char *name;
	const char *mail;
	const char *text;
	const char *type;
	unsigned flags;
} choice_rows[] = {
	{ "plain", PLAIN "a\n", "a\n", "text/plain", 0 },
	{ "html", HTML "<p>a", "a\n", "text/html", MESSAGE_HTML },
	{ "alternative",
	  ALTERNATIVE "--a\n" PLAIN "plain\n--a\n" HTML "<p>html\n--a--\n",
	  "plain\n", "text/plain", 0 },
	{ "alternative-html-first",
	  ALTERNATIVE "--a\n" HTML "<p>html\n--a\n" PLAIN "plain\n--a--\n",
	  "plain\n", "text/plain", 0 },
	{ "alternative-html-only", ALTERNATIVE "--a\n" HTML "<p>html\n--a--\n",
	  "html\n", "text/html", MESSAGE_HTML },
	{ "alternative-empty-plain",
	  ALTERNATIVE "--a\n" PLAIN " \n\n--a\n" HTML "<p>html\n--a--\n",
	  "html\n", "text/html", MESSAGE_HTML },
	{ "alternative-blank-plain",
	  ALTERNATIVE "--a\n" PLAIN "\xc2\xa0\n\xe2\x80\x8b\n--a\n" HTML
	              "<p>html\n--a--\n",
	  "html\n", "text/html", MESSAGE_HTML },
	{ "alternative-stub",
	  ALTERNATIVE "--a\n" PLAIN "Your program cannot show HTML.\n--a\n" HTML
	              "<p>html\n--a--\n",
	  "html\n", "text/html", MESSAGE_HTML },
	{ "alternative-related",
	  ALTERNATIVE "--a\n" PLAIN "plain\n--a\n" RELATED "--r\n" HTML
	              "<p>html\n--r\n" PNG "x\n--r--\n--a--\n",
	  "plain\n", "text/plain", MESSAGE_ATTACHMENTS },
	{ "related", RELATED "--r\n" HTML "<p>html\n--r\n" PNG "x\n--r--\n",
	  "html\n", "text/html", MESSAGE_HTML | MESSAGE_ATTACHMENTS },
	{ "mixed-texts-follow",
	  MIXED "--m\n" PLAIN "a\n--m\n" PLAIN "b\n--m--\n", "a\nb\n",
	  "text/plain", 0 },
	{ "mixed-text-image-text",
	  MIXED "--m\n" PLAIN "a\n--m\n" PNG "x\n--m\n" PLAIN "b\n--m--\n",
	  "a\nb\n", "text/plain", 0 },
	{ "mixed-plain-then-html",
	  MIXED "--m\n" PLAIN "a\n--m\n" HTML "<p>b\n--m--\n", "a\nb\n",
	  "text/plain", MESSAGE_HTML },
	{ "attached-text",
	  MIXED "--m\n" PLAIN "a\n--m\n" ATTACHED("text/plain") "b\n--m--\n",
	  "a\n", "text/plain", MESSAGE_ATTACHMENTS },
	{ "named-text",
	  MIXED "--m\n" PLAIN "a\n--m\nContent-Type: text/plain; name=x.log\n\n"
	        "b\n--m--\n",
	  "a\n", "text/plain", MESSAGE_ATTACHMENTS },
	{ "attached-pdf", MIXED "--m\n" PLAIN "a\n--m\n" PDF "b\n--m--\n",
	  "a\n", "text/plain", MESSAGE_ATTACHMENTS },
	{ "only-pdf", PDF "b\n", "", "", MESSAGE_ATTACHMENTS },
	{ "forwarded-message",
	  MIXED "--m\n" PLAIN "a\n--m\nContent-Type: message/rfc822\n\n"
	        "Subject: x\n\nold\n--m--\n",
	  "a\n", "text/plain", MESSAGE_ATTACHMENTS },
	{ "calendar",
	  ALTERNATIVE "--a\n" PLAIN "a\n--a\nContent-Type: text/calendar; "
	              "method=REQUEST\n\nBEGIN:VCALENDAR\n--a--\n",
	  "a\n", "text/plain", MESSAGE_CALENDAR },
	{ "signed",
	  "Content-Type: multipart/signed; boundary=m; "
	  "protocol=\"application/pgp-signature\"\n\n--m\n" PLAIN
	  "a\n--m\nContent-Type: application/pgp-signature; name=s.asc\n\nx\n"
	  "--m--\n",
	  "a\n", "text/plain", 0 },
	{ "encrypted-pgp",
	  "Content-Type: multipart/encrypted; boundary=m\n\n--m\n"
	  "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--m\n"
	  "Content-Type: application/octet-stream\n\nx\n--m--\n",
	  "", "", MESSAGE_ENCRYPTED | MESSAGE_ATTACHMENTS },
	{ "encrypted-inline", PLAIN "-----BEGIN PGP MESSAGE-----\nx\n",
	  "-----BEGIN PGP MESSAGE-----\nx\n", "text/plain", MESSAGE_ENCRYPTED },
	{ "encrypted-smime",
	  "Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n", "", "",
	  MESSAGE_ENCRYPTED | MESSAGE_ATTACHMENTS },
	{ "text-of-unknown-kind", "Content-Type: text/markdown\n\n*a*\n",
	  "*a*\n", "text/markdown", 0 },
	{ "enriched", "Content-Type: text/enriched\n\n<bold>a</bold> b\n",
	  "a b\n", "text/enriched", MESSAGE_HTML },
	{ "only-csv", "Content-Type: text/csv\n\na,b\n", "", "",
	  MESSAGE_ATTACHMENTS },
	{ "plain-beside-markdown",
	  MIXED "--m\n" PLAIN "a\n--m\nContent-Type: text/markdown\n\nb\n"
	        "--m--\n",
	  "a\n", "text/plain", 0 },
	{ "flowed",
	  "Content-Type: text/plain; format=flowed\n\none \ntwo\n"
	  ">> q \n>> r\n-- \n stuffed\n",
	  "one two\n>> q r\n-- \nstuffed\n", "text/plain", 0 },
	{ "flowed-delsp",
	  "Content-Type: text/plain; format=flowed; delsp=yes\n\none \ntwo\n",
	  "onetwo\n", "text/plain", 0 },
	{ "flowed-depth-changes",
	  "Content-Type: text/plain; format=flowed\n\n> a \nb\n", "> a \nb\n",
	  "text/plain", 0 },
	{ "base64",
	  "Content-Type: text/plain; charset=utf-8\n"
	  "Content-Transfer-Encoding: BASE64\n\nYmzDpQ==\n",
	  "blå\n", "text/plain", 0 },
	{ "quoted-printable",
	  "Content-Type: text/plain; charset=iso-8859-1\n"
	  "Content-Transfer-Encoding: quoted-printable\n\nbl=E5 =\nb\n",
	  "blå b\n", "text/plain", 0 },
	{ "encoding-with-semicolon",
	  "Content-Transfer-Encoding: base64;\n\nYmzDpQ==\n", "blå\n",
	  "text/plain", 0 },
	{ "encoding-quoted",
	  "Content-Transfer-Encoding: \"quoted-printable\"\n\na=20b\n", "a b\n",
	  "text/plain", 0 },
	{ "encoding-behind-comment",
	  "Content-Transfer-Encoding: (x) base64 (y)\n\nYmzDpQ==\n", "blå\n",
	  "text/plain", 0 },
	{ "encoding-in-comment-unclosed",
	  "Content-Transfer-Encoding: (base64\n\nYmzDpQ==\n", "YmzDpQ==\n",
	  "text/plain", 0 },
	{ "not-base64",
	  "Content-Transfer-Encoding: base64\n\nHello, this is text.\n",
	  "Hello, this is text.\n", "text/plain", 0 },
	{ "html-meta-charset",
	  HTML "<meta http-equiv=Content-Type content=\"text/html; "
	       "charset=koi8-r\">\xc1",
	  "а\n", "text/html", MESSAGE_HTML },
	{ "html-meta-against-header",
	  "Content-Type: text/html; charset=iso-8859-1\n\n"
	  "<meta charset=koi8-r>\xe6",
	  "æ\n", "text/html", MESSAGE_HTML },
	{ "html-hidden", HTML "a<p style=\"display:none\">x</p>", "a\n",
	  "text/html", MESSAGE_HTML | MESSAGE_HIDDEN_TEXT },
	{ "invisible",
	  PLAIN "a\xe2\x80\x8b"
	        "b\n",
	  "ab\n", "text/plain", MESSAGE_INVISIBLES },
	{ "delimiter-glued", MIXED "--m\n\na--m--\n", "a\n", "text/plain", 0 },
};

static void
test_choice(const void *data)
{
	const struct choice_row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Mime) mime = mime_parse(row->mail, strlen(row->mail), &error);
	g_auto(Body) body = { 0 };

	g_assert_no_error(error);
	body_read(mime, &body);
	g_assert_cmpstr(body.text, ==, row->text);
	g_assert_cmpstr(body.type, ==, row->type);
	g_assert_cmphex(body.flags, ==, row->flags);
}

static void
test_decode_bounded(void)
{
	static const char mail[] =
		"Content-Transfer-Encoding: base64\n\nYWJjZGVmZ2hpag==\n";
	g_autoptr(Mime) mime = mime_parse(mail, strlen(mail), NULL);

	for (size_t max = 0; max < 12; max++) {
		size_t size;
		g_autofree char *content =
			mime_decode(mime, mime_part(mime, 0), max, &size);

		g_assert_cmpuint(size, ==, MIN(max, 10));
		g_assert_cmpmem(content, size, "abcdefghij", size);
	}
}

/* A mail may be cut anywhere. */
static void
test_cut_anywhere(void)
{
	static const char mail[] =
		MIXED "--m\n" ALTERNATIVE "--a\n" PLAIN "plain\n--a\n" HTML
		      "<p>html\n--a--\n--m\n" PDF "b\n--m--\n";

	for (size_t size = 0; size <= strlen(mail); size++) {
		g_autofree char *bytes = g_memdup2(mail, size);
		g_autoptr(GError) error = NULL;
		g_autoptr(Mime) mime = mime_parse(bytes, size, &error);
		g_auto(Body) body = { 0 };

		g_assert_no_error(error);
		body_read(mime, &body);
		g_assert_true(g_utf8_validate(body.text, -1, NULL));
	}
}

static void
add_rows(void)
{
	rows_add("/mime/tree/", tree_rows, test_tree);
	rows_add("/mime/choice/", choice_rows, test_choice);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	add_rows();
	g_test_add_func("/mime/decode-bounded", test_decode_bounded);
	g_test_add_func("/mime/cut-anywhere", test_cut_anywhere);
	return g_test_run();
}
