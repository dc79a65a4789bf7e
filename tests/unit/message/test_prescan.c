/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every limit of a mail at one less, at the limit and at one more; and what
 * the scan of a header makes of odd lines.
 */
#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "message/message.h"
#include "message/prescan.h"
#include "rows.h"

/* ------------------------------------------------------------- the limits */

typedef GString *(*MakeMail)(unsigned n);

static GString *
header_bytes(unsigned n)
{
	GString *mail = g_string_new("Subject: ");
	unsigned fields = 1;

	while (mail->len < n - 200) {
		g_string_append(mail, "x\nX-Filler: ");
		for (int i = 0; i < 1000 && mail->len < n - 100; i++)
			g_string_append_c(mail, 'y');
		fields++;
	}
	g_assert_cmpuint(fields, <, LIMIT_HEADER_FIELDS);
	while (mail->len < n - 1)
		g_string_append_c(mail, 'z');
	g_string_append_c(mail, '\n');
	g_assert_cmpuint(mail->len, ==, n);
	return g_string_append(mail, "\nbody\n");
}

static GString *
header_fields(unsigned n)
{
	GString *mail = g_string_new(NULL);

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(mail, "X-%u: y\n", i);
	return g_string_append(mail, "\nbody\n");
}

static GString *
depth(unsigned n)
{
	GString *mail = g_string_new("Subject: x\n");

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(
			mail,
			"Content-Type: multipart/mixed; boundary=b%u\n\n"
			"--b%u\n",
			i, i);
	return g_string_append(mail, "\nbody\n");
}

/* The mail itself and n - 1 in it. */
static GString *
parts(unsigned n)
{
	GString *mail =
		g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");

	for (unsigned i = 1; i < n; i++)
		g_string_append(mail, "--b\n\nbody\n");
	return g_string_append(mail, "--b--\n");
}

static GString *
boundary(unsigned n)
{
	g_autofree char *name = g_strnfill(n, 'b');
	GString *mail = g_string_new(NULL);

	g_string_printf(mail,
	                "Content-Type: multipart/mixed; boundary=%s\n\n"
	                "--%s\n\nbody\n--%s--\n",
	                name, name, name);
	return mail;
}

static void
append_addresses(GString *mail, const char *field, unsigned n)
{
	g_string_append(mail, field);
	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(mail, "%s\"x, y\" <a%u@example.com>",
		                       i == 0 ? "" : ",\n ", i);
	g_string_append_c(mail, '\n');
}

static GString *
addresses(unsigned n)
{
	GString *mail = g_string_new(NULL);

	append_addresses(mail, "To: ", n);
	return g_string_append(mail, "\nbody\n");
}

static GString *
addresses_in_all(unsigned n)
{
	GString *mail = g_string_new(NULL);

	append_addresses(mail, "To: ", n - 400);
	append_addresses(mail, "Cc: ", 200);
	append_addresses(mail, "Bcc: ", 200);
	return g_string_append(mail, "\nbody\n");
}

static GString *
parameters(unsigned n)
{
	GString *mail = g_string_new("Content-Type: text/plain");

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(mail, ";\n a%u=b", i);
	return g_string_append(mail, "\n\nbody\n");
}

static GString *
parameters_of_part(unsigned n)
{
	GString *mail = g_string_new(
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		"Content-Disposition: attachment");

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(mail, ";\n filename*%u=b", i);
	return g_string_append(mail, "\n\nx\n--b\n\nbody\n--b--\n");
}

static GString *
encoded_words(unsigned n)
{
	GString *mail = g_string_new("Subject:");

	for (unsigned i = 0; i < n; i++)
		g_string_append(mail, " =?utf-8?q?=C3=A6?=\n");
	return g_string_append(mail, "\nbody\n");
}

static const struct limit {
	const char *name;
	MakeMail make;
	unsigned limit;
	MessageError code;
} limits[] = {
	{ "header-bytes", header_bytes, LIMIT_HEADER_BYTES,
	  MESSAGE_ERROR_HEADER_BYTES },
	{ "header-fields", header_fields, LIMIT_HEADER_FIELDS,
	  MESSAGE_ERROR_HEADER_FIELDS },
	{ "depth", depth, LIMIT_MIME_DEPTH, MESSAGE_ERROR_DEPTH },
	{ "parts", parts, LIMIT_MIME_PARTS, MESSAGE_ERROR_PARTS },
	{ "boundary", boundary, LIMIT_MIME_BOUNDARY, MESSAGE_ERROR_BOUNDARY },
	{ "addresses", addresses, LIMIT_ADDRESSES_PER_HEADER,
	  MESSAGE_ERROR_ADDRESSES },
	{ "addresses-in-all", addresses_in_all, LIMIT_ADDRESSES,
	  MESSAGE_ERROR_ADDRESSES },
	{ "parameters", parameters, LIMIT_HEADER_PARAMETERS,
	  MESSAGE_ERROR_PARAMETERS },
	{ "parameters-of-part", parameters_of_part, LIMIT_HEADER_PARAMETERS,
	  MESSAGE_ERROR_PARAMETERS },
	{ "encoded-words", encoded_words, LIMIT_HEADER_ENCODED_WORDS,
	  MESSAGE_ERROR_ENCODED_WORDS },
};

static void
expect_read(const struct limit *limit, unsigned n)
{
	g_autoptr(GString) mail = limit->make(n);
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(mail->str, mail->len, NULL, &error);

	g_assert_no_error(error);
	g_assert_nonnull(strstr(message_text(message), "body"));
}

static void
test_limit(const void *data)
{
	const struct limit *limit = data;
	g_autoptr(GString) mail = limit->make(limit->limit + 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = NULL;

	expect_read(limit, limit->limit - 1);
	expect_read(limit, limit->limit);
	message = message_parse(mail->str, mail->len, NULL, &error);
	g_assert_null(message);
	g_assert_error(error, MESSAGE_ERROR, (gint)limit->code);
}

/* ------------------------------------------------------------ odd headers */

static const struct row {
	const char *name;
	const char *bytes;
	bool top;
	size_t fields;
	size_t addresses;
	size_t body;
} rows[] = {
	{ "empty", "", true, 0, 0, 0 },
	{ "no-header", "hello\nyou\n", true, 0, 0, 0 },
	{ "empty-line-first", "\nA: b\n", true, 0, 0, 1 },
	{ "crlf", "A: b\r\nC: d\r\n\r\nx", true, 2, 0, 14 },
	{ "folded", "A: b\n c\n\td\nE: f\n\nx", true, 2, 0, 17 },
	{ "blank-before-colon", "A : b\n\nx", true, 1, 0, 7 },
	{ "no-colon-ends-it", "A: b\nhello\nC: d\n", true, 1, 0, 5 },
	{ "cut-in-name", "A: b\nSub", true, 1, 0, 5 },
	{ "cut-in-value", "A: b\nC: d", true, 2, 0, 9 },
	{ "lone-cr-is-no-end", "A: b\rC: d\n\nx", true, 1, 0, 11 },
	{ "mbox-line", "From bo Mon\nA: b\n\nx", true, 1, 0, 18 },
	{ "mbox-line-in-part", "From bo Mon\nA: b\n\nx", false, 0, 0, 0 },
	{ "delimiter-like-field", "--b: c\nA: b\n\n", true, 2, 0, 13 },
	{ "delimiter-in-part", "A: b\n--b: c\n", false, 1, 0, 5 },
	{ "addresses", "To: a@b, \"c, d\" <e@f>, (g, h) i@j\n\n", true, 1, 3,
	  35 },
	{ "addresses-of-part", "To: a@b, c@d\n\n", false, 1, 0, 14 },
	{ "address-quote-open", "To: \"a, b, c\n\n", true, 1, 3, 14 },
	{ "address-quote-escaped", "To: \"a\\\", b\" <c@d>\n\n", true, 1, 1,
	  20 },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GError) error = NULL;
	PrescanHeader header;
	bool done = prescan_header(row->bytes, strlen(row->bytes), row->top,
	                           &header, &error);

	g_assert_no_error(error);
	g_assert_true(done);
	g_assert_cmpuint(header.fields, ==, row->fields);
	g_assert_cmpuint(header.addresses, ==, row->addresses);
	g_assert_cmpuint(header.body, ==, row->body);
}

static void
test_first_field_counts(void)
{
	static const char bytes[] = "content-TYPE: text/html\n"
				    "Content-Type: text/plain\n"
				    "Content-Disposition: inline;\n x=y\n\n";
	PrescanHeader header;

	g_assert_true(
		prescan_header(bytes, strlen(bytes), true, &header, NULL));
	g_assert_cmpmem(header.type.value, header.type.size, " text/html\n",
	                11);
	g_assert_cmpmem(header.disposition.value, header.disposition.size,
	                " inline;\n x=y\n", 14);
	g_assert_cmpuint(header.encoding.size, ==, 0);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	rows_add("/prescan/limit/", limits, test_limit);
	rows_add("/prescan/", rows, test_row);
	g_test_add_func("/prescan/first-field-counts", test_first_field_counts);
	return g_test_run();
}
