/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "bombs.h"
#include "cpu_clock.h"
#include "message/html.h"
#include "message/message.h"
#include "rows.h"

#define LINE "________________________________\n"

static const struct row {
	const char *name;
	const char *html;
	const char *text;
	bool hidden;
} rows[] = {
	{ "empty", "", "", false },
	{ "text", "hello", "hello\n", false },
	{ "blanks", "  a \n\t b  ", "a b\n", false },
	{ "paragraphs", "<p>a</p><p>b</p>", "a\n\nb\n", false },
	{ "outlook-paragraphs",
	  "<p class=MsoNormal>a</p><p class=\"MsoNormal\">b</p>", "a\nb\n",
	  false },
	{ "margin-0", "<p style=\"margin: 0\">a</p><p style='margin:0'>b</p>",
	  "a\nb\n", false },
	{ "div", "<div>a</div><div>b</div>", "a\nb\n", false },
	{ "div-nested", "<div><div><div>a</div></div></div><div>b</div>",
	  "a\nb\n", false },
	{ "br", "a<br>b<br/>c", "a\nb\nc\n", false },
	{ "br-empty-line", "a<br><br>b", "a\n\nb\n", false },
	{ "gmail-lines", "<div>a</div><div><br></div><div>b</div>", "a\n\nb\n",
	  false },
	{ "inline", "<b>a</b><i>b</i> <span>c</span>", "ab c\n", false },
	{ "list", "<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc\n", false },
	{ "list-unclosed", "<ol><li>a<li>b</ol>", "- a\n- b\n", false },
	{ "table",
	  "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"
	  "</table>",
	  "a b\nc\n", false },
	{ "link", "<a href=\"https://example.com/?a=1&b=2\">see</a> it",
	  "see it\n", false },
	{ "no-break-line",
	  "<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;"
	  "</p><p class=MsoNormal>b</p>",
	  "a\n\nb\n", false },
	{ "no-break-indent", "<div>a</div><div>&nbsp;&nbsp;b</div>", "a\nb\n",
	  false },
	{ "no-break-br", "a<br>&nbsp;<br>b", "a\n\nb\n", false },
	{ "image-alt", "a<img alt=\"no text\" src=x>b", "ab\n", false },
	{ "entities", "&lt;&amp;&nbsp;&oslash;&#229;&#xe6;", "<& øåæ\n",
	  false },
	{ "entity-unknown", "a &zz; b & c", "a &zz; b & c\n", false },
	{ "pre", "<pre>a  b\n  c</pre>d", "a  b\n  c\nd\n", false },
	{ "unicode", "<p>blåbærgrød 👍</p>", "blåbærgrød 👍\n", false },
	{ "less-than", "a < b <3 c", "a < b <3 c\n", false },
	{ "nul", NULL, "a b\n", false },
	/* never text */
	{ "head", "<head><title>t</title><style>s</style></head><body>a", "a\n",
	  false },
	{ "script", "a<script>if (1<2) document.write('<b>x');</script>b",
	  "ab\n", false },
	{ "script-open", "a<script>b", "a\n", false },
	{ "style-in-body", "a<style>p { color: red }</style>b", "ab\n", false },
	{ "comment", "a<!-- x -->b<!-->c<!--->d", "abcd\n", false },
	{ "comment-open", "a<!-- x", "a\n", false },
	{ "comment-conditional",
	  "a<!--[if mso]><p>x</p><![endif]-->b<![if !mso]>c<![endif]>d",
	  "abcd\n", false },
	{ "namespace", "a<o:p>&nbsp;</o:p>b<v:shape x=1>c", "a bc\n", false },
	{ "doctype", "<!DOCTYPE html PUBLIC \"x>y\">a", "y\">a\n", false },
	/* quotes and signatures */
	{ "blockquote", "a<blockquote>b<br>c<p>d</p></blockquote>e",
	  "a\n\n> b\n> c\n> \n> d\n\ne\n", false },
	{ "blockquote-nested",
	  "<blockquote type=cite>a<blockquote type=cite>b</blockquote>"
	  "</blockquote>c",
	  "> a\n> \n> > b\n\nc\n", false },
	{ "blockquote-indents",
	  "<blockquote style=\"margin:0 0 0 40px;border:none\">a</blockquote>",
	  "a\n", false },
	{ "gmail",
	  "<div>new</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">"
	  "On Mon, Bo wrote:<br></div><blockquote class=\"gmail_quote\" "
	  "style=\"margin:0px;border-left:1px solid\">old</blockquote></div>",
	  "new\n> On Mon, Bo wrote:\n> \n> old\n", false },
	{ "thunderbird",
	  "new<div class=\"moz-cite-prefix\">Den 1. maj skrev Bo:<br></div>"
	  "<blockquote type=\"cite\" cite=\"mid:x\">old</blockquote>",
	  "new\n> Den 1. maj skrev Bo:\n> \n> old\n", false },
	{ "yahoo", "new<div class=\"yahoo_quoted\" id=x>old</div>",
	  "new\n> old\n", false },
	{ "outlook",
	  "<p class=MsoNormal>new</p><div><div style='border:none;border-top:"
	  "solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>"
	  "<b>From:</b> Bo</p></div></div>",
	  "new\n" LINE "From: Bo\n", false },
	{ "outlook-web",
	  "<div>new</div><div id=\"appendonsend\"></div><hr>"
	  "<div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>From:</b> Bo</div>",
	  "new\n" LINE LINE "From: Bo\n", false },
	{ "signature-gmail", "a<div class=\"gmail_signature\">Bo</div>",
	  "a\n-- \nBo\n", false },
	{ "signature-gmail-prefix",
	  "a<br><span class=\"gmail_signature_prefix\">-- </span><br>"
	  "<div class=\"gmail_signature\">Bo</div>",
	  "a\n-- \nBo\n", false },
	{ "signature-outlook", "a<div id=\"Signature\">Bo</div>",
	  "a\n-- \nBo\n", false },
	{ "signature-thunderbird",
	  "a<pre class=\"moz-signature\">-- \nBo</pre>", "a\n-- \n-- \nBo\n",
	  false },
	/* hidden */
	{ "display-none", "a<div style=\"display: none\">x</div>b", "ab\n",
	  true },
	{ "display-none-nested",
	  "a<div style=\"display:none\"><p>x<b>y</b></p></div><p>b</p>",
	  "a\n\nb\n", true },
	{ "display-none-blank", "a<div style=\"display:none\">&nbsp;</div>b",
	  "ab\n", false },
	{ "visibility", "a<i style='VISIBILITY:Hidden'>x</i>b", "ab\n", true },
	{ "font-size-0", "a<i style=\"font-size:0\">x</i>b", "ab\n", true },
	{ "font-size-0px", "a<i style=\"font-size:0px;color:red\">x</i>b",
	  "ab\n", true },
	{ "font-size-0-around-text",
	  "<table style=\"font-size:0px\"><tr><td>x<p style=\"font-size:14px\">"
	  "a</table>",
	  "a\n", true },
	{ "font-size-0-around-blanks",
	  "<div style=\"font-size:0\">\n<p style=\"font-size:small\">a</p>\n"
	  "<p style=\"font-size:14px\">b</p></div>",
	  "a\n\nb\n", false },
	{ "font-size-0-of-0",
	  "a<i style=\"font-size:0\"><b style=\"font-size:2em\">x</b><b "
	  "style=\"font-size:larger\">y</b><b>z</b></i>",
	  "a\n", true },
	{ "font-size-0-hidden-in-it",
	  "<p style=\"font-size:0\"><i style=\"display:none\"><b "
	  "style=\"font-size:9px\">x</b></i><b style=\"font-size:9px\">a",
	  "a\n", true },
	{ "font-size-small", "a<i style=\"font-size:0.8em\">x</i>b", "axb\n",
	  false },
	{ "opacity-0", "a<i style=\"opacity:0\">x</i>b", "ab\n", true },
	{ "opacity-half", "a<i style=\"opacity:0.5\">x</i>b", "axb\n", false },
	{ "max-height-0", "a<i style=\"max-height:0\">x</i>b", "ab\n", true },
	{ "mso-hide", "a<i style=\"mso-hide:all\">x</i>b", "ab\n", true },
	{ "hidden-attribute", "a<p hidden>x</p>b", "ab\n", true },
	{ "white-on-white", "a<font color=\"#FFFFFF\">x</font>b", "ab\n",
	  true },
	{ "white-on-white-style",
	  "a<p style=\"color:#fff;background:white\">x</p>b", "ab\n", true },
	{ "white-on-blue",
	  "<table bgcolor=\"#000080\"><tr><td style=\"color:white\">x</td>"
	  "</tr></table>",
	  "x\n", false },
	{ "white-on-blue-in-white",
	  "<div style=\"color:white;background-color:#00f\">x<p style=\""
	  "background:#fff\">y</p></div>",
	  "x\n", true },
	{ "black-in-white", "<font color=white>x<font color=black>y</font>", "",
	  true },
	{ "border-colour-white", "<p style=\"border-color:white\">x</p>", "x\n",
	  false },
	/* broken */
	{ "unclosed", "<div><b>a<p>b", "a\n\nb\n", false },
	{ "misnested", "<b>a<i>b</b>c</i>d", "abcd\n", false },
	{ "end-only", "</div></b>a", "a\n", false },
	{ "tag-cut", "a<div class=\"x", "a\n", false },
	{ "attribute-with-angle", "<a title=\"x > y\">b</a>", "b\n", false },
	{ "two-bodies", "<body>a</body><body>b</body>c", "abc\n", false },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	const char *html = row->html == NULL ? "a\0b" : row->html;
	size_t size = row->html == NULL ? 3 : strlen(html);
	HtmlNotes notes;
	g_autofree char *text =
		html_to_text(html, size, LIMIT_TEXT_DECODED, &notes);

	g_assert_cmpstr(text, ==, row->text);
	g_assert_true(notes.hidden == row->hidden);
	g_assert_false(notes.truncated);
}

/* ------------------------------------------------------------- the limits */

static bool
is_truncated(const GString *html)
{
	HtmlNotes notes;
	g_autofree char *text =
		html_to_text(html->str, html->len, LIMIT_TEXT_DECODED, &notes);

	g_assert_true((strstr(text, "END") == NULL) == notes.truncated);
	return notes.truncated;
}

static GString *
repeated(const char *unit, unsigned n)
{
	GString *html = g_string_new(NULL);

	for (unsigned i = 0; i < n; i++)
		g_string_append(html, unit);
	return g_string_append(html, "END");
}

static void
expect_limit(const char *unit, unsigned limit)
{
	for (int more = -1; more <= 1; more++) {
		g_autoptr(GString) html =
			repeated(unit, (unsigned)((int)limit + more));

		g_assert_true(is_truncated(html) == (more == 1));
	}
}

static void
test_depth(void)
{
	expect_limit("<b>", LIMIT_HTML_DEPTH);
}

static void
test_tokens(void)
{
	expect_limit("<!-->", LIMIT_HTML_TOKENS);
}

static void
test_text_max(void)
{
	g_autofree char *html = g_strnfill(2000, 'x');

	for (size_t max = 100; max < 200; max++) {
		HtmlNotes notes;
		g_autofree char *text = html_to_text(html, 2000, max, &notes);

		g_assert_cmpuint(strlen(text), <=, max);
		g_assert_true(notes.truncated);
	}
}

/* ---------------------------------------------------------------- the time */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TIME_MAX_MS 2000
#else
#define TIME_MAX_MS 20
#endif

static double
html_ms(const GString *html)
{
	HtmlNotes notes;
	g_autofree char *text = NULL;
	double start = cpu_clock_ms();

	text = html_to_text(html->str, html->len, LIMIT_TEXT_DECODED, &notes);
	return cpu_clock_ms() - start;
}

/* 1 MiB of what is known to be slow elsewhere. */
static void
test_time(void)
{
	static const char *const names[] = {
		"html-b",
		"html-div",
		"html-table",
		"html-comments",
		"html-comments-open",
		"html-attribute-huge",
		"html-attributes",
		"html-attributes-glued",
		"html-entities",
		"html-entities-open",
		"html-entities-unknown",
		"html-entities-number",
		"html-deep-ends",
		"html-quote-open",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bombs); i++) {
		g_autoptr(GString) html = NULL;
		double best = 1e9;
		bool asked = false;

		for (size_t k = 0; k < G_N_ELEMENTS(names); k++)
			asked |= strcmp(names[k], bombs[i].name) == 0;
		if (!asked)
			continue;
		html = bomb_make(&bombs[i], 1024 * 1024);
		for (int run = 0; run < 30 && best > TIME_MAX_MS / 2; run++)
			best = MIN(best, html_ms(html));
		g_test_message("%s: %.1f ms", bombs[i].name, best);
		g_assert_cmpfloat(best, <=, TIME_MAX_MS);
	}
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/html/", rows, test_row);
	g_test_add_func("/html/limit/depth", test_depth);
	g_test_add_func("/html/limit/tokens", test_tokens);
	g_test_add_func("/html/limit/text", test_text_max);
	g_test_add_func("/html/time", test_time);
	return g_test_run();
}
