/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/html_filter - HTML made harmless to the parser that reads it.
 * Private.
 *
 * Owns:    the GString returned is the caller's.
 * Fails:   never; past LIMIT_HTML_TOKENS the rest is left out.
 * Threads: any.
 */
#ifndef MESSAGE_HTML_FILTER_H
#define MESSAGE_HTML_FILTER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Comments, declarations, scripts, style sheets, elements with a namespace
 * (o:p) and the attributes of oversized tags are gone; NUL is a blank; a "<"
 * that begins no tag is "&lt;".
 */
GString *html_filter(const char *html, size_t size, bool *ret_truncated);

#endif
