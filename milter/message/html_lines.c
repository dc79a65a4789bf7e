/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Line ends and blanks are due, not written, until text follows: so an end of
 * three nested blocks is one line end, and nothing trails.
 */
#include "html_lines.h"

#include <string.h>

/* Empty lines kept in a row. */
#define BREAKS_MAX 3
/* Nested quotes shown. */
#define QUOTES_MAX 8
/* Line ends and "> " that one piece of text may bring along. */
#define LINE_OVERHEAD ((BREAKS_MAX + 1) * (2 * QUOTES_MAX + 1) + 2)

void
html_lines_init(HtmlLines *lines, size_t max)
{
	*lines = (HtmlLines){ .out = g_string_sized_new(1024), .max = max };
}

char *
html_lines_finish(HtmlLines *lines)
{
	if (lines->out->len > 0)
		g_string_append_c(lines->out, '\n');
	return g_string_free(g_steal_pointer(&lines->out), FALSE);
}

bool
html_lines_at_separator(const HtmlLines *lines)
{
	const char *text = lines->out->str;
	gsize size = lines->out->len;

	return size >= 2 && memcmp(text + size - 2, "--", 2) == 0 &&
	       (size == 2 || text[size - 3] == '\n' ||
	        (text[size - 3] == ' ' && size > 3 && text[size - 4] == '>'));
}

static void
write_quotes(HtmlLines *lines, unsigned quotes)
{
	for (unsigned i = 0; i < MIN(quotes, QUOTES_MAX); i++)
		g_string_append(lines->out, "> ");
}

/* The line ends that are due; an empty line between quoted ones is quoted. */
static void
end_line(HtmlLines *lines)
{
	/* RFC 3676 4.3: it ends with a blank, which HTML eats. */
	if (html_lines_at_separator(lines))
		g_string_append_c(lines->out, ' ');
	g_string_append_c(lines->out, '\n');
	for (unsigned i = 1; i < lines->breaks; i++) {
		write_quotes(lines, MIN(lines->quotes, lines->line_quotes));
		g_string_append_c(lines->out, '\n');
	}
}

static void
begin_line(HtmlLines *lines)
{
	bool first = lines->out->len == 0;

	if (!first && lines->breaks > 0)
		end_line(lines);
	if (first || lines->breaks > 0)
		write_quotes(lines, lines->quotes);
	lines->line_quotes = lines->quotes;
	lines->breaks = 0;
	lines->blank = false;
	lines->held = false;
	lines->in_line = true;
}

static void
put(HtmlLines *lines, const char *text, size_t size)
{
	size_t room = size + LINE_OVERHEAD;

	if (lines->out->len + room > lines->max) {
		lines->full = true;
		return;
	}
	if (!lines->in_line)
		begin_line(lines);
	else if (lines->blank)
		g_string_append_c(lines->out, ' ');
	lines->blank = false;
	g_string_append_len(lines->out, text, (gssize)size);
}

/* Bytes of the blank at `text`, 0 if it is none; more than 1: a no-break space
 * (U+00A0, U+202F). */
static size_t
blank_size(const char *text, size_t left)
{
	static const char *const no_break[] = { "\xc2\xa0", "\xe2\x80\xaf" };

	if ((guchar)*text < 0x80)
		return g_ascii_isspace(*text);
	for (size_t i = 0; i < G_N_ELEMENTS(no_break); i++) {
		size_t size = strlen(no_break[i]);

		if (left >= size && memcmp(text, no_break[i], size) == 0)
			return size;
	}
	return 0;
}

static void
put_blank(HtmlLines *lines, size_t size)
{
	if (size > 1 && !lines->in_line)
		lines->held = true;
	html_lines_blank(lines);
}

static void
put_words(HtmlLines *lines, const char *text, size_t size)
{
	size_t at = 0;

	while (at < size && !lines->full) {
		size_t start = at;
		size_t blank = 0;

		while (at < size &&
		       (blank = blank_size(text + at, size - at)) == 0)
			at++;
		if (at > start)
			put(lines, text + start, at - start);
		if (at < size)
			put_blank(lines, blank);
		at += blank;
	}
}

/* Preformatted: line ends and blanks stand. */
static void
put_lines(HtmlLines *lines, const char *text, size_t size)
{
	size_t at = 0;

	while (at < size && !lines->full) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t stop = end == NULL ? size : (size_t)(end - text);

		if (stop > at)
			put(lines, text + at, stop - at);
		if (end != NULL)
			html_lines_break(lines);
		at = stop + (end != NULL);
	}
}

void
html_lines_text(HtmlLines *lines, const char *text, size_t size)
{
	if (lines->pre > 0)
		put_lines(lines, text, size);
	else
		put_words(lines, text, size);
}

void
html_lines_block(HtmlLines *lines, unsigned empty)
{
	/* A block of no-break spaces only is how an empty line is written. */
	if (lines->held)
		lines->breaks = MIN(MAX(lines->breaks, 1) + 1, BREAKS_MAX);
	lines->breaks = MAX(lines->breaks, 1 + empty);
	lines->held = false;
	lines->in_line = false;
	lines->blank = false;
}

void
html_lines_break(HtmlLines *lines)
{
	if (lines->in_line)
		lines->breaks = 1;
	else if (lines->breaks < BREAKS_MAX)
		lines->breaks++;
	lines->held = false;
	lines->in_line = false;
	lines->blank = false;
}

void
html_lines_blank(HtmlLines *lines)
{
	lines->blank = lines->in_line;
}

void
html_lines_line(HtmlLines *lines, const char *text)
{
	html_lines_block(lines, 0);
	put(lines, text, strlen(text));
	html_lines_block(lines, 0);
}
