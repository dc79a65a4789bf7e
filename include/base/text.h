/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/text - bytes of strangers made safe, valid, bounded UTF-8; and the noun
 * that a number has behind it.
 *
 * Owns:    every string returned is the caller's (g_free), but for a noun.
 * Fails:   never; what cannot be kept is dropped or replaced, and counted.
 * Threads: any.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TextNotes {
	unsigned replaced;  /* invalid sequences made U+FFFD */
	unsigned controls;  /* C0 and C1 controls but \n and \t removed */
	unsigned invisible; /* bidi controls, zero-width, tag characters removed
	                     */
	bool truncated;     /* `max` was reached */
} TextNotes;

/*
 * UTF-8 that is valid, NFC, with \r\n and \r as \n, without controls (other
 * than \n and \t), bidi controls (U+202A-E, U+2066-9, U+200E/F, U+061C),
 * zero-width characters (U+200B-D, U+2060, U+FEFF, U+00AD) or tag characters
 * (U+E0000-E007F), at most `max` bytes, never cut within a character or before
 * a combining mark. U+200D stays between emoji. `notes` may be NULL; its
 * counts are added to.
 */
char *text_sanitise(const char *bytes, size_t size, size_t max,
                    TextNotes *notes);

/* The largest n <= max at which valid UTF-8 `text` of `size` bytes may be cut
 * without splitting a character or separating a combining mark. */
size_t text_cut(const char *text, size_t size, size_t max);

/* True when text_sanitise() would leave it as it is. */
bool text_is_clean(const char *text, size_t max);

/* Nothing but white space of any kind, a no-break space too. `text` is UTF-8.
 */
bool text_is_blank(const char *text);

/* Two places of char *, as strcmp(3) has what they point at: for qsort(3) and
 * GLib's sorting of arrays. */
int text_compare(const void *a, const void *b);

/* True when every byte is 0x20 to 0x7e. */
bool text_is_printable_ascii(const char *text);

/* `one` when `n` is 1, else `many`: "1 line", "2 lines", "0 lines". */
const char *text_noun(int64_t n, const char *one, const char *many);

#endif
