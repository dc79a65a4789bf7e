/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days as people write them. Day before month everywhere, but after a slash an
 * English reader may mean the other: both are kept. Months are words of
 * the languages that drafts are written in, in full or as they are shortened;
 * any other word leaves the digits a plain number.
 */
#include <glib.h>
#include <string.h>

#include "numbers.h"

#define MONTH_BYTES 16 /* the longest name, with its accents */

/* Folded, without accents, each between spaces: da nb nn sv de en fr es nl it
 * fi pl. */
static const char *const months[] = {
	" jan januar januari january janvier enero gennaio tammikuu tammikuuta "
	"stycznia ",
	" feb febr februar februari february fevrier febrero febbraio helmikuu "
	"helmikuuta lutego ",
	" mar mrz mrt marts mars marz maerz march maart marzo maaliskuu "
	"maaliskuuta marca ",
	" apr april avril abril aprile huhtikuu huhtikuuta kwietnia ",
	" maj mai may mei mayo maggio toukokuu toukokuuta maja ",
	" jun juni june juin junio giugno kesakuu kesakuuta czerwca ",
	" jul juli july juillet julio luglio heinakuu heinakuuta lipca ",
	" aug august augusti augustus aout agosto elokuu elokuuta sierpnia ",
	" sep sept september septembre septiembre settembre syyskuu syyskuuta "
	"wrzesnia ",
	" okt oct oktober october octobre octubre ottobre lokakuu lokakuuta "
	"pazdziernika ",
	" nov november novembre noviembre marraskuu marraskuuta listopada ",
	" dec dez des december desember dezember decembre diciembre dicembre "
	"joulukuu joulukuuta grudnia ",
};

static void
add_day(NumberForms *forms, unsigned year, unsigned month, unsigned day)
{
	char form[16];

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return;
	if (year > 0)
		g_snprintf(form, sizeof(form), "%04u-%02u-%02u", year, month,
		           day);
	else
		g_snprintf(form, sizeof(form), "--%02u-%02u", month, day);
	forms_add(forms, form);
}

/* Up to four numbers with one separator between; how many, 0: not so. */
static unsigned
split(const char *token, size_t length, unsigned part[3], size_t digits[3],
      char *ret_separator)
{
	unsigned n = 0;

	for (size_t i = 0; i < length; n++) {
		if (n == 3)
			return 0;
		part[n] = 0;
		digits[n] = 0;
		for (; i < length && g_ascii_isdigit(token[i]); i++) {
			part[n] = part[n] * 10 + (unsigned)(token[i] - '0');
			if (++digits[n] > 4)
				return 0;
		}
		if (digits[n] == 0)
			return 0;
		if (i < length && strchr("./-", token[i]) == NULL)
			return 0;
		if (n == 0)
			*ret_separator = i < length ? token[i] : '\0';
		i++;
	}
	return n;
}

static unsigned
whole_year(unsigned year, size_t digits)
{
	return digits == 2 ? 2000 + year : year;
}

bool
numbers_day(const char *token, size_t length, NumberForms *forms)
{
	unsigned before = forms->n;
	unsigned part[3], n;
	size_t digits[3];
	char separator = '\0';

	n = split(token, length, part, digits, &separator);
	if (n == 3 && digits[0] == 4) {
		add_day(forms, part[0], part[1], part[2]);
	} else if (n == 3 && (digits[2] == 2 || digits[2] == 4)) {
		unsigned year = whole_year(part[2], digits[2]);

		add_day(forms, year, part[1], part[0]);
		if (separator == '/')
			add_day(forms, year, part[0], part[1]);
	} else if (n == 2 && digits[0] <= 2 && digits[1] <= 2 &&
	           separator != '-') {
		add_day(forms, 0, part[1], part[0]);
		if (separator == '/')
			add_day(forms, 0, part[0], part[1]);
	}
	return forms->n > before;
}

/* A word folded, without accents, between two spaces, into `word`; the bytes
 * that it takes in the text. */
static size_t
read_word(const char *at, GString *word)
{
	const char *end = at;
	g_autofree char *plain = NULL;

	while (end - at <= MONTH_BYTES &&
	       g_unichar_isalpha(g_utf8_get_char(end)))
		end = g_utf8_next_char(end);
	if (end == at || end - at > MONTH_BYTES)
		return 0;
	plain = g_utf8_normalize(at, end - at, G_NORMALIZE_NFD);
	g_string_assign(word, " ");
	for (const char *c = plain; c != NULL && *c != '\0'; c++)
		if (g_ascii_isalpha(*c))
			g_string_append_c(word, g_ascii_tolower(*c));
	g_string_append_c(word, ' ');
	return (size_t)(end - at);
}

/* The month that a word names, and the bytes of it; 0: none. */
static size_t
read_month(const char *at, unsigned *ret_month)
{
	g_autoptr(GString) word = g_string_new(NULL);
	size_t taken = read_word(at, word);

	for (unsigned i = 0; taken > 0 && i < G_N_ELEMENTS(months); i++) {
		if (strstr(months[i], word->str) == NULL)
			continue;
		*ret_month = i + 1;
		return taken + (at[taken] == '.' && word->len <= 6);
	}
	return 0;
}

static size_t
read_digits(const char *at, size_t most, unsigned *ret_value)
{
	size_t n = 0;

	*ret_value = 0;
	while (n <= most && g_ascii_isdigit(at[n])) {
		*ret_value = *ret_value * 10 + (unsigned)(at[n] - '0');
		n++;
	}
	return n <= most ? n : 0;
}

/* What may stand between a day and its month: "12.", "12th of", "1:a", "12 de"
 */
static size_t
skip_ordinal(const char *at)
{
	static const char *const endings[] = { ".",  "st", "nd", "rd", "th",
		                               ":a", ":e", "er", "e",  "º" };
	static const char *const links[] = { "of ", "de ", "d'" };
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_prefix(at, endings[i])) {
			n += strlen(endings[i]);
			break;
		}
	n += numbers_space(at + n);
	for (size_t i = 0; i < G_N_ELEMENTS(links); i++)
		if (g_str_has_prefix(at + n, links[i]))
			return n + strlen(links[i]);
	return n;
}

/* ", 2026" or " 2026" */
static size_t
read_year(const char *at, unsigned *ret_year)
{
	size_t n = *at == ',' ? 1 : 0;
	size_t digits;

	n += numbers_space(at + n);
	if (g_str_has_prefix(at + n, "de "))
		n += strlen("de ");
	digits = n > 0 ? read_digits(at + n, 4, ret_year) : 0;
	if (digits != 4) {
		*ret_year = 0;
		return 0;
	}
	return n + digits;
}

static size_t
skip_english_ordinal(const char *at)
{
	return g_str_has_prefix(at, "th") || g_str_has_prefix(at, "st") ||
	                       g_str_has_prefix(at, "nd") ||
	                       g_str_has_prefix(at, "rd")
	               ? 2
	               : 0;
}

/* "12. marts"; 0: not so. */
static size_t
read_day_month(const char *at, unsigned *ret_day, unsigned *ret_month)
{
	size_t n = read_digits(at, 2, ret_day);
	size_t taken;

	if (n == 0)
		return 0;
	n += skip_ordinal(at + n);
	taken = read_month(at + n, ret_month);
	return taken > 0 ? n + taken : 0;
}

/* "March 12th"; 0: not so. */
static size_t
read_month_day(const char *at, unsigned *ret_day, unsigned *ret_month)
{
	size_t n = read_month(at, ret_month);
	size_t taken;

	if (n == 0)
		return 0;
	n += numbers_space(at + n);
	taken = read_digits(at + n, 2, ret_day);
	if (taken == 0)
		return 0;
	n += taken;
	return n + skip_english_ordinal(at + n);
}

/* "12/3" or "12.3."; its bytes, 0: not so. */
static size_t
read_short_day(const char *at, unsigned part[3], char *ret_separator)
{
	size_t length = strspn(at, "0123456789./"), digits[3];
	bool stop = length > 0 && at[length - 1] == '.';

	*ret_separator = '\0';
	if (split(at, length - stop, part, digits, ret_separator) != 2 ||
	    digits[0] > 2 || digits[1] > 2 || stop != (*ret_separator == '.'))
		return 0;
	return part[0] >= 1 && part[0] <= 31 && part[1] >= 1 && part[1] <= 12
	               ? length
	               : 0;
}

/* "12/3 2026", as Danes and Swedes write it, "12.3. 2026"; 0: not so. */
static size_t
read_spaced(const char *at, NumberForms *forms)
{
	unsigned part[3], year = 0;
	char separator;
	size_t n = read_short_day(at, part, &separator);

	if (n == 0 || numbers_space(at + n) == 0)
		return 0;
	n += read_year(at + n, &year);
	if (year < 1900 || year > 2099 ||
	    g_unichar_isalnum(g_utf8_get_char(at + n)))
		return 0;
	add_day(forms, year, part[1], part[0]);
	if (separator == '/')
		add_day(forms, year, part[0], part[1]);
	return n;
}

size_t
numbers_day_in_words(const char *at, NumberForms *forms)
{
	unsigned day = 0, month = 0, year = 0;
	size_t n = read_spaced(at, forms);

	if (n > 0)
		return n;
	n = g_ascii_isdigit(*at) ? read_day_month(at, &day, &month)
	                         : read_month_day(at, &day, &month);
	if (n == 0 || day < 1 || day > 31 ||
	    g_unichar_isalnum(g_utf8_get_char(at + n)))
		return 0;
	n += read_year(at + n, &year);
	add_day(forms, year, month, day);
	return n;
}
