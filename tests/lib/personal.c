/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is drawn: a kind, a way to write it, and a sentence around it, with and
 * without the word that announces it. Between stand the numbers that a support
 * mail is full of: orders, amounts, dates, versions, times, sizes.
 */
#include "personal.h"

#include <string.h>

/* -------------------------------------------------------------- digits */

static unsigned
draw(GRand *rand, unsigned from, unsigned to)
{
	return (unsigned)g_rand_int_range(rand, (gint32)from, (gint32)to + 1);
}

#define PICK(rand, list) (list)[draw((rand), 0, G_N_ELEMENTS(list) - 1)]

static void
digits(GRand *rand, char *to, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		to[i] = (char)('0' + draw(rand, 0, 9));
	to[n] = '\0';
}

/* Sum of digit times weight, of the first `n`. */
static unsigned
weigh(const char *text, const unsigned *weights, unsigned n)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += (unsigned)(text[i] - '0') * weights[i];
	return sum;
}

/* Appends the mod-11 check digit; false when there is none for these. */
static bool
end_mod_11(char *text, const unsigned *weights, unsigned n)
{
	unsigned check = (11 - weigh(text, weights, n) % 11) % 11;

	text[n] = (char)('0' + check % 10);
	text[n + 1] = '\0';
	return check < 10;
}

static void
end_luhn(char *text, unsigned n)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned d = (unsigned)(text[i] - '0');

		if ((n - i) % 2 == 1)
			d = d * 2 / 10 + d * 2 % 10;
		sum += d;
	}
	text[n] = (char)('0' + (10 - sum % 10) % 10);
	text[n + 1] = '\0';
}

static void
end_mod_11_10(char *text, unsigned n)
{
	unsigned p = 10;

	for (unsigned i = 0; i < n; i++) {
		unsigned s = ((unsigned)(text[i] - '0') + p) % 10;

		p = 2 * (s == 0 ? 10 : s) % 11;
	}
	text[n] = (char)('0' + (p == 1 ? 0 : 11 - p));
	text[n + 1] = '\0';
}

/* ddmmyy, or yymmdd */
static void
date(GRand *rand, char *to, bool year_first, unsigned day_more)
{
	unsigned day = draw(rand, 1, 28) + day_more;
	unsigned month = draw(rand, 1, 12), year = draw(rand, 0, 99);

	g_snprintf(to, 7, "%02u%02u%02u", (year_first ? year : day) % 100,
	           month, (year_first ? day : year) % 100);
}

/* `form` with # as the next digits. */
static void
form(GString *to, const char *pattern, const char *number)
{
	for (; *pattern != '\0'; pattern++)
		g_string_append_c(to, *pattern == '#' ? *number++ : *pattern);
}

/* --------------------------------------------------------------- values */

static void
make_card(GRand *rand, GString *to)
{
	static const char *const starts[] = { "4",  "51", "55", "2221",
		                              "45", "50", "37" };
	static const char *const forms[] = { "#### #### #### ####",
		                             "################",
		                             "####-####-####-####" };
	const char *start = PICK(rand, starts);
	bool amex = start[0] == '3';
	char number[24];

	digits(rand, number, amex ? 14 : 15);
	memcpy(number, start, strlen(start));
	end_luhn(number, amex ? 14 : 15);
	form(to, amex ? "#### ###### #####" : PICK(rand, forms), number);
}

static void
make_cpr(GRand *rand, GString *to)
{
	static const char *const forms[] = { "######-####", "######-####",
		                             "###### ####", "##########" };
	char number[16];

	date(rand, number, false, 0);
	digits(rand, number + 6, 4);
	/* A Swedish mobile number looks the same, without a hyphen. */
	form(to, memcmp(number, "07", 2) == 0 ? forms[0] : PICK(rand, forms),
	     number);
}

static void
make_fodselsnummer(GRand *rand, GString *to)
{
	static const unsigned one[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
	static const unsigned other[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
	static const char *const forms[] = { "###########", "###### #####" };
	char number[16];

	do {
		date(rand, number, false, draw(rand, 0, 3) == 0 ? 40 : 0);
		digits(rand, number + 6, 3);
	} while (!end_mod_11(number, one, 9) || !end_mod_11(number, other, 10));
	form(to, PICK(rand, forms), number);
}

static void
make_personnummer(GRand *rand, GString *to)
{
	static const char *const forms[] = { "######-####",   "######-####",
		                             "##########",    "19######-####",
		                             "20######-####", "19##########",
		                             "######+####" };
	char number[16];

	date(rand, number, true, draw(rand, 0, 3) == 0 ? 60 : 0);
	digits(rand, number + 6, 3);
	end_luhn(number, 9);
	form(to, PICK(rand, forms), number);
}

static void
make_hetu(GRand *rand, GString *to)
{
	static const char marks[] = "-+A";
	char number[16];

	date(rand, number, false, 0);
	digits(rand, number + 6, 3);
	g_string_append_printf(
		to, "%.6s%c%s%c", number, marks[draw(rand, 0, 2)], number + 6,
		"0123456789ABCDEFHJKLMNPRSTUVWXY"
			[g_ascii_strtoull(number, NULL, 10) % 31]);
}

static void
make_steuer_id(GRand *rand, GString *to)
{
	static const char *const forms[] = { "###########", "## ### ### ###" };
	unsigned order[10] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	char number[16];

	do {
		for (unsigned i = 9; i > 0; i--) {
			unsigned j = draw(rand, 0, i), was = order[i];

			order[i] = order[j];
			order[j] = was;
		}
		for (unsigned i = 0; i < 10; i++)
			number[i] = (char)('0' + order[i]);
		number[9] = number[draw(rand, 0, 7)];
	} while (number[0] == '0');
	end_mod_11_10(number, 10);
	form(to, PICK(rand, forms), number);
}

static void
make_iban(GRand *rand, GString *to)
{
	static const struct {
		const char *country;
		unsigned digits;
	} countries[] = { { "DK", 14 }, { "NO", 11 }, { "SE", 20 },
		          { "DE", 18 }, { "FI", 14 }, { "AT", 16 } };
	unsigned i = draw(rand, 0, G_N_ELEMENTS(countries) - 1), rest = 0;
	bool blanks = draw(rand, 0, 1) == 0;
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *long_form = NULL;
	char number[32];

	digits(rand, number, countries[i].digits);
	long_form = g_strdup_printf("%s%d%d00", number,
	                            countries[i].country[0] - 'A' + 10,
	                            countries[i].country[1] - 'A' + 10);
	for (const char *p = long_form; *p != '\0'; p++)
		rest = (rest * 10 + (unsigned)(*p - '0')) % 97;
	g_string_printf(all, "%s%02u%s", countries[i].country, 98 - rest,
	                number);
	for (unsigned k = 0; k < all->len; k++) {
		if (blanks && k > 0 && k % 4 == 0)
			g_string_append_c(to, ' ');
		g_string_append_c(to, all->str[k]);
	}
}

static void
make_cvr(GRand *rand, GString *to)
{
	static const unsigned weights[] = { 2, 7, 6, 5, 4, 3, 2 };
	static const char *const forms[] = { "########", "## ## ## ##" };
	char number[16];

	do {
		digits(rand, number, 7);
		number[0] = (char)('1' + draw(rand, 0, 3));
	} while (!end_mod_11(number, weights, 7));
	form(to, PICK(rand, forms), number);
}

static void
make_orgnr(GRand *rand, GString *to)
{
	static const unsigned weights[] = { 3, 2, 7, 6, 5, 4, 3, 2 };
	static const char *const norway[] = { "#########", "### ### ###" };
	char number[16];

	if (draw(rand, 0, 1) == 0) {
		do {
			digits(rand, number, 8);
			number[0] = (char)('8' + draw(rand, 0, 1));
		} while (!end_mod_11(number, weights, 8));
		form(to, PICK(rand, norway), number);
		return;
	}
	digits(rand, number, 9);
	number[0] = '5';
	number[1] = '5';
	number[2] = (char)('2' + draw(rand, 0, 7));
	end_luhn(number, 9);
	form(to, "######-####", number);
}

static void
make_phone(GRand *rand, GString *to)
{
	static const char *const forms[] = {
		"2# ## ## ##",         "2#######",
		"3### ####",           "+45 4# ## ## ##",
		"+452#######",         "0045 5#######",
		"6#-##-##-##",         "(+45) 7# ## ## ##",
		"9## ## ###",          "+47 9## ## ###",
		"004791######",        "4# ## ## ##",
		"070-### ## ##",       "0733######",
		"08-### ### ##",       "+46 7# ### ## ##",
		"+46 (0)70-### ## ##", "031-## ## ##",
		"0171 2######",        "0171/3######",
		"030 4#######",        "(030) 5#######",
		"+49 171 6######",     "+49 (0)172 ### ## ##",
		"089 / ## ## ## ##",   "0160-9######",
		"020 7946 0###",       "07911 ######",
		"+44 7911 ######",     "(555) 2##-####",
		"555-2##-####",        "+1 555 3## ####",
		"+1-555-4##-####",     "040 5## ####",
		"+358 40 6######",     "+353 1 2## ####",
	};
	char number[32];

	digits(rand, number, 31);
	form(to, PICK(rand, forms), number);
}

static void
make_email(GRand *rand, GString *to)
{
	static const char *const forms[] = {
		"bo.hansen##@firma.dk",
		"anna#@example.com",
		"k-x#@posteo.de",
		"Info@b\xc3\xbc"
		"cher###.example",
		"x_y+tag#@mail.co.uk",
		"PER##@NORGE.NO",
		"lena.## (at) foretag.se",
		"s\xc3\xb8ren#@post.dk",
	};
	char number[8];

	digits(rand, number, 7);
	form(to, PICK(rand, forms), number);
}

static const char *
random_word(GRand *rand, unsigned n, char *to)
{
	static const char letters[] =
		"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

	for (unsigned i = 0; i < n; i++)
		to[i] = draw(rand, 0, 2) == 0 || i == 2 || i == 5 || i == 7 ||
		                        i == 9
		                ? (char)('0' + draw(rand, 0, 9))
		                : letters[draw(rand, 0, sizeof(letters) - 2)];
	to[n] = '\0';
	return to;
}

static void
make_secret(GRand *rand, GString *to)
{
	static const char *const forms[] = { "sk-%s",      "ghp_%s",
		                             "xoxb-%s",    "AKIA%.16s",
		                             "glpat-%s",   "%s",
		                             "eyJ%s.%s.x9" };
	char word[48];
	unsigned i = draw(rand, 0, G_N_ELEMENTS(forms) - 1);
	const char *mark = strstr(forms[i], "%");

	random_word(rand, 32, word);
	g_string_append_len(to, forms[i], mark - forms[i]);
	g_string_append(to, word);
}

static void
make_password(GRand *rand, GString *to)
{
	static const char *const forms[] = { "Sommer##!",   "hund####",
		                             "Tr0ub4dor&#", "qwerty##",
		                             "P@ssw0rd#",   "k1tty-k4t#" };
	char number[8];

	digits(rand, number, 7);
	form(to, PICK(rand, forms), number);
}

static void
make_url_secret(GRand *rand, GString *to)
{
	char word[48];

	g_string_append(to, random_word(rand, draw(rand, 10, 40), word));
}

/* ------------------------------------------------------------ sentences */

typedef struct Kind {
	RedactKind kind;
	void (*make)(GRand *rand, GString *to);
	const char *sentences[8]; /* @ is the value */
} Kind;

static const Kind kinds[] = {
	{ REDACT_CARD,
	  make_card,
	  { "Mit kortnummer er @.", "I paid with @ yesterday.",
	    "Meine Kreditkarte @ wurde belastet.", "Kort: @",
	    "Jag betalade med "
	    "@ i g\xc3\xa5r.",
	    "Bel\xc3\xb8"
	    "bet er trukket p\xc3\xa5 @" } },
	{ REDACT_CPR,
	  make_cpr,
	  { "Mit CPR-nummer er @.", "CPR: @", "Jeg hedder Bo, @.", "cpr.nr. @",
	    "Personen har nummeret @ hos jer.",
	    "Min datter (@) skal med p\xc3\xa5 aftalen." } },
	{ REDACT_FODSELSNUMMER,
	  make_fodselsnummer,
	  { "F\xc3\xb8"
	    "dselsnummer: @",
	    "Mitt f\xc3\xb8"
	    "dselsnummer er @.",
	    "Jeg heter Kari, @.", "fnr @",
	    "D-nummeret mitt er @ n\xc3\xa5." } },
	{ REDACT_PERSONNUMMER,
	  make_personnummer,
	  { "Mitt personnummer \xc3\xa4r @.", "Personnr: @",
	    "Jag heter Anna, @.", "Samordningsnummer @",
	    "Kunden \xc3\xa4r @ enligt er." } },
	{ REDACT_HETU,
	  make_hetu,
	  { "Henkil\xc3\xb6tunnus: @", "My Finnish id is @.", "hetu @",
	    "(@)" } },
	{ REDACT_STEUER_ID,
	  make_steuer_id,
	  { "Meine Steuer-ID ist @.", "Steueridentifikationsnummer: @",
	    "IdNr. @", "Bitte tragen Sie @ ein." } },
	{ REDACT_IBAN,
	  make_iban,
	  { "IBAN: @", "Meine IBAN lautet @.", "Please refund to @, thanks.",
	    "Pengene kan sendes til @", "Kontonummer @." } },
	{ REDACT_CVR,
	  make_cvr,
	  { "CVR: @", "Vores CVR-nummer er @.", "CVR-nr. @",
	    "Firma ApS, cvr @" } },
	{ REDACT_ORGNR,
	  make_orgnr,
	  { "Orgnr: @", "V\xc3\xa5rt organisationsnummer \xc3\xa4r @.",
	    "Org.nr. @", "Organisasjonsnummer @ MVA" } },
	{ REDACT_PHONE,
	  make_phone,
	  { "Ring til mig p\xc3\xa5 @.", "Tlf. @", "Mein Handy: @", "Mvh Bo\n@",
	    "Ni n\xc3\xa5r mig p\xc3\xa5 @ efter lunch.",
	    "You can reach me at @, any time.", "Mit nummer er @, tak.",
	    "Jeg kan tr\xc3\xa6"
	    "ffes hele dagen, @" } },
	{ REDACT_EMAIL,
	  make_email,
	  { "Skriv til @.", "My address is @, not the old one.", "E-Mail: @",
	    "<@>", "Send kopi til @ tak", "Svar \xc3\xb6nskas till @!" } },
	{ REDACT_SECRET,
	  make_secret,
	  { "API key: @", "We use @ in production.", "token @",
	    "Authorization: Bearer @", "N\xc3\xb8glen er @ og virker ikke." } },
	{ REDACT_SECRET,
	  make_password,
	  { "Password: @", "Adgangskoden er @.",
	    "Mitt l\xc3\xb6senord \xc3\xa4r "
	    "@",
	    "Mein Passwort ist @, und es geht nicht.", "passord = @",
	    "The password was \"@\".", "kodeord: @" } },
	{ REDACT_SECRET,
	  make_url_secret,
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
	"Die Rechnung Nr. @-@ \xc3\xbc"
	"ber 2.450,00 EUR vom ~.03.2025 fehlt.",
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
	const char *p = PICK(rand, others);
	char number[8];

	for (; *p != '\0'; p++) {
		if (*p == '@') {
			digits(rand, number, 4);
			g_string_append(text, number);
		} else if (*p == '~') {
			g_string_append_printf(text, "%u", draw(rand, 10, 28));
		} else {
			g_string_append_c(text, *p);
		}
	}
	g_string_append_c(text, draw(rand, 0, 3) == 0 ? '\n' : ' ');
}

static void
add_value(GRand *rand, Personal *mail)
{
	const Kind *kind = &PICK(rand, kinds);
	unsigned n = 0, start;
	const char *sentence, *at;

	while (n < G_N_ELEMENTS(kind->sentences) && kind->sentences[n] != NULL)
		n++;
	sentence = kind->sentences[draw(rand, 0, n - 1)];
	at = strchr(sentence, '@');
	g_string_append_len(mail->text, sentence, at - sentence);
	start = (unsigned)mail->text->len;
	kind->make(rand, mail->text);
	mail->value[mail->n++] =
		(RedactSpan){ start, (uint32_t)mail->text->len, kind->kind };
	g_string_append(mail->text, at + 1);
	g_string_append(mail->text, draw(rand, 0, 3) == 0 ? "\n\n" : " ");
}

void
personal_make(GRand *rand, Personal *ret_mail)
{
	unsigned values = draw(rand, 1, 3);

	ret_mail->text = g_string_new(NULL);
	ret_mail->n = 0;
	for (unsigned i = 0; i < values; i++) {
		unsigned n = draw(rand, 1, 4);

		for (unsigned k = 0; k < n; k++)
			add_other(rand, ret_mail->text);
		add_value(rand, ret_mail);
	}
	add_other(rand, ret_mail->text);
}
