/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "drafting/article_check.h"
#include "rows.h"

#define NOW 1800000000 /* 2027-01-15 */
#define GOOD "title: Good\nasks: shiny shoes\n"

/* Front matters of articles "LANGUAGE/ID", two at most; and one remark that
 * there must be, as "error|warning FILE:LINE text"; "": none at all. */
static const struct row {
	const char *name;
	const char *file[2], *front[2];
	const char *want;
} rows[] = {
	{ "good", { "en/a", NULL }, { GOOD, NULL }, "" },
	{ "title-twice",
	  { "en/a", "en/b" },
	  { GOOD, "title: GOOD\nasks: red hats\n" },
	  "error en/b.md:2 the title of a too" },
	{ "title-in-two-languages",
	  { "da/a", "en/a" },
	  { GOOD, "title: Good\nasks: shiny shoes\n" },
	  "" },
	{ "asks-twice",
	  { "en/a", "en/b" },
	  { GOOD, "title: Other\nasks: red hats, shoe shiny\n" },
	  "error en/b.md:3 'shoe shiny' finds a too" },
	{ "tag-twice",
	  { "en/a", "en/b" },
	  { GOOD "tags: lace\n", "title: Other\nasks: red hats\ntags: laces" },
	  "warning en/b.md:4 'laces' finds a too" },
	{ "tag-is-ask",
	  { "en/a", "en/b" },
	  { GOOD, "title: Other\nasks: red hats\ntags: shiny shoes" },
	  "" },
	{ "stop-words",
	  { "en/a", NULL },
	  { GOOD "tags: and the", NULL },
	  "warning en/a.md:4 'and the' stands in every mail" },
	{ "no-asks",
	  { "en/a", NULL },
	  { "title: T", NULL },
	  "warning en/a.md:0 no asks:" },
	{ "ended",
	  { "en/a", NULL },
	  { GOOD "valid-until: 2027-01-14\n", NULL },
	  "warning en/a.md:4 it ended with 2027-01-14" },
	{ "ends-soon",
	  { "en/a", NULL },
	  { GOOD "valid-until: 2027-01-15\n", NULL },
	  "warning en/a.md:4 it ends with 2027-01-15" },
	{ "ends-later",
	  { "en/a", NULL },
	  { GOOD "valid-until: 2027-06-01\n", NULL },
	  "" },
	{ "turned",
	  { "en/a", NULL },
	  { GOOD "valid-from: 2027-06-02\nvalid-until: 2027-06-01\n", NULL },
	  "error en/a.md:5 it ends before it begins" },
	{ "request",
	  { "en/a", NULL },
	  { GOOD "requests: sales, wonder\n", NULL },
	  "error en/a.md:4 'wonder' is no request" },
	{ "requests",
	  { "en/a", NULL },
	  { GOOD "requests: sales support", NULL },
	  "" },
	{ "name",
	  { "en/A b", NULL },
	  { GOOD, NULL },
	  "error en/A b.md:0 a name of other letters" },
	{ "missing",
	  { "da/a", "en/b" },
	  { GOOD, "title: Other\nasks: red hats\n" },
	  "warning da/a.md:0 missing in en;" },
	{ "title-finds-other",
	  { "en/a", "en/b" },
	  { GOOD, "title: Shiny shoes\nasks: red hats\n" },
	  "warning en/b.md:2 who asks for its title gets a" },
};

static void
add_remark(bool error, const char *file, unsigned line, const char *message,
           void *data)
{
	g_string_append_printf(data, "%s %s:%u %s\n",
	                       error ? "error" : "warning", file, line,
	                       message);
}

static Article *
parse(const char *name, const char *front)
{
	g_autofree char *file = g_strconcat(name, ".md", NULL);
	g_autofree char *code = g_strndup(name, 2);
	g_autofree char *text =
		g_strconcat("---\n", front, "\n---\n## Short\nShort.\n", NULL);
	g_autoptr(GError) error = NULL;
	Article *article = article_parse(file, language_from_code(code), text,
	                                 strlen(text), &error);

	g_assert_no_error(error);
	return article;
}

static Rules *
new_rules(void)
{
	static const char text[] = "trait request\n values sales support\n";
	static const char *const traits[] = { "request", NULL };
	g_autoptr(GError) error = NULL;
	Rules *rules =
		rules_parse("t.rules", text, strlen(text), traits, &error);

	g_assert_no_error(error);
	return rules;
}

static void
test_check(const void *data)
{
	const struct row *row = data;
	g_autoptr(GPtrArray) articles = g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))article_free);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(Rules) rules = new_rules();

	for (size_t i = 0; i < 2 && row->file[i] != NULL; i++)
		g_ptr_array_add(articles, parse(row->file[i], row->front[i]));
	articles_check(articles, rules, NOW, add_remark, got);
	if (row->want[0] == '\0')
		g_assert_cmpstr(got->str, ==, "");
	else if (strstr(got->str, row->want) == NULL)
		g_error("no '%s' in:\n%s", row->want, got->str);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/article-check/", rows, test_check);
	return g_test_run();
}
