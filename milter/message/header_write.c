/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encoded words are made here, not by GMime, for two reasons: text that already
 * looks like an encoded word must be encoded again, or a stranger decides what
 * a client decodes; and a word of more than a line must be encoded although it
 * is ASCII, or it could not be folded.
 *
 * Q encoding: our languages are mostly ASCII, so it is shorter than B, and can
 * be read in a raw mail. Only letters and digits stand for themselves, which is
 * right in every place where an encoded word may be (RFC 2047 5).
 */
#include "header_write.h"

#include <stdbool.h>
#include <string.h>

#define WIDTH 76 /* RFC 2047 2: of a line with encoded words */
#define PLAIN_MAX 56
#define WORD_START "=?utf-8?q?"
#define WORD_END "?="

/* `text` on one line: controls and runs of blanks are one blank. */
static char *
one_line(const char *text)
{
	GString *line = g_string_sized_new(strlen(text));

	for (; *text != '\0'; text++) {
		bool blank = (unsigned char)*text <= ' ' || *text == 0x7f;

		if (!blank)
			g_string_append_c(line, *text);
		else if (line->len > 0 && line->str[line->len - 1] != ' ')
			g_string_append_c(line, ' ');
	}
	if (line->len > 0 && line->str[line->len - 1] == ' ')
		g_string_truncate(line, line->len - 1);
	return g_string_free(line, FALSE);
}

/* It cannot stand in a header as it is. */
static bool
needs_encoding(const char *line)
{
	size_t word = 0;

	if (strstr(line, "=?") != NULL)
		return true;
	for (; *line != '\0'; line++) {
		word = *line == ' ' ? 0 : word + 1;
		if ((*line & 0x80) != 0 || word > PLAIN_MAX)
			return true;
	}
	return false;
}

/* Columns that the character at `p` takes when encoded. */
static size_t
encoded_size(const char *p)
{
	return g_ascii_isalnum(*p) || *p == ' '
	               ? 1
	               : 3 * (size_t)(g_utf8_next_char(p) - p);
}

static const char *
put_character(GString *out, const char *p)
{
	const char *next = g_utf8_next_char(p);

	if (g_ascii_isalnum(*p))
		g_string_append_c(out, *p);
	else if (*p == ' ')
		g_string_append_c(out, '_');
	else
		for (; p < next; p++)
			g_string_append_printf(out, "=%02X", (guchar)*p);
	return next;
}

/* Encoded words with a blank between them, which a decoder drops; the first
 * fits behind `column` columns, and each of the others into a line. */
static char *
encode(const char *line, size_t column)
{
	static const size_t around = sizeof(" " WORD_START WORD_END) - 1;
	GString *out = g_string_new(WORD_START);
	size_t room = WIDTH - around - column;

	for (const char *p = line; *p != '\0';) {
		size_t size = encoded_size(p);

		if (size > room) {
			g_string_append(out, WORD_END " " WORD_START);
			room = WIDTH - around;
		}
		room -= size;
		p = put_character(out, p);
	}
	g_string_append(out, WORD_END);
	return g_string_free(out, FALSE);
}

/* `value` after `column` columns of its line, folded before words but the
 * first: no line has a field's name alone. */
static size_t
put_folded(GString *out, size_t column, const char *value)
{
	const char *start = value;

	while (*value != '\0') {
		size_t size = strcspn(value, " ");

		if (column + 1 + size > WIDTH && value > start) {
			g_string_append(out, "\n");
			column = 0;
		}
		g_string_append_c(out, ' ');
		g_string_append_len(out, value, (gssize)size);
		column += 1 + size;
		value += size + (value[size] == ' ');
	}
	return column;
}

static size_t
put_name(GString *out, const char *name)
{
	g_string_append(out, name);
	g_string_append_c(out, ':');
	return strlen(name) + 1;
}

void
header_write_text(GString *out, const char *name, const char *text)
{
	g_autofree char *line = one_line(text);
	size_t column = put_name(out, name);
	g_autofree char *value =
		needs_encoding(line) ? encode(line, column) : g_strdup(line);

	put_folded(out, column, value);
	g_string_append_c(out, '\n');
}

/* RFC 5322 3.2.4. */
static char *
quote_string(const char *line)
{
	GString *out = g_string_new("\"");

	for (; *line != '\0'; line++) {
		if (*line == '"' || *line == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *line);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

void
header_write_address(GString *out, const char *name, const char *display,
                     const char *address)
{
	g_autofree char *line = one_line(display != NULL ? display : "");
	g_autofree char *angle = g_strdup_printf("<%s>", address);
	g_autofree char *phrase = NULL;
	size_t column = put_name(out, name);

	if (*line != '\0') {
		phrase = needs_encoding(line) ? encode(line, column)
		                              : quote_string(line);
		column = put_folded(out, column, phrase);
	}
	if (column + strlen(angle) > WIDTH && *line != '\0')
		g_string_append_c(out, '\n');
	g_string_append_printf(out, " %s\n", angle);
}

void
header_write_ids(GString *out, const char *name, const char *const *ids,
                 size_t n)
{
	if (n == 0)
		return;
	put_name(out, name);
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(out, " <%s>\n", ids[i]);
}
