/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/mime - the parts of a mail, as a flat list in document order.
 *
 * Owns:    a Mime is the caller's, borrows the bytes it was made from, and
 *          lends its MimeParts.
 * Fails:   what message/prescan fails with, for every header in the mail, and
 *          MESSAGE_ERROR_DEPTH, _PARTS, _BOUNDARY. What is malformed is read as
 *          far as it goes.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_MIME_H
#define MESSAGE_MIME_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum MimeKind {
	MIME_LEAF,
	MIME_MULTIPART,
	MIME_MESSAGE, /* message/rfc822: a leaf to us, never looked into */
} MimeKind;

typedef struct MimePart {
	MimeKind kind;
	int parent;      /* index of the multipart it stands in; -1: the mail */
	unsigned depth;  /* 0: the mail itself */
	char *type;      /* "text/plain", lower case */
	char *charset;   /* as declared; "" without */
	char *method;    /* of text/calendar and smime-type; "" without */
	bool attachment; /* Content-Disposition says so */
	bool named;      /* has a file name */
	bool flowed;     /* RFC 3676 */
	bool delsp;
	int encoding;  /* Content-Transfer-Encoding; mime_decode() knows */
	size_t header; /* offsets: its header, its body, the end of that */
	size_t body;
	size_t end;
} MimePart;

typedef struct Mime Mime;

Mime *mime_parse(const char *bytes, size_t size,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void mime_free(Mime *mime);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mime, mime_free)

size_t mime_count(const Mime *mime);
/* The i-th part; 0 is the mail itself. */
const MimePart *mime_part(const Mime *mime, size_t i);
/*
 * The content of a part, transfer encoding removed: at most `max` bytes, of
 * which no more was decoded than needed. The caller's, NUL-terminated.
 */
char *mime_decode(const Mime *mime, const MimePart *part, size_t max,
                  size_t *ret_size);

#endif
