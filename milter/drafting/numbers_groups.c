/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spaces within a number. Three digits a group is a great number, seven digits
 * and more a telephone; anything else is several numbers in a row. Where that
 * may be told wrongly the groups are its parts.
 */
#include <glib.h>
#include <string.h>

#include "numbers.h"

#define GROUPS_MAX 10
#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15
#define COUNTRY_DIGITS_MAX 3

typedef struct Group {
	const char *at;
	size_t length;
} Group;

typedef struct Groups {
	Group group[GROUPS_MAX];
	size_t n, digits;
	const char *end;
	bool plus; /* begins with + or ( */
	bool spaces_alone;
} Groups;

static size_t
digits_at(const char *at)
{
	return strspn(at, "0123456789");
}

/* What may stand between two groups of a telephone: one space or sign, or a
 * bracket with a space. */
static size_t
separator_at(const char *at)
{
	size_t space = numbers_space(at);
	size_t n;

	if (space > 0 && at[space] != '(')
		return space;
	n = space + strspn(at + space, "()-/.");
	if (n > space + 2)
		return 0;
	return n + numbers_space(at + n);
}

static void
read_groups(const char *at, Groups *groups)
{
	size_t between = 0;

	*groups = (Groups){ .end = at, .spaces_alone = true };
	groups->plus = *at == '+' || *at == '(';
	if (groups->plus)
		at += strspn(at, "+(");
	while (groups->n < GROUPS_MAX) {
		size_t length = digits_at(at);

		if (length == 0 || groups->digits + length > PHONE_DIGITS_MAX)
			break;
		if (between > 0 && numbers_space(at - between) != between)
			groups->spaces_alone = false;
		groups->group[groups->n++] = (Group){ at, length };
		groups->digits += length;
		at += length;
		groups->end = at;
		between = separator_at(at);
		if (between == 0)
			break;
		at += between;
	}
}

static bool
is_great_number(const Groups *groups)
{
	if (groups->plus || !groups->spaces_alone || groups->n < 2 ||
	    groups->group[0].length > 3)
		return false;
	for (size_t i = 1; i < groups->n; i++)
		if (groups->group[i].length != 3)
			return false;
	return true;
}

static void
add_parts(const Groups *groups, Number *number)
{
	number->loose = true;
	for (size_t i = 0; i < groups->n; i++)
		numbers_value(groups->group[i].at, groups->group[i].length,
		              &number->parts);
}

/* Behind the last group: ",50" of a sum; its bytes. */
static size_t
fraction_at(const char *at)
{
	size_t digits = *at == ',' || *at == '.' ? digits_at(at + 1) : 0;

	return digits > 0 && digits <= 2 ? 1 + digits : 0;
}

static size_t
take_great_number(const char *at, const Groups *groups, Number *number)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	size_t fraction = fraction_at(groups->end);

	for (size_t i = 0; i < groups->n; i++) {
		if (i > 0)
			g_string_append_c(joined, '\'');
		g_string_append_len(joined, groups->group[i].at,
		                    (gssize)groups->group[i].length);
	}
	g_string_append_len(joined, groups->end, (gssize)fraction);
	numbers_value(joined->str, joined->len, &number->forms);
	add_parts(groups, number);
	return (size_t)(groups->end - at) + fraction;
}

/* Without the 00 or 0 in front; and, as parts, without a country's number. */
static void
add_phone(const Groups *groups, Number *number)
{
	char digits[PHONE_DIGITS_MAX + 1];
	const char *from = digits;
	size_t n = 0;

	for (size_t i = 0; i < groups->n; i++) {
		memcpy(digits + n, groups->group[i].at,
		       groups->group[i].length);
		n += groups->group[i].length;
	}
	digits[n] = '\0';
	from += strspn(from, "0");
	forms_add(&number->forms, from);
	for (size_t i = 1; i <= COUNTRY_DIGITS_MAX; i++) {
		const char *rest = from + MIN(i, strlen(from));

		rest += strspn(rest, "0");
		if (strlen(rest) >= PHONE_DIGITS_MIN)
			forms_add(&number->parts, rest);
	}
}

static bool
ends_a_word(const char *at)
{
	return !g_unichar_isalnum(g_utf8_get_char(at));
}

/* Up to four capitals and digits that end a word; 0: not so. */
static size_t
iban_group_at(const char *at)
{
	size_t n = 0;

	while (n < 5 && (g_ascii_isupper(at[n]) || g_ascii_isdigit(at[n])))
		n++;
	return n <= 4 && ends_a_word(at + n) ? n : 0;
}

/* DK50 0040 0440 1162 43 */
static size_t
take_iban(const char *at, Number *number)
{
	g_autoptr(GString) form = g_string_new(NULL);
	const char *end = at;
	const char *next = at;
	unsigned groups = 0;
	size_t length;

	while (groups < GROUPS_MAX && (length = iban_group_at(next)) > 0) {
		g_string_append_len(form, next, (gssize)length);
		end = next + length;
		groups++;
		next = end + numbers_space(end);
		if (next == end || length < 4)
			break;
	}
	if (groups < 4)
		return 0;
	forms_add_bytes(&number->forms, form->str, form->len);
	return (size_t)(end - at);
}

static bool
begins_iban(const char *at)
{
	return g_ascii_isupper(at[0]) && g_ascii_isupper(at[1]) &&
	       g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]);
}

static bool
begins_digits(const char *at)
{
	return *at == '+' || *at == '(' || g_ascii_isdigit(*at);
}

static size_t
take_phone(const char *at, const Groups *groups, Number *number)
{
	if (groups->digits < PHONE_DIGITS_MIN ||
	    (groups->n < 2 && !groups->plus))
		return 0;
	add_phone(groups, number);
	add_parts(groups, number);
	return (size_t)(groups->end - at);
}

size_t
numbers_groups(const char *at, Number *number)
{
	Groups groups;

	if (begins_iban(at))
		return take_iban(at, number);
	if (!begins_digits(at))
		return 0;
	read_groups(at, &groups);
	if (groups.n == 0 || !ends_a_word(groups.end))
		return 0;
	if (!is_great_number(&groups))
		return take_phone(at, &groups, number);
	if (groups.digits >= PHONE_DIGITS_MIN)
		add_phone(&groups, number);
	return take_great_number(at, &groups, number);
}
