/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/prescan - one header block, measured before any library reads it.
 *
 * Every header of a mail (its own and those of its parts) passes here first.
 * What the libraries below could choke on is counted in one pass over the
 * bytes: fields, their bytes, parameters, addresses, encoded words.
 *
 * Owns:    nothing; offsets are into the bytes given.
 * Fails:   MESSAGE_ERROR_HEADER_BYTES, _HEADER_FIELDS, _PARAMETERS, _ADDRESSES,
 *          _ENCODED_WORDS. What is malformed is passed over.
 * Threads: any.
 */
#ifndef MESSAGE_PRESCAN_H
#define MESSAGE_PRESCAN_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The value of a field as it stands, folds included; size 0 without one. */
typedef struct PrescanField {
	const char *value;
	size_t size;
} PrescanField;

typedef struct PrescanHeader {
	PrescanField type;        /* Content-Type, the first */
	PrescanField encoding;    /* Content-Transfer-Encoding */
	PrescanField disposition; /* Content-Disposition */
	size_t fields;
	size_t addresses; /* in all address fields */
	size_t body;      /* offset of what follows the header */
} PrescanHeader;

/*
 * `top`: the mail's own header, whose address fields count, and which may begin
 * with an mbox line. A part's header ends at a line that starts with "--", too.
 */
bool prescan_header(const char *bytes, size_t size, bool top,
                    PrescanHeader *ret_header,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
