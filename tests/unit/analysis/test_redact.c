/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/redact.h"

#include <glib.h>
#include <string.h>

#include "personal.h"
#include "rows.h"

/* A text, and what leaves of it. */
static const struct row {
	const char *name, *text, *sent;
} rows[] = {
	{ "cpr", "Mit CPR er 010190-1234, tak", "Mit CPR er <CPR_1>, tak" },
	{ "cpr-after-2007", "cpr 0101071000", "cpr <CPR_1>" },
	{ "cpr-glued", "CPR010190-1234", "CPR<CPR_1>" },
	{ "cpr-hash", "#010190-1234 cpr#010190-1234",
	  "#010190-1234 cpr#<CPR_1>" },
	{ "phone-glued", "Tlf22334455, ordre22334455",
	  "Tlf<PHONE_1>, ordre22334455" },
	{ "card-glued", "kort4111 1111 1111 1111", "kort<CARD_1>" },
	{ "word-with-digits", "mobil2 og telefon7", "mobil2 og telefon7" },
	{ "cpr-no-date", "sag 450190-1234", "sag 450190-1234" },
	{ "fodselsnummer", "fnr 01010750160 takk", "fnr <FNR_1> takk" },
	{ "personnummer", "811218-9876.", "<PNR_1>." },
	{ "personnummer-12", "19811218-9876", "<PNR_1>" },
	{ "samordningsnummer", "701063-2391", "<PNR_1>" },
	{ "hetu", "hetu 131052-308T", "hetu <HETU_1>" },
	{ "hetu-small", "hetu 010203a133a.", "hetu <HETU_1>." },
	{ "hetu-dash",
	  "131052\xe2\x80\x93"
	  "308T",
	  "<HETU_1>" },
	{ "hetu-cut", "131052", "131052" },
	{ "cpr-minus",
	  "cpr 010190\xe2\x88\x92"
	  "1234",
	  "cpr <CPR_1>" },
	{ "steuer-id", "Steuer-ID 86 095 742 719", "Steuer-ID <TAXID_1>" },
	{ "iban", "til DK50 0040 0440 1162 43 i dag", "til <IBAN_1> i dag" },
	{ "iban-hard-blanks",
	  "IBAN DE89\xc2\xa0"
	  "3704\xc2\xa0"
	  "0044\xc2\xa0"
	  "0532\xc2\xa0"
	  "0130\xc2\xa0"
	  "00.",
	  "IBAN <IBAN_1>." },
	{ "iban-two-blanks", "DK50  0040  0440  1162  43", "<IBAN_1>" },
	{ "iban-quoted",
	  "\xc2\xbb"
	  "DK50 0040 0440 1162 43\xc2\xab",
	  "\xc2\xbb<IBAN_1>\xc2\xab" },
	{ "cpr-quoted",
	  "\xe2\x80\x9e"
	  "010190-1234\xe2\x80\x9c",
	  "\xe2\x80\x9e<CPR_1>\xe2\x80\x9c" },
	{ "cpr-hard-blank", "010190-1234\xc2\xa0og", "<CPR_1>\xc2\xa0og" },
	{ "cpr-dots", "010190-1234\xe2\x80\xa6", "<CPR_1>\xe2\x80\xa6" },
	{ "card-bullet",
	  "\xe2\x80\xa2"
	  "4111111111111111",
	  "\xe2\x80\xa2<CARD_1>" },
	{ "phone-dash", "Tlf. 22 33 44 55\xe2\x80\x93",
	  "Tlf. <PHONE_1>\xe2\x80\x93" },
	{ "phone-picture",
	  "\xe2\x98\x8e\xef\xb8\x8f"
	  "22334455",
	  "\xe2\x98\x8e\xef\xb8\x8f<PHONE_1>" },
	{ "email-quoted",
	  "\xe2\x80\x9e"
	  "bo@firma.dk\xe2\x80\x9c",
	  "\xe2\x80\x9e<EMAIL_1>\xe2\x80\x9c" },
	{ "number-in-word",
	  "mod\xc3\xa9"
	  "22334455\xc3\xa6",
	  "mod\xc3\xa9"
	  "22334455\xc3\xa6" },
	{ "iban-wrong", "DK50 0040 0440 1162 44", NULL },
	{ "card", "Visa 4111 1111 1111 1111", "Visa <CARD_1>" },
	{ "card-points", "4111.1111.1111.1111.", "<CARD_1>." },
	{ "card-not-luhn", "nr 4111111111111112", "nr 4111111111111112" },
	{ "cvr", "CVR 13585628", "CVR <CVR_1>" },
	{ "cvr-vat", "DK13585628", "<CVR_1>" },
	{ "orgnr-no", "923 609 016 MVA", "<ORGNR_1> MVA" },
	{ "orgnr-se", "Org.nr 556016-0680", "Org.nr <ORGNR_1>" },
	{ "ust-idnr", "DE136695976", "<ORGNR_1>" },
	{ "phone-da", "ring 22 33 44 55!", "ring <PHONE_1>!" },
	{ "phone-twice", "22 33 44 55 eller 22 33 44 55",
	  "<PHONE_1> eller <PHONE_1>" },
	{ "phone-two", "22334455 eller 33445566", "<PHONE_1> eller <PHONE_2>" },
	{ "phone-international", "+49 (0)171 234 56 78", "<PHONE_1>" },
	{ "order-is-no-phone", "ordre 22334455", "ordre 22334455" },
	{ "amount-is-no-phone", "22 334 455 kr", "22 334 455 kr" },
	{ "date-is-no-phone", "den 01-02-2025", "den 01-02-2025" },
	{ "years-are-no-phone", "i 2023-2024", "i 2023-2024" },
	{ "phone-points", "20.12.34.56", "<PHONE_1>" },
	{ "address-is-no-phone", "192.168.10.20", "192.168.10.20" },
	{ "email", "mail bo@firma.dk.", "mail <EMAIL_1>." },
	{ "email-unicode", "s\xc3\xb8ren@\xc3\xb8l.dk", "<EMAIL_1>" },
	{ "password", "password: hunter", "password: <SECRET_1>" },
	{ "password-is", "adgangskoden er Hund12!",
	  "adgangskoden er <SECRET_1>" },
	{ "password-quoted", "Passwort \xe2\x80\x9emein Hund\xe2\x80\x9c",
	  "Passwort \xe2\x80\x9e<SECRET_1>\xe2\x80\x9c" },
	{ "password-wrong", "adgangskoden er forkert",
	  "adgangskoden er forkert" },
	{ "key", "sk-abcdefghijklmnopqrst", "<SECRET_1>" },
	{ "jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig", "<SECRET_1>" },
	{ "pem",
	  "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE "
	  "KEY-----\nb",
	  "a\n<SECRET_1>\nb" },
	{ "url-token", "https://x.dk/r?token=abc123&lang=da",
	  "https://x.dk/r?token=<SECRET_1>&lang=da" },
	{ "url-user", "https://bo:hemmelig@x.dk/", "https://<SECRET_1>@x.dk/" },
	{ "url-plain", "https://x.dk/side/12345678",
	  "https://x.dk/side/12345678" },
	{ "name", "Hilsen S\xc3\xb8ren Hansen", "Hilsen <NAME_1> <NAME_2>" },
	{ "name-lower", "hansen og s\xc3\xb8ren", "hansen og s\xc3\xb8ren" },
	{ "literal", "<PHONE_1> [card 2] EMAIL_3",
	  "<TEXT_1> <TEXT_2> <TEXT_3>" },
	{ "literal-in-word", "x<PHONE_1>y xPHONE_1", "x<TEXT_1>y xPHONE_1" },
	{ "literals-touch", "PHONE_20[cpr 3]", "<TEXT_1><TEXT_2>" },
	{ "empty", "", "" },
};

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	g_autoptr(Redaction) redaction = redaction_new(REDACT_ALL);
	g_autofree char *sent = NULL;

	redaction_add_name(redaction, "S\xc3\xb8ren B. Hansen");
	sent = redaction_apply(redaction, row->text);
	if (row->sent != NULL)
		g_assert_cmpstr(sent, ==, row->sent);
	else
		g_assert_null(strstr(sent, "IBAN"));
}

static void
test_restore(void)
{
	g_autoptr(Redaction) redaction = redaction_new(REDACT_ALL);
	g_autofree char *sent = redaction_apply(
		redaction, "tlf 22 33 44 55, a@b.dk, kort 4111111111111111");
	g_autofree char *back = redaction_restore(
		redaction,
		"Vi ringer <PHONE_1>, [phone 1], **{Phone-1}**, PHONE_1 og "
		"<PHONE\\_1>; skriver til <EMAIL_1>; <CARD_1> <IBAN_9> "
		"PHONE_12x <PHONE_> XPHONE_1",
		NULL);
	RedactRestored restored;

	g_assert_cmpstr(sent, ==, "tlf <PHONE_1>, <EMAIL_1>, kort <CARD_1>");
	g_assert_cmpstr(
		back, ==,
		"Vi ringer 22 33 44 55, 22 33 44 55, **22 33 44 55**, 22 33 44 "
		"55 og 22 33 44 55; skriver til a@b.dk; [CHECK: CARD] [CHECK: "
		"IBAN] PHONE_12x <PHONE_> XPHONE_1");
	g_free(redaction_restore(redaction,
	                         "<CARD_1> <CPR_1> <PHONE_7> "
	                         "<PHONE_0> <PHONE_1>",
	                         &restored));
	g_assert_cmpuint(restored.hard, ==, 2);
	g_assert_cmpuint(restored.unknown, ==, 2);
	g_assert_cmpuint(restored.restored, ==, 1);
	g_assert_cmpuint(redaction_count(redaction, REDACT_PHONE), ==, 1);
}

/* Soft kinds that the site lets go stay as they are; hard ones never do. */
static void
test_kinds(void)
{
	g_autoptr(Redaction) redaction =
		redaction_new(REDACT_BIT(REDACT_EMAIL));
	g_autofree char *sent = redaction_apply(
		redaction, "22334455 a@b.dk 010190-1234 PHONE_1@x.dk");

	g_assert_cmpstr(sent, ==, "22334455 <EMAIL_1> <CPR_1> <EMAIL_2>");
}

/* ------------------------------------------------------ the labelled set */

#define MAILS 6000

typedef struct Tally {
	unsigned values, found;
	unsigned of_kind[REDACT_KIND_N], found_of_kind[REDACT_KIND_N];
	unsigned tokens, wrong;
} Tally;

static bool
overlaps(const RedactSpan *spans, size_t n, size_t start, size_t end)
{
	for (size_t i = 0; i < n; i++)
		if (spans[i].start < end && start < spans[i].end)
			return true;
	return false;
}

/* Nothing of it is left, and what must not come back does not. */
static bool
is_hidden(const RedactSpan *value, const RedactSpan *spans, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (spans[i].start <= value->start &&
		    spans[i].end >= value->end)
			return redact_is_hard(spans[i].kind) ||
			       !redact_is_hard(value->kind);
	return false;
}

static void
count_values(Tally *tally, const Personal *mail, const RedactSpan *spans,
             size_t n)
{
	for (size_t i = 0; i < mail->n; i++) {
		const RedactSpan *value = &mail->value[i];
		bool found = is_hidden(value, spans, n);

		tally->values++;
		tally->of_kind[value->kind]++;
		tally->found += found;
		tally->found_of_kind[value->kind] += found;
		if (!found)
			g_test_message("missed %s in: %s",
			               redact_kind_name(value->kind),
			               mail->text->str);
	}
}

static void
count_tokens(Tally *tally, const Personal *mail, const RedactSpan *spans,
             size_t n)
{
	const char *text = mail->text->str;
	size_t at = 0;

	while (at < mail->text->len) {
		size_t end = at + strcspn(text + at, " \n");

		if (end > at && !overlaps(mail->value, mail->n, at, end)) {
			tally->tokens++;
			if (overlaps(spans, n, at, end)) {
				tally->wrong++;
				g_test_message("wrong: %.*s in: %s",
				               (int)(end - at), text + at,
				               text);
			}
		}
		at = end + 1;
	}
}

static void
test_labelled(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
	RedactSpan spans[64];
	Tally tally = { 0 };

	for (unsigned i = 0; i < MAILS; i++) {
		Personal mail;
		size_t n;

		personal_make(rand, &mail);
		n = redact_find(mail.text->str, mail.text->len, spans,
		                G_N_ELEMENTS(spans));
		count_values(&tally, &mail, spans, n);
		count_tokens(&tally, &mail, spans, n);
		g_string_free(mail.text, TRUE);
	}
	for (unsigned i = 0; i < REDACT_KIND_N; i++)
		if (tally.of_kind[i] > 0) {
			g_test_message("%s: %u of %u", redact_kind_name(i),
			               tally.found_of_kind[i],
			               tally.of_kind[i]);
			g_assert_cmpuint(tally.found_of_kind[i] * 100, >=,
			                 tally.of_kind[i] * 98);
		}
	g_test_message("%u mails: %u of %u found; %u of %u tokens wrong", MAILS,
	               tally.found, tally.values, tally.wrong, tally.tokens);
	g_assert_cmpuint(tally.values, >=, 5000);
	g_assert_cmpuint(tally.found * 100, >=, tally.values * 99);
	g_assert_cmpuint(tally.wrong * 100, <=, tally.tokens * 2);
}

/* A token is told by its beginning, and taken whole. */
static void
test_long_token(void)
{
	g_autoptr(GString) text = g_string_new("se ");
	RedactSpan spans[4];

	while (text->len < 603)
		g_string_append(text, "aB3dE6");
	g_assert_cmpuint(redact_find(text->str, text->len, spans, 4), ==, 1);
	g_assert_cmpint(spans[0].kind, ==, REDACT_SECRET);
	g_assert_cmpuint(spans[0].start, ==, 3);
	g_assert_cmpuint(spans[0].end, ==, text->len);
}

/* The time per byte does not grow with the text. */
static void
test_linear(void)
{
	static const char *const pieces[] = {
		"12 34 ",  "a.b.", "password ", "-----BEGIN ", "http://a@",
		"<PHONE_", "(",    "+",         "DK12 ",       "sk-",
		"1-",      "a-1=", "1~"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree RedactSpan *spans = g_new(RedactSpan, 70000);
		gint64 start;

		while (text->len < 65536)
			g_string_append(text, pieces[i]);
		start = g_get_monotonic_time();
		redact_find(text->str, text->len, spans, 70000);
		g_test_message("%s: %d us", pieces[i],
		               (int)(g_get_monotonic_time() - start));
		g_assert_cmpint(g_get_monotonic_time() - start, <, 2000000);
	}
}

/* What a mail said, and what leaves of a text of the site's after it. */
static const struct {
	const char *name, *mail, *site, *sent;
} known[] = {
	{ "url", "Min printer er i stykker",
	  "Nulstil din adgangskode på https://shop.example/reset i dag",
	  "Nulstil din adgangskode på https://shop.example/reset i dag" },
	{ "own-phone", "Hej", "Ring 22 33 44 55", "Ring 22 33 44 55" },
	{ "customers-phone", "Ring 22 33 44 55", "Vi ringer på 22 33 44 55",
	  "Vi ringer på <PHONE_1>" },
	{ "quoted", "Ring 22 33 44 55", "Ring „22 33 44 55“ eller “22334455”",
	  "Ring „<PHONE_1>“ eller “<PHONE_1>”" },
	{ "other-spacing", "Ring 22 33 44 55", "Vi ringer på 22334455",
	  "Vi ringer på <PHONE_1>" },
	{ "second", "Ring 22334455 eller 33445566", "På 33445566?",
	  "På <PHONE_2>?" },
	{ "hard", "Mit CPR er 010190-1234", "Vi har 010190-1234 fra dig",
	  "Vi har <CPR_1> fra dig" },
	{ "secret", "adgangskoden er Hund12!", "Den er Hund12! nu",
	  "Den er <SECRET_1> nu" },
	{ "in-a-span", "skriv til bo@firma.dk",
	  "password: bo@firma.dk eller ej", "password: <EMAIL_1> eller ej" },
	{ "part-of-word", "kode: abc123x", "abc123xy og abc123x",
	  "abc123xy og <SECRET_1>" },
	{ "short", "password: hej", "Sig hej til os", "Sig hej til os" },
	{ "placeholder", "Hej", "Ring <PHONE_1>", "Ring <TEXT_1>" },
	{ "name", "Hej", "Hej Anna", "Hej <NAME_1>" },
};

static void
test_known(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autoptr(Redaction) redaction = redaction_new(REDACT_ALL);
	g_autofree char *mail = NULL;
	g_autofree char *sent = NULL;

	redaction_add_name(redaction, "Anna Holm");
	mail = redaction_apply(redaction, known[i].mail);
	sent = redaction_apply_known(redaction, known[i].site);
	g_assert_cmpstr(sent, ==, known[i].sent);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/redact/", rows, test_row);
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		g_autofree char *path =
			g_strdup_printf("/redact/known/%s", known[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_known);
	}
	g_test_add_func("/redact/restore", test_restore);
	g_test_add_func("/redact/kinds", test_kinds);
	g_test_add_func("/redact/labelled", test_labelled);
	g_test_add_func("/redact/long-token", test_long_token);
	g_test_add_func("/redact/linear", test_linear);
	return g_test_run();
}
