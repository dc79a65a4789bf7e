/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "drafting/article.h"
#include "rows.h"

#define FRONT "---\ntitle: T\n---\n"

static const struct bad {
	const char *name, *text;
	unsigned line;
	const char *message;
} bad[] = {
	{ "empty", "", 1, "no front matter" },
	{ "no-front", "## Short\nx\n", 1, "no front matter" },
	{ "no-end", "---\ntitle: T\n", 2, "has no end" },
	{ "no-title", "---\ntags: a\n---\n## Short\nx\n", 3, "no title:" },
	{ "title-empty", "---\ntitle:\n---\n## Short\nx\n", 2, "nothing said" },
	{ "title-twice", "---\ntitle: a\ntitle: b\n---\n## Short\nx\n", 3,
	  "said twice" },
	{ "title-marks", "---\ntitle: [[a|b]]\n---\n## Short\nx\n", 2,
	  "write words alone" },
	{ "key", "---\ntitle: T\nauthor: x\n---\n## Short\nx\n", 3,
	  "use one of title tags" },
	{ "asks-twice", "---\ntitle: T\nasks: a\nasks: b\n---\n## Short\nx\n",
	  4, "said twice" },
	{ "never-marks", "---\ntitle: T\nnever: <a>\n---\n## Short\nx\n", 3,
	  "write words alone" },
	{ "requests-empty", "---\ntitle: T\nrequests:\n---\n## Short\nx\n", 3,
	  "nothing said" },
	{ "day", "---\ntitle: T\nvalid-from: 2026-02-30\n---\n## Short\nx\n", 3,
	  "YYYY-MM-DD" },
	{ "day-form",
	  "---\ntitle: T\nvalid-until: 1.2.2026\n---\n## Short\nx\n", 3,
	  "YYYY-MM-DD" },
	{ "text-first", FRONT "hello\n", 4, "write ## Short" },
	{ "section", FRONT "## Summary\nx\n", 4, "no section" },
	{ "section-twice", FRONT "## Short\nx\n## Short\ny\n", 6, "twice" },
	{ "section-empty", FRONT "## Short\n\n## Steps\nx\n", 4,
	  "without text" },
	{ "no-short", FRONT "## Steps\nx\n", 5, "no section Short" },
	{ "heading", FRONT "## Short\nx\n### y\n", 6, "heading" },
	{ "bracket", FRONT "## Short\nx [[du\n", 4, "[[ without" },
	{ "bracket-bar", FRONT "## Short\nx [[du]]\n", 5, "without |" },
	{ "check", FRONT "## Short\nx [CHECK: y]\n", 5, "a single [" },
	{ "blank", FRONT "## Short\nDear {first_name}\n", 5, "without { }" },
	{ "comment", FRONT "<!-- x\n## Short\nx\n", 4, "-->" },
	{ "not-utf8", FRONT "## Short\nx\xff\n", 5, "UTF-8" },
};

static Article *
parse(const char *text, GError **error)
{
	return article_parse("da/laas.md", LANGUAGE_DA, text, strlen(text),
	                     error);
}

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	g_autofree char *place = g_strdup_printf("da/laas.md:%u: ", row->line);
	g_autoptr(GError) error = NULL;
	g_autoptr(Article) article = parse(row->text, &error);

	g_assert_null(article);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_cmpstr(strstr(error->message, row->message), !=, NULL);
	g_assert_true(g_str_has_prefix(error->message, place));
}

static void
test_whole(void)
{
	static const char text[] =
		"\xef\xbb\xbf<!-- a comment\nof two lines -->\r\n---\r\n"
		"title: Lås op\r\ntags: dør, nøgle\r\nvalid-from: 2026-01-01\r\n"
		"valid-until: 2026-12-31\r\n---\r\n\r\n## Short\r\nGå hen\r\n"
		"og lås op. Tryk [OK].\r\n\r\nSå.\r\n## Steps\r\nFørst:\r\n"
		"1. Et,\r\n   og mere\r\n2. To\r\n- tre\r\n\r\nLog:\r\n\r\n"
		"    a { b }\r\n    c\r\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(Article) article = parse(text, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(article->id, ==, "laas");
	g_assert_cmpstr(article->title, ==, "Lås op");
	g_assert_cmpstr(article->tags, ==, "dør, nøgle");
	g_assert_cmpint(article->language, ==, LANGUAGE_DA);
	g_assert_cmpuint(strlen(article->digest), ==, 64);
	g_assert_cmpstr(article->section[ARTICLE_SHORT], ==,
	                "Gå hen og lås op. Tryk [OK].\n\nSå.");
	g_assert_cmpstr(article->section[ARTICLE_STEPS], ==,
	                "Først:\n1. Et, og mere\n2. To\n- tre\n\nLog:\n\n"
	                "a { b }\nc");
	g_assert_null(article->section[ARTICLE_DETAIL]);
	g_assert_true(article_section(article, ARTICLE_DETAIL) ==
	              article->section[ARTICLE_SHORT]);
	/* 2026-01-01 and 2026-12-31, whole days */
	g_assert_false(article_valid(article, 1767225599));
	g_assert_true(article_valid(article, 1767225600));
	g_assert_true(article_valid(article, 1798761599));
	g_assert_false(article_valid(article, 1798761600));
}

static void
test_limits(void)
{
	g_autofree char *many = g_strnfill(LIMIT_ARTICLE_SECTION + 1, 'x');
	g_autofree char *section = g_strconcat(FRONT "## Short\n", many, NULL);
	g_autofree char *title = g_strconcat("---\ntitle: ", many, NULL);
	g_autoptr(GError) error = NULL;

	g_assert_null(parse(section, &error));
	g_assert_cmpstr(strstr(error->message, "two articles"), !=, NULL);
	g_clear_error(&error);
	g_assert_null(parse(title, &error));
	g_assert_cmpstr(strstr(error->message, "shorten it"), !=, NULL);
}

/* All bad files are told, and the good ones are there. */
static void
note(const char *file, unsigned line, const char *message, void *data)
{
	(void)line;
	(void)message;
	g_string_append_printf(data, "%s ", file);
}

static void
test_folder(void)
{
	g_autofree char *dir = g_dir_make_tmp("tact-know-XXXXXX", NULL);
	g_autofree char *sub = g_build_filename(dir, "knowledge", "da", NULL);
	g_autofree char *good = g_build_filename(sub, "a.md", NULL);
	g_autofree char *wrong = g_build_filename(sub, "b.md", NULL);
	const char *dirs[] = { dir, NULL };
	g_autoptr(GString) bad_files = g_string_new(NULL);
	g_autoptr(GPtrArray) articles = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_mkdir_with_parents(sub, 0700), ==, 0);
	g_file_set_contents(good, FRONT "## Short\nx\n", -1, NULL);
	g_file_set_contents(wrong, "x\n", -1, NULL);
	g_assert_null(articles_load(dirs, &error));
	g_assert_cmpstr(strstr(error->message, "b.md:1:"), !=, NULL);
	articles = articles_load_reporting(dirs, note, bad_files);
	g_assert_cmpuint(articles->len, ==, 1);
	g_assert_true(g_str_has_suffix(bad_files->str, "b.md "));
	g_assert_cmpint(g_unlink(good) + g_unlink(wrong), ==, 0);
	g_assert_cmpint(g_rmdir(sub), ==, 0);
	g_free(sub);
	sub = g_build_filename(dir, "knowledge", NULL);
	g_assert_cmpint(g_rmdir(sub) + g_rmdir(dir), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/article/bad/", bad, test_bad);
	g_test_add_func("/article/whole", test_whole);
	g_test_add_func("/article/limits", test_limits);
	g_test_add_func("/article/folder", test_folder);
	return g_test_run();
}
