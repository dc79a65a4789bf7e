/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses, pictographs, and lines that are told by how they begin.
 */
#include <string.h>

#include "tokens_private.h"

#define LOCAL_PART_MAX 64

static bool
is_local_char(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("._%+-", c) != NULL);
}

/* The length of the domain of an address; 0 without a full stop in it. */
static size_t
domain_length(const char *text, size_t size)
{
	size_t at = 0;
	bool dot = false;

	for (; at < size; at++) {
		if (text[at] == '.' && at + 1 < size &&
		    g_ascii_isalnum(text[at + 1]))
			dot = true;
		else if (!g_ascii_isalnum(text[at]) && text[at] != '-')
			break;
	}
	return dot ? at : 0;
}

size_t
email_at(const char *text, size_t size)
{
	size_t at = 0, domain;

	while (at < size && at < LOCAL_PART_MAX && is_local_char(text[at]))
		at++;
	if (at == 0 || at >= size || text[at] != '@')
		return 0;
	domain = domain_length(text + at + 1, size - at - 1);
	return domain > 0 ? at + 1 + domain : 0;
}

size_t
url_at(const char *text, size_t size)
{
	static const char *const starts[] = { "http://", "https://", "ftp://",
		                              "www." };
	size_t end = size;

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
		size_t n = strlen(starts[i]);

		if (size <= n || g_ascii_strncasecmp(text, starts[i], n) != 0)
			continue;
		while (end > n &&
		       strchr(".,;:!?)>]}\"'", text[end - 1]) != NULL)
			end--;
		return end;
	}
	return 0;
}

/* 1. or 12) and a blank. */
static bool
is_numbered(const char *line, size_t n)
{
	size_t i = 0;

	while (i < n && i < 2 && g_ascii_isdigit(line[i]))
		i++;
	return i > 0 && i + 1 < n && (line[i] == '.' || line[i] == ')') &&
	       line[i + 1] == ' ';
}

bool
line_is_bullet(const char *line, size_t n)
{
	if (n > 2 && line[1] == ' ' &&
	    (line[0] == '-' || line[0] == '*' || line[0] == '+'))
		return true;
	if (n > 4 && (memcmp(line, "\xe2\x80\xa2", 3) == 0 ||
	              memcmp(line, "\xe2\x80\x93 ", 4) == 0))
		return true;
	return is_numbered(line, n);
}

bool
line_is_quoted(const char *line, size_t n, size_t indent)
{
	if (n == 0)
		return false;
	if (indent >= 4 || line[0] == '>' || line[0] == '`' || line[0] == '"')
		return true;
	return n > 2 && strchr(";{}", line[n - 1]) != NULL;
}

size_t
emoji_at(const char *text, size_t size, char *folded, size_t max,
         size_t *ret_length)
{
	size_t at = 0, length = 0;
	bool joined = true;
	unsigned n;
	uint32_t c;

	for (; (c = char_at(text, size, at, &n)) != 0; at += n) {
		bool modifier = c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff);

		if (modifier)
			continue;
		if (c != 0x200d && !(joined && char_is_emoji(c)))
			break;
		joined = c == 0x200d;
		if (length + n <= max) {
			memcpy(folded + length, text + at, n);
			length += n;
		}
	}
	*ret_length = length;
	return at;
}
