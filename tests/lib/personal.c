/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is drawn: a kind, a way to write it, and a sentence around it, with and
 * without the word that announces it. Between stand the numbers that a support
 * mail is full of: orders, amounts, dates, versions, times, sizes.
 */
#include "personal.h"

#include <string.h>

#include "personal_values.h"

/* ------------------------------------------------------------ sentences */

typedef struct Kind {
	RedactKind kind;
	void (*make)(GRand *rand, GString *to);
	const char *sentences[8]; /* @ is the value */
} Kind;

static const Kind kinds[] = {
	{ REDACT_CARD,
	  personal_card,
	  { "Mit kortnummer er @.", "I paid with @ yesterday.",
	    "Meine Kreditkarte @ wurde belastet.", "Kort: @",
	    "Jag betalade med "
	    "@ i g\xc3\xa5r.",
	    "Bel\xc3\xb8"
	    "bet er trukket p\xc3\xa5 @" } },
	{ REDACT_CPR,
	  personal_cpr,
	  { "Mit CPR-nummer er @.", "CPR: @", "Jeg hedder Bo, @.", "cpr.nr. @",
	    "Personen har nummeret @ hos jer.",
	    "Min datter (@) skal med p\xc3\xa5 aftalen." } },
	{ REDACT_FODSELSNUMMER,
	  personal_fodselsnummer,
	  { "F\xc3\xb8"
	    "dselsnummer: @",
	    "Mitt f\xc3\xb8"
	    "dselsnummer er @.",
	    "Jeg heter Kari, @.", "fnr @",
	    "D-nummeret mitt er @ n\xc3\xa5." } },
	{ REDACT_PERSONNUMMER,
	  personal_personnummer,
	  { "Mitt personnummer \xc3\xa4r @.", "Personnr: @",
	    "Jag heter Anna, @.", "Samordningsnummer @",
	    "Kunden \xc3\xa4r @ enligt er." } },
	{ REDACT_HETU,
	  personal_hetu,
	  { "Henkil\xc3\xb6tunnus: @", "My Finnish id is @.", "hetu @",
	    "(@)" } },
	{ REDACT_STEUER_ID,
	  personal_steuer_id,
	  { "Meine Steuer-ID ist @.", "Steueridentifikationsnummer: @",
	    "IdNr. @", "Bitte tragen Sie @ ein." } },
	{ REDACT_IBAN,
	  personal_iban,
	  { "IBAN: @", "Meine IBAN lautet @.", "Please refund to @, thanks.",
	    "Pengene kan sendes til @", "Kontonummer @." } },
	{ REDACT_CVR,
	  personal_cvr,
	  { "CVR: @", "Vores CVR-nummer er @.", "CVR-nr. @",
	    "Firma ApS, cvr @" } },
	{ REDACT_ORGNR,
	  personal_orgnr,
	  { "Orgnr: @", "V\xc3\xa5rt organisationsnummer \xc3\xa4r @.",
	    "Org.nr. @", "Organisasjonsnummer @ MVA" } },
	{ REDACT_PHONE,
	  personal_phone,
	  { "Ring til mig p\xc3\xa5 @.", "Tlf. @", "Mein Handy: @", "Mvh Bo\n@",
	    "Ni n\xc3\xa5r mig p\xc3\xa5 @ efter lunch.",
	    "You can reach me at @, any time.", "Mit nummer er @, tak.",
	    "Jeg kan tr\xc3\xa6"
	    "ffes hele dagen, @" } },
	{ REDACT_EMAIL,
	  personal_email,
	  { "Skriv til @.", "My address is @, not the old one.", "E-Mail: @",
	    "<@>", "Send kopi til @ tak", "Svar \xc3\xb6nskas till @!" } },
	{ REDACT_SECRET,
	  personal_secret,
	  { "API key: @", "We use @ in production.", "token @",
	    "Authorization: Bearer @", "N\xc3\xb8glen er @ og virker ikke." } },
	{ REDACT_SECRET,
	  personal_password,
	  { "Password: @", "Adgangskoden er @.",
	    "Mitt l\xc3\xb6senord \xc3\xa4r "
	    "@",
	    "Mein Passwort ist @, und es geht nicht.", "passord = @",
	    "The password was \"@\".", "kodeord: @" } },
	{ REDACT_SECRET,
	  personal_url_secret,
	  { "Linket https://shop.example/reset?token=@ virker ikke.",
	    "https://x.example/a?lang=da&sig=@&page=2",
	    "See http://x.example/login#access_token=@",
	    "https://bo:@@git.example/repo.git" } },
};

/* Nobody's: @ is four digits, ~ two from 10 to 28. */
static const char *const others[] = {
	"Ordre @@ er ikke kommet.",
	"My order number is @@, from ~.06.2025.",
	"Faktura @@@ lyder p\xc3\xa5 1.@ kr.",
	"Vi bestilte ~ stk. af varenr. @@ for 12.@,50 kr.",
	"Die Rechnung Nr. @-@ über 2.450,00 EUR vom ~.03.2025 fehlt.",
	"Version 10.0.@~.@ fejler med kode 0x8007~.",
	"Kunden @@ har rabat p\xc3\xa5 ~ %.",
	"Det skete kl. ~:15 den ~. maj 2025, og igen 2025-06-~.",
	"Serveren 192.168.~.~ svarer ikke p\xc3\xa5 port @.",
	"I have tried it ~ times since 2023, without any luck at all.",
	"Adgangskoden er forkert, siger systemet hele tiden.",
	"Passwortet jeg fik virker ikke, og jeg har glemt det gamle.",
	"Ich habe das Passwort vergessen und kann mich nicht anmelden.",
	"Jeg vil gerne have en ny adgangskode tilsendt med det samme.",
	"Sagsnummer @@, tak for hj\xc3\xa6lpen indtil videre.",
	"\xc3\x84rende @@@ g\xc3\xa4ller fortfarande, tyv\xc3\xa4rr.",
	"Filen er @ MB og har 1@@ linjer.",
	"We are open 08.30-16.00, Monday to Friday, and 2024-2025 was busy.",
	"Se https://shop.example/produkter/borde-og-stole/bord-~?farve=hvid",
	"Er der lev. inden ~-06-2025? Ellers m\xc3\xa5 det vente til uge ~.",
	"Artikelnummer @-~-@ passt nicht zu der Beschreibung im Katalog.",
	"Tracking: paket @@@@ skulle ha kommit i m\xc3\xa5ndags.",
	"Please cancel subscription #@@@ as of 1 July.",
	"Error code: @ in module core/io at line ~.",
	"Pengene, 12 345 678 kr., er sendt i dag og kommer i morgen.",
	"Die Temperatur lag bei ~,5 Grad und der Druck bei @ hPa.",
};

static void
add_other(GRand *rand, GString *text)
{
	const char *p = PERSONAL_PICK(rand, others);
	char number[8];

	for (; *p != '\0'; p++) {
		if (*p == '@') {
			personal_digits(rand, number, 4);
			g_string_append(text, number);
		} else if (*p == '~') {
			g_string_append_printf(text, "%u",
			                       personal_draw(rand, 10, 28));
		} else {
			g_string_append_c(text, *p);
		}
	}
	g_string_append_c(text, personal_draw(rand, 0, 3) == 0 ? '\n' : ' ');
}

static void
add_value(GRand *rand, Personal *mail)
{
	const Kind *kind = &PERSONAL_PICK(rand, kinds);
	unsigned n = 0, start;
	const char *sentence, *at;

	while (n < G_N_ELEMENTS(kind->sentences) && kind->sentences[n] != NULL)
		n++;
	sentence = kind->sentences[personal_draw(rand, 0, n - 1)];
	at = strchr(sentence, '@');
	g_string_append_len(mail->text, sentence, at - sentence);
	start = (unsigned)mail->text->len;
	kind->make(rand, mail->text);
	mail->value[mail->n++] =
		(RedactSpan){ start, (uint32_t)mail->text->len, kind->kind };
	g_string_append(mail->text, at + 1);
	g_string_append(mail->text,
	                personal_draw(rand, 0, 3) == 0 ? "\n\n" : " ");
}

void
personal_make(GRand *rand, Personal *ret_mail)
{
	unsigned values = personal_draw(rand, 1, 3);

	ret_mail->text = g_string_new(NULL);
	ret_mail->n = 0;
	for (unsigned i = 0; i < values; i++) {
		unsigned n = personal_draw(rand, 1, 4);

		for (unsigned k = 0; k < n; k++)
			add_other(rand, ret_mail->text);
		add_value(rand, ret_mail);
	}
	add_other(rand, ret_mail->text);
}
