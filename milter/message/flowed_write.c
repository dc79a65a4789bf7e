/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines break after a blank, which stays at the end and so says that the
 * paragraph goes on (4.1). A word is never split: an address of 200 letters
 * makes a long line, which quoted-printable carries.
 *
 * Stuffed are lines that begin with a blank, a ">" or "From " (4.4), and every
 * quoted line, since "> text" is what all have seen for forty years. A line
 * that is only "--" loses nothing: "-- " is written by nobody but who writes
 * the signature.
 */
#include "flowed_write.h"

#include <stdbool.h>
#include <string.h>

#define WIDTH 72     /* 4.2: at most 78, and room for more levels of quoting */
#define QUOTED 98    /* a quoted line stays as its writer broke it */
#define DEPTH_MAX 20 /* deeper quotes stand at this depth */

typedef struct Line {
	const char *text;
	size_t size;
	unsigned depth;
} Line;

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
columns(const char *text, size_t size)
{
	const char *end = text + size;
	size_t n = 0;

	for (; text < end; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		n += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return n;
}

/* The size of the next word with the blanks after it. */
static size_t
word_size(const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && text[n] != ' ')
		n++;
	while (n < size && text[n] == ' ')
		n++;
	return n;
}

/* As many words as fit into `width` columns, but at least one. */
static size_t
take_words(const char *text, size_t size, size_t width)
{
	size_t n = word_size(text, size);
	size_t used = columns(text, n);

	while (n < size) {
		size_t next = word_size(text + n, size - n);

		used += columns(text + n, next);
		if (used > width)
			break;
		n += next;
	}
	return n;
}

static void
put_line(GString *out, const char *text, size_t size, unsigned depth)
{
	bool stuffed =
		size > 0 && (depth > 0 || *text == ' ' || *text == '>' ||
	                     (size >= 5 && memcmp(text, "From ", 5) == 0));

	for (unsigned i = 0; i < depth; i++)
		g_string_append_c(out, '>');
	if (stuffed)
		g_string_append_c(out, ' ');
	g_string_append_len(out, text, (gssize)size);
	g_string_append_c(out, '\n');
}

static void
put_paragraph(GString *out, const Line *line)
{
	const char *text = line->text;
	size_t size = line->size;
	size_t width = (line->depth > 0 ? QUOTED : WIDTH) -
	               MIN(line->depth, DEPTH_MAX);

	while (size > 0 && is_blank(text[size - 1]))
		size--;
	do {
		size_t n = take_words(text, size, width);

		put_line(out, text, n, line->depth);
		text += n;
		size -= n;
	} while (size > 0);
}

/* Past the marks of older quotes, and the blank after them. */
static void
take_marks(Line *line)
{
	size_t at = 0;

	while (at < line->size) {
		size_t next = at + (line->text[at] == ' ' && line->depth > 0);

		if (next >= line->size || line->text[next] != '>')
			break;
		line->depth += line->depth < DEPTH_MAX;
		at = next + 1;
	}
	if (line->depth > 0 && at < line->size && line->text[at] == ' ')
		at++;
	line->text += at;
	line->size -= at;
}

static void
write_text(GString *out, const char *text, bool quoted)
{
	while (*text != '\0') {
		Line line = { text, strcspn(text, "\n"), 0 };

		text += line.size + (text[line.size] == '\n');
		if (quoted) {
			take_marks(&line);
			line.depth++;
		}
		put_paragraph(out, &line);
	}
}

void
flowed_wrap(GString *out, const char *text)
{
	write_text(out, text, false);
}

void
flowed_quote(GString *out, const char *text)
{
	write_text(out, text, true);
}
