/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mails - the mails of a file, an mbox, a Maildir or a folder, one by one.
 *
 * Owns:    bytes are lent to the visitor for the call.
 * Fails:   what cannot be read is told on standard error, and counted.
 * Threads: one.
 */
#ifndef CLI_MAILS_H
#define CLI_MAILS_H

#include <stddef.h>

/* `name` is the file, with #N for the N-th mail of an mbox. */
typedef void MailsVisit(const char *name, const char *bytes, size_t size,
                        void *data);

/* "-" is standard input. Files of a folder come in the order of their names.
 * Returns how many files could not be read. */
unsigned mails_each(const char *path, MailsVisit *visit, void *data);

#endif
