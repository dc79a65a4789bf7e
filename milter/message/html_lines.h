/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/html_lines - lines of text made from pieces of HTML text. Private.
 *
 * Blanks collapse; asked-for line ends and empty lines appear only between
 * texts; each line begins with a "> " for every quote it stands in.
 *
 * Owns:    HtmlLines is embedded by its user: _init, then _finish.
 * Fails:   never; past `max` bytes text is left out and `full` is set.
 * Threads: any.
 */
#ifndef MESSAGE_HTML_LINES_H
#define MESSAGE_HTML_LINES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct HtmlLines {
	GString *out;
	size_t max;
	bool full;
	bool blank;           /* one is due before the next text */
	bool in_line;         /* the line has text */
	bool held;            /* the line has none, but a no-break space */
	unsigned breaks;      /* line ends due, at most 2 between blocks */
	unsigned quotes;      /* around what follows */
	unsigned line_quotes; /* around the last line */
	unsigned pre;
} HtmlLines;

void html_lines_init(HtmlLines *lines, size_t max);
char *html_lines_finish(HtmlLines *lines);

void html_lines_text(HtmlLines *lines, const char *text, size_t size);
/* What follows stands on a new line, after `empty` empty lines. */
void html_lines_block(HtmlLines *lines, unsigned empty);
/* One more line end, as <br> makes it. */
void html_lines_break(HtmlLines *lines);
void html_lines_blank(HtmlLines *lines);
/* Is the last line a signature separator? */
bool html_lines_at_separator(const HtmlLines *lines);
/* A whole line. */
void html_lines_line(HtmlLines *lines, const char *text);

#endif
