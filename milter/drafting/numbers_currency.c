/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 100 kr. is not 100 EUR: the sign or word beside a number is kept with it.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "numbers.h"

static const struct {
	const char *sign, *name;
} currencies[] = {
	/* the longer of two that begin alike comes first */
	{ "kroner", "kr" },     { "kronor", "kr" },      { "krone", "kr" },
	{ "krona", "kr" },      { "kr.", "kr" },         { "kr", "kr" },
	{ "DKK", "kr" },        { "SEK", "kr" },         { "NOK", "kr" },
	{ ",-", "kr" },         { ":-", "kr" },          { "euros", "eur" },
	{ "euroa", "eur" },     { "euro", "eur" },       { "EUR", "eur" },
	{ "€", "eur" },         { "dollars", "usd" },    { "dollar", "usd" },
	{ "USD", "usd" },       { "$", "usd" },          { "pounds", "gbp" },
	{ "GBP", "gbp" },       { "£", "gbp" },          { "PLN", "pln" },
	{ "złotych", "pln" },   { "zł", "pln" },         { "CHF", "chf" },
	{ "%", "pct" },         { "pct.", "pct" },       { "pct", "pct" },
	{ "procent", "pct" },   { "prosenttia", "pct" }, { "prosent", "pct" },
	{ "Prozent", "pct" },   { "percent", "pct" },    { "per cent", "pct" },
	{ "pour cent", "pct" },
};

static bool
is_word(const char *sign)
{
	return g_ascii_isalpha(sign[0]);
}

/* A word must end where it ends. */
static bool
ends_well(const char *sign, const char *after)
{
	return !is_word(sign) || g_str_has_suffix(sign, ".") ||
	       !g_unichar_isalnum(g_utf8_get_char(after));
}

static bool
follows(const char *text, Number *number)
{
	size_t at = number->end + numbers_space(text + number->end);

	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
		const char *sign = currencies[i].sign;
		size_t length = strlen(sign);

		if (g_ascii_strncasecmp(text + at, sign, length) != 0 ||
		    !ends_well(sign, text + at + length))
			continue;
		g_strlcpy(number->currency, currencies[i].name,
		          sizeof(number->currency));
		number->end = at + length;
		return true;
	}
	return false;
}

/* The start of a `sign` that ends at `end`; SIZE_MAX: it is another. */
static size_t
start_of(const char *text, size_t end, const char *sign)
{
	size_t length = strlen(sign);
	size_t start;

	if (length > end)
		return SIZE_MAX;
	start = end - length;
	if (g_ascii_strncasecmp(text + start, sign, length) != 0)
		return SIZE_MAX;
	if (is_word(sign) && start > 0 &&
	    g_unichar_isalnum(
		    g_utf8_get_char(g_utf8_find_prev_char(text, text + start))))
		return SIZE_MAX;
	return start;
}

static void
precedes(const char *text, Number *number)
{
	size_t end = number->start;

	if (end >= 2 && numbers_space(text + end - 2) == 2)
		end -= 2;
	else if (end >= 1 && text[end - 1] == ' ')
		end--;
	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
		size_t start = start_of(text, end, currencies[i].sign);

		if (start == SIZE_MAX ||
		    strcmp(currencies[i].name, "pct") == 0 ||
		    strchr(",:", currencies[i].sign[0]) != NULL)
			continue;
		g_strlcpy(number->currency, currencies[i].name,
		          sizeof(number->currency));
		number->start = start;
		return;
	}
}

void
numbers_currency(const char *text, Number *number)
{
	if (!follows(text, number))
		precedes(text, number);
}
