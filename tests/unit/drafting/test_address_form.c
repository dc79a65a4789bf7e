/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>

#include "drafting/address_form.h"
#include "rows.h"

#define T ADDRESS_INFORMAL
#define V ADDRESS_FORMAL

static const struct form {
	const char *name;
	Language language;
	const char *formality;
	AddressForm house, want;
} forms[] = {
	{ "da-formal", LANGUAGE_DA, "formal", ADDRESS_BY_MAIL, V },
	{ "da-neutral", LANGUAGE_DA, "neutral", ADDRESS_BY_MAIL, T },
	{ "da-unknown", LANGUAGE_DA, "unknown", ADDRESS_BY_MAIL, T },
	{ "da-house", LANGUAGE_DA, "formal", T, T },
	{ "sv-formal", LANGUAGE_SV, "formal", ADDRESS_BY_MAIL, V },
	{ "nb-informal", LANGUAGE_NB, "informal", ADDRESS_BY_MAIL, T },
	{ "nn-neutral", LANGUAGE_NN, "neutral", ADDRESS_BY_MAIL, T },
	{ "en-neutral", LANGUAGE_EN, "neutral", ADDRESS_BY_MAIL, T },
	{ "de-formal", LANGUAGE_DE, "formal", ADDRESS_BY_MAIL, V },
	{ "de-neutral", LANGUAGE_DE, "neutral", ADDRESS_BY_MAIL, V },
	{ "de-unknown", LANGUAGE_DE, "unknown", ADDRESS_BY_MAIL, V },
	{ "de-informal", LANGUAGE_DE, "informal", ADDRESS_BY_MAIL, T },
	{ "de-house", LANGUAGE_DE, "informal", V, V },
	{ "fr-neutral", LANGUAGE_FR, "neutral", ADDRESS_BY_MAIL, V },
	{ "es-informal", LANGUAGE_ES, "informal", ADDRESS_BY_MAIL, T },
	{ "nl-neutral", LANGUAGE_NL, "neutral", ADDRESS_BY_MAIL, V },
	{ "it-neutral", LANGUAGE_IT, "neutral", ADDRESS_BY_MAIL, V },
	{ "pl-neutral", LANGUAGE_PL, "neutral", ADDRESS_BY_MAIL, V },
	{ "fi-neutral", LANGUAGE_FI, "neutral", ADDRESS_BY_MAIL, V },
};

static void
test_form(const void *data)
{
	const struct form *row = data;

	g_assert_cmpint(address_form(row->language, row->formality, row->house),
	                ==, row->want);
}

static const struct told {
	const char *name;
	Language language;
	const char *formality, *text;
	AddressForm want;
} tolds[] = {
	{ "de-sie", LANGUAGE_DE, "informal", "Hi, haben Sie das?", V },
	{ "de-du", LANGUAGE_DE, "unknown", "Hast du das?", T },
	{ "de-euch", LANGUAGE_DE, "neutral", "Habt ihr das bei euch?",
	  ADDRESS_BY_MAIL },
	{ "de-ihr", LANGUAGE_DE, "informal", "Hallo, habt Ihr das in blau?",
	  ADDRESS_BY_MAIL },
	{ "de-ihr-unknown", LANGUAGE_DE, "unknown",
	  "Ich wüsste gern, ob Ihr könnt.", T },
	{ "de-ihr-auch", LANGUAGE_DE, "informal",
	  "Liefert Ihr auch abends? Wann liefert Ihr?", ADDRESS_BY_MAIL },
	{ "de-ihr-polite", LANGUAGE_DE, "informal", "Wo bleibt Ihr Paket?", V },
	{ "de-both", LANGUAGE_DE, "informal", "Kannst du? Oder Sie? Wer Sie?",
	  ADDRESS_BY_MAIL },
	{ "de-neither", LANGUAGE_DE, "informal", "Geht das?", ADDRESS_BY_MAIL },
	{ "de-no-text", LANGUAGE_DE, "informal", NULL, ADDRESS_BY_MAIL },
	{ "fr-tu", LANGUAGE_FR, "unknown", "Peux-tu m'aider ?", T },
	{ "fr-vous", LANGUAGE_FR, "unknown", "Pouvez-vous m'aider ?", V },
	{ "da-de", LANGUAGE_DA, "unknown", "Kan De vente?", V },
	{ "da-de-formality", LANGUAGE_DA, "neutral", "Kan De vente?", V },
	{ "da-de-joke", LANGUAGE_DA, "informal", "Kan De vente?",
	  ADDRESS_BY_MAIL },
	{ "da-du", LANGUAGE_DA, "unknown", "Kan du vente?", T },
	{ "da-du-formal", LANGUAGE_DA, "formal", "Undertegnede beder dig.", T },
	{ "da-jeres", LANGUAGE_DA, "formal", "Jeg klager over jeres svar.", T },
	{ "da-i", LANGUAGE_DA, "formal", "Hermed beder jeg om, at I svarer.",
	  T },
	{ "da-i-began", LANGUAGE_DA, "formal", "I henhold til aftalen.",
	  ADDRESS_BY_MAIL },
	{ "da-de-og-jeres", LANGUAGE_DA, "formal",
	  "Jeg beder Dem svare på vegne af jeres firma.", V },
	{ "da-none", LANGUAGE_DA, "formal", "Undertegnede klager hermed.",
	  ADDRESS_BY_MAIL },
	{ "sv-er", LANGUAGE_SV, "formal", "Jag beklagar att er man uteblev.",
	  T },
	{ "sv-ni-began", LANGUAGE_SV, "formal", "Ni har uteblivit.",
	  ADDRESS_BY_MAIL },
	{ "sv-ni-polite", LANGUAGE_SV, "formal", "Jag ber att Ni svarar.", V },
	{ "nb-dere", LANGUAGE_NB, "formal", "Jeg klager til dere.", T },
	{ "nb-deres", LANGUAGE_NB, "formal", "Naboene og deres hund klager.",
	  ADDRESS_BY_MAIL },
};

static void
test_told(const void *data)
{
	const struct told *row = data;

	g_assert_cmpint(
		address_form_told(row->language, row->formality, row->text), ==,
		row->want);
}

/* The word that gives the other form away; NULL: none does. */
static const struct clash {
	const char *name;
	Language language;
	const char *text;
	AddressForm form;
	const char *want;
} clashes[] = {
	{ "da-t", LANGUAGE_DA, "Tak for din mail.", T, NULL },
	{ "da-t-in-v", LANGUAGE_DA, "Tak for din mail.", V, "din" },
	{ "da-v", LANGUAGE_DA, "Vi takker Dem for Deres mail.", V, NULL },
	{ "da-v-in-t", LANGUAGE_DA, "Vi takker Dem.", T, "Dem" },
	{ "da-they", LANGUAGE_DA, "De fleste kan. De andre ikke.", T, NULL },
	{ "da-de-within", LANGUAGE_DA, "Kan De vente?", T, "De" },
	{ "da-capital", LANGUAGE_DA, "Din mail er her.", V, "Din" },
	{ "da-part-of-word", LANGUAGE_DA, "Dingo, dusin, ordinær", V, NULL },
	{ "de-t-in-v", LANGUAGE_DE, "Danke für deine Mail.", V, "deine" },
	{ "de-v-in-t", LANGUAGE_DE, "Danke für Ihre Mail.", T, "Ihre" },
	{ "de-ihr-in-t", LANGUAGE_DE, "Das könnt Ihr gern tun.", T, NULL },
	{ "de-ihr-in-v", LANGUAGE_DE, "Das könnt ihr gern tun.", V, "ihr" },
	{ "de-her", LANGUAGE_DE, "Sagen Sie es ihr. Wir sagen ihr das.", V,
	  NULL },
	{ "de-ihr-v", LANGUAGE_DE, "Hat das Ihr Kollege getan?", V, NULL },
	{ "de-she", LANGUAGE_DE, "Die Mail ist da. Sie hilft uns.", T, NULL },
	{ "de-line", LANGUAGE_DE, "Hallo,\nSie hilft uns.", T, NULL },
	{ "fr-v-in-t", LANGUAGE_FR, "Merci de votre message.", T, "votre" },
	{ "fr-t-in-v", LANGUAGE_FR, "Merci de ton message.", V, "ton" },
	{ "nl-v-in-t", LANGUAGE_NL, "Dank voor uw bericht.", T, "uw" },
	{ "fi-v-in-t", LANGUAGE_FI, "Kiitos, Teidän viestinne tuli.", T,
	  "Teidän" },
	{ "pl-t-in-v", LANGUAGE_PL, "Dziękujemy za twoją, Twoja.", V, "Twoja" },
	{ "en", LANGUAGE_EN, "Thank you for your mail.", V, NULL },
	{ "none", LANGUAGE_N, "du De", T, NULL },
	{ "empty", LANGUAGE_DA, "", T, NULL },
};

static void
test_clash(const void *data)
{
	const struct clash *row = data;
	size_t size = 0;
	const char *word =
		address_clash(row->language, row->text, row->form, &size);
	g_autofree char *got = word ? g_strndup(word, size) : NULL;

	g_assert_cmpstr(got, ==, row->want);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/address-form/", forms, test_form);
	rows_add("/address-clash/", clashes, test_clash);
	rows_add("/address-told/", tolds, test_told);
	return g_test_run();
}
