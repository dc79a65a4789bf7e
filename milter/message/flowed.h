/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/flowed - format=flowed text (RFC 3676) to whole paragraphs. Private.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   never; the result is no longer than the text and 1 byte a line.
 * Threads: any.
 */
#ifndef MESSAGE_FLOWED_H
#define MESSAGE_FLOWED_H

#include <stdbool.h>
#include <stddef.h>

/* Quote depth is written as "> " for each level before each paragraph. */
char *flowed_unwrap(const char *text, size_t size, bool delsp,
                    size_t *ret_size);

#endif
