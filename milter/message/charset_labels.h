/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/charset_labels - what mail programs call their charsets. Private.
 *
 * Owns:    the table is constant.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_CHARSET_LABELS_H
#define MESSAGE_CHARSET_LABELS_H

#include <stddef.h>

typedef struct CharsetLabel {
	const char *name; /* iconv knows it by this */
	const char *key;  /* a label in lower case, letters and digits only */
} CharsetLabel;

/* All labels of one name stand together. */
const CharsetLabel *charset_labels(size_t *ret_n);

#endif
