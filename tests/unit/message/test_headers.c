/* SPDX-License-Identifier: Apache-2.0 */
#include "message/headers.h"

#include <string.h>

#include "base/limits.h"
#include "message/message.h"
#include "rows.h"

/* `fields`: "name=value" of each field, `|` between; `body`: what is left. */
static const struct row {
	const char *name, *in, *fields, *body;
} rows[] = {
	{ "empty", "", "", "" },
	{ "lf", "A: 1\nB: 2\n\nx", "A=1|B=2", "x" },
	{ "crlf", "A: 1\r\nB: 2\r\n\r\nx", "A=1|B=2", "x" },
	{ "no-body", "A: 1\n", "A=1", "" },
	{ "cut-in-line", "A: 1\nB: 2", "A=1|B=2", "" },
	{ "cut-in-name", "A: 1\nB", "A=1", "B" },
	{ "folded", "A: 1\n 2\n\t3\n\n", "A=1 2\t3", "" },
	{ "folded-first-empty", "A:\n 1\n\n", "A=1", "" },
	{ "folded-blank-line", "A: 1\n \n 2\n\nx", "A=1  2", "x" },
	{ "blanks-trimmed", "A: \t 1 \t \n\n", "A=1", "" },
	{ "empty-value", "A:\nB:2\n\n", "A=|B=2", "" },
	{ "blank-before-colon", "A : 1\nB\t:2\n\n", "A=1|B=2", "" },
	{ "no-name", ": 1\n\n", "", ": 1\n\n" },
	{ "blank-in-name", "A: 1\nB C: 2\n\n", "A=1", "B C: 2\n\n" },
	{ "non-header-ends", "A: 1\nHello\nB: 2\n", "A=1", "Hello\nB: 2\n" },
	{ "non-ascii-name", "A: 1\nB\xc3\xa5: 2\n", "A=1", "B\xc3\xa5: 2\n" },
	{ "continuation-first", " x\nA: 1\n", "", " x\nA: 1\n" },
	{ "colons-in-value", "A: b: c:\n\n", "A=b: c:", "" },
	{ "bare-cr", "A: 1\rB: 2\n\n",
	  "A=1\x01"
	  "B: 2",
	  "" },
	{ "eight-bit-value", "A: \xe5\xff\n\n", "A=\xe5\xff", "" },
	{ "mbox-line", "From bo@x Tue Nov  3 10:12:13 2026\nA: 1\n\nx", "A=1",
	  "x" },
	{ "mbox-line-later", "A: 1\nFrom bo\nB: 2\n", "A=1",
	  "From bo\nB: 2\n" },
	{ "empty-line-first", "\nA: 1\n", "", "A: 1\n" },
	{ "crlf-only", "\r\nA: 1\n", "", "A: 1\n" },
	{ "order-kept", "A: 1\nB: 2\nA: 3\n\n", "A=1|B=2|A=3", "" },
	{ "odd-names", "X-!#$: 1\n\"q\": 2\n\n", "X-!#$=1|\"q\"=2", "" },
};

static char *
fields_of(const Headers *headers)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < headers_count(headers); i++)
		g_string_append_printf(out, "%s%s=%s", i > 0 ? "|" : "",
		                       headers_name(headers, i),
		                       headers_value(headers, i));
	return g_string_free(out, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Headers) headers =
		headers_parse(row->in, strlen(row->in), &error);
	g_autofree char *fields = NULL;

	g_assert_no_error(error);
	fields = fields_of(headers);
	g_assert_cmpstr(fields, ==, row->fields);
	g_assert_cmpstr(row->in + headers_body_offset(headers), ==, row->body);
	g_assert_null(headers_name(headers, headers_count(headers)));
	g_assert_null(headers_value(headers, headers_count(headers)));
}

static void
test_nul(void)
{
	static const char in[] = "A: b\0c\n\n";
	g_autoptr(Headers) headers = headers_parse(in, sizeof in - 1, NULL);

	g_assert_cmpstr(headers_field(headers, "A", 0), ==,
	                "b\x01"
	                "c");
}

static void
test_field(void)
{
	static const char in[] = "Received: 1\nTo: x\nRECEIVED: 2\n\n";
	g_autoptr(Headers) headers = headers_parse(in, sizeof in - 1, NULL);

	g_assert_cmpstr(headers_field(headers, "received", 0), ==, "1");
	g_assert_cmpstr(headers_field(headers, "Received", 1), ==, "2");
	g_assert_null(headers_field(headers, "Received", 2));
	g_assert_null(headers_field(headers, "Receive", 0));
	g_assert_null(headers_field(headers, "Received-SPF", 0));
}

static void
test_odd(void)
{
	static const char in[] = "A: 1\nB : 2\nC\t: 3\nD:4\n\n";
	g_autoptr(Headers) headers = headers_parse(in, sizeof in - 1, NULL);

	g_assert_false(headers_is_odd(headers, 0));
	g_assert_true(headers_is_odd(headers, 1));
	g_assert_true(headers_is_odd(headers, 2));
	g_assert_false(headers_is_odd(headers, 3));
	g_assert_false(headers_is_odd(headers, 4));
}

/* A field "A: xxx..." whose value has `size` bytes. */
static GString *
field_of_size(size_t size)
{
	GString *in = g_string_new("A: ");

	for (size_t i = 0; i < size; i++)
		g_string_append_c(in, 'x');
	g_string_append(in, "\n");
	return in;
}

static void
test_value_limit(void)
{
	for (size_t n = LIMIT_HEADER_VALUE - 1; n <= LIMIT_HEADER_VALUE + 1;
	     n++) {
		GString *in = field_of_size(n);
		g_autoptr(Headers) headers =
			headers_parse(in->str, in->len, NULL);

		g_assert_cmpuint(strlen(headers_value(headers, 0)), ==,
		                 MIN(n, LIMIT_HEADER_VALUE));
		g_assert_true(headers_is_odd(headers, 0) ==
		              (n > LIMIT_HEADER_VALUE));
		g_string_free(in, TRUE);
	}
}

static void
test_field_limit(void)
{
	for (size_t n = LIMIT_HEADER_FIELDS - 1; n <= LIMIT_HEADER_FIELDS + 1;
	     n++) {
		GString *in = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		g_autoptr(Headers) headers = NULL;

		for (size_t i = 0; i < n; i++)
			g_string_append(in, "A: 1\n");
		headers = headers_parse(in->str, in->len, &error);
		if (n <= LIMIT_HEADER_FIELDS)
			g_assert_no_error(error);
		else
			g_assert_error(error, MESSAGE_ERROR,
			               MESSAGE_ERROR_HEADER_FIELDS);
		g_string_free(in, TRUE);
	}
}

static void
test_byte_limit(void)
{
	for (size_t n = LIMIT_HEADER_BYTES - 1; n <= LIMIT_HEADER_BYTES + 1;
	     n++) {
		GString *in = field_of_size(n - 4);
		g_autoptr(GError) error = NULL;
		g_autoptr(Headers) headers = NULL;

		g_assert_cmpuint(in->len, ==, n);
		g_string_append(in, "\nbody");
		headers = headers_parse(in->str, in->len, &error);
		if (n <= LIMIT_HEADER_BYTES)
			g_assert_no_error(error);
		else
			g_assert_error(error, MESSAGE_ERROR,
			               MESSAGE_ERROR_HEADER_BYTES);
		g_string_free(in, TRUE);
	}
}

static void
test_limit_names(void)
{
	g_assert_cmpstr(message_limit_name(MESSAGE_ERROR_HEADER_BYTES), ==,
	                "header-bytes");
	for (int i = 0; i < MESSAGE_ERROR_N; i++)
		g_assert_nonnull(message_limit_name(i));
	g_assert_cmpstr(message_limit_name(MESSAGE_ERROR_N), ==, "internal");
	g_assert_cmpstr(message_limit_name(-1), ==, "internal");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/headers/", rows, test_row);
	g_test_add_func("/headers/nul", test_nul);
	g_test_add_func("/headers/field", test_field);
	g_test_add_func("/headers/odd", test_odd);
	g_test_add_func("/headers/limit-value", test_value_limit);
	g_test_add_func("/headers/limit-fields", test_field_limit);
	g_test_add_func("/headers/limit-bytes", test_byte_limit);
	g_test_add_func("/headers/limit-names", test_limit_names);
	return g_test_run();
}
