/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "drafting/shelf.h"
#include "drafting/stem.h"
#include "rows.h"

/* "word>stem word>stem": what a text is indexed by. */
static const struct stem {
	const char *name;
	Language language;
	const char *text, *want;
} stems[] = {
	{ "da", LANGUAGE_DA, "Adgangskoden og fakturaerne!",
	  "adgangskod faktura" },
	{ "sv", LANGUAGE_SV, "Fakturorna är betalda", "faktur betald" },
	{ "nb", LANGUAGE_NB, "Fakturaene er ikke betalt", "faktura betalt" },
	{ "nn", LANGUAGE_NN, "Rutaren er ikkje på", "rutar" },
	{ "de", LANGUAGE_DE, "Die Rechnungen für März", "rechnung marz" },
	{ "en", LANGUAGE_EN, "My invoices are missing", "invoic miss" },
	{ "fi", LANGUAGE_FI, "laskujen summat", "lasku sum" },
	{ "fr", LANGUAGE_FR, "Les factures payées", "factur pai" },
	{ "es", LANGUAGE_ES, "las facturas pagadas", "factur pag" },
	{ "nl", LANGUAGE_NL, "de rekeningen betaald", "reken betaald" },
	{ "it", LANGUAGE_IT, "le fatture pagate", "fattur pag" },
	{ "pl", LANGUAGE_PL, "Faktury nie są zapłacone", "faktury zapłacone" },
	{ "is", LANGUAGE_IS, "Reikningar greiddir", "reikningar greiddir" },
	{ "und", LANGUAGE_UND, "Two Words", "two words" },
	{ "out-of-range", LANGUAGE_N, "Two Words", "two words" },
	{ "marks", LANGUAGE_EN, "a@b.example <log>\n\t-- 401",
	  "b exampl log 401" },
	{ "nothing", LANGUAGE_EN, " \n!?", "" },
	{ "only-stop-words", LANGUAGE_EN, "the and of", "" },
	{ "too-long", LANGUAGE_EN,
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa log",
	  "log" },
};

static void
test_stem(const void *data)
{
	const struct stem *row = data;
	g_autoptr(Stemmer) stemmer = stemmer_new(row->language);
	g_autofree char *got = stem_text(stemmer, row->text, 1000);
	g_auto(GStrv) words = stem_words(stemmer, row->text, 1000);
	g_autofree char *joined = g_strjoinv(" ", words);

	g_assert_cmpstr(got, ==, row->want);
	g_assert_cmpstr(joined, ==, row->want);
}

static void
test_stem_bounds(void)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(LANGUAGE_EN);
	g_autofree char *two = stem_text(stemmer, "red blue green", 2);
	g_auto(GStrv) once = stem_words(stemmer, "log Logs LOGGED log", 9);

	g_assert_cmpstr(two, ==, "red blue");
	g_assert_cmpuint(g_strv_length(once), ==, 1);
}

static const struct found {
	const char *name, *text, *want;
} found[] = {
	{ "title", "I forgot my password and cannot log in", "password" },
	{ "tags", "please cancel the contract", "cancel" },
	{ "one-word", "The password of life is courage", "" },
	{ "text-alone", "settings and users and pages", "" },
	{ "none", "Lovely weather today", "" },
	{ "empty", "", "" },
	{ "best-first", "forgot password, reset password, cancel contract",
	  "password cancel" },
	{ "expired", "old prices expired list", "" },
};

static void
add(GPtrArray *articles, const char *id, const char *front)
{
	g_autofree char *file = g_strconcat(id, ".md", NULL);
	g_autofree char *text = g_strconcat(
		"---\n", front,
		"\n---\n## Short\nSettings for users, on this page.\n", NULL);
	g_autoptr(GError) error = NULL;
	Article *article =
		article_parse(file, LANGUAGE_EN, text, strlen(text), &error);

	g_assert_no_error(error);
	g_ptr_array_add(articles, article);
}

static void
test_found(const void *data)
{
	const struct found *row = data;
	g_autoptr(GPtrArray) articles = g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))article_free);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(Stemmer) stemmer = stemmer_new(LANGUAGE_EN);
	g_auto(GStrv) words = stem_words(stemmer, row->text, 1000);
	g_autoptr(Shelf) shelf = NULL;
	const Article *best[2];
	size_t n;

	add(articles, "password",
	    "title: Reset your password\ntags: forgot, login");
	add(articles, "cancel", "title: Cancel a contract\ntags: end");
	add(articles, "prices",
	    "title: Old prices\ntags: list\nvalid-until: 2000-01-01");
	shelf = shelf_new(articles);
	n = shelf_find(shelf, LANGUAGE_EN, row->text, 1800000000, best, 2);
	for (size_t i = 0; i < n; i++) {
		g_string_append_printf(got, "%s%s", i > 0 ? " " : "",
		                       best[i]->id);
		g_assert_true(article_answers(best[i], stemmer,
		                              (const char *const *)words));
	}
	g_assert_cmpstr(got->str, ==, row->want);
	g_assert_cmpuint(
		shelf_find(shelf, LANGUAGE_DA, row->text, 1800000000, best, 2),
		==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/stem/", stems, test_stem);
	g_test_add_func("/stem/bounds", test_stem_bounds);
	rows_add("/shelf/", found, test_found);
	return g_test_run();
}
