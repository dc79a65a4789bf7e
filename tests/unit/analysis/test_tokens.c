/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/tokens.h"
#include "base/limits.h"
#include "rows.h"

static void
append_classes(GString *out, uint32_t classes)
{
	for (unsigned i = 0; i < TOKEN_CLASSES; i++)
		if (classes & 1u << i)
			g_string_append_printf(out, "/%s",
			                       token_class_names[i]);
}

/* "word/class mark word": what a row expects. */
static char *
shown(const char *text)
{
	g_autoptr(Tokens) tokens = tokens_read(NULL, text, NULL);
	GString *out = g_string_new("");

	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if (i > 0)
			g_string_append_c(out, ' ');
		g_string_append_len(out, tokens_folded(tokens, token),
		                    token->length);
		append_classes(out, token->classes);
	}
	return g_string_free(out, FALSE);
}

static const struct row {
	const char *name, *text, *tokens;
} rows[] = {
	{ "empty", "", "" },
	{ "words", "det virker ikke", "det virker ikke" },
	{ "fold", "ÆØÅ Straße", "æøå/caps straße/name" },
	{ "hyphen", "en e-mail i dag", "en e-mail i dag" },
	{ "hyphen-end", "til- og fra-", "til og fra" },
	{ "apostrophe",
	  "don't SLA\xe2\x80\x99"
	  "en",
	  "don't sla'en/name" },
	{ "quotes", "\"citat\" 'her' (og)", "citat her og" },
	{ "abbreviation", "f.eks. z.B. e.g.", "f.eks . z.b . e.g ." },
	{ "no-blank", "ikke.Men nu", "ikke . men/name nu" },
	{ "colon-suffix", "SLA:n api:t", "sla:n/name api:t" },
	{ "colon", "OBS: nu", "obs/caps : nu" },
	{ "marks", "a! b!! c? d?? e?! f!?!", "a ! b !! c ? d ?? e ?! f ?!" },
	{ "stops", "a. b.. c... d\xe2\x80\xa6",
	  "a . b \xe2\x80\xa6 c \xe2\x80\xa6 d \xe2\x80\xa6" },
	{ "commas", "a, b; c: d", "a , b ; c : d" },
	{ "number", "12 1.000 1.234,56 3,5",
	  "12/num 1.000/num 1.234,56/num 3,5/num" },
	{ "time", "14:30 9.05 25:00",
	  "14:30/num/time 9.05/num/time 25:00/num" },
	{ "time-word", "kl 14 um 9 Uhr 17",
	  "kl 14/num/time um 9/num/time uhr/name 17/num" },
	{ "time-stop", "kl. 8", "kl . 8/num/time" },
	{ "time-suffix", "4pm 9am", "4pm/num/time 9am/num/time" },
	{ "date", "12.03.2026 12/3 2026-03-12",
	  "12.03.2026/date 12/3/date 2026-03-12/date" },
	{ "round-the-clock", "24/7", "24/7/num" },
	{ "amount", "500 kr 12 EUR $40 40\xe2\x82\xac",
	  "500/num/amount kr 12/num/amount eur/caps $ 40/num/amount "
	  "40/num/amount \xe2\x82\xac" },
	{ "amount-before", "kr. 500", "kr . 500/num/amount" },
	{ "amount-dash", "99,-", "99/num/amount ," },
	{ "code", "E-4711 0x80070005 RTU40",
	  "e-4711/code 0x80070005/code rtu40/code" },
	{ "code-snake", "UPPER_SNAKE a_b", "upper_snake/code a_b/code" },
	{ "no-code", "14-dages B2B A4 5kg 24V",
	  "14-dages b2b a4 5kg/num 24v/num" },
	{ "version", "v2.1 1.2.3 10.0.0.1",
	  "v2.1/version 1.2.3/version 10.0.0.1/version" },
	{ "caps", "NU er DET OK", "nu er det/caps ok" },
	{ "name", "Anne-Marie i IBM", "anne-marie/name i ibm/caps" },
	{ "url", "se https://a.dk/b?c=d, tak", "se /url , tak" },
	{ "www", "www.firma.de.", "/url ." },
	{ "email", "skriv til Bo.Ek@firma.dk.", "skriv til /email ." },
	{ "no-email", "a@b @home", "a b home" },
	{ "emoji", "tak 🙂 👍🏽❤️",
	  "tak 🙂/emoji 👍/emoji ❤/emoji" },
	{ "emoji-joined", "👩\xe2\x80\x8d💻", "👩\xe2\x80\x8d💻/emoji" },
	{ "emoticons", "a :-) b =) c ;) d :-( e :D f <3",
	  "a :) b :) c ;) d :( e :D f <3" },
	{ "no-emoticon", "pris:Den <35 http:/",
	  "pris : den/name 35/num http :" },
	{ "signs", "5 % & 3 ±2", "5/num % & 3/num ± 2/num" },
	{ "invalid",
	  "a\xff"
	  "b",
	  "a b" },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *tokens = shown(row->text);

	g_assert_cmpstr(tokens, ==, row->tokens);
}

/* The words of each sentence, parted by |. */
static const struct row sentences[] = {
	{ "stops", "En to. Tre fire! Fem", "en to|tre fire|fem" },
	{ "lower", "en to. tre fire", "en to|tre fire" },
	{ "line-break", "en to\ntre fire", "en to tre fire" },
	{ "paragraph", "en to tre fire\n\nfem", "en to tre fire|fem" },
	{ "abbreviation", "Se kl. 14 og nr. 5 hos Hr. Bo",
	  "se kl 14 og nr 5 hos hr bo" },
	{ "dotted", "Vi har f.eks. tre", "vi har f.eks tre" },
	{ "ordinal", "Den 12. marts", "den 12 marts" },
	{ "initial", "Mr J. Smith came", "mr j smith came" },
	{ "ellipsis", "ja... måske. Nej... Godt", "ja måske|nej|godt" },
	{ "emoji", "tak 🙂 Vi ses", "tak|vi ses" },
	{ "colon", "sådan: nu; her", "sådan nu her" },
	{ "bullets", "alt:\n- en\n- to", "alt|en|to" },
	{ "greeting", "Hej Bo\nDet virker", "hej bo|det virker" },
	{ "closing", "Det virker ikke nu\nMvh Ole",
	  "det virker ikke nu|mvh ole" },
};

static void
test_sentences(const void *data)
{
	const struct row *row = data;
	g_autoptr(Tokens) tokens = tokens_read(NULL, row->text, NULL);
	g_autoptr(GString) out = g_string_new("");
	unsigned last = 0;

	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if ((token->classes & TOKEN_WORD) == 0)
			continue;
		if (out->len > 0)
			g_string_append_c(out,
			                  token->sentence == last ? ' ' : '|');
		last = token->sentence;
		g_string_append_len(out, tokens_folded(tokens, token),
		                    token->length);
	}
	g_assert_cmpstr(out->str, ==, row->tokens);
}

/* The words of a region. */
static const struct region_row {
	const char *name, *text, *words;
	unsigned region;
} regions[] = {
	{ "hello", "Hej Bo\nDet virker.", "hej bo", REGION_GREETING },
	{ "comma", "Hej Bo, det virker ikke længere hos os", "hej bo",
	  REGION_GREETING },
	{ "same-line", "hej folkens! den virker", "hej folkens",
	  REGION_GREETING },
	{ "running", "hej kan du hjælpe mig med min nye printer i dag", "hej",
	  REGION_GREETING },
	{ "formal", "Sehr geehrte Damen und Herren,\n\nbitte um Antwort.",
	  "sehr geehrte damen und herren", REGION_GREETING },
	{ "bare", "Til ordreafdelingen\n\nDe har sendt fejl.",
	  "til ordreafdelingen", REGION_GREETING },
	{ "bare-comma", "Support team,\nit fails.", "support team",
	  REGION_GREETING },
	{ "none", "Den virker ikke.\n\nHvad nu?", "", REGION_GREETING },
	{ "question", "Hvad nu?\n\nDen virker ikke.", "", REGION_GREETING },
	{ "regards", "Den virker.\n\nMed venlig hilsen\nBo Ek",
	  "med venlig hilsen bo ek", REGION_CLOSING },
	{ "german", "Geht nicht.\nMit freundlichen Grüßen\nBo",
	  "mit freundlichen grüßen bo", REGION_CLOSING },
	{ "slash", "Den virker slet ikke nu\n/Mads", "mads", REGION_CLOSING },
	{ "name", "Den virker slet ikke nu.\nMads Holt", "mads holt",
	  REGION_CLOSING },
	{ "inline", "Den virker ikke. Mvh Bo", "mvh bo", REGION_CLOSING },
	{ "long-last", "En.\nDen sidste linje er lang og slutter her.", "",
	  REGION_CLOSING },
	{ "with-no-regards", "Kommer du?\nMed bus tager det en time.", "",
	  REGION_CLOSING },
	{ "opening", "Hej Bo\nEn to. Tre fire. Fem seks.\nMvh Ole",
	  "en to tre fire", REGION_OPENING },
};

static void
test_region(const void *data)
{
	const struct region_row *row = data;
	g_autoptr(Tokens) tokens = tokens_read("Emne", row->text, "Bo Ek");
	g_autoptr(GString) out = g_string_new("");

	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if ((token->classes & TOKEN_WORD) == 0 ||
		    (token->regions & row->region) == 0)
			continue;
		if (out->len > 0)
			g_string_append_c(out, ' ');
		g_string_append_len(out, tokens_folded(tokens, token),
		                    token->length);
	}
	g_assert_cmpstr(out->str, ==, row->words);
}

static void
test_fields(void)
{
	g_autoptr(Tokens) tokens = tokens_read("Emne her", "Teksten.", "Bo");

	g_assert_cmpuint(tokens->first[FIELD_TEXT], ==, 2);
	g_assert_cmpuint(tokens->first[FIELD_SIGNATURE], ==, 4);
	g_assert_cmpuint(tokens->n, ==, 5);
	g_assert_cmpuint(tokens->token[0].regions, ==, REGION_SUBJECT);
	g_assert_cmpuint(tokens->token[4].regions, ==, REGION_SIGNATURE);
	/* no sentence runs from one field into the next */
	g_assert_cmpuint(tokens->token[1].sentence, !=,
	                 tokens->token[2].sentence);
	g_assert_cmpuint(tokens->token[3].sentence, !=,
	                 tokens->token[4].sentence);
}

static void
test_offsets(void)
{
	const char *text = "Hej Bo,\n\nden er i \xc3\xa5rhus.";
	g_autoptr(Tokens) tokens = tokens_read(NULL, text, NULL);
	const Token *last = &tokens->token[tokens->n - 2];
	g_autofree char *word =
		g_strndup(text + last->start, last->end - last->start);

	g_assert_cmpstr(word, ==, "\xc3\xa5rhus");
}

static void
test_limit(void)
{
	g_autofree char *text = g_malloc0(LIMIT_TOKENS * 2 + 11);
	g_autoptr(Tokens) tokens = NULL;

	for (unsigned i = 0; i < LIMIT_TOKENS + 5; i++)
		memcpy(text + (size_t)2 * i, "a ", 2);
	tokens = tokens_read(NULL, text, NULL);
	g_assert_cmpuint(tokens->n, ==, LIMIT_TOKENS);
	g_assert_true(tokens->truncated);
}

static void
test_long_word(void)
{
	g_autofree char *text = g_strnfill(100000, 'x');
	g_autoptr(Tokens) tokens = tokens_read(NULL, text, NULL);

	g_assert_cmpuint(tokens->n, ==, 1);
	g_assert_true(tokens->truncated);
	g_assert_cmpuint(tokens->token[0].length, <=, 140);
	g_assert_cmpuint(tokens->token[0].end, ==, LIMIT_ANALYSE_TEXT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/tokens/", rows, test_row);
	rows_add("/tokens/sentence/", sentences, test_sentences);
	rows_add("/tokens/region/", regions, test_region);
	g_test_add_func("/tokens/fields", test_fields);
	g_test_add_func("/tokens/offsets", test_offsets);
	g_test_add_func("/tokens/limit", test_limit);
	g_test_add_func("/tokens/long-word", test_long_word);
	return g_test_run();
}
