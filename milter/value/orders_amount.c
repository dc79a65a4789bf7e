/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First the dress is taken off (sign, currency, brackets), then the number is
 * judged by its marks: two kinds of them, the last is the decimal one; one
 * kind more than once, it sets off thousands; one once, it is the decimal mark
 * unless just three digits follow. That last case is never guessed.
 */
#include "orders_amount.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"

#define NUMBER_BYTES 64

/* The number without its dress. */
typedef struct Bare {
	char digits[NUMBER_BYTES]; /* and , . and ' for any other mark */
	size_t n;
	bool minus;
	int brackets;
} Bare;

typedef struct Symbol {
	const char *text;
	const char *currency; /* "" when several countries use it */
} Symbol;

/* Longer ones before their beginnings. */
static const Symbol symbols[] = {
	{ "\xe2\x82\xac", "EUR" }, /* euro sign */
	{ "\xc2\xa3", "GBP" },     /* pound sign */
	{ "z\xc5\x82", "PLN" },    /* zl, as Poles write it */
	{ "US$", "USD" },
	{ "$", "" },
	{ "kr.", "" },
	{ "kr", "" },
	{ "Kr.", "" },
	{ "Kr", "" },
	{ "Fr.", "CHF" },
	{ ",\xe2\x80\x93", "" }, /* 100,- */
	{ ".\xe2\x80\x93", "" },
	{ ",--", "" },
	{ ",-", "" },
	{ ".-", "" },
};

/* What may stand between groups of three, or around it all. */
static const char *const blanks[] = {
	" ",
	"\t",
	"\xc2\xa0",     /* no-break space */
	"\xe2\x80\x89", /* thin space */
	"\xe2\x80\xaf", /* narrow no-break space */
	"\xe2\x80\x87", /* figure space */
};

static const char *const minuses[] = {
	"-", "\xe2\x88\x92", /* minus sign */
	"\xe2\x80\x93",      /* en dash */
};

static const char *const apostrophes[] = {
	"'", "\xe2\x80\x99", /* right single quote */
};

static size_t
prefix_of(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_str_has_prefix(text, list[i]))
			return strlen(list[i]);
	return 0;
}

static size_t
take_symbol(const char *text, Amount *amount)
{
	for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++) {
		if (!g_str_has_prefix(text, symbols[i].text))
			continue;
		if (symbols[i].currency[0] != '\0')
			memcpy(amount->currency, symbols[i].currency, 4);
		return strlen(symbols[i].text);
	}
	return 0;
}

/* Three letters that stand alone. */
static size_t
take_code(const char *text, Amount *amount)
{
	for (int i = 0; i < 3; i++)
		if (!g_ascii_isalpha(text[i]))
			return 0;
	if (g_ascii_isalpha(text[3]))
		return 0;
	for (int i = 0; i < 3; i++)
		amount->currency[i] = g_ascii_toupper(text[i]);
	amount->currency[3] = '\0';
	return 3;
}

static size_t
take_sign(const char *text, Bare *bare)
{
	size_t n = prefix_of(text, minuses, G_N_ELEMENTS(minuses));

	if (n > 0 && !bare->minus) {
		bare->minus = true;
		return n;
	}
	if (text[0] == '+' && bare->n == 0)
		return 1;
	if (text[0] == '(' && bare->n == 0 && bare->brackets == 0) {
		bare->brackets = 1;
		return 1;
	}
	if (text[0] == ')' && bare->brackets == 1) {
		bare->brackets = 2;
		return 1;
	}
	return 0;
}

/* A digit, mark or group mark of the number itself: marks only before a
 * digit. */
static size_t
take_digit(const char *text, Bare *bare)
{
	size_t skip = prefix_of(text, blanks, G_N_ELEMENTS(blanks));
	bool mark = text[0] == ',' || text[0] == '.';

	if (skip == 0)
		skip = prefix_of(text, apostrophes, G_N_ELEMENTS(apostrophes));
	if (bare->n + 1 >= NUMBER_BYTES)
		return 0;
	if (g_ascii_isdigit(text[0]) || (mark && g_ascii_isdigit(text[1]))) {
		bare->digits[bare->n++] = text[0];
		return 1;
	}
	if (skip == 0 || bare->n == 0 || !g_ascii_isdigit(text[skip]))
		return 0;
	bare->digits[bare->n++] = '\'';
	return skip;
}

/* What may stand before the digits and after them; returns what is left. */
static const char *
take_dress(const char *text, Bare *bare, Amount *amount)
{
	size_t n = 1;

	while (n > 0 && *text != '\0') {
		n = prefix_of(text, blanks, G_N_ELEMENTS(blanks));
		if (n == 0)
			n = take_code(text, amount);
		if (n == 0)
			n = take_symbol(text, amount);
		if (n == 0)
			n = take_sign(text, bare);
		text += n;
	}
	return text;
}

static bool
undress(const char *text, Bare *bare, Amount *amount)
{
	size_t n;

	text = take_dress(text, bare, amount);
	while ((n = take_digit(text, bare)) > 0)
		text += n;
	text = take_dress(text, bare, amount);
	return *text == '\0' && bare->n > 0 && bare->brackets != 1 &&
	       !(bare->brackets == 2 && bare->minus);
}

static unsigned
count(const char *text, char c)
{
	unsigned n = 0;

	for (; *text != '\0'; text++)
		n += *text == c;
	return n;
}

static AmountMark
mark_of(char c)
{
	return c == ',' ? AMOUNT_COMMA : AMOUNT_DOT;
}

/* `last` can only be a decimal mark: there is another kind before it, or what
 * follows or precedes is no group of thousands. */
static bool
is_decimal(const char *digits, const char *last)
{
	char other = *last == ',' ? '.' : ',';

	return strchr(digits, other) != NULL || strchr(digits, '\'') != NULL ||
	       strlen(last + 1) != 3 || digits[0] == '0' || last == digits ||
	       last - digits > 3;
}

/* The decimal mark of the number, or NUL when it has none. `proof` is what the
 * number tells of its file; false when it can be read in two ways. */
static bool
find_mark(const char *digits, AmountMark known, char *ret_mark,
          AmountMark *ret_proof)
{
	const char *comma = strrchr(digits, ','), *dot = strrchr(digits, '.');
	const char *last = comma > dot ? comma : dot;

	*ret_mark = '\0';
	*ret_proof = AMOUNT_EITHER;
	if (last == NULL)
		return true;
	if (count(digits, *last) > 1) {
		/* 1.234.567: the other one would be the decimal mark */
		*ret_proof = mark_of(*last == ',' ? '.' : ',');
		return true;
	}
	if (is_decimal(digits, last)) {
		*ret_mark = *last;
		*ret_proof = mark_of(*last);
		return true;
	}
	if (known == mark_of(*last))
		*ret_mark = *last;
	return known != AMOUNT_EITHER;
}

/* Groups of three but the first, which has one to three. */
static bool
grouped_well(const char *digits, const char *end)
{
	const char *at = digits;
	size_t run = 0;
	bool first = true;
	char mark = '\0';

	for (;; at++, run++) {
		if (at < end && g_ascii_isdigit(*at))
			continue;
		if (first ? at < end && (run < 1 || run > 3) : run != 3)
			return false;
		if (at == end)
			return true;
		if (mark != '\0' && mark != *at)
			return false;
		mark = *at;
		first = false;
		run = (size_t)-1;
	}
}

static bool
sum_digits(const char *at, const char *end, int64_t *sum)
{
	for (; at < end; at++) {
		if (!g_ascii_isdigit(*at))
			continue;
		if (*sum > LIMIT_ORDERS_CENTS)
			return false;
		*sum = *sum * 10 + (*at - '0');
	}
	return *sum <= LIMIT_ORDERS_CENTS;
}

/* Cents of what stands behind the decimal mark; a third digit rounds. */
static bool
add_fraction(const char *at, const char *end, int64_t *cents)
{
	for (const char *p = at; p < end; p++)
		if (!g_ascii_isdigit(*p))
			return false;
	for (int i = 0; i < 2; i++)
		*cents = *cents * 10 + (at + i < end ? at[i] - '0' : 0);
	*cents += at + 2 < end && at[2] >= '5';
	return true;
}

static AmountResult
sum_up(const Bare *bare, char mark, Amount *amount)
{
	const char *end = bare->digits + bare->n;
	const char *at = mark ? strrchr(bare->digits, mark) : end;
	int64_t cents = 0;

	if (at != bare->digits && !grouped_well(bare->digits, at))
		return AMOUNT_NONE;
	if (!sum_digits(bare->digits, at, &cents))
		return AMOUNT_LARGE;
	if (!add_fraction(MIN(at + 1, end), end, &cents))
		return AMOUNT_NONE;
	if (cents > LIMIT_ORDERS_CENTS)
		return AMOUNT_LARGE;
	amount->cents = bare->minus || bare->brackets > 0 ? -cents : cents;
	return AMOUNT_FINE;
}

/* 1,23457E+12 */
static bool
is_scientific(const char *text)
{
	size_t n = strspn(text, "+-0123456789.,");

	return n > 0 && (text[n] == 'E' || text[n] == 'e') &&
	       text[n + 1 + strspn(text + n + 1, "+-")] >= '0' &&
	       text[n + 1 + strspn(text + n + 1, "+-")] <= '9';
}

AmountResult
amount_parse(const char *text, AmountMark mark, Amount *ret_amount)
{
	Amount amount = { 0 };
	Bare bare = { 0 };
	char decimal;

	if (text[strspn(text, " \t")] == '\0')
		return AMOUNT_EMPTY;
	if (is_scientific(text))
		return AMOUNT_CUT;
	if (!undress(text, &bare, &amount))
		return bare.n + 1 >= NUMBER_BYTES ? AMOUNT_LARGE : AMOUNT_NONE;
	if (!find_mark(bare.digits, mark, &decimal, &amount.proof))
		return AMOUNT_AMBIGUOUS;
	*ret_amount = amount;
	return sum_up(&bare, decimal, ret_amount);
}
