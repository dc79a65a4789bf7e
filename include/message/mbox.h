/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/mbox - the mails of an mbox, one by one.
 *
 * A line "From " begins a mail only after an empty line; of ">From " one > is
 * taken away (mboxrd), or a reader would take it for a quote. Linear in the
 * size; a file that is mapped costs no memory but that of one mail.
 *
 * Owns:    bytes are lent to the visitor for the call.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_MBOX_H
#define MESSAGE_MBOX_H

#include <stdbool.h>
#include <stddef.h>

/* `number` counts from 1; `bytes` are those of the mail alone. */
typedef void MboxVisit(unsigned number, const char *bytes, size_t size,
                       void *data);

/* True when `bytes` begin as an mbox does. */
bool mbox_is(const char *bytes, size_t size);
/* Of bytes that begin so. */
void mbox_each(const char *bytes, size_t size, MboxVisit *visit, void *data);

#endif
