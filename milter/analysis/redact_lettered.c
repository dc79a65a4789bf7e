/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has letters and digits: mail addresses, IBANs, VAT numbers, hetu.
 */
#include <string.h>

#include "redact_run.h"

#define LOCAL_BYTES_MAX 64
#define DOMAIN_BYTES_MAX 255
#define IBAN_BYTES_MAX 34

static bool
is_local_byte(const RedactScan *scan, size_t at)
{
	char c = redact_byte(scan, at);

	return redact_is_word_at(scan, at) ||
	       (c != '\0' && strchr("._%+-'~#", c) != NULL);
}

/* Where the last label of a domain begins; `start` when it has but one. */
static size_t
last_label(const RedactScan *scan, size_t start, size_t end)
{
	for (size_t i = end; i > start; i--)
		if (scan->text[i - 1] == '.')
			return i;
	return start;
}

static bool
is_domain_byte(const RedactScan *scan, size_t at)
{
	char c = redact_byte(scan, at);

	return redact_is_word_at(scan, at) || c == '-' || c == '.';
}

/* The end of a domain with a dot in it and a top level of letters; `start`
 * when it is none. */
static size_t
domain_end(const RedactScan *scan, size_t start)
{
	size_t end = start, last = MIN(scan->size, start + DOMAIN_BYTES_MAX);
	size_t label;

	while (end < last && is_domain_byte(scan, end))
		end++;
	end = redact_whole(scan, end);
	while (end > start && !redact_is_word_at(scan, end - 1))
		end--;
	label = last_label(scan, start, end);
	if (label == start || end - label < 2 ||
	    g_ascii_isdigit(scan->text[label]))
		return start;
	return end;
}

/* "@", " @ ", "(at)", "[at]", " at " is not: too common a word. */
static size_t
at_end(const RedactScan *scan, size_t at)
{
	static const char *const signs[] = { "@",      "(at)", "[at]", " (at) ",
		                             " [at] ", "{at}", " @ ",  "(a)" };

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		size_t n = strlen(signs[i]);

		if (scan->size - at > n &&
		    g_ascii_strncasecmp(scan->text + at, signs[i], n) == 0)
			return at + n;
	}
	return at;
}

bool
redact_read_email(RedactScan *scan)
{
	size_t at = scan->at, last = MIN(scan->size, at + LOCAL_BYTES_MAX);
	size_t start, end;

	while (at < last && is_local_byte(scan, at))
		at++;
	if (at == scan->size)
		return false;
	start = at_end(scan, at);
	if (start == at)
		return false;
	end = domain_end(scan, start);
	if (end == start)
		return false;
	redact_take(scan, scan->at, end, REDACT_EMAIL);
	return true;
}

/* Over at most two blanks, dots or hyphens, of whatever kind a bank's page
 * has, to the letter or digit after them; else `at` itself. */
static size_t
skip_marks(const RedactScan *scan, size_t at)
{
	size_t from = at, n = 0;

	for (unsigned i = 0; i < 2 && at < scan->size; i++) {
		char mark = redact_mark_at(scan, at, &n);

		if (mark != ' ' && mark != '-' && mark != '.')
			break;
		at += n;
	}
	return g_ascii_isalnum(redact_byte(scan, at)) ? at : from;
}

/* Letters and digits from `at`, with such marks between, copied without them in
 * capitals; ends[i] is where the text of i + 1 of them ends. */
static size_t
squeeze(const RedactScan *scan, char *ret, size_t *ends, size_t max)
{
	size_t at = scan->at, n = 0;

	while (n < max) {
		char c;

		if (n >= 2)
			at = skip_marks(scan, at);
		c = redact_byte(scan, at);
		if (!g_ascii_isalnum(c))
			break;
		ret[n] = g_ascii_toupper(c);
		ends[n++] = ++at;
	}
	return n;
}

/* Does a word end at `end`? */
static bool
ends_word(const RedactScan *scan, size_t end)
{
	return !redact_is_word_at(scan, end);
}

static bool
read_iban(RedactScan *scan, const char *text, const size_t *ends, size_t n)
{
	size_t length = redact_iban_length(text);

	if (length == 0 || n < length || !g_ascii_isdigit(text[2]) ||
	    !g_ascii_isdigit(text[3]) || !ends_word(scan, ends[length - 1]) ||
	    !redact_iban(text, length))
		return false;
	redact_take(scan, scan->at, ends[length - 1], REDACT_IBAN);
	return true;
}

typedef struct Vat {
	bool (*check)(const char *digits);
	size_t digits;
	RedactKind kind;
	char country[3];
} Vat;

static bool
check_de(const char *digits)
{
	return redact_mod_11_10(digits, 9);
}

static bool
check_se(const char *digits)
{
	return redact_luhn(digits, 10) && digits[10] == '0';
}

static const Vat vats[] = {
	{ redact_cvr, 8, REDACT_CVR, "DK" },
	{ check_se, 12, REDACT_ORGNR, "SE" },
	{ redact_orgnr_no, 9, REDACT_ORGNR, "NO" },
	{ redact_orgnr_fi, 8, REDACT_ORGNR, "FI" },
	{ check_de, 9, REDACT_ORGNR, "DE" },
};

static bool
read_vat(RedactScan *scan, const char *text, const size_t *ends, size_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(vats); i++) {
		size_t d = 0;

		if (memcmp(text, vats[i].country, 2) != 0)
			continue;
		while (2 + d < n && g_ascii_isdigit(text[2 + d]))
			d++;
		if (d != vats[i].digits || !ends_word(scan, ends[1 + d]) ||
		    !vats[i].check(text + 2))
			return false;
		redact_take(scan, scan->at, ends[1 + d], vats[i].kind);
		return true;
	}
	return false;
}

/* ddmmyyCzzzQ; programs make another hyphen of its own. */
static bool
read_hetu(RedactScan *scan)
{
	char text[11];
	size_t from = scan->at, century = from + 6, n = 1;
	char mark =
		century < scan->size ? redact_mark_at(scan, century, &n) : '\0';

	if (scan->size - from < 10 + n || !ends_word(scan, from + 10 + n))
		return false;
	memcpy(text, scan->text + from, 6);
	text[6] = mark == '-' ? mark : scan->text[century];
	memcpy(text + 7, scan->text + century + n, 4);
	if (!redact_hetu(text))
		return false;
	redact_take(scan, from, from + 10 + n, REDACT_HETU);
	return true;
}

bool
redact_read_lettered(RedactScan *scan)
{
	char text[IBAN_BYTES_MAX];
	size_t ends[IBAN_BYTES_MAX], n;

	if (g_ascii_isdigit(scan->text[scan->at]))
		return read_hetu(scan);
	if (!g_ascii_isalpha(scan->text[scan->at]) ||
	    !g_ascii_isalpha(redact_byte(scan, scan->at + 1)))
		return false;
	n = squeeze(scan, text, ends, IBAN_BYTES_MAX);
	if (n < 10)
		return false;
	return read_iban(scan, text, ends, n) || read_vat(scan, text, ends, n);
}
