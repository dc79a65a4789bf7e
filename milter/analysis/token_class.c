/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a word with digits in it is. People write numbers, dates, times,
 * versions and part numbers in the same few shapes, so a word may have several
 * classes (14.30 is a number and a time); the rules choose what they ask for.
 */
#include <string.h>

#include "tokens_private.h"

#define GROUPS_MAX 6

/* A word as groups of digits with one separator. */
typedef struct Shape {
	unsigned n;
	unsigned value[GROUPS_MAX], length[GROUPS_MAX];
	char separator; /* 0 with one group, '*' when mixed */
} Shape;

static void
shape_read(const char *word, size_t n, Shape *shape)
{
	memset(shape, 0, sizeof(*shape));
	shape->n = 1;
	for (size_t i = 0; i < n; i++) {
		unsigned g = shape->n - 1;

		if (g_ascii_isdigit(word[i])) {
			if (shape->length[g]++ < 6)
				shape->value[g] = shape->value[g] * 10 +
				                  (unsigned)(word[i] - '0');
			continue;
		}
		if (shape->separator != 0 && shape->separator != word[i])
			shape->separator = '*';
		else
			shape->separator = word[i];
		if (shape->n < GROUPS_MAX)
			shape->n++;
	}
}

static bool
is_clock(const Shape *shape)
{
	return shape->length[0] <= 2 && shape->length[1] == 2 &&
	       shape->value[0] <= 24 && shape->value[1] < 60;
}

static bool
is_thousands(const Shape *shape)
{
	for (unsigned i = 1; i < shape->n; i++)
		if (shape->length[i] != 3)
			return false;
	return true;
}

static uint32_t
classify_dotted(const Shape *shape)
{
	if (shape->n == 2)
		return TOKEN_NUM | (is_clock(shape) ? TOKEN_TIME : 0);
	if (is_thousands(shape))
		return TOKEN_NUM;
	if (shape->n == 3 && shape->value[0] >= 1 && shape->value[0] <= 31 &&
	    shape->value[1] >= 1 && shape->value[1] <= 12 &&
	    (shape->length[2] == 2 || shape->length[2] == 4))
		return TOKEN_DATE;
	return TOKEN_VERSION;
}

static uint32_t
classify_slashed(const Shape *shape)
{
	unsigned a = shape->value[0], b = shape->value[1];

	if (shape->n > 3 || (a == 24 && b == 7) || a == 0 || b == 0)
		return TOKEN_NUM;
	if ((a <= 31 && b <= 12) || (a <= 12 && b <= 31))
		return TOKEN_DATE;
	return TOKEN_NUM;
}

static uint32_t
classify_number(const char *word, size_t n)
{
	Shape shape;

	shape_read(word, n, &shape);
	switch (shape.separator) {
	case '.':
		return classify_dotted(&shape);
	case '/':
		return classify_slashed(&shape);
	case ':':
		return is_clock(&shape) ? TOKEN_NUM | TOKEN_TIME : TOKEN_NUM;
	case '-':
		return shape.n == 3 && shape.length[0] == 4 &&
		                       shape.value[1] <= 12 &&
		                       shape.value[2] <= 31
		               ? TOKEN_DATE
		               : TOKEN_NUM;
	default:
		return TOKEN_NUM;
	}
}

/* What may stand right after a number without making it a code. */
static const char *const units[] = {
	"a",  "ah",  "am", "bar", "c",   "cl",  "cm", "d",  "db",   "dk",
	"dl", "e",   "er", "ere", "eur", "fps", "g",  "gb", "ghz",  "h",
	"ha", "hz",  "k",  "kb",  "kg",  "khz", "km", "kr", "kv",   "kva",
	"kw", "kwh", "l",  "m",   "m2",  "m3",  "ma", "mb", "mbit", "min",
	"mg", "mhz", "ml", "mm",  "ms",  "mw",  "nd", "nm", "p",    "pcs",
	"pm", "px",  "rd", "s",   "st",  "stk", "t",  "tb", "te",   "th",
	"u",  "uhr", "v",  "w",   "x",   "år",
};

static bool
is_unit(const char *suffix, size_t n)
{
	char lower[8];

	if (n == 0 || n >= sizeof(lower))
		return false;
	for (size_t i = 0; i < n; i++)
		lower[i] = g_ascii_tolower(suffix[i]);
	lower[n] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (strcmp(units[i], lower) == 0)
			return true;
	return false;
}

static size_t
number_length(const char *word, size_t n)
{
	size_t i = 0;

	while (i < n && (g_ascii_isdigit(word[i]) ||
	                 (i > 0 && strchr(".,:-", word[i]) != NULL)))
		i++;
	return i;
}

/* 5kg, 24V, 4pm, 9.30am, 1st; 0 when it is not a number with a unit. */
static uint32_t
classify_unit(const char *word, size_t n)
{
	size_t digits = number_length(word, n);
	const char *suffix = word + digits;

	if (digits == 0 || !is_unit(suffix, n - digits))
		return 0;
	if (g_ascii_strncasecmp(suffix, "am", 2) == 0 ||
	    g_ascii_strncasecmp(suffix, "pm", 2) == 0 ||
	    g_ascii_strncasecmp(suffix, "uhr", 3) == 0)
		return TOKEN_NUM | TOKEN_TIME;
	return TOKEN_NUM;
}

static const char *const plain[] = {
	"b2b", "b2c", "co2", "covid-19", "h2o", "mp3", "mp4", "m2", "m3",
};

static bool
is_plain(const char *word, size_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
		if (strlen(plain[i]) == n &&
		    g_ascii_strncasecmp(plain[i], word, n) == 0)
			return true;
	return false;
}

/* Letters and digits within one hyphen-free piece (RTU40), or a short or
 * capital piece beside digits (E-1234, HMAC-256); not 14-dages, 3-year. */
static bool
is_code(const char *word, size_t n)
{
	bool mixed = false, digits = false, letters = false, code = false;
	bool long_lower = false;
	unsigned lower = 0;

	for (size_t i = 0; i <= n; i++) {
		char c = i < n ? word[i] : '-';

		if (g_ascii_isdigit(c)) {
			digits = true;
		} else if (c == '-' || c == '.') {
			mixed |= digits && letters;
			code |= digits;
			long_lower |= lower > 2;
			digits = letters = false;
			lower = 0;
		} else if (c != ':' && c != ',' && c != '/') {
			letters = true;
			lower += !g_ascii_isupper(c);
		}
	}
	return mixed || (code && !long_lower);
}

static bool
is_version(const char *word, size_t n)
{
	if (n < 2 || (word[0] != 'v' && word[0] != 'V'))
		return false;
	for (size_t i = 1; i < n; i++)
		if (!g_ascii_isdigit(word[i]) && word[i] != '.')
			return false;
	return true;
}

uint32_t
classify_word(const char *word, size_t n)
{
	uint32_t classes;

	if (number_length(word, n) == n || memchr(word, '/', n) != NULL)
		return classify_number(word, n);
	if (is_version(word, n))
		return TOKEN_VERSION;
	classes = classify_unit(word, n);
	if (classes != 0 || n < 3 || is_plain(word, n))
		return classes;
	if (memchr(word, '_', n) != NULL || is_code(word, n))
		return TOKEN_CODE;
	return 0;
}

static const char *const currencies[] = {
	"chf",   "dkk",    "dollar", "dollars", "eur",    "euro",
	"euros", "gbp",    "kr",     "kroner",  "kronor", "nok",
	"pln",   "pounds", "sek",    "tkr",     "usd",
};
static const char *const before_times[] = { "at",      "kl",      "klokka",
	                                    "klokken", "klockan", "um" };
static const char *const after_times[] = { "am", "h", "o'clock", "pm", "uhr" };

bool
token_is_among(const Tokens *tokens, const Token *token,
               const char *const *words, size_t n)
{
	const char *folded = tokens_folded(tokens, token);

	for (size_t i = 0; i < n; i++)
		if (words[i][0] == folded[0] &&
		    strlen(words[i]) == token->length &&
		    memcmp(words[i], folded, token->length) == 0)
			return true;
	return false;
}

static bool
is_hour(const Tokens *tokens, const Token *token)
{
	const char *folded = tokens_folded(tokens, token);

	if (token->length == 1)
		return true;
	return token->length == 2 && g_ascii_isdigit(folded[1]) &&
	       (folded[0] - '0') * 10 + folded[1] - '0' <= 24;
}

/* The word beside token `i`, over one full stop (kr. 500); NULL: none. */
static const Token *
neighbour(const Tokens *tokens, unsigned i, int step)
{
	long at = (long)i + step;
	const Token *token = &tokens->token[i];

	if (step < 0 && at > 0 &&
	    (tokens->token[at].classes & TOKEN_MARK) != 0 &&
	    tokens_folded(tokens, &tokens->token[at])[0] == '.')
		at += step;
	if (at < 0 || at >= (long)tokens->n)
		return NULL;
	if (tokens->token[at].field != token->field ||
	    (tokens->token[at].classes & TOKEN_WORD) == 0 ||
	    tokens->token[at].length == 0)
		return NULL;
	return &tokens->token[at];
}

void
classify_neighbours(Tokens *tokens)
{
	for (unsigned i = 0; i < tokens->n; i++) {
		Token *token = &tokens->token[i];
		const Token *before, *after;

		if ((token->classes & TOKEN_NUM) == 0)
			continue;
		before = neighbour(tokens, i, -1);
		after = neighbour(tokens, i, 1);
		if ((before && token_is_among(tokens, before, currencies,
		                              G_N_ELEMENTS(currencies))) ||
		    (after && token_is_among(tokens, after, currencies,
		                             G_N_ELEMENTS(currencies))))
			token->classes |= TOKEN_AMOUNT;
		if (!is_hour(tokens, token))
			continue;
		if ((before && token_is_among(tokens, before, before_times,
		                              G_N_ELEMENTS(before_times))) ||
		    (after && token_is_among(tokens, after, after_times,
		                             G_N_ELEMENTS(after_times))))
			token->classes |= TOKEN_TIME;
	}
}
