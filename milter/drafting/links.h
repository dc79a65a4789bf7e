/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/links (private) - what a mail client makes a link of.
 *
 * With a scheme or without one, "example.com/help" as well as
 * "https://example.com/help", and mail addresses. Whatever some client might
 * take for a link is one here.
 *
 * Owns:    a Link is borrowed for the visit.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_LINKS_H
#define DRAFTING_LINKS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Link {
	size_t start, end; /* bytes of the text */
	bool address;      /* a mail address; else a URL */
	bool disguised;    /* has a user's name, a port or escapes in its host;
	                    * or a scheme that is not the web's */
	const char *form;  /* what compares: without scheme and "www.", the host
	                    * in lower case, without what ends a sentence */
	const char *host;  /* of it */
} Link;

typedef void LinkVisit(const Link *link, void *data);

void links_each(const char *text, LinkVisit *visit, void *data);

#endif
