/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "asking.h"
#include "cpu_clock.h"
#include "rows.h"
#include "told.h"

/* `want`: kinds in their order, with the number that may be repeated. */
static const struct row {
	const char *name;
	Language language;
	const char *text, *want;
} rows[] = {
	{ "da-order", LANGUAGE_DA, "Hvor er ordre 88213-4?", "order=88213-4" },
	{ "da-joined", LANGUAGE_DA, "Ordrenr.: 4410", "order=4410" },
	{ "da-said", LANGUAGE_DA, "Ordrenummeret er 71-0092.",
	  "order=71-0092" },
	{ "da-bare-short", LANGUAGE_DA, "På faktura 4410 står", "invoice" },
	{ "da-bare-year", LANGUAGE_DA, "faktura 2024", "" },
	{ "da-round", LANGUAGE_DA, "en ordre 12000 ialt", "order" },
	{ "da-amount", LANGUAGE_DA, "en faktura på 12450 kr", "" },
	{ "da-price", LANGUAGE_DA, "faktura 1.234,50", "" },
	{ "da-too-much", LANGUAGE_DA, "Fakturaen er 12450 kr for høj", "" },
	{ "en-too-much", LANGUAGE_EN, "Your invoice is 450 EUR too high", "" },
	{ "en-sign", LANGUAGE_EN, "The invoice is €12450", "" },
	{ "sv-cents", LANGUAGE_SV, "Fakturan är 12450,50", "" },
	{ "en-chairs", LANGUAGE_EN, "Order 12345, 40 chairs",
	  "order=12345 quantity" },
	{ "sv-dashes", LANGUAGE_SV, "Min order den 2024-03-12", "date" },
	{ "da-dashes", LANGUAGE_DA, "faktura den 12-03-2024", "date" },
	{ "sv-mobile", LANGUAGE_SV, "order 070-1234567", "order" },
	{ "da-date", LANGUAGE_DA, "faktura 12.03.2024", "date" },
	{ "da-two", LANGUAGE_DA, "ordre 12345 og 12346", "order" },
	{ "da-twice", LANGUAGE_DA, "ordre 12345, ja, ordre 12345",
	  "order=12345" },
	{ "da-parted", LANGUAGE_DA, "serienr. 400 182", "serial" },
	{ "da-person", LANGUAGE_DA, "kundenr 010190-1234", "customer" },
	{ "da-words", LANGUAGE_DA, "ordrenr RING-NU-12345678-TAK", "order" },
	{ "da-small", LANGUAGE_DA, "ordrenr evil-123", "order" },
	{ "da-address", LANGUAGE_DA, "faktura.dk/12345", "" },
	{ "da-stop", LANGUAGE_DA, "Hvor er min ordre 4 dage nu 12345", "" },
	{ "da-booking", LANGUAGE_DA, "PO 2288", "order" },
	{ "de-joined", LANGUAGE_DE, "Rahmenvertrag TEL-3306",
	  "contract=TEL-3306" },
	{ "de-address", LANGUAGE_DE, "Rechnungsadresse 20931", "" },
	{ "da-day", LANGUAGE_DA, "Passer tirsdagen kl. 14:30?", "date" },
	{ "da-morning", LANGUAGE_DA, "Godmorgen, dag", "" },
	{ "da-pieces", LANGUAGE_DA, "Vi skal bruge 40 stole", "quantity" },
	{ "da-hours", LANGUAGE_DA, "Vent 40 minutter", "" },
	{ "da-attached", LANGUAGE_DA, "Se vedhæftede billede", "attachment" },
	{ "sv-order", LANGUAGE_SV, "byta platta i order 88213?",
	  "order=88213" },
	{ "sv-customer", LANGUAGE_SV, "Kundnummer 61544.", "customer=61544" },
	{ "nb-case", LANGUAGE_NB, "saken 20-7714", "case=20-7714" },
	{ "de-short", LANGUAGE_DE, "Re.-Nr. ET-5526", "invoice=ET-5526" },
	{ "de-rest", LANGUAGE_DE, "der Rest 20931 folgt", "" },
	{ "de-number", LANGUAGE_DE, "Bestellung mit der Nummer 5017",
	  "order=5017" },
	{ "de-pieces", LANGUAGE_DE, "für 30 Stühle", "quantity" },
	{ "en-hash", LANGUAGE_EN, "my order #4410 is late", "order=4410" },
	{ "en-verb", LANGUAGE_EN, "I ordered 20480 of them", "" },
	{ "en-serial", LANGUAGE_EN, "serial no. SK37-20911",
	  "serial=SK37-20911" },
	{ "en-series", LANGUAGE_EN, "the serial 20911", "" },
	{ "en-version", LANGUAGE_EN, "since v2.14", "version" },
	{ "en-error", LANGUAGE_EN, "it says error 1045", "error" },
	{ "en-phone", LANGUAGE_EN, "call +45 33 12 34 56", "phone" },
	{ "other", LANGUAGE_IS, "order 12345", "" },
	{ "empty", LANGUAGE_DA, "", "" },
	{ "only-marks", LANGUAGE_DA, "ordre ## -- // ..", "" },
};

static char *
name_all(const Told *told)
{
	GString *all = g_string_new(NULL);

	for (unsigned k = 0; k < TOLD_N; k++) {
		const char *number = k < TOLD_LABELS ? told->number[k] : NULL;

		if (~told->kinds & 1u << k)
			continue;
		g_string_append_printf(all, "%s%s%s%s", all->len ? " " : "",
		                       told_name((ToldKind)k),
		                       number ? "=" : "", number ? number : "");
	}
	return g_string_free(all, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	const ToldTexts texts[] = { { .text = row->text },
		                    { .subject = row->text } };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *all = NULL;
		Told told;

		told_read(row->language, &texts[i], &told);
		all = name_all(&told);
		g_assert_cmpstr(all, ==, row->want);
		told_clear(&told);
	}
}

static const struct asks {
	const char *name;
	Language language;
	const char *text;
	bool several;
} asks[] = {
	{ "none", LANGUAGE_DA, "Tak for hjælpen.", false },
	{ "one", LANGUAGE_DA, "Hvor er den?", false },
	{ "two", LANGUAGE_DA, "Hvor er den? Og hvad koster den?", false },
	{ "three", LANGUAGE_DA, "Hvor er den? Hvad koster den? Og hvornår?",
	  true },
	{ "besides", LANGUAGE_DA,
	  "Hvor er den? Desuden vil jeg gerne have en kopi.", true },
	{ "besides-sv", LANGUAGE_SV,
	  "Vad kostar den? Dessutom undrar jag om den finns i blått.", true },
	{ "besides-nb", LANGUAGE_NB,
	  "Hva koster den? Dessuten lurer jeg på om den finnes i blått.",
	  true },
	{ "items", LANGUAGE_EN,
	  "Please confirm:\n1. the date\n2. the sum\n3. the seat", true },
	{ "told-items", LANGUAGE_EN, "Done so far:\n- off\n- on\n- off",
	  false },
	{ "loud", LANGUAGE_DA, "Hvor er den???", false },
	{ "wish-and-question", LANGUAGE_EN, "Please send it. When?", false },
	{ "list", LANGUAGE_EN,
	  "I need a quote\n- please add freight\n- and kindly say when\n- help",
	  true },
	{ "courtesy", LANGUAGE_DE, "Wo ist sie? Bitte um Antwort.", false },
	{ "empty", LANGUAGE_DE, "", false },
};

static void
test_asks(const void *data)
{
	const struct asks *row = data;

	g_assert_cmpint(asking_several(row->language, row->text), ==,
	                row->several);
}

/* A hostile mail costs no more than its length. */
static void
test_linear(void)
{
	static const char *const pieces[] = { "ordre ", "ordre 1 ", "? ", "#-/",
		                              "nr " };

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		ToldTexts texts = { NULL, NULL, NULL };
		double start = cpu_clock_ms();
		Told told;

		while (text->len < 262144)
			g_string_append(text, pieces[i]);
		texts.text = text->str;
		told_read(LANGUAGE_DA, &texts, &told);
		told_clear(&told);
		asking_several(LANGUAGE_DA, text->str);
		g_assert_cmpfloat(cpu_clock_ms() - start, <, 4000);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/told/", rows, test_row);
	rows_add("/asks/", asks, test_asks);
	g_test_add_func("/told/linear", test_linear);
	return g_test_run();
}
