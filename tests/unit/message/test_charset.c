/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "message/charset.h"
#include "message/message.h"
#include "rows.h"

#define BYTES(text) text, sizeof(text) - 1

static const struct row {
	const char *name;
	const char *label;
	const char *bytes;
	size_t size;
	const char *text;
	const char *charset; /* the one taken */
} rows[] = {
	{ "ascii", "us-ascii", BYTES("abc"), "abc", "us-ascii" },
	{ "none", NULL, BYTES("abc"), "abc", "us-ascii" },
	{ "utf-8", "UTF-8", BYTES("\xc3\xa6"), "æ", "utf-8" },
	{ "utf8-without-hyphen", "utf8", BYTES("\xc3\xa6"), "æ", "utf-8" },
	{ "latin1-is-cp1252", "ISO-8859-1", BYTES("\x80\x93\xe6"), "€“æ",
	  "windows-1252" },
	{ "label-quoted", "\"iso-8859-1\"", BYTES("\xe6"), "æ",
	  "windows-1252" },
	{ "latin9", "iso-8859-15", BYTES("\xa4"), "€", "iso-8859-15" },
	{ "latin5-is-cp1254", "iso-8859-9", BYTES("\xfe"), "ş",
	  "windows-1254" },
	{ "latin2", "ISO_8859-2:1987", BYTES("\xb1"), "ą", "iso-8859-2" },
	{ "koi8-r", "koi8-r", BYTES("\xc1"), "а", "koi8-r" },
	{ "cp1251", "windows-1251", BYTES("\xe0"), "а", "windows-1251" },
	{ "cp865", "cp865", BYTES("\x9b"), "ø", "ibm865" },
	{ "macintosh", "macintosh", BYTES("\xbf"), "ø", "macintosh" },
	{ "utf-7", "utf-7", BYTES("+AOY-"), "æ", "utf-7" },
	{ "utf-16-mark-be", "utf-16", BYTES("\xfe\xff\x00\xe6"), "\ufeffæ",
	  "utf-16be" },
	{ "utf-16-mark-le", "utf-16", BYTES("\xff\xfe\xe6\x00"), "\ufeffæ",
	  "utf-16le" },
	{ "utf-16-no-mark-le", "utf-16", BYTES("a\0b\0"), "ab", "utf-16le" },
	{ "utf-16-no-mark-be", "utf-16", BYTES("\0a\0b"), "ab", "utf-16be" },
	{ "utf-16-cut", "utf-16le", BYTES("a\0b"), "a", "utf-16le" },
	{ "utf-16-undeclared", NULL, BYTES("\xff\xfe\xe6\x00"), "\ufeffæ",
	  "utf-16le" },
	{ "gb2312", "gb2312", BYTES("\xc4\xe3"), "你", "gb18030" },
	{ "shift_jis", "Shift_JIS", BYTES("\x82\xa0"), "あ", "cp932" },
	{ "iso-2022-jp", "iso-2022-jp", BYTES("\x1b$B$\"\x1b(B"), "あ",
	  "iso-2022-jp" },
	{ "iso-2022-jp-undeclared", "", BYTES("\x1b$B$\"\x1b(B"), "あ",
	  "iso-2022-jp" },
	{ "euc-kr", "ks_c_5601-1987", BYTES("\xb0\xa1"), "가", "cp949" },
	{ "big5", "big5", BYTES("\xa7\x41"), "你", "big5-hkscs" },
	{ "undeclared-utf-8", NULL, BYTES("\xc3\xa6"), "æ", "utf-8" },
	{ "undeclared-utf-8-cut", NULL, BYTES("a\xc3\xa6\xe2\x82"),
	  "aæ\xe2\x82", "utf-8" },
	{ "undeclared-8-bit", NULL, BYTES("bl\xe5"), "blå", "windows-1252" },
	{ "ascii-with-8-bit", "us-ascii", BYTES("bl\xe5"), "blå",
	  "windows-1252" },
	{ "never-utf-8", "utf-8", BYTES("bl\xe5 gr\xf8"), "blå grø",
	  "windows-1252" },
	{ "latin1-is-utf-8", "iso-8859-1", BYTES("bl\xc3\xa5 gr\xc3\xb8n"),
	  "blå grøn", "utf-8" },
	{ "latin1-is-not-quite-utf-8", "iso-8859-1", BYTES("\xc3\xa5 \xe5."),
	  "Ã¥ å.", "windows-1252" },
	{ "once-utf-8", "utf-8", BYTES("bl\xe5 \xc3\xa6"), "bl\xe5 æ",
	  "utf-8" },
	{ "utf-8-cut", "utf-8", BYTES("bl\xc3"), "bl\xc3", "utf-8" },
	{ "unknown-label", "x-klingon", BYTES("bl\xe5"), "blå",
	  "windows-1252" },
	{ "nothing", "koi8-r", NULL, 0, "", "koi8-r" },
	{ "one-bad-byte", "euc-kr", BYTES("a\xff\x62"), "a\ufffd\x62",
	  "cp949" },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	size_t size;
	const char *charset;
	g_autofree char *text = charset_to_utf8(
		row->label, row->bytes, row->size, 1000, &size, &charset);

	g_assert_cmpstr(text, ==, row->text);
	g_assert_cmpuint(size, ==, strlen(row->text));
	g_assert_cmpstr(charset, ==, row->charset);
}

static void
test_bounded(void)
{
	static const char *const labels[] = { "utf-8", "iso-8859-1", "koi8-r",
		                              "utf-16le" };
	g_autofree char *bytes = g_strnfill(1000, '\xe6');

	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
		for (size_t max = 0; max < 20; max++) {
			size_t size;
			g_autofree char *text = charset_to_utf8(
				labels[i], bytes, 1000, max, &size, NULL);

			g_assert_cmpuint(size, <=, max);
			g_assert_cmpuint(strlen(text), <=, size);
		}
}

/* A wrong label is dropped when nothing in the text agrees with it. */
static void
test_wrong_label(void)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	size_t size;
	const char *charset;
	g_autofree char *text = NULL;

	for (int i = 0; i < 5000; i++)
		g_string_append(bytes, "\xff ");
	text = charset_to_utf8("euc-kr", bytes->str, bytes->len, 100000, &size,
	                       &charset);
	g_assert_cmpstr(charset, ==, "windows-1252");
	g_assert_true(g_str_has_prefix(text, "ÿ ÿ "));
}

static void
test_names(void)
{
	g_assert_cmpstr(charset_name("UTF_8"), ==, "utf-8");
	g_assert_cmpstr(charset_name("us-ascii"), ==, NULL);
	g_assert_cmpstr(charset_name(""), ==, NULL);
	g_assert_cmpstr(charset_name(NULL), ==, NULL);
	g_assert_cmpstr(
		charset_name("utf-8-and-a-name-longer-than-any-charset-has"),
		==, NULL);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/charset/", rows, test_row);
	g_test_add_func("/charset/bounded", test_bounded);
	g_test_add_func("/charset/wrong-label", test_wrong_label);
	g_test_add_func("/charset/names", test_names);
	return g_test_run();
}
