/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/collect - header fields and body chunks to the bytes of a mail.
 *
 * Owns:    a Buffer's bytes; buffer_clear().
 * Fails:   never: what does not fit is not kept, and noted.
 * Threads: one at a time.
 */
#ifndef FILTER_COLLECT_H
#define FILTER_COLLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "session.h"

void buffer_append(Buffer *buffer, const char *bytes, size_t size);
void buffer_clear(Buffer *buffer);

/* Is the mail one whose body is read? */
bool collect_wants_body(Session *session);
void collect_header(Session *session, const char *name, const char *value);
/* False when no more of the body is wanted. */
bool collect_body(Session *session, const char *chunk, size_t size);

#endif
