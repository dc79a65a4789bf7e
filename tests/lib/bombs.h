/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bombs - mails made to cost time or memory, one family a row, in any size.
 *
 * A mail is the head, then the unit as often as fits, then the tail. In the
 * unit each \x01 becomes a number that counts up. A head that starts with \x02
 * is a mail of nested multiparts, the rest of it the start of their boundaries.
 *
 * Owns:    bomb_make() returns a GString of the caller's.
 */
#ifndef TESTS_BOMBS_H
#define TESTS_BOMBS_H

#include <glib.h>
#include <string.h>

typedef struct Bomb {
	const char *name;
	const char *head;
	const char *unit;
	size_t unit_size; /* 0: the unit is a string */
	const char *tail;
} Bomb;

#define BOMB_LEVELS 30

#define BOMB_TOP "From: Bo <bo@example.com>\nSubject: x\nMIME-Version: 1.0\n"
#define BOMB_TEXT(type) BOMB_TOP "Content-Type: text/" type "\n"
#define BOMB_PLAIN(charset) BOMB_TEXT("plain; charset=" charset) "\n"
#define BOMB_HTML BOMB_TEXT("html; charset=utf-8") "\n<html><body>"
#define BOMB_MIXED BOMB_TOP "Content-Type: multipart/mixed; boundary=b\n\n"
#define BOMB_ENCODED(encoding)                                                 \
	BOMB_TEXT("plain; charset=utf-8")                                      \
	"Content-Transfer-Encoding: " encoding "\n\n"
#define BOMB_LEVEL(b)                                                          \
	"Content-Type: multipart/mixed; boundary=" b "\n\n--" b "\n"
#define BOMB_64                                                                \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define BOMB_192 BOMB_64 BOMB_64 BOMB_64
#define BOMB_4(x) x x x x
#define BOMB_256(x) BOMB_4(BOMB_4(BOMB_4(BOMB_4(x))))
#define BOMB_PART(type) "--b\nContent-Type: text/" type "\n\n"

static const Bomb bombs[] = {
	/* as many parts as may be, each of them work */
	{ "parts-plain", BOMB_MIXED,
	  BOMB_PART("plain; charset=x") BOMB_256("\xff a b c d") "\n", 0, "" },
	{ "parts-utf-7", BOMB_MIXED,
	  BOMB_PART("plain; charset=utf-7") BOMB_256("+AOY-+-+") "\n", 0, "" },
	{ "parts-html", BOMB_MIXED,
	  BOMB_PART("html; charset=utf-8") BOMB_256("<p><b></i>") "\n", 0, "" },
	{ "parts-html-entities", BOMB_MIXED,
	  BOMB_PART("html; charset=utf-8") BOMB_256("&zz; &xx;") "\n", 0, "" },
	/* structure */
	{ "nested-multipart", BOMB_TOP, BOMB_LEVEL("b\x01"), 0, "" },
	{ "nested-same-boundary", BOMB_TOP, BOMB_LEVEL("b"), 0, "" },
	{ "nested-message", BOMB_TOP, "Content-Type: message/rfc822\n\n", 0,
	  "" },
	{ "nested-message-in-part", BOMB_MIXED "--b\n",
	  "Content-Type: message/rfc822\n\n", 0, "" },
	{ "empty-parts", BOMB_MIXED, "--b\n", 0, "--b--\n" },
	{ "tiny-parts", BOMB_MIXED, "--b\n\nx\n", 0, "--b--\n" },
	{ "parts-with-header", BOMB_MIXED,
	  "--b\nContent-Type: text/plain\n\n\n", 0, "" },
	{ "boundary-storm",
	  "\x02"
	  "s",
	  "--\n", 0, "" },
	{ "boundary-storm-close",
	  "\x02"
	  "s",
	  "----\n", 0, "" },
	{ "boundary-storm-prefix", "\x02" BOMB_192, "--" BOMB_192 "\n", 0, "" },
	{ "boundary-storm-wrong", "\x02" BOMB_192, "--" BOMB_192 "z9\n", 0,
	  "" },
	{ "boundary-long", BOMB_TOP "Content-Type: multipart/mixed; boundary=",
	  BOMB_64, 0, "\n\n--a\n" },
	{ "boundary-missing", BOMB_TOP "Content-Type: multipart/mixed\n\n",
	  "--\n", 0, "" },
	{ "name-70-bytes",
	  BOMB_TOP
	  "Content-Type: multipart/mixed;"
	  " aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg"
	  "gggggg=1\n\n",
	  "--a\n", 0, "" },
	/* headers */
	{ "to-lines", BOMB_TOP, "To: a\x01@example.com\n", 0, "\n" },
	{ "to-addresses", BOMB_TOP "To: z@example.com", ",\n a\x01@example.com",
	  0, "\n\n" },
	{ "to-groups", BOMB_TOP "To: ", "g\x01:a@b,c@d;,", 0, "\n\n" },
	{ "header-fields", BOMB_TOP, "X-A: b\n", 0, "\n" },
	{ "header-folds", BOMB_TOP "X-A: b\n", " c\n", 0, "\n" },
	{ "header-one-value", BOMB_TOP "X-A: ", "abcdefgh", 0, "\n\n" },
	{ "from-colons", "From: ", ":", 0, "\n\nx\n" },
	{ "from-comments", "From: ", "(", 0, "\n\nx\n" },
	{ "from-angles", "From: ", "<", 0, "\n\nx\n" },
	{ "from-quotes", "From: ", "\"", 0, "\n\nx\n" },
	{ "from-backslash", "From: \"", "\\", 0, "\n\nx\n" },
	{ "from-at", "From: ", "@", 0, "\n\nx\n" },
	{ "from-dots", "From: a@", "b.", 0, "\n\nx\n" },
	{ "encoded-words", "Subject: ", "=?utf-8?q?a?= ", 0, "\n\nx\n" },
	{ "encoded-words-open", "Subject: ", "=?utf-8?q?", 0, "\n\nx\n" },
	{ "encoded-word-long", "Subject: =?utf-8?q?", "=C3=B8", 0,
	  "?=\n\nx\n" },
	{ "parameters", BOMB_TOP "Content-Type: text/plain", "; a\x01=b", 0,
	  "\n\nx\n" },
	{ "parameters-2231", BOMB_TOP "Content-Type: text/plain",
	  "; a*\x01*=%41", 0, "\n\nx\n" },
	{ "parameter-long", BOMB_TOP "Content-Type: text/plain; a=", "bcdefgh",
	  0, "\n\nx\n" },
	{ "references", BOMB_TOP "References: ", "<\x01@example.com>\n ", 0,
	  "\n\nx\n" },
	{ "subject-re", BOMB_TOP "Subject: ", "Re: ", 0, "\n\nx\n" },
	{ "received", BOMB_TOP, "Received: from a by b; Mon, 1 Jan 2024\n", 0,
	  "\n" },
	{ "authentication-results", BOMB_TOP,
	  "Authentication-Results: mx.example.com; spf=pass (", 0, "\n" },
	/* charsets and encodings */
	{ "utf-8-cut", BOMB_PLAIN("utf-8"), "\xe2\x82", 0, "" },
	{ "utf-8-continuation", BOMB_PLAIN("utf-8"), "\x80", 0, "" },
	{ "charset-bogus", BOMB_PLAIN("x-bogus"), "\xff\xfe", 0, "" },
	{ "charset-none", BOMB_TEXT("plain") "\n", "\xc3\xa6\xf8", 0, "" },
	{ "utf-7", BOMB_PLAIN("utf-7"), "+", 0, "" },
	{ "utf-7-words", BOMB_PLAIN("utf-7"), "+AOY-", 0, "" },
	{ "utf-16", BOMB_PLAIN("utf-16"), "\xd8\x00", 2, "" },
	{ "utf-32", BOMB_PLAIN("utf-32"), "\xff\xff\xff\xff", 0, "" },
	{ "iso-2022-jp", BOMB_PLAIN("iso-2022-jp"), "\x1b$B\x1b(B", 0, "" },
	{ "iso-2022-jp-wrong", BOMB_PLAIN("iso-2022-jp"), "\xff", 0, "" },
	{ "iso-2022-kr", BOMB_PLAIN("iso-2022-kr"), "\x0e\xff\x0f", 0, "" },
	{ "gb18030-wrong", BOMB_PLAIN("gb2312"), "\xff\x30", 0, "" },
	{ "big5-wrong", BOMB_PLAIN("big5"), "\xff", 0, "" },
	{ "cp932-wrong", BOMB_PLAIN("shift_jis"), "\x81\x20", 0, "" },
	{ "euc-kr-wrong", BOMB_PLAIN("euc-kr"), "\xc9\x20", 0, "" },
	{ "cp1252", BOMB_PLAIN("iso-8859-1"), "\x80", 0, "" },
	{ "base64", BOMB_ENCODED("base64"), "w6bDuMOl", 0, "" },
	{ "base64-garbage", BOMB_ENCODED("base64"), "*\n", 0, "" },
	{ "base64-padding", BOMB_ENCODED("base64"), "==", 0, "" },
	{ "qp-soft", BOMB_ENCODED("quoted-printable"), "=\n", 0, "" },
	{ "qp-equals", BOMB_ENCODED("quoted-printable"), "=", 0, "" },
	{ "qp-bytes", BOMB_ENCODED("quoted-printable"), "=E2=82=AC", 0, "" },
	{ "uuencode", BOMB_ENCODED("x-uuencode") "begin 644 a\n",
	  "M86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A86%A\n", 0,
	  "`\nend\n" },
	{ "yenc", BOMB_PLAIN("utf-8"), "=ybegin line=128 size=1 name=a\n", 0,
	  "" },
	/* text */
	{ "nul", BOMB_PLAIN("utf-8"), "\0", 1, "" },
	{ "one-line", BOMB_PLAIN("utf-8"), "a", 0, "" },
	{ "line-ends", BOMB_PLAIN("utf-8"), "\n", 0, "" },
	{ "carriage-returns", BOMB_PLAIN("utf-8"), "\r", 0, "" },
	{ "zero-width", BOMB_PLAIN("utf-8"), "\xe2\x80\x8b", 0, "" },
	{ "joiners", BOMB_PLAIN("utf-8"), "\xf0\x9f\x91\xa9\xe2\x80\x8d", 0,
	  "" },
	{ "combining", BOMB_PLAIN("utf-8") "e", "\xcc\x81", 0, "" },
	{ "combining-order", BOMB_PLAIN("utf-8") "e", "\xcc\x81\xcc\xa3", 0,
	  "" },
	{ "hangul", BOMB_PLAIN("utf-8"), "\xe1\x84\x80\xe1\x85\xa1", 0, "" },
	{ "flowed-depth", BOMB_TEXT("plain; format=flowed") "\n", ">", 0, "" },
	{ "flowed-soft", BOMB_TEXT("plain; format=flowed") "\n", "a \n", 0,
	  "" },
	{ "flowed-alternating", BOMB_TEXT("plain; format=flowed") "\n",
	  ">a \nb \n", 0, "" },
	{ "quotes", BOMB_PLAIN("utf-8"), "> a\n", 0, "" },
	{ "quotes-deep", BOMB_PLAIN("utf-8"), ">>>>>>>> a\n\n", 0, "" },
	{ "attributions", BOMB_PLAIN("utf-8"),
	  "On 1 May 2024 at 10:00 Bo <bo@example.com> wrote:\n", 0, "" },
	{ "attributions-open", BOMB_PLAIN("utf-8"), "On \n", 0, "" },
	{ "outlook-headers", BOMB_PLAIN("utf-8"),
	  "From: a\nSent: b\nTo: c\nSubject: d\n", 0, "" },
	{ "separators", BOMB_PLAIN("utf-8"), "-- \n", 0, "" },
	{ "underscores", BOMB_PLAIN("utf-8"), "_", 0, "" },
	{ "blanks", BOMB_PLAIN("utf-8"), " ", 0, "" },
	{ "blank-lines", BOMB_PLAIN("utf-8"), " \n", 0, "" },
	/* HTML */
	{ "html-b", BOMB_HTML, "<b>", 0, "x" },
	{ "html-div", BOMB_HTML, "<div>", 0, "x" },
	{ "html-table", BOMB_HTML, "<table>", 0, "x" },
	{ "html-table-cells", BOMB_HTML, "<table><tr><td>", 0, "x" },
	{ "html-blockquote", BOMB_HTML, "<blockquote>x", 0, "x" },
	{ "html-p", BOMB_HTML, "<p>", 0, "x" },
	{ "html-li", BOMB_HTML, "<ul><li>x", 0, "x" },
	{ "html-font", BOMB_HTML, "<font color=white>x", 0, "x" },
	{ "html-unknown", BOMB_HTML, "<x\x01>y</x\x01>", 0, "" },
	{ "html-misnested", BOMB_HTML, "<b><i><p></b></i>", 0, "x" },
	{ "html-ends", BOMB_HTML, "</i>", 0, "x" },
	{ "html-deep-ends",
	  BOMB_HTML "<b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b>", "</i>",
	  0, "x" },
	{ "html-p-ends", BOMB_HTML, "</p>", 0, "x" },
	{ "html-comments", BOMB_HTML, "<!-- x -->", 0, "x" },
	{ "html-comments-open", BOMB_HTML, "<!--", 0, "x" },
	{ "html-declarations", BOMB_HTML, "<!x", 0, "x" },
	{ "html-instructions", BOMB_HTML, "<?x", 0, "x" },
	{ "html-cdata", BOMB_HTML, "<![CDATA[", 0, "x" },
	{ "html-angles", BOMB_HTML, "<", 0, "x" },
	{ "html-close-angles", BOMB_HTML, "</", 0, "x" },
	{ "html-tag-open", BOMB_HTML, "<a ", 0, "x" },
	{ "html-quote-open", BOMB_HTML, "<a b=\"", 0, "x" },
	{ "html-attribute-huge", BOMB_HTML "<a href=\"", "abcdefgh", 0,
	  "\">x" },
	{ "html-attributes", BOMB_HTML "<a ", "b\x01=c ", 0, ">x" },
	{ "html-attributes-glued", BOMB_HTML "<a ", "b\x01=\"c\"", 0, ">x" },
	{ "html-attributes-bare", BOMB_HTML "<a ", "b\x01 ", 0, ">x" },
	{ "html-attributes-slashes", BOMB_HTML "<a ", "/b\x01", 0, ">x" },
	{ "html-attributes-many", BOMB_HTML,
	  "<a a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9 j=1 k=2 l=3 m=4>", 0, "x" },
	{ "html-style-long", BOMB_HTML "<p style=\"", "color:red;", 0, "\">x" },
	{ "html-style-hidden", BOMB_HTML, "<p style=\"display:none\">x</p>", 0,
	  "x" },
	{ "html-class", BOMB_HTML, "<p class=\"gmail_gmail_moz-cite-\">x", 0,
	  "x" },
	{ "html-entities", BOMB_HTML, "&amp;", 0, "x" },
	{ "html-entities-open", BOMB_HTML, "&", 0, "x" },
	{ "html-entities-unknown", BOMB_HTML, "&zz;", 0, "x" },
	{ "html-entities-number", BOMB_HTML, "&#99999999;", 0, "x" },
	{ "html-entities-bare", BOMB_HTML, "&lt", 0, "x" },
	{ "html-script", BOMB_HTML, "<script>", 0, "x" },
	{ "html-script-close", BOMB_HTML, "<script></scrip", 0, "x" },
	{ "html-style", BOMB_HTML, "<style>x</style>", 0, "x" },
	{ "html-pre", BOMB_HTML "<pre>", " \n", 0, "x" },
	{ "html-br", BOMB_HTML, "<br>", 0, "x" },
	{ "html-br-text", BOMB_HTML, "x<br>", 0, "x" },
	{ "html-nul", BOMB_HTML, "\0", 1, "x" },
	{ "html-wrong-utf-8", BOMB_HTML, "\xff", 0, "x" },
	{ "html-text", BOMB_HTML, "lorem ipsum ", 0, "x" },
	{ "html-signature", BOMB_HTML, "<div id=Signature>x</div>", 0, "x" },
	{ "html-namespace", BOMB_HTML, "<o:p>x</o:p>", 0, "x" },
	{ "html-body", BOMB_HTML, "<body>", 0, "x" },
	{ "html-frameset", BOMB_HTML, "<frameset>", 0, "x" },
	{ "html-select", BOMB_HTML, "<select><option>", 0, "x" },
	{ "html-form", BOMB_HTML, "<form>", 0, "x" },
	{ "html-meta", BOMB_TEXT("html") "\n", "<meta charset=utf-7>", 0, "x" },
};

static inline void
bomb_append(GString *out, const Bomb *bomb, unsigned counter)
{
	size_t size =
		bomb->unit_size == 0 ? strlen(bomb->unit) : bomb->unit_size;

	for (size_t i = 0; i < size; i++) {
		if (bomb->unit[i] == '\x01')
			g_string_append_printf(out, "%u", counter);
		else
			g_string_append_c(out, bomb->unit[i]);
	}
}

static inline GString *
bomb_levels(const char *boundary)
{
	GString *out = g_string_new(BOMB_TOP);

	for (int i = 0; i < BOMB_LEVELS; i++)
		g_string_append_printf(
			out,
			"Content-Type: multipart/mixed; boundary=%s%d\n\n"
			"--%s%d\n",
			boundary, i, boundary, i);
	return out;
}

static inline GString *
bomb_make(const Bomb *bomb, size_t size)
{
	GString *out = bomb->head[0] == '\x02' ? bomb_levels(bomb->head + 1)
	                                       : g_string_new(bomb->head);
	unsigned counter = 0;

	while (out->len + strlen(bomb->tail) < size)
		bomb_append(out, bomb, counter++);
	g_string_append(out, bomb->tail);
	return out;
}

#endif
