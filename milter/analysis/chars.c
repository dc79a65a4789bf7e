/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Characters. Mail in the languages we read is nearly all ASCII and Latin-1,
 * so those never reach GLib's tables.
 */
#include <glib.h>
#include <string.h>

#include "tokens_private.h"

uint32_t
char_at_unicode(const char *text, size_t size, size_t at, unsigned *ret_n)
{
	gunichar c =
		g_utf8_get_char_validated(text + at, (gssize)MIN(size - at, 4));

	*ret_n = 1;
	if (c == (gunichar)-1 || c == (gunichar)-2)
		return 0xfffd;
	*ret_n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	return c;
}

bool
char_is_letter_unicode(uint32_t c)
{
	if (c < 0xc0)
		return c == 0xaa || c == 0xb5 || c == 0xba;
	if (c < 0x250)
		return c != 0xd7 && c != 0xf7;
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Ranges of pictographs, after Unicode's emoji-data.txt; signs that are also
 * plain typography (digits, (c), arrows) are left out. */
static const struct {
	uint32_t first, last;
} emoji[] = {
	{ 0x231a, 0x231b },   { 0x23e9, 0x23f3 },   { 0x2600, 0x2604 },
	{ 0x260e, 0x260e },   { 0x2614, 0x2615 },   { 0x2618, 0x261d },
	{ 0x2620, 0x2623 },   { 0x262e, 0x262f },   { 0x2638, 0x263a },
	{ 0x2648, 0x2653 },   { 0x2660, 0x2668 },   { 0x267b, 0x267f },
	{ 0x2692, 0x26fd },   { 0x2702, 0x2712 },   { 0x271d, 0x2728 },
	{ 0x2744, 0x2747 },   { 0x274c, 0x2757 },   { 0x2763, 0x2767 },
	{ 0x2795, 0x2797 },   { 0x2b50, 0x2b55 },   { 0x1f004, 0x1f0cf },
	{ 0x1f18e, 0x1f251 }, { 0x1f300, 0x1f3fa }, { 0x1f400, 0x1f64f },
	{ 0x1f680, 0x1f6ff }, { 0x1f7e0, 0x1f7eb }, { 0x1f90c, 0x1faff },
};

bool
char_is_emoji(uint32_t c)
{
	if (c < 0x231a)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(emoji); i++)
		if (c <= emoji[i].last)
			return c >= emoji[i].first;
	return false;
}

uint32_t
char_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
	if (c < 0xc0)
		return c;
	if (c < 0xdf)
		return c == 0xd7 ? c : c + 0x20;
	return c < 0x100 ? c : g_unichar_tolower(c);
}

static const struct {
	const char *form, *normal;
} emoticons[] = {
	{ ":-))", ":)" }, { ":'-(", ":(" }, { ":-)", ":)" }, { ":o)", ":)" },
	{ ":-(", ":(" },  { ":'(", ":(" },  { ";-)", ";)" }, { ":-D", ":D" },
	{ ":-P", ":P" },  { ":-p", ":P" },  { ":-/", ":/" }, { ":))", ":)" },
	{ ":((", ":(" },  { ":)", ":)" },   { "=)", ":)" },  { ":]", ":)" },
	{ ":(", ":(" },   { "=(", ":(" },   { ":[", ":(" },  { ";)", ";)" },
	{ ":D", ":D" },   { "=D", ":D" },   { "xD", ":D" },  { "XD", ":D" },
	{ ":P", ":P" },   { ":p", ":P" },   { ":/", ":/" },  { "<3", "<3" },
	{ "^^", ":)" },
};

size_t
emoticon_at(const char *text, size_t size, const char **ret_form)
{
	if (size < 2 || strchr(":;=<^", text[0]) == NULL)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(emoticons); i++) {
		size_t n = strlen(emoticons[i].form);

		if (n > size || memcmp(text, emoticons[i].form, n) != 0)
			continue;
		/* :Debug, <35: a letter or digit goes on */
		if (n < size && g_ascii_isalnum(text[n]))
			return 0;
		*ret_form = emoticons[i].normal;
		return n;
	}
	return 0;
}
