/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <glib.h>
#include <string.h>

#include "cpu_clock.h"
#include "rows.h"

static const struct row {
	const char *name, *in, *out;
	size_t max;
	unsigned replaced, controls, invisible;
	bool truncated;
} rows[] = {
	{ "plain", "Hej Bo\n", "Hej Bo\n", 99, 0, 0, 0, false },
	{ "crlf", "a\r\nb\rc\n", "a\nb\nc\n", 99, 0, 0, 0, false },
	{ "tab-stays", "a\tb", "a\tb", 99, 0, 0, 0, false },
	{ "controls",
	  "a\x01\x1b\x7f"
	  "b\xc2\x85",
	  "ab", 99, 0, 4, 0, false },
	{ "latin1-byte", "f\xf8lg", "f\xef\xbf\xbdlg", 99, 1, 0, 0, false },
	{ "truncated-sequence", "a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd", 99, 2,
	  0, 0, false },
	{ "overlong", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 99, 2, 0, 0,
	  false },
	{ "surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
	  99, 3, 0, 0, false },
	{ "bidi",
	  "a\xe2\x80\xae"
	  "b\xe2\x81\xa6"
	  "c\xd8\x9c",
	  "abc", 99, 0, 0, 3, false },
	{ "zero-width",
	  "p\xe2\x80\x8b"
	  "a\xc2\xad"
	  "y\xef\xbb\xbf",
	  "pay", 99, 0, 0, 3, false },
	{ "tag-characters",
	  "a\xf3\xa0\x81\x81"
	  "b",
	  "ab", 99, 0, 0, 1, false },
	{ "joined-emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
	  "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 99, 0, 0, 0, false },
	{ "joiner-alone",
	  "a\xe2\x80\x8d"
	  "b",
	  "ab", 99, 0, 0, 1, false },
	{ "nfc", "A\xcc\x8a", "\xc3\x85", 99, 0, 0, 0, false },
	{ "cut", "abcdef", "abc", 3, 0, 0, 0, true },
	{ "cut-character", "ab\xc3\xa6", "ab", 3, 0, 0, 0, true },
	{ "cut-at-end", "ab\xc3\xa6", "ab\xc3\xa6", 4, 0, 0, 0, false },
	{ "cut-combining", "ab\xd0\xb8\xcc\x8f", "ab", 5, 0, 0, 0, true },
	{ "empty", "", "", 0, 0, 0, 0, false },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	TextNotes notes = { 0 };
	g_autofree char *out =
		text_sanitise(row->in, strlen(row->in), row->max, &notes);

	g_assert_cmpstr(out, ==, row->out);
	g_assert_cmpuint(notes.replaced, ==, row->replaced);
	g_assert_cmpuint(notes.controls, ==, row->controls);
	g_assert_cmpuint(notes.invisible, ==, row->invisible);
	g_assert_true(notes.truncated == row->truncated);
}

/* A NUL is a control like others and ends nothing. */
static void
test_nul(void)
{
	g_autofree char *out = text_sanitise("a\0b", 3, 99, NULL);

	g_assert_cmpstr(out, ==, "ab");
}

/* Canonical ordering must not be made quadratic by a stranger. */
static void
test_combining_run(void)
{
	g_autoptr(GString) in = g_string_new("a");
	g_autofree char *out = NULL;
	double start = cpu_clock_ms();

	for (int i = 0; i < 100000; i++)
		g_string_append(in, i % 2 ? "\xcc\x81" : "\xcc\xa3");
	out = text_sanitise(in->str, in->len, in->len, NULL);
	g_assert_cmpuint(strlen(out), <, 80);
	g_assert_cmpfloat(cpu_clock_ms() - start, <, 200);
}

/* Whatever comes in, what goes out is safe; and doing it twice adds nothing. */
static void
test_random(void)
{
	GRand *rand = g_rand_new_with_seed(20261121);

	for (int i = 0; i < 20000; i++) {
		char bytes[64];
		size_t size = (size_t)g_rand_int_range(rand, 0, 64);
		size_t max = (size_t)g_rand_int_range(rand, 0, 70);
		g_autofree char *once = NULL;
		g_autofree char *twice = NULL;

		for (size_t j = 0; j < size; j++)
			bytes[j] = (char)g_rand_int_range(rand, 0, 256);
		once = text_sanitise(bytes, size, max, NULL);
		g_assert_true(g_utf8_validate(once, -1, NULL));
		g_assert_cmpuint(strlen(once), <=, max);
		twice = text_sanitise(once, strlen(once), max, NULL);
		g_assert_cmpstr(once, ==, twice);
	}
	g_rand_free(rand);
}

static void
test_printable(void)
{
	g_assert_true(text_is_printable_ascii("X-Tact: ~ ok"));
	g_assert_false(text_is_printable_ascii("a\tb"));
	g_assert_false(text_is_printable_ascii("\xc3\xa6"));
}

static void
test_noun(void)
{
	g_assert_cmpstr(text_noun(0, "line", "lines"), ==, "lines");
	g_assert_cmpstr(text_noun(1, "line", "lines"), ==, "line");
	g_assert_cmpstr(text_noun(2, "line", "lines"), ==, "lines");
	g_assert_cmpstr(text_noun(INT64_C(1) << 32 | 1, "line", "lines"), ==,
	                "lines");
	g_assert_cmpstr(text_noun(-1, "line", "lines"), ==, "lines");
}

static void
test_blank(void)
{
	g_assert_true(text_is_blank(""));
	g_assert_true(text_is_blank(" \t\r\n\u00a0\u2009\u3000"));
	g_assert_false(text_is_blank("\u00a0\u00e5"));
	g_assert_false(text_is_blank("  ."));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/text/", rows, test_row);
	g_test_add_func("/text/nul", test_nul);
	g_test_add_func("/text/combining-run", test_combining_run);
	g_test_add_func("/text/random", test_random);
	g_test_add_func("/text/printable", test_printable);
	g_test_add_func("/text/noun", test_noun);
	g_test_add_func("/text/blank", test_blank);
	return g_test_run();
}
