/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/language.h"
#include "base/error.h"
#include "rows.h"
#include "training/profile.h"

#define CORPUS RULES_DIR "/corpus/language"
#define HOLD_OUT 10
#define WORDS 8 /* of a sentence that must be told */

typedef struct Tally {
	unsigned n, right;
} Tally;

static unsigned
count_words(const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
	unsigned n = 0;

	for (unsigned i = 0; words[i] != NULL; i++)
		n += words[i][0] != '\0';
	return n;
}

static Tally
measure(const LanguageProfile *profile, Language language)
{
	g_autofree char *path =
		g_strdup_printf("%s/%s.txt", CORPUS, language_code(language));
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	Tally tally = { 0, 0 };

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i] != NULL; i++) {
		unsigned score;

		if ((i + 1) % HOLD_OUT != 0 || count_words(lines[i]) < WORDS)
			continue;
		tally.n++;
		tally.right +=
			language_identify(profile, lines[i], strlen(lines[i]),
		                          &score) == language;
	}
	g_test_message("%s: %u of %u sentences right", language_code(language),
	               tally.right, tally.n);
	return tally;
}

/* Built without every tenth line and measured on those. */
static void
test_held_out(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = profile_build(CORPUS, HOLD_OUT, &error);
	g_autoptr(LanguageProfile) profile = NULL;
	Tally all = { 0, 0 };

	g_assert_no_error(error);
	profile = language_profile_parse("held-out",
	                                 g_bytes_get_data(bytes, NULL),
	                                 g_bytes_get_size(bytes), &error);
	g_assert_no_error(error);
	for (Language i = LANGUAGE_UND + 1; i < LANGUAGE_N; i++) {
		Tally one = measure(profile, i);

		g_assert_cmpuint(100 * one.right, >=, 90 * one.n);
		all.n += one.n;
		all.right += one.right;
	}
	g_test_message("all: %u of %u sentences right", all.right, all.n);
	g_assert_cmpuint(all.n, >, 1000);
	g_assert_cmpuint(100 * all.right, >=, 97 * all.n);
}

/* The file that is shipped is the one its corpus gives. */
static void
test_fresh(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) built = profile_build(CORPUS, 0, &error);
	g_autoptr(GBytes) shipped = NULL;
	g_autofree char *bytes = NULL;
	size_t size;

	g_assert_no_error(error);
	g_assert_true(g_file_get_contents(RULES_DIR "/language.profile", &bytes,
	                                  &size, NULL));
	shipped = g_bytes_new(bytes, size);
	g_assert_true(g_bytes_equal(built, shipped));
}

static void
write_corpus(const char *folder, const char *odd_code, const char *odd_text)
{
	for (Language i = LANGUAGE_UND + 1; i < LANGUAGE_N; i++) {
		const char *code = language_code(i);
		g_autofree char *path =
			g_strdup_printf("%s/%s.txt", folder, code);
		bool odd = strcmp(code, odd_code) == 0;

		g_assert_true(g_file_set_contents(
			path, odd ? odd_text : "a few words\n", -1, NULL));
	}
}

static void
remove_corpus(const char *folder)
{
	for (Language i = LANGUAGE_UND + 1; i < LANGUAGE_N; i++) {
		g_autofree char *path =
			g_strdup_printf("%s/%s.txt", folder, language_code(i));

		g_remove(path);
	}
	g_rmdir(folder);
}

static const struct row {
	const char *name, *text, *message;
} rows[] = {
	{ "not-utf8", "good line\nbad \xff line\n", "/fr.txt:2: not" },
	{ "empty", "1234 5678\n", "/fr.txt: no sentence" },
};

static void
test_bad_corpus(const void *data)
{
	const struct row *row = data;
	g_autofree char *folder = g_dir_make_tmp("tact-XXXXXX", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = NULL;

	write_corpus(folder, "fr", row->text);
	bytes = profile_build(folder, 0, &error);
	remove_corpus(folder);
	g_assert_null(bytes);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, row->message));
}

static void
test_no_corpus(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = profile_build("/nonexistent", 0, &error);

	g_assert_null(bytes);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/profile/held-out", test_held_out);
	g_test_add_func("/profile/fresh", test_fresh);
	rows_add("/profile/", rows, test_bad_corpus);
	g_test_add_func("/profile/no-corpus", test_no_corpus);
	return g_test_run();
}
