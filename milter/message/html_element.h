/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/html_element - what an element with its attributes means for the
 * text of a mail. Private.
 *
 * Owns:    nothing.
 * Fails:   never; an unknown element means nothing.
 * Threads: any.
 */
#ifndef MESSAGE_HTML_ELEMENT_H
#define MESSAGE_HTML_ELEMENT_H

#include <stdbool.h>

typedef enum ElementMeaning {
	ELEMENT_BLOCK = 1 << 0,     /* on lines of its own */
	ELEMENT_PARAGRAPH = 1 << 1, /* and an empty line around */
	ELEMENT_BREAK = 1 << 2,     /* br, hr */
	ELEMENT_ITEM = 1 << 3,      /* "- " */
	ELEMENT_CELL = 1 << 4,      /* a blank before */
	ELEMENT_PRE = 1 << 5,       /* blanks and line ends stand as they are */
	ELEMENT_QUOTE = 1 << 6,     /* of another mail */
	ELEMENT_SEPARATOR = 1 << 7, /* of Outlook: what follows is quoted */
	ELEMENT_SIGNATURE = 1 << 8,
	ELEMENT_DROP = 1 << 9,      /* never text of the mail */
	ELEMENT_HIDDEN = 1 << 10,   /* text that a reader can't see */
	ELEMENT_WHITE = 1 << 11,    /* writes in white */
	ELEMENT_DARK = 1 << 12,     /* background is not white */
	ELEMENT_LIGHT = 1 << 13,    /* background is white */
	ELEMENT_COLOURED = 1 << 14, /* writes in another colour than white */
	ELEMENT_TINY = 1 << 15,     /* writes in letters of no size */
	ELEMENT_SIZED = 1 << 16,    /* writes in letters of a size */
} ElementMeaning;

/* `attributes`: name, value, name, value, ..., NULL; or NULL. A value may be
 * NULL. */
unsigned html_element_meaning(const char *name, const char *const *attributes);

#endif
