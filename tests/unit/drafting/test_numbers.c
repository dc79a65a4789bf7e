/* SPDX-License-Identifier: Apache-2.0 */
#include "numbers.h"

#include <glib.h>
#include <string.h>

#include "links.h"
#include "rows.h"

/* What a text's numbers mean: each in brackets, its forms with | between, its
 * currency behind; markers of lists are left out. */
static const struct row {
	const char *name, *text, *numbers;
} rows[] = {
	{ "none", "Hej Anna, tak for din mail.", "" },
	{ "plain", "We have 12 of them", "[12]" },
	{ "zeros", "number 007", "[7]" },
	{ "zero", "0 errors", "[0]" },
	{ "da-amount", "Det koster 1.234,50 kr. i alt", "[1234.5 kr]" },
	{ "en-amount", "It costs $1,234.50.", "[1234.5 usd]" },
	{ "sv-amount", "Det kostar 1 234,50 kr", "[1234.5 kr]" },
	{ "nbsp-amount",
	  "1\xc2\xa0"
	  "234,50 \xe2\x82\xac",
	  "[1234.5 eur]" },
	{ "narrow-amount",
	  "1\xe2\x80\xaf"
	  "234 kr",
	  "[1234 kr]" },
	{ "ch-amount", "CHF 1'234.50", "[1234.5 chf]" },
	{ "ambiguous", "1.234", "[1234|1.234]" },
	{ "thousands", "1.234.567", "[1234567]" },
	{ "decimal-comma", "0,5 %", "[0.5 pct]" },
	{ "half", "2,50", "[2.5]" },
	{ "trailing-zeros", "100,00 EUR", "[100 eur]" },
	{ "kr-dash", "kun 500,- hos os", "[500 kr]" },
	{ "sv-dash", "bara 500:- hos oss", "[500 kr]" },
	{ "kr-in-front", "kr. 99", "[99 kr]" },
	{ "glued", "500kr", "[500|500KR kr]" },
	{ "word", "500 kroner", "[500 kr]" },
	{ "not-a-word", "500 krav", "[500]" },
	{ "two", "100 kr 20 stk", "[100 kr][20]" },
	{ "percent", "20 procent", "[20 pct]" },
	{ "iso-day", "2026-03-12", "[2026-03-12]" },
	{ "dotted-day", "12.03.2026", "[2026-03-12|12.03.2026]" },
	{ "short-day", "12.3.26", "[2026-03-12|12.3.26]" },
	{ "slashed-day", "03/12/2026", "[2026-12-03|2026-03-12]" },
	{ "day-month", "den 12/3", "[--03-12|--12-03]" },
	{ "da-words", "den 12. marts 2026 kl.", "[2026-03-12]" },
	{ "da-no-year", "12. marts", "[--03-12]" },
	{ "de-words", "am 12. M\xc3\xa4rz 2026", "[2026-03-12]" },
	{ "sv-words", "den 12 maj", "[--05-12]" },
	{ "en-words", "March 12th, 2026", "[2026-03-12]" },
	{ "en-words-2", "12th of March 2026", "[2026-03-12]" },
	{ "fr-words", "12 f\xc3\xa9vrier 2026", "[2026-02-12]" },
	{ "es-words", "12 de marzo de 2026", "[2026-03-12]" },
	{ "no-month", "3 mails", "[3]" },
	{ "no-month-2", "2 sets", "[2]" },
	{ "day-and-year", "den 24/12 2026, kl.", "[2026-12-24]" },
	{ "day-and-year-both", "3/5 2026", "[2026-05-03|2026-03-05]" },
	{ "day-and-year-de", "am 3.5. 2026", "[2026-05-03]" },
	{ "day-and-number", "24/7 500 kr", "[--07-24][500 kr]" },
	{ "day-and-order", "3/5 20261", "[--05-03|--03-05][20261]" },
	{ "time", "kl. 14:30", "[T14:30]" },
	{ "dotted-time", "kl. 14.30", "[T14:30|14.3]" },
	{ "clock", "9:05", "[T09:05]" },
	{ "order", "order ORD-12345", "[ORD12345]" },
	{ "hash", "ticket #4711", "[4711]" },
	{ "version", "version 3.2.1", "[3.2.1]" },
	{ "range", "10-12 dage", "[10][12]" },
	{ "always", "24/7", "[--07-24]" },
	{ "compound", "24-timers", "[24|24TIMERS]" },
	{ "unit", "5kg", "[5|5KG]" },
	{ "capital-unit", "5GB", "[5GB]" },
	{ "phone", "Ring +45 12 34 56 78.", "[4512345678]" },
	{ "phone-dashes", "+45-12-34-56-78", "[4512345678]" },
	{ "phone-zeros", "0045 12345678", "[4512345678]" },
	{ "phone-sv", "070-123 45 67", "[701234567]" },
	{ "phone-de", "+49 (0)30 123456", "[49030123456]" },
	{ "phone-plain", "12345678", "[12345678]" },
	{ "not-phone", "order 4711 12 pieces", "[4711][12]" },
	{ "iban", "DK50 0040 0440 1162 43", "[DK5000400440116243]" },
	{ "iban-tight", "DK5000400440116243", "[DK5000400440116243]" },
	{ "marker", "1. open\n2) close", "" },
	{ "not-marker", "Version 1. Then", "[1]" },
	{ "mark", "it is [CHECK: 100 kr] and 5", "[5]" },
	{ "mark-open", "[CHECK: 5", "[5]" },
	{ "sentence-end", "We have 5. Then 6, and 7!", "[5][6][7]" },
	{ "no-space", "ok.5 and 6.Vi", "[5][6]" },
	{ "letters", "e-mail og A4", "[A4]" },
};

static void
add_number(const Number *number, void *data)
{
	GString *all = data;

	if (number->marker)
		return;
	g_string_append_c(all, '[');
	for (unsigned i = 0; i < number->forms.n; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? "|" : "",
		                       number->forms.form[i]);
	if (number->currency[0] != '\0')
		g_string_append_printf(all, " %s", number->currency);
	g_string_append_c(all, ']');
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GString) all = g_string_new(NULL);

	numbers_each(row->text, add_number, all);
	g_assert_cmpstr(all->str, ==, row->numbers);
}

/* Where a number stands, its currency with it. */
static const struct place {
	const char *name, *text, *number;
} places[] = {
	{ "after", "det er 1.234 kr. nu", "1.234 kr." },
	{ "before", "it is $99 now", "$99" },
	{ "between", "EUR 99 now", "EUR 99" },
	{ "phone", "ring +45 12 34 56 78, tak", "+45 12 34 56 78" },
	{ "day", "den 12. marts 2026, tak", "12. marts 2026" },
	{ "compound", "24-timers", "24" },
};

static void
keep_place(const Number *number, void *data)
{
	*(Number *)data = *number;
}

static void
test_place(const void *data)
{
	const struct place *row = data;
	Number number = { 0, 0, { .n = 0 }, { .n = 0 }, "", false, false };
	g_autofree char *words = NULL;

	numbers_each(row->text, keep_place, &number);
	words = g_strndup(row->text + number.start, number.end - number.start);
	g_assert_cmpstr(words, ==, row->number);
}

/* Links: each in brackets, ! in front when it hides something, @ for an
 * address. */
static const struct link {
	const char *name, *text, *links;
} links[] = {
	{ "none", "Hej. Det virker.", "" },
	{ "https", "see https://www.Example.com/Help.", "[example.com/Help]" },
	{ "slash", "http://example.com/", "[example.com]" },
	{ "bare", "see example.com, please", "[example.com]" },
	{ "bare-path", "(example.com/a?b=c)", "[example.com/a?b=c]" },
	{ "www", "www.example.dk", "[example.dk]" },
	{ "colon", "link:example.com", "[example.com]" },
	{ "user", "https://bank.com@evil.example/x",
	  "![bank.com@evil.example/x]" },
	{ "escape", "https://exa%6dple.com", "![exa%6dple.com]" },
	{ "scheme", "ftp://example.com/x", "![example.com/x]" },
	{ "hxxp", "hxxps://example.com", "![example.com]" },
	{ "puny", "xn--pypal-4ve.com", "[xn--pypal-4ve.com]" },
	{ "puny-tld", "example.xn--p1ai", "[example.xn--p1ai]" },
	{ "angle", "<https://example.com>", "[example.com]" },
	{ "markdown", "[x](https://example.com)", "[example.com]" },
	{ "no-tld", "index.html og fil.txt", "" },
	{ "abbreviation", "bl.a. og f.eks. samt e.g. this", "" },
	{ "address", "write to Bo@Example.com.", "@[bo@example.com]" },
	{ "mailto", "mailto:bo@example.com", "@[bo@example.com]" },
	{ "two", "a@b.dk,c@d.dk", "@[a@b.dk]@[c@d.dk]" },
	{ "local", "root@localhost", "@[root@localhost]" },
	{ "handle", "follow @example", "" },
	{ "zip", "open invoice.zip now", "[invoice.zip]" },
};

static void
add_link(const Link *link, void *data)
{
	g_string_append_printf(data, "%s%s[%s]", link->disguised ? "!" : "",
	                       link->address ? "@" : "", link->form);
}

static void
test_link(const void *data)
{
	const struct link *row = data;
	g_autoptr(GString) all = g_string_new(NULL);

	links_each(row->text, add_link, all);
	g_assert_cmpstr(all->str, ==, row->links);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/numbers/", rows, test_row);
	rows_add("/numbers/place/", places, test_place);
	rows_add("/links/", links, test_link);
	return g_test_run();
}
