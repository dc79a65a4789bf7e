/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/body - which parts of a mail are its text, and that text.
 *
 * Owns:    a Body's strings are the caller's: body_clear().
 * Fails:   never.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_BODY_H
#define MESSAGE_BODY_H

#include <glib.h>
#include <stdbool.h>

#include "base/text.h"
#include "message/mime.h"

typedef struct Body {
	char *text;          /* sanitised; "" without any */
	size_t armour;       /* bytes it opens with that PGP encrypted */
	char *type;          /* of the first part of the text, "" */
	const char *charset; /* constant, "" */
	unsigned flags;      /* MessageFlags */
	TextNotes notes;
} Body;

/*
 * RFC 8621 4.1.4: the parts that make up the plain text (`text`) and the HTML
 * (`html`) of a mail, as indexes in order; inline media are among them.
 */
typedef struct BodyParts {
	GArray *text; /* of unsigned */
	GArray *html;
	GArray *attachments;
} BodyParts;

void body_parts_choose(const Mime *mime, BodyParts *ret_parts);
void body_parts_clear(BodyParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BodyParts, body_parts_clear)

void body_read(const Mime *mime, Body *ret_body);
void body_clear(Body *body);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Body, body_clear)

#endif
