/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/header_write - header fields of a mail of ours. Private.
 *
 * Every field is one line or is folded at 78 columns, ends with \n, and is
 * printable ASCII, whatever text is given: what is not becomes encoded words
 * (RFC 2047).
 *
 * Owns:    nothing; `out` is appended to.
 * Fails:   never. Addresses and ids are for the caller to check.
 * Threads: any.
 */
#ifndef MESSAGE_HEADER_WRITE_H
#define MESSAGE_HEADER_WRITE_H

#include <glib.h>

/* `text` is valid UTF-8; controls in it become blanks. */
void header_write_text(GString *out, const char *name, const char *text);

/* One address, printable ASCII; `display` may be NULL or "". */
void header_write_address(GString *out, const char *name, const char *display,
                          const char *address);

/* Ids without <>, one a line; nothing at all when there are none. */
void header_write_ids(GString *out, const char *name, const char *const *ids,
                      size_t n);

#endif
