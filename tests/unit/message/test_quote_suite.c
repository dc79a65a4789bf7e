/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreement with the cases of email_reply_trimmer (MIT), where TACT_DATA names
 * a folder that holds them. Its `trimmed` keeps signatures that come without
 * "-- ", so a case agrees when `trimmed` is our new text, or our new text and
 * the beginning of our signature; blanks do not count.
 *
 * Each case that differs is in the list below with its reason; one that is not
 * fails, as does one that no longer differs.
 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "message/quote.h"

static const struct Difference {
	const char *name, *reason;
} differences[] = {
	{ "embedded_email_7.txt",
	  "it keeps a quote that answers stand below; the sender did not write "
	  "it" },
	{ "embedded_email_16.txt", "the same" },
	{ "embedded_email_17.txt", "the same" },
	{ "quote_and_text.txt", "the same" },
	{ "quote_only.txt", "it keeps a quote when there is nothing else" },
	{ "forwarded_message.txt",
	  "it keeps a forwarded mail when there is nothing else" },
};

static bool
is_listed(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(differences); i++)
		if (strcmp(differences[i].name, name) == 0)
			return true;
	return false;
}

/* Words with one blank between. */
static char *
normal(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
	GString *out = g_string_new(NULL);

	for (size_t i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (out->len > 0)
			g_string_append_c(out, ' ');
		g_string_append(out, words[i]);
	}
	return g_string_free(out, FALSE);
}

static char *
read_text(const char *folder, const char *part, const char *name)
{
	g_autofree char *path = g_build_filename(folder, part, name, NULL);
	g_autofree char *bytes = NULL;
	g_autofree char *valid = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lines = NULL;
	gsize size;

	g_file_get_contents(path, &bytes, &size, &error);
	g_assert_no_error(error);
	valid = g_utf8_make_valid(bytes, (gssize)size);
	lines = g_strsplit(valid, "\r\n", -1);
	return g_strjoinv("\n", lines);
}

static bool
agrees(const char *folder, const char *name)
{
	g_autofree char *mail = read_text(folder, "emails", name);
	g_autofree char *trimmed = read_text(folder, "trimmed", name);
	g_autofree char *expected = normal(trimmed);
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };
	g_autofree char *new_text = NULL;
	g_autofree char *signature = NULL;
	const char *rest;

	quote_split(mail, &split);
	new_text = normal(split.new_text);
	signature = normal(split.signature);
	if (!g_str_has_prefix(expected, new_text))
		return false;
	rest = expected + strlen(new_text);
	return g_str_has_prefix(signature, *rest == ' ' ? rest + 1 : rest);
}

static void
count_agreements(const char *folder, unsigned *ret_agreed, unsigned *ret_all)
{
	g_autofree char *emails = g_build_filename(folder, "emails", NULL);
	g_autoptr(GDir) dir = g_dir_open(emails, 0, NULL);
	const char *name;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		bool agreed = agrees(folder, name);

		(*ret_all)++;
		*ret_agreed += agreed;
		if (agreed == is_listed(name)) {
			g_test_message("%s %s", name,
			               agreed ? "no longer differs"
			                      : "differs");
			g_test_fail();
		}
	}
}

static void
test_trimmer(void)
{
	const char *data = g_getenv("TACT_DATA");
	g_autofree char *folder =
		g_build_filename(data != NULL ? data : "", "replies",
	                         "email_reply_trimmer", NULL);
	unsigned agreed = 0;
	unsigned all = 0;

	if (data == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		g_test_skip("TACT_DATA names no folder with the cases");
		return;
	}
	count_agreements(folder, &agreed, &all);
	g_test_message("%u of %u cases agree", agreed, all);
	g_assert_cmpuint(all, >=, 60);
	g_assert_cmpuint(agreed * 100, >=, all * 90);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/quote-suite/email-reply-trimmer", test_trimmer);
	return g_test_run();
}
