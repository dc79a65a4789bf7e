/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_chars - sets of bytes, as a regular expression writes them.
 *
 * Owns:    nothing.
 * Fails:   false for what is not understood.
 * Threads: any.
 */
#ifndef CLI_MTA_CHARS_H
#define CLI_MTA_CHARS_H

#include <glib.h>
#include <stdbool.h>

typedef struct MtaChars {
	guint32 bits[8]; /* one for each byte */
} MtaChars;

bool mta_chars_has(const MtaChars *chars, guchar c);
void mta_chars_add(MtaChars *chars, guchar c, bool ignore_case);
void mta_chars_invert(MtaChars *chars);
/* What stands after a backslash: s, D or a character meant as it is; not \b,
 * \1, nor the end of the text. */
bool mta_chars_escape(MtaChars *chars, char escape, bool ignore_case);
/* What stands between [ and ]; `text` is moved past the ]. */
bool mta_chars_class(MtaChars *chars, const char **text, bool ignore_case);

#endif
