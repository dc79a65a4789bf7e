/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/reply_words - what replies say in each language. Private.
 *
 * Owns:    strings returned are the caller's, but for the mark.
 * Fails:   never; a language that is not known is English.
 * Threads: any.
 */
#ifndef MESSAGE_REPLY_WORDS_H
#define MESSAGE_REPLY_WORDS_H

#include <glib.h>

/* "Re", "SV", "AW", ...: what mail programs put before a subject. */
const char *reply_words_mark(const char *language);

/* "Den 3. nov. 2026 kl. 14.05 skrev NAME:", without a moment when `date` is
 * NULL. `name` stands on one line, without brackets and colons; `address` in
 * its place where nothing of it is left. */
char *reply_words_attribution(const char *language, GDateTime *date,
                              const char *name, const char *address);

#endif
