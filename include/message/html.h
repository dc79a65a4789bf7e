/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/html - what a reader of an HTML mail sees, as plain text.
 *
 * Blocks become lines, list items "- ", table cells are kept apart by a blank,
 * every line within a blockquote (or what mail programs use in its place)
 * begins with "> ". A separator of Outlook becomes a line of underscores, a
 * marked signature is preceded by "-- ". What a reader cannot see is left out
 * and noted. Nothing is ever fetched.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   never. Past LIMIT_HTML_TOKENS or LIMIT_HTML_DEPTH reading stops.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_HTML_H
#define MESSAGE_HTML_H

#include <stdbool.h>
#include <stddef.h>

typedef struct HtmlNotes {
	bool hidden;    /* text that a reader cannot see was left out */
	bool truncated; /* a limit was met; there was more */
} HtmlNotes;

/* Once, before threads exist; message_init() calls it. */
void html_init(void);

/* `html` is UTF-8, `max` the most bytes of text wanted. Valid UTF-8 if the
 * input was; not yet sanitised. */
char *html_to_text(const char *html, size_t size, size_t max,
                   HtmlNotes *ret_notes);

#endif
