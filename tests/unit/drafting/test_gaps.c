/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "drafting/gaps.h"
#include "rows.h"

/* "LANGUAGE REQUEST PERSON TEXT", a line each; and what is told of them:
 * "language request questions/people: word people ..." */
static const struct row {
	const char *name, *asked, *want;
} rows[] = {
	{ "none", "", "" },
	{ "two-are-too-few",
	  "en support 1 the printer jams\nen support 2 printer",
	  "en support 2/2:" },
	{ "three",
	  "en support 1 the printer jams\nen support 2 Printer on fire\n"
	  "en support 3 my printer",
	  "en support 3/3: printer 3" },
	{ "one-person-often",
	  "en support 1 Hansen here\nen support 1 Hansen\n"
	  "en support 1 Hansen again\nen support 2 hello",
	  "en support 4/2:" },
	{ "strangers-are-one",
	  "en - 0 jams\nen - 0 jams\nen - 0 jams\nen - 1 jams", "en  4/2:" },
	{ "by-stem-and-form",
	  "en support 1 jammed\nen support 2 jams\nen support 3 jamming\n",
	  "en support 3/3: jam 3" },
	{ "form-of-enough",
	  "en support 1 invoices\nen support 2 invoices\n"
	  "en support 3 invoices\nen support 4 invoice",
	  "en support 4/4: invoices 4" },
	{ "no-numbers-nor-stop-words",
	  "en support 1 the 4711 r2d2\nen support 2 the 4711 r2d2\n"
	  "en support 3 the 4711 r2d2",
	  "en support 3/3:" },
	{ "groups-apart",
	  "en support 1 printer\nen support 2 printer\nen billing 3 printer\n"
	  "da support 3 printer",
	  "en support 2/2: da support 1/1: en billing 1/1:" },
	{ "most-first",
	  "en support 1 red blue\nen support 2 red blue\nen support 3 red blue\n"
	  "en support 4 red",
	  "en support 4/4: red 4 blue 3" },
};

static void
add_line(Gaps *gaps, const char *line)
{
	g_auto(GStrv) part = g_strsplit(line, " ", 4);
	const GapQuestion question = {
		.language = language_from_code(part[0]),
		.request = strcmp(part[1], "-") != 0 ? part[1] : "",
		.person = g_ascii_strtoll(part[2], NULL, 10),
		.text = part[3],
	};

	gaps_add(gaps, &question);
}

static void
tell(const GapGroup *group, void *data)
{
	GString *out = data;

	g_string_append_printf(out, "%s%s %s %u/%u:", out->len > 0 ? " " : "",
	                       language_code(group->language), group->request,
	                       group->questions, group->people);
	for (size_t i = 0; i < group->n_words; i++)
		g_string_append_printf(out, " %s %u", group->words[i].word,
		                       group->words[i].people);
}

static void
test_gaps(const void *data)
{
	const struct row *row = data;
	g_autoptr(Gaps) gaps = gaps_new();
	g_autoptr(GString) got = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(row->asked, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0')
			add_line(gaps, *line);
	gaps_each(gaps, tell, got);
	g_assert_cmpstr(got->str, ==, row->want);
}

static void
test_bound(void)
{
	g_autoptr(Gaps) gaps = gaps_new();
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < 1000; i++)
		g_string_append_printf(text, "%c%c%cx ", 'b' + i % 23,
		                       'b' + i / 23 % 23, 'b' + i / 529);
	for (unsigned i = 1; i <= 3; i++)
		gaps_add(gaps,
		         &(const GapQuestion){ LANGUAGE_PL, "", i, text->str });
	gaps_each(gaps, tell, got);
	g_assert_cmpuint(got->len, <, 120);
	g_assert_true(g_str_has_prefix(got->str, "pl  3/3: "));
}

static void
test_text(void)
{
	g_autofree char *anna =
		gap_text_make("anna@a.example", "Jam", "It jams");
	g_autofree char *bob = gap_text_make("bob@b.example", "", "Hm");
	int64_t one, other;

	g_assert_cmpstr(gap_text_read(anna, 0, &one), ==, "Jam\nIt jams");
	g_assert_cmpstr(gap_text_read(bob, 0, &other), ==, "\nHm");
	g_assert_cmpint(one, <, 0);
	g_assert_cmpint(other, <, 0);
	g_assert_cmpint(one, !=, other);
	gap_text_read(anna, 7, &one);
	g_assert_cmpint(one, ==, 7);
	g_assert_cmpstr(gap_text_read("plain", 0, &one), ==, "plain");
	g_assert_cmpint(one, ==, 0);
	g_assert_cmpstr(gap_text_read("", 3, &one), ==, "");
	g_assert_cmpint(one, ==, 3);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/gaps/", rows, test_gaps);
	g_test_add_func("/gaps/bound", test_bound);
	g_test_add_func("/gaps/text", test_text);
	return g_test_run();
}
