/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages of stalwartlabs/mail-parser, each with what that parser made of
 * it: parts, their order, types and charsets, which are the text and the HTML
 * of the mail, and every decoded text. Two parsers that share no line of code
 * must agree on 97 % of the well-formed ones, with LF and with CRLF line ends,
 * and every disagreement is known and has its reason below.
 *
 * The messages are not ours to keep here: TACT_DATA names the folder that has
 * them. Without it the test is skipped.
 */
#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "message/message.h"
#include "mime_compare.h"

#define AGREE_PERCENT 97

typedef struct Known {
	const char *name; /* folder/number */
	const char *reason;
} Known;

static const Known known[] = {
	{ "thirdparty/002",
	  "what follows the padding of base64 is not decoded (RFC 2045 6.8: '=' "
	  "is its end); text declared base64 that is none stays text" },
	{ "thirdparty/015",
	  "the delimiter of the outer multipart ends a message/rfc822 whose own "
	  "header never ended (RFC 2046 5.1.2)" },
	{ NULL, NULL },
};

static char *
with_crlf(const char *bytes, size_t size, size_t *ret_size)
{
	GString *out = g_string_sized_new(size + size / 20);

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))
			g_string_append_c(out, '\r');
		g_string_append_c(out, bytes[i]);
	}
	*ret_size = out->len;
	return g_string_free(out, FALSE);
}

static char *
without_crlf(const char *bytes, size_t size, size_t *ret_size)
{
	GString *out = g_string_sized_new(size);

	for (size_t i = 0; i < size; i++)
		if (bytes[i] != '\r' || i + 1 == size || bytes[i + 1] != '\n')
			g_string_append_c(out, bytes[i]);
	*ret_size = out->len;
	return g_string_free(out, FALSE);
}

static const char *
known_reason(const char *name)
{
	for (const Known *row = known; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return row->reason;
	return NULL;
}

typedef struct Count {
	unsigned mails, agree, unknown;
} Count;

static void
count_variant(const char *stem, const char *name, bool crlf, Count *count)
{
	g_autofree char *eml = g_strconcat(stem, ".eml", NULL);
	g_autofree char *path =
		g_strconcat(stem, crlf ? ".crlf.json" : ".json", NULL);
	g_autofree char *raw = NULL;
	g_autofree char *bytes = NULL;
	g_autofree char *differences = NULL;
	json_t *expected = json_load_file(path, JSON_ALLOW_NUL, NULL);
	gsize size = 0;

	g_assert_nonnull(expected);
	g_assert_true(g_file_get_contents(eml, &raw, &size, NULL));
	bytes = (crlf ? with_crlf : without_crlf)(raw, size, &size);
	differences = compare_mail(expected, bytes, size);
	json_decref(expected);
	count->mails++;
	if (*differences == '\0') {
		count->agree++;
		return;
	}
	if (known_reason(name) == NULL)
		count->unknown++;
	g_test_message("%s%s: %s(%s)", name, crlf ? " CRLF" : "", differences,
	               known_reason(name) == NULL ? "not known"
	                                          : known_reason(name));
}

static void
count_folder(const char *folder, Count *count)
{
	const char *data = g_getenv("TACT_DATA");
	g_autofree char *path =
		g_build_filename(data, "mime", "mail-parser", folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *entry;

	g_assert_nonnull(dir);
	while ((entry = g_dir_read_name(dir)) != NULL) {
		g_autofree char *stem = NULL;
		g_autofree char *name = NULL;
		g_autofree char *number = NULL;

		if (!g_str_has_suffix(entry, ".eml"))
			continue;
		number = g_strndup(entry, strlen(entry) - 4);
		stem = g_build_filename(path, number, NULL);
		name = g_build_filename(folder, number, NULL);
		count_variant(stem, name, false, count);
		count_variant(stem, name, true, count);
	}
}

static bool
skip_without_data(void)
{
	if (g_getenv("TACT_DATA") != NULL)
		return false;
	g_test_skip("TACT_DATA is not set");
	return true;
}

static void
test_well_formed(void)
{
	Count count = { 0 };

	if (skip_without_data())
		return;
	count_folder("legacy", &count);
	count_folder("rfc", &count);
	count_folder("thirdparty", &count);
	g_test_message("agree on %u of %u well-formed mails", count.agree,
	               count.mails);
	g_assert_cmpuint(count.mails, >, 100);
	g_assert_cmpuint(count.agree * 100, >=, count.mails * AGREE_PERCENT);
	g_assert_cmpuint(count.unknown, ==, 0);
}

/* Nobody knows what is right here: a figure to watch, and no crash. */
static void
test_malformed(void)
{
	Count count = { 0 };

	if (skip_without_data())
		return;
	count_folder("malformed", &count);
	g_test_message("agree on %u of %u malformed mails", count.agree,
	               count.mails);
	g_assert_cmpuint(count.mails, >, 20);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mime-suite/well-formed", test_well_formed);
	g_test_add_func("/mime-suite/malformed", test_malformed);
	return g_test_run();
}
