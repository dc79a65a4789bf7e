/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders, as people have sorted mail into.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "corpus_fixture.h"
#include "message/message.h"
#include "training/corpus.h"

static Rules *rules;

static void
remove_all(const char *folder)
{
	static const char *const files[] = { "a.jsonl",        "README.md",
		                             "neutral.mbox",   "positive/x.eml",
		                             "positive/y.txt", "negative/cur/1",
		                             "negative/new/2", "negative/tmp/3",
		                             "happy/x.eml",    "negative/tmp",
		                             "negative/cur",   "negative/new",
		                             "negative",       "positive",
		                             "happy",          "" };

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path =
			g_build_filename(folder, files[i], NULL);

		g_remove(path);
	}
}

static bool
read_folder(Corpus *corpus, const char *folder, GError **error)
{
	return corpus_read(corpus, rules, folder,
	                   (int)fixture_finding(rules, "sentiment"),
	                   LANGUAGE_DA, error);
}

static void
test_folder(void)
{
	static const char *const labels[] = { "-", "negative", "negative",
		                              "neutral", "positive" };
	g_autofree char *folder = fixture_dir();
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	fixture_write(folder, "a.jsonl", GOOD);
	fixture_write(folder, "README.md", "text\n");
	fixture_write(folder, "neutral.mbox", "From a\n" MAIL(""));
	fixture_write(folder, "positive/x.eml", MAIL(""));
	fixture_write(folder, "positive/y.txt", "text\n");
	fixture_write(folder, "negative/cur/1", MAIL(""));
	fixture_write(folder, "negative/new/2", MAIL(""));
	fixture_write(folder, "negative/tmp/3", MAIL(""));
	read_folder(corpus, folder, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(corpus_size(corpus), ==, G_N_ELEMENTS(labels));
	for (unsigned i = 0; i < G_N_ELEMENTS(labels); i++) {
		const Sample *sample = corpus_sample(corpus, i);

		g_assert_cmpstr(fixture_label(rules, sample, "sentiment"), ==,
		                labels[i]);
		g_assert_cmpint(sample->language, ==, LANGUAGE_DA);
	}
	fixture_write(folder, "happy/x.eml", MAIL(""));
	g_assert_false(read_folder(corpus, folder, &error));
	g_assert_nonnull(strstr(error->message, "no value \"happy\""));
	g_assert_cmpuint(corpus_size(corpus), ==, G_N_ELEMENTS(labels));
	remove_all(folder);
}

static void
test_empty_label(void)
{
	g_autofree char *folder = fixture_dir();
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	fixture_write(folder, "positive/y.txt", "text\n");
	g_assert_false(read_folder(corpus, folder, &error));
	g_assert_nonnull(strstr(error->message, "/positive: no mail in it"));
	remove_all(folder);
}

static void
test_not_there(void)
{
	static const char *const paths[] = { "/nonexistent.jsonl",
		                             "/dev/null" };

	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autoptr(Corpus) corpus = corpus_new();
		g_autoptr(GError) error = NULL;

		g_assert_false(corpus_read(corpus, rules, paths[i], -1,
		                           LANGUAGE_UND, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
	}
}

int
main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	message_init();
	rules = fixture_core_rules();
	g_test_add_func("/corpus-folder/all", test_folder);
	g_test_add_func("/corpus-folder/empty-label", test_empty_label);
	g_test_add_func("/corpus-folder/not-there", test_not_there);
	status = g_test_run();
	rules_free(rules);
	return status;
}
