/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Check digits are made here as the registers describe them, by other formulas
 * than those of the code that is tested with them.
 */
#include "personal_values.h"

#include <stdbool.h>
#include <string.h>

/* -------------------------------------------------------------- digits */

unsigned
personal_draw(GRand *rand, unsigned from, unsigned to)
{
	return (unsigned)g_rand_int_range(rand, (gint32)from, (gint32)to + 1);
}

void
personal_digits(GRand *rand, char *to, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		to[i] = (char)('0' + personal_draw(rand, 0, 9));
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
	unsigned day = personal_draw(rand, 1, 28) + day_more;
	unsigned month = personal_draw(rand, 1, 12),
		 year = personal_draw(rand, 0, 99);

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

void
personal_card(GRand *rand, GString *to)
{
	static const char *const starts[] = { "4",  "51", "55", "2221",
		                              "45", "50", "37" };
	static const char *const forms[] = { "#### #### #### ####",
		                             "################",
		                             "####-####-####-####" };
	const char *start = PERSONAL_PICK(rand, starts);
	bool amex = start[0] == '3';
	char number[24];

	personal_digits(rand, number, amex ? 14 : 15);
	memcpy(number, start, strlen(start));
	end_luhn(number, amex ? 14 : 15);
	form(to, amex ? "#### ###### #####" : PERSONAL_PICK(rand, forms),
	     number);
}

void
personal_cpr(GRand *rand, GString *to)
{
	static const char *const forms[] = { "######-####", "######-####",
		                             "###### ####", "##########" };
	char number[16];

	date(rand, number, false, 0);
	personal_digits(rand, number + 6, 4);
	/* A Swedish mobile number looks the same, without a hyphen. */
	form(to,
	     memcmp(number, "07", 2) == 0 ? forms[0]
	                                  : PERSONAL_PICK(rand, forms),
	     number);
}

void
personal_fodselsnummer(GRand *rand, GString *to)
{
	static const unsigned one[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
	static const unsigned other[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
	static const char *const forms[] = { "###########", "###### #####" };
	char number[16];

	do {
		date(rand, number, false,
		     personal_draw(rand, 0, 3) == 0 ? 40 : 0);
		personal_digits(rand, number + 6, 3);
	} while (!end_mod_11(number, one, 9) || !end_mod_11(number, other, 10));
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_personnummer(GRand *rand, GString *to)
{
	static const char *const forms[] = { "######-####",   "######-####",
		                             "##########",    "19######-####",
		                             "20######-####", "19##########",
		                             "######+####" };
	char number[16];

	date(rand, number, true, personal_draw(rand, 0, 3) == 0 ? 60 : 0);
	personal_digits(rand, number + 6, 3);
	end_luhn(number, 9);
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_hetu(GRand *rand, GString *to)
{
	static const char marks[] = "-+A";
	char number[16];

	date(rand, number, false, 0);
	personal_digits(rand, number + 6, 3);
	g_string_append_printf(
		to, "%.6s%c%s%c", number, marks[personal_draw(rand, 0, 2)],
		number + 6,
		"0123456789ABCDEFHJKLMNPRSTUVWXY"
			[g_ascii_strtoull(number, NULL, 10) % 31]);
}

void
personal_steuer_id(GRand *rand, GString *to)
{
	static const char *const forms[] = { "###########", "## ### ### ###" };
	unsigned order[10] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	char number[16];

	do {
		for (unsigned i = 9; i > 0; i--) {
			unsigned j = personal_draw(rand, 0, i), was = order[i];

			order[i] = order[j];
			order[j] = was;
		}
		for (unsigned i = 0; i < 10; i++)
			number[i] = (char)('0' + order[i]);
		number[9] = number[personal_draw(rand, 0, 7)];
	} while (number[0] == '0');
	end_mod_11_10(number, 10);
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_iban(GRand *rand, GString *to)
{
	static const struct {
		const char *country;
		unsigned digits;
	} countries[] = { { "DK", 14 }, { "NO", 11 }, { "SE", 20 },
		          { "DE", 18 }, { "FI", 14 }, { "AT", 16 } };
	unsigned i = personal_draw(rand, 0, G_N_ELEMENTS(countries) - 1),
		 rest = 0;
	bool blanks = personal_draw(rand, 0, 1) == 0;
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *long_form = NULL;
	char number[32];

	personal_digits(rand, number, countries[i].digits);
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

void
personal_cvr(GRand *rand, GString *to)
{
	static const unsigned weights[] = { 2, 7, 6, 5, 4, 3, 2 };
	static const char *const forms[] = { "########", "## ## ## ##" };
	char number[16];

	do {
		personal_digits(rand, number, 7);
		number[0] = (char)('1' + personal_draw(rand, 0, 3));
	} while (!end_mod_11(number, weights, 7));
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_orgnr(GRand *rand, GString *to)
{
	static const unsigned weights[] = { 3, 2, 7, 6, 5, 4, 3, 2 };
	static const char *const norway[] = { "#########", "### ### ###" };
	char number[16];

	if (personal_draw(rand, 0, 1) == 0) {
		do {
			personal_digits(rand, number, 8);
			number[0] = (char)('8' + personal_draw(rand, 0, 1));
		} while (!end_mod_11(number, weights, 8));
		form(to, PERSONAL_PICK(rand, norway), number);
		return;
	}
	personal_digits(rand, number, 9);
	number[0] = '5';
	number[1] = '5';
	number[2] = (char)('2' + personal_draw(rand, 0, 7));
	end_luhn(number, 9);
	form(to, "######-####", number);
}

void
personal_phone(GRand *rand, GString *to)
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

	personal_digits(rand, number, 31);
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_email(GRand *rand, GString *to)
{
	static const char *const forms[] = {
		"bo.hansen##@firma.dk",    "anna#@example.com",
		"k-x#@posteo.de",          "Info@bücher###.example",
		"x_y+tag#@mail.co.uk",     "PER##@NORGE.NO",
		"lena.## (at) foretag.se", "s\xc3\xb8ren#@post.dk",
	};
	char number[8];

	personal_digits(rand, number, 7);
	form(to, PERSONAL_PICK(rand, forms), number);
}

static const char *
random_word(GRand *rand, unsigned n, char *to)
{
	static const char letters[] =
		"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

	for (unsigned i = 0; i < n; i++)
		to[i] = personal_draw(rand, 0, 2) == 0 || i == 2 || i == 5 ||
		                        i == 7 || i == 9
		                ? (char)('0' + personal_draw(rand, 0, 9))
		                : letters[personal_draw(rand, 0,
		                                        sizeof(letters) - 2)];
	to[n] = '\0';
	return to;
}

void
personal_secret(GRand *rand, GString *to)
{
	static const char *const forms[] = { "sk-%s",      "ghp_%s",
		                             "xoxb-%s",    "AKIA%.16s",
		                             "glpat-%s",   "%s",
		                             "eyJ%s.%s.x9" };
	char word[48];
	unsigned i = personal_draw(rand, 0, G_N_ELEMENTS(forms) - 1);
	const char *mark = strstr(forms[i], "%");

	random_word(rand, 32, word);
	g_string_append_len(to, forms[i], mark - forms[i]);
	g_string_append(to, word);
}

void
personal_password(GRand *rand, GString *to)
{
	static const char *const forms[] = { "Sommer##!",   "hund####",
		                             "Tr0ub4dor&#", "qwerty##",
		                             "P@ssw0rd#",   "k1tty-k4t#" };
	char number[8];

	personal_digits(rand, number, 7);
	form(to, PERSONAL_PICK(rand, forms), number);
}

void
personal_url_secret(GRand *rand, GString *to)
{
	char word[48];

	g_string_append(to,
	                random_word(rand, personal_draw(rand, 10, 40), word));
}
