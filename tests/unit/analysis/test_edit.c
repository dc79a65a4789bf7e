/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/edit.h"
#include "base/limits.h"
#include "rows.h"

#define DA_DRAFT                                                               \
	"Hej Anne\n\nTak for din mail. Vi beklager, at du har ventet.\n\n"     \
	"Du finder nulstilling af adgangskoden under Indstillinger. Klik på " \
	"Glemt kode, så får du en mail.\n\nFortsat god dag.\n\n"             \
	"Med venlig hilsen\n"
#define SV_DRAFT                                                               \
	"Hej Anna\n\nTack för ditt mejl. Fakturan skickas om till dig i "     \
	"dag och du behöver inte göra något mer.\n\nVänliga hälsningar\n"
#define NB_DRAFT                                                               \
	"Hei Kari\n\nTakk for henvendelsen. Vi beklager ventetiden og sender " \
	"deg en ny pakke så snart lageret har svart.\n\nMed vennlig hilsen\n"
#define DE_DRAFT                                                               \
	"Sehr geehrte Frau Weber\n\nvielen Dank für Ihre Nachricht. Bitte "   \
	"starten Sie den Drucker neu und prüfen Sie das Kabel.\n\n"           \
	"Mit freundlichen Grüßen\n"
#define EN_DRAFT                                                               \
	"Dear Ms Hill\n\nThank you for your message. Please restart the "      \
	"printer and check the cable at the back.\n\nKind regards\n"

#define APOLOGY (1u << EDIT_APOLOGY)
#define THANKS (1u << EDIT_THANKS)
#define QUESTION (1u << EDIT_QUESTION)
#define LINK (1u << EDIT_LINK)

static const struct row {
	const char *name, *draft, *sent, *signature;
	Language language;
	unsigned low, high; /* of the distance */
	const char *greeting, *signoff;
	unsigned dropped, added; /* classes */
	int formality;
} rows[] = {
	{ "da-same", DA_DRAFT, DA_DRAFT, NULL, LANGUAGE_DA, 0, 0, "hej:name",
	  "med-venlig-hilsen", 0, 0, 0 },
	{ "da-rewrapped", "Hej Anne\n\nDu finder det hele på siden her.\n",
	  "Hej Anne\n\nDu finder det\nhele på\nsiden her.\n\n", NULL,
	  LANGUAGE_DA, 0, 0, "hej:name", "none", 0, 0, 0 },
	{ "da-apology-dropped", DA_DRAFT,
	  "Hej Anne\n\nTak for din mail.\n\nDu finder nulstilling af "
	  "adgangskoden under Indstillinger. Klik på Glemt kode, så får du en "
	  "mail.\n\nFortsat god dag.\n\nMed venlig hilsen\n",
	  NULL, LANGUAGE_DA, 100, 250, "hej:name", "med-venlig-hilsen", APOLOGY,
	  0, 0 },
	{ "da-mvh", DA_DRAFT,
	  "Hejsa\n\nTak for din mail. Vi beklager, at du har ventet.\n\nDu "
	  "finder nulstilling af adgangskoden under Indstillinger. Klik på "
	  "Glemt kode, så får du en mail.\n\nMvh",
	  NULL, LANGUAGE_DA, 100, 300, "hejsa:alone", "mvh", 0, 0, -1 },
	{ "da-signature", DA_DRAFT, DA_DRAFT "Bo Holm\nNordlys A/S\n",
	  "Bo Holm\nNordlys A/S", LANGUAGE_DA, 0, 0, "hej:name",
	  "med-venlig-hilsen", 0, 0, 0 },
	{ "da-other-signature", DA_DRAFT, DA_DRAFT "Bo Holm\nNordlys A/S\n",
	  "Ida Ek\nNordlys A/S", LANGUAGE_DA, 50, 150, "hej:name",
	  "med-venlig-hilsen", 0, 0, 0 },
	{ "sv-question", SV_DRAFT,
	  "Hej Anna\n\nTack för ditt mejl. Fakturan skickas om till dig i dag "
	  "och du behöver inte göra något mer. Stämmer adressen?\n\n"
	  "Vänliga hälsningar\n",
	  NULL, LANGUAGE_SV, 50, 150, "hej:name", "vanliga-halsningar", 0,
	  QUESTION, 0 },
	{ "sv-hejsan", SV_DRAFT,
	  "Hejsan Anna!\n\nTack för ditt mejl. Fakturan skickas om till dig i "
	  "dag och du behöver inte göra något mer.\n\nMvh\n",
	  NULL, LANGUAGE_SV, 50, 200, "hejsan:name", "mvh", 0, 0, -1 },
	{ "nb-link", NB_DRAFT,
	  "Hei Kari\n\nTakk for henvendelsen. Vi sender deg en ny pakke så "
	  "snart lageret har svart, se https://x.example/sporing.\n\n"
	  "Med vennlig hilsen\n",
	  NULL, LANGUAGE_NB, 150, 400, "hei:name", "med-vennlig-hilsen",
	  APOLOGY, LINK, 0 },
	{ "de-informal", DE_DRAFT,
	  "Hallo Frau Weber\n\nvielen Dank für Ihre Nachricht. Bitte starten "
	  "Sie den Drucker neu und prüfen Sie das Kabel.\n\nViele Grüße\n",
	  NULL, LANGUAGE_DE, 100, 300, "hallo:title", "viele-gruesse", 0, 0,
	  -1 },
	{ "de-umlauts", DE_DRAFT,
	  "Sehr geehrte Frau Weber\n\nvielen Dank für Ihre Nachricht. Bitte "
	  "starten Sie den Drucker neu und prüfen Sie das Kabel.\n\n"
	  "Mit freundlichen Gruessen\n",
	  NULL, LANGUAGE_DE, 1, 60, "sehr-geehrte:title",
	  "mit-freundlichen-gruessen", 0, 0, 0 },
	{ "en-hi", EN_DRAFT,
	  "Hi Jane,\n\nPlease restart the printer and check the cable at the "
	  "back.\n\nCheers\n",
	  NULL, LANGUAGE_EN, 300, 600, "hi:name", "cheers", THANKS, 0, -1 },
	{ "en-more-formal", "Hi Jane\n\nRestart the printer.\n\nCheers\n",
	  "Dear Jane\n\nRestart the printer.\n\nYours sincerely\n", NULL,
	  LANGUAGE_EN, 300, 500, "dear:name", "yours-sincerely", 0, 0, 1 },
	{ "en-phone", EN_DRAFT, "Call me at noon and we sort it out. Jane",
	  NULL, LANGUAGE_EN, 900, 1000, "none", "none", THANKS, 0, -1 },
	{ "unknown-greeting", EN_DRAFT, "Wotcha mate\n\nRestart it.\n", NULL,
	  LANGUAGE_EN, 800, 1000, "", "none", THANKS, 0, -1 },
	{ "empty-sent", EN_DRAFT, "", NULL, LANGUAGE_EN, 1000, 1000, "none",
	  "none", THANKS, 0, -1 },
	{ "both-empty", "", "", "", LANGUAGE_EN, 0, 0, "none", "none", 0, 0,
	  0 },
};

static void
check_row(gconstpointer data)
{
	const struct row *row = data;
	const EditInput input = { .draft = row->draft,
		                  .sent = row->sent,
		                  .signature = row->signature,
		                  .language = row->language };
	g_auto(Edit) edit = { 0 };

	edit_compare(&input, &edit);
	g_test_message("distance %u", edit.distance);
	g_assert_cmpuint(edit.distance, >=, row->low);
	g_assert_cmpuint(edit.distance, <=, row->high);
	g_assert_cmpstr(edit.greeting_sent, ==, row->greeting);
	g_assert_cmpstr(edit.signoff_sent, ==, row->signoff);
	g_assert_cmphex(edit.had & ~edit.has, ==, row->dropped);
	g_assert_cmphex(edit.has & ~edit.had, ==, row->added);
	g_assert_cmpint(edit.formality, ==, row->formality);
}

/* A span is what of the draft it names; the rest may go. */
static void
test_survival(void)
{
	const char *draft = DA_DRAFT;
	size_t thanks = strlen("Hej Anne\n\n");
	size_t regret = thanks + strlen("Tak for din mail. ");
	size_t answer = (size_t)(strstr(draft, "Du finder") - draft);
	const EditSpan spans[] = { { 0, thanks },
		                   { thanks, regret },
		                   { regret, answer },
		                   { answer, strlen(draft) },
		                   { 3, 3 } };
	const EditInput input = {
		.draft = draft,
		.sent = "Kære Anne\n\nTak for din mail.\n\n"
			"Du finder nulstilling af adgangskoden under "
			"Indstillinger. Klik på Glemt kode, så får du en "
			"mail.\n\nFortsat god dag.\n\nMed venlig hilsen\n",
		.language = LANGUAGE_DA,
		.spans = spans,
		.n_spans = G_N_ELEMENTS(spans),
	};
	g_auto(Edit) edit = { 0 };

	edit_compare(&input, &edit);
	g_assert_cmpuint(edit.survival[0], ==, 500);
	g_assert_cmpuint(edit.survival[1], ==, 1000);
	g_assert_cmpuint(edit.survival[2], ==, 0);
	g_assert_cmpuint(edit.survival[3], ==, 1000);
	g_assert_cmpuint(edit.survival[4], ==, 1000); /* it had no words */
	g_assert_cmpuint(edit.kept, >, 600);
}

/* The same greeting and closing alone is nothing of the draft. */
static void
test_kept(void)
{
	const EditInput input = { .draft = EN_DRAFT,
		                  .sent = "Dear Ms Hill\n\nWe have moved. See "
		                          "you in the new office.\n\n"
		                          "Kind regards\n",
		                  .language = LANGUAGE_EN };
	g_auto(Edit) edit = { 0 };

	edit_compare(&input, &edit);
	g_assert_cmpuint(edit.kept, ==, 0);
	g_assert_cmpuint(edit.distance, >, 500);
}

static void
test_forms(void)
{
	static const char *const want[][2] = {
		{ "Hej", "hej:alone" },
		{ "Hej {first_name}", "hej:name" },
		{ "Kære hr. Olsen", "kaere:title" },
		{ "Sehr geehrte Damen und Herren,",
		  "sehr-geehrte-damen-und-herren:alone" },
		{ "\n\n  GOD MORGEN, Per!", "godmorgen:name" },
		{ "We will come on Monday and look at it.", "none" },
		{ "Hej med dig, her kommer svaret på alt det du spurgte om i "
		  "sidste uge",
		  "none" },
		{ "", "none" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
		char form[EDIT_FORM_SIZE];

		edit_greeting(want[i][0], form);
		g_assert_cmpstr(form, ==, want[i][1]);
	}
	g_assert_cmpint(edit_form_formality("dear:name"), ==, 1);
	g_assert_cmpint(edit_form_formality("mvh"), ==, -1);
	g_assert_cmpint(edit_form_formality("none"), ==, 0);
}

/* Words of a small vocabulary, so that much of them is alike. */
static char *
some_words(GRand *rand, unsigned n)
{
	static const char *const word[] = { "a",  "ny",     "kode", "er",
		                            "og", "pakken", "i",    "dag" };
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(text, "%s ",
		                       word[g_rand_int_range(rand, 0, 8)]);
	return g_string_free(text, FALSE);
}

static void
test_property(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	for (unsigned i = 0; i < (g_test_slow() ? 2000 : 300); i++) {
		g_autofree char *a = some_words(
			rand, (unsigned)g_rand_int_range(rand, 0, 40));
		g_autofree char *b = some_words(
			rand, (unsigned)g_rand_int_range(rand, 0, 40));
		g_autofree char *c = some_words(
			rand, (unsigned)g_rand_int_range(rand, 0, 40));
		unsigned ab = edit_distance(a, b);

		g_assert_cmpuint(edit_distance(a, a), ==, 0);
		g_assert_cmpuint(ab, ==, edit_distance(b, a));
		g_assert_cmpuint(ab, <=, 1000);
		g_assert_true((ab == 0) == (strcmp(a, b) == 0));
		/* normalised by the longer text, twice the triangle holds */
		g_assert_cmpuint(edit_distance(a, c), <=,
		                 2 * (ab + edit_distance(b, c)) + 2);
	}
}

/* By hand: one of ten words. */
static void
test_exact(void)
{
	g_assert_cmpuint(
		edit_distance("a b c d e f g h i j", "a b c d x f g h i j"), ==,
		100);
	g_assert_cmpuint(
		edit_distance("a b c d e f g h i j", "b c d e f g h i j"), ==,
		100);
	g_assert_cmpuint(edit_distance("a b c d", "c d a b"), ==, 1000);
	g_assert_cmpuint(edit_distance("a b c d", "a x c"), ==, 500);
	g_assert_cmpuint(edit_distance("a b", ""), ==, 1000);
}

/* Long texts are compared in a band: bounded in time, as good as symmetric, and
 * right where little was changed. */
static void
test_long(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	g_autofree char *a = some_words(rand, 12000);
	g_autofree char *b = some_words(rand, 9000);
	g_autofree char *c = g_strconcat("helt nyt ", a, "til sidst", NULL);
	const EditInput input = { .draft = a, .sent = b };
	g_auto(Edit) edit = { 0 };
	gint64 began = g_get_monotonic_time();

	edit_compare(&input, &edit);
	g_assert_cmpint(g_get_monotonic_time() - began, <, 5000000);
	g_assert_true(edit.banded);
	g_assert_cmpuint(edit.distance, ==, edit_distance(b, a));
	g_assert_cmpuint(edit.distance, <=, 1000);
	g_assert_cmpuint(edit_distance(a, c), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/edit/", rows, check_row);
	g_test_add_func("/edit/survival", test_survival);
	g_test_add_func("/edit/kept", test_kept);
	g_test_add_func("/edit/forms", test_forms);
	g_test_add_func("/edit/property", test_property);
	g_test_add_func("/edit/exact", test_exact);
	g_test_add_func("/edit/long", test_long);
	return g_test_run();
}
