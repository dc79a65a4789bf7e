/* SPDX-License-Identifier: Apache-2.0 */
#include "mta_chars.h"

#include <string.h>

bool
mta_chars_has(const MtaChars *chars, guchar c)
{
	return (chars->bits[c / 32] >> c % 32 & 1) != 0;
}

void
mta_chars_add(MtaChars *chars, guchar c, bool ignore_case)
{
	chars->bits[c / 32] |= 1u << c % 32;
	if (ignore_case && g_ascii_isalpha(c)) {
		c ^= 0x20;
		chars->bits[c / 32] |= 1u << c % 32;
	}
}

void
mta_chars_invert(MtaChars *chars)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(chars->bits); i++)
		chars->bits[i] = ~chars->bits[i];
}

static bool
escape_has(char escape, guchar c)
{
	switch (g_ascii_tolower(escape)) {
	case 's':
		return c == ' ' || (c >= '\t' && c <= '\r');
	case 'd':
		return g_ascii_isdigit(c);
	default:
		return g_ascii_isalnum(c) || c == '_';
	}
}

bool
mta_chars_escape(MtaChars *chars, char escape, bool ignore_case)
{
	bool negated = g_ascii_isupper(escape);

	if (escape == '\0')
		return false;
	if (strchr("sdwSDW", escape) == NULL) {
		mta_chars_add(chars, (guchar)escape, ignore_case);
		return !g_ascii_isalnum(escape);
	}
	for (unsigned c = 0; c < 256; c++) {
		if (escape_has(escape, (guchar)c) != negated)
			mta_chars_add(chars, (guchar)c, false);
	}
	return true;
}

/* The length of "[:blank:]" or another name at `text`, or 0. */
static size_t
add_named(MtaChars *chars, const char *text)
{
	static const struct {
		const char *name, *members;
	} names[] = {
		{ "[:space:]", " \t\r\n\v\f" },
		{ "[:blank:]", " \t" },
		{ "[:digit:]", "0123456789" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!g_str_has_prefix(text, names[i].name))
			continue;
		for (const char *c = names[i].members; *c != '\0'; c++)
			mta_chars_add(chars, (guchar)*c, false);
		return strlen(names[i].name);
	}
	return 0;
}

/* "a" or "a-z"; its length. */
static size_t
add_range(MtaChars *chars, const char *text, bool ignore_case)
{
	bool range = text[1] == '-' && text[2] != ']' && text[2] != '\0';
	unsigned last = (guchar)text[range ? 2 : 0];

	for (unsigned c = (guchar)text[0]; c <= last; c++)
		mta_chars_add(chars, (guchar)c, ignore_case);
	return range ? 3 : 1;
}

/* One item of a class; its length, or 0 when it is not understood. */
static size_t
add_item(MtaChars *chars, const char *text, bool ignore_case)
{
	if (text[0] == '[' && text[1] != '\0' && strchr(":.=", text[1]))
		return add_named(chars, text);
	if (text[0] == '\\')
		return mta_chars_escape(chars, text[1], ignore_case) ? 2 : 0;
	return add_range(chars, text, ignore_case);
}

bool
mta_chars_class(MtaChars *chars, const char **text, bool ignore_case)
{
	const char *p = *text;
	bool negated = *p == '^';
	bool first = true;

	p += negated;
	while (*p != '\0' && (first || *p != ']')) {
		size_t n = add_item(chars, p, ignore_case);

		if (n == 0)
			return false;
		p += n;
		first = false;
	}
	if (*p != ']')
		return false;
	if (negated)
		mta_chars_invert(chars);
	*text = p + 1;
	return true;
}
