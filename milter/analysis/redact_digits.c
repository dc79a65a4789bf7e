/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check digits of national numbers, as their registers publish them.
 *
 * A Danish CPR given out since October 2007 need not pass mod-11, so there the
 * date decides; everywhere else the check digit does.
 */
#include <string.h>

#include "redact_private.h"

static unsigned
digit(char c)
{
	return (unsigned)(c - '0');
}

static unsigned
two(const char *digits)
{
	return digit(digits[0]) * 10 + digit(digits[1]);
}

bool
redact_luhn(const char *digits, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = digit(digits[n - 1 - i]) << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

/* The weights are given as characters: ':' is ten. */
bool
redact_weighted(const char *digits, const char *weights, size_t n,
                unsigned modulus)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += digit(digits[i]) * digit(weights[i]);
	return sum % modulus == 0;
}

static bool
is_date(unsigned day, unsigned month)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30,
		                              31, 31, 30, 31, 30, 31 };

	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* D-numbers add 40 to the day; H-numbers and those of test registers 40, 65 or
 * 80 to the month. */
bool
redact_fodselsnummer(const char *digits)
{
	unsigned day = two(digits), month = two(digits + 2);

	if (day > 40)
		day -= 40;
	if (month > 80)
		month -= 80;
	else if (month > 65)
		month -= 65;
	else if (month > 40)
		month -= 40;
	return is_date(day, month) &&
	       redact_weighted(digits, "3761894521", 10, 11) &&
	       redact_weighted(digits, "54327654321", 11, 11);
}

/* ISO 7064 mod 11,10: Steuer-ID, USt-IdNr. */
bool
redact_mod_11_10(const char *digits, size_t n)
{
	unsigned product = 10;

	for (size_t i = 0; i + 1 < n; i++) {
		unsigned sum = (digit(digits[i]) + product) % 10;

		product = (sum == 0 ? 10 : sum) * 2 % 11;
	}
	return (11 - product) % 10 == digit(digits[n - 1]);
}

/* Of the first ten digits one comes twice or three times, not more. */
bool
redact_steuer_id(const char *digits)
{
	unsigned times[10] = { 0 }, repeated = 0;

	if (digits[0] == '0')
		return false;
	for (size_t i = 0; i < 10; i++)
		times[digit(digits[i])]++;
	for (size_t i = 0; i < 10; i++) {
		if (times[i] > 3)
			return false;
		repeated += times[i] > 1;
	}
	return repeated == 1 && redact_mod_11_10(digits, 11);
}

/* A substitute number adds 60 to the day. */
bool
redact_cpr_date(const char *digits)
{
	unsigned day = two(digits);

	return is_date(day > 60 ? day - 60 : day, two(digits + 2));
}

bool
redact_cpr_mod_11(const char *digits)
{
	return redact_weighted(digits, "4327654321", 10, 11);
}

/* A samordningsnummer adds 60 to the day. */
bool
redact_personnummer(const char *digits)
{
	unsigned day = two(digits + 4);

	return is_date(day > 60 ? day - 60 : day, two(digits + 2)) &&
	       redact_luhn(digits, 10);
}

bool
redact_orgnr_se(const char *digits)
{
	return digits[0] != '0' && digits[0] != '4' && digits[2] >= '2' &&
	       redact_luhn(digits, 10);
}

bool
redact_orgnr_no(const char *digits)
{
	return (digits[0] == '8' || digits[0] == '9') &&
	       redact_weighted(digits, "327654321", 9, 11);
}

bool
redact_orgnr_fi(const char *digits)
{
	return redact_weighted(digits, "79:58421", 8, 11);
}

bool
redact_cvr(const char *digits)
{
	return digits[0] != '0' && redact_weighted(digits, "27654321", 8, 11);
}

bool
redact_card(const char *digits, size_t n)
{
	unsigned prefix = two(digits);

	return n >= 13 && n <= 19 &&
	       ((prefix >= 30 && prefix <= 69) ||
	        (prefix >= 22 && prefix <= 27)) &&
	       redact_luhn(digits, n);
}

bool
redact_hetu(const char *text)
{
	static const char check[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
	unsigned number = 0;

	for (size_t i = 0; i < 10; i++) {
		if (i == 6)
			continue;
		if (!g_ascii_isdigit(text[i]))
			return false;
		number = number * 10 + digit(text[i]);
	}
	return is_date(two(text), two(text + 2)) && text[6] != '\0' &&
	       strchr("+-ABCDEFYXWVU", g_ascii_toupper(text[6])) != NULL &&
	       check[number % 31] == g_ascii_toupper(text[10]);
}

bool
redact_iban(const char *text, size_t n)
{
	unsigned rest = 0;

	for (size_t i = 0; i < n; i++) {
		char c = text[(i + 4) % n];

		if (g_ascii_isdigit(c))
			rest = (rest * 10 + digit(c)) % 97;
		else
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
	}
	return rest == 1;
}

/* The registry of SWIFT, without those who have no IBAN. */
size_t
redact_iban_length(const char *country)
{
	static const char lengths[] =
		"AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22"
		"CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
		"GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30"
		"KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27"
		"MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33"
		"SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
		"VA22VG24XK20YE30";

	for (size_t i = 0; i + 4 < sizeof(lengths); i += 4)
		if (memcmp(lengths + i, country, 2) == 0)
			return two(lengths + i + 2);
	return 0;
}
