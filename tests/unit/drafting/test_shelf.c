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

/* ------------------------------------------------------------------ articles
 */

static const char *const fronts[][2] = {
	{ "password", "title: Reset your password\ntags: forgot, login\n"
	              "asks: lost password, new pass phrase\n"
	              "never: wifi, in two minutes\nrequests: support" },
	{ "cancel", "title: Cancel a contract\ntags: cancel, contract, login" },
	{ "prices", "title: Old prices\ntags: list\nasks: old prices\n"
	            "valid-until: 2000-01-01" },
	{ "copies", "title: Copies\ntags: invoice copy, copies" },
};

/* "ARTICLE ..." of those that answer, the best first. */
static const struct found {
	const char *name, *subject, *text, *findings, *want;
} found[] = {
	{ "asks", "", "I lost my password. What now?", "", "password" },
	{ "asks-far", "",
	  "I lost a very long game of chess with friends in the park and "
	  "then thought of a password, what now?",
	  "", "" },
	{ "asks-apart", "", "I lost. My password is good. What now?", "", "" },
	{ "two-tags", "", "please cancel the contract", "", "cancel" },
	{ "two-tags-apart", "Contract", "please cancel it", "", "cancel" },
	{ "one-tag", "", "where is the contract?", "", "" },
	{ "shared-tag-tells-less", "", "cancel the login, please?", "", "" },
	{ "phrase", "", "a copy of my invoice, please", "", "copies" },
	{ "text-alone", "", "settings and users and pages?", "", "" },
	{ "none", "Hello", "Lovely weather today, right?", "", "" },
	{ "empty", "", "", "", "" },
	{ "best-first", "", "I lost my password. And cancel the contract?", "",
	  "password cancel" },
	{ "weak-beside-strong", "",
	  "I lost my password and forgot it, I want a new pass phrase, and "
	  "the invoice copy?",
	  "", "password" },
	{ "expired", "", "old prices, please", "", "" },
	{ "never", "", "I lost my wifi password?", "", "" },
	{ "never-phrase", "", "Lost password, and you helped in two minutes?",
	  "", "" },
	{ "never-in-part", "", "Two minutes ago I lost my password?", "",
	  "password" },
	{ "done", "", "I already wrote that I lost my password?", "", "" },
	{ "wants-nothing", "", "I lost my password on Monday", "", "password" },
	{ "request-agrees", "", "lost password?", "request=support",
	  "password" },
	{ "request-differs", "", "lost password?", "request=sales", "" },
	{ "request-any", "", "cancel the contract, please?", "request=sales",
	  "cancel" },
	{ "feedback", "", "lost password, please mend it", "request=feedback",
	  "" },
	{ "feedback-that-asks", "", "cancel the contract?", "request=feedback",
	  "cancel" },
	{ "pleased", "", "I lost my password and you were great",
	  "sentiment=positive", "" },
	{ "pleased-asks", "", "Lost password, what now? You are great",
	  "sentiment=positive", "password" },
};

static void
add(GPtrArray *articles, Language language, const char *id, const char *front)
{
	g_autofree char *file = g_strconcat(id, ".md", NULL);
	g_autofree char *text = g_strconcat(
		"---\n", front,
		"\n---\n## Short\nSettings for users, on this page.\n", NULL);
	g_autoptr(GError) error = NULL;
	Article *article =
		article_parse(file, language, text, strlen(text), &error);

	g_assert_no_error(error);
	g_ptr_array_add(articles, article);
}

static GPtrArray *
new_articles(void)
{
	return g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))article_free);
}

/* Of "finding=value". */
static void
set_findings(Findings *findings, const Rules *rules, const char *word)
{
	*findings =
		(Findings){ .n_findings = (uint8_t)rules_n_findings(rules) };
	for (unsigned f = 0; f < findings->n_findings; f++) {
		findings->finding[f].abstained = 1;
		for (unsigned v = 0; v < rules_n_values(rules, f); v++) {
			g_autofree char *both = g_strdup_printf(
				"%s=%s", rules_finding_name(rules, f),
				rules_value_name(rules, f, v));

			if (strcmp(both, word) != 0)
				continue;
			findings->finding[f].value = (uint8_t)v;
			findings->finding[f].abstained = 0;
		}
	}
}

static Rules *
new_rules(void)
{
	static const char text[] =
		"finding sentiment\n values negative neutral positive\n"
		"trait request\n values sales feedback support\n";
	static const char *const traits[] = { "request", NULL };
	g_autoptr(GError) error = NULL;
	Rules *rules =
		rules_parse("t.rules", text, strlen(text), traits, &error);

	g_assert_no_error(error);
	return rules;
}

static char *
find_all(const Shelf *shelf, const Question *question)
{
	GString *got = g_string_new(NULL);
	const Article *best[SHELF_MAX];
	size_t n = shelf_find(shelf, question, best, SHELF_MAX);

	for (size_t i = 0; i < n; i++)
		g_string_append_printf(got, "%s%s", i > 0 ? " " : "",
		                       best[i]->id);
	return g_string_free(got, FALSE);
}

static void
test_found(const void *data)
{
	const struct found *row = data;
	g_autoptr(GPtrArray) articles = new_articles();
	g_autoptr(Rules) rules = new_rules();
	g_autoptr(Shelf) shelf = NULL;
	g_autofree char *got = NULL;
	Findings findings;
	Question question = { LANGUAGE_EN, row->subject, row->text,
		              &findings,   rules,        1800000000 };

	for (size_t i = 0; i < G_N_ELEMENTS(fronts); i++)
		add(articles, LANGUAGE_EN, fronts[i][0], fronts[i][1]);
	shelf = shelf_new(articles);
	set_findings(&findings, rules, row->findings);
	got = find_all(shelf, &question);
	g_assert_cmpstr(got, ==, row->want);
	question.language = LANGUAGE_DA;
	g_assert_cmpuint(
		shelf_find(shelf, &question, &(const Article *){ NULL }, 1), ==,
		0);
}

/* Joined words are found by their parts where a language joins them, and
 * Nynorsk by what is there in Bokmål. */
static const struct joined {
	const char *name;
	Language language;
	const char *text, *want;
} joined[] = {
	{ "whole", LANGUAGE_DE, "Kopie der Rechnung?", "de" },
	{ "joined", LANGUAGE_DE, "Rechnungskopie, bitte?", "" },
	{ "tail", LANGUAGE_DE, "Kopie der Monatsrechnung?", "" },
	{ "head-and-tail", LANGUAGE_DE,
	  "Monatsrechnung bitte, und die Kopie, als Duplikat?", "de" },
	{ "nynorsk", LANGUAGE_NN, "kopi av faktura?", "nb" },
};

static void
test_joined(const void *data)
{
	const struct joined *row = data;
	g_autoptr(GPtrArray) articles = new_articles();
	const Question question = { .language = row->language,
		                    .text = row->text,
		                    .now = 1800000000 };
	g_autoptr(Shelf) shelf = NULL;
	g_autofree char *got = NULL;

	add(articles, LANGUAGE_DE, "de",
	    "title: Rechnung\ntags: Rechnung, Kopie, Duplikat");
	add(articles, LANGUAGE_NB, "nb", "title: Faktura\ntags: faktura, kopi");
	shelf = shelf_new(articles);
	got = find_all(shelf, &question);
	g_assert_cmpstr(got, ==, row->want);
}

static void
add_reason(const char *kind, const char *text, double points, void *data)
{
	g_string_append_printf(data, "%s '%s' %.2f; ", kind, text, points);
}

static void
add_score(const Article *article, double score, void *data)
{
	g_string_append_printf(data, "%s %.2f. ", article->id, score);
}

static void
test_explain(void)
{
	g_autoptr(GPtrArray) articles = new_articles();
	g_autoptr(GString) got = g_string_new(NULL);
	const Question question = { .language = LANGUAGE_EN,
		                    .subject = "Login",
		                    .text = "I lost my password?",
		                    .now = 1800000000 };
	g_autoptr(Shelf) shelf = NULL;

	for (size_t i = 0; i < 2; i++)
		add(articles, LANGUAGE_EN, fronts[i][0], fronts[i][1]);
	shelf = shelf_new(articles);
	shelf_explain(shelf, &question, add_reason, add_score, got);
	g_assert_cmpstr(
		got->str, ==,
		"asks 'lost password' 3.00; tag 'login' 0.50; "
		"title 'password' 0.50; password 4.00. tag 'login' 0.50; cancel 0.50. ");
}

/* Hostile length: bounded words and places; who says so much says little. */
static void
test_long(void)
{
	g_autoptr(GPtrArray) articles = new_articles();
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Shelf) shelf = NULL;
	g_autofree char *got = NULL;
	Question question = { .language = LANGUAGE_EN, .now = 1800000000 };
	gint64 begun = g_get_monotonic_time();

	for (unsigned i = 0; i < 300; i++) {
		g_autofree char *id = g_strdup_printf("a%u", i);

		add(articles, LANGUAGE_EN, id, fronts[0][1]);
	}
	shelf = shelf_new(articles);
	for (unsigned i = 0; i < 20000; i++)
		g_string_append(text, "lost password ");
	question.text = text->str;
	got = find_all(shelf, &question);
	g_assert_cmpstr(got, ==, "");
	g_assert_cmpint(g_get_monotonic_time() - begun, <, 2 * G_USEC_PER_SEC);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/stem/", stems, test_stem);
	g_test_add_func("/stem/bounds", test_stem_bounds);
	rows_add("/shelf/", found, test_found);
	rows_add("/shelf/joined/", joined, test_joined);
	g_test_add_func("/shelf/explain", test_explain);
	g_test_add_func("/shelf/long", test_long);
	return g_test_run();
}
