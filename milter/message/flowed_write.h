/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/flowed_write - paragraphs to format=flowed text (RFC 3676). Private.
 *
 * What flowed_unwrap() makes of the result is the text again, but for blanks at
 * the ends of its lines.
 *
 * Owns:    nothing; `out` is appended to.
 * Fails:   never; the result is at most three times the text and 2 bytes a
 * line. Threads: any.
 */
#ifndef MESSAGE_FLOWED_WRITE_H
#define MESSAGE_FLOWED_WRITE_H

#include <glib.h>

/* `text`: valid UTF-8, \n line ends; each line is a paragraph. A ">" at its
 * start is a character like any other. The last line ends with \n too. */
void flowed_wrap(GString *out, const char *text);

/* The same one level of quoting deeper: ">" marks at the start of a line, with
 * or without blanks between them, are levels that it has already. */
void flowed_quote(GString *out, const char *text);

#endif
