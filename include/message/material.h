/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/material - what a reply needs of a mail, and nothing else of it.
 *
 * Read where a stranger's mail may be read, carried as bytes by those who may
 * not look, and read again by who writes the reply. In between it is sealed;
 * whoever decodes it believes nothing: sizes, characters and flags are checked.
 *
 * Texts are valid UTF-8 without controls but \n and \t; all other strings are
 * of one line and without any control. No string is NULL.
 *
 * Owns:    a Material is the caller's: material_free().
 * Fails:   material_decode(): NULL for what material_encode() never made.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_MATERIAL_H
#define MESSAGE_MATERIAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/settings.h"
#include "message/message.h"

/* Bytes of the whole, and of its parts; the excess is left out. */
#define MATERIAL_BYTES_MAX 98304
#define MATERIAL_TEXT_MAX 32768
#define MATERIAL_SIGNATURE_MAX 4096
#define MATERIAL_LINE_MAX 1000

/* What an outgoing mail must not hold, and a draft shows what is open with. */
#define MATERIAL_CHECK "[CHECK:"

/* A set of bits. */
typedef enum MaterialFlags {
	/* MATERIAL_CHECK stands in it, outside of what is quoted */
	MATERIAL_CHECK_MARK = 1 << 0,
	MATERIAL_SPAM = 1 << 1,      /* flagged by an earlier filter */
	MATERIAL_ADDRESSED = 1 << 2, /* To, Cc or Resent-* names a mailbox */
	MATERIAL_REPLY_TO_DIFFERS = 1 << 3, /* or is not one address */
	MATERIAL_CUT = 1 << 4,              /* a text is not all here */
	MATERIAL_HTML = 1 << 5,             /* the text was made from HTML */
	MATERIAL_FLAGS = (1 << 6) - 1,      /* all of them */
} MaterialFlags;

typedef struct Material {
	unsigned flags;
	unsigned words;    /* of the new text, up to drafter.words_min, or 1 */
	int64_t date;      /* unix seconds of Date; 0: none that can be read */
	char *date_text;   /* Date as it was written */
	char *subject;     /* decoded */
	char *from;        /* canonical; "" when it is not exactly one */
	char *from_name;   /* decoded display name */
	char *reply_to;    /* canonical; "" when it is not exactly one */
	char *message_id;  /* without <> */
	char **references; /* without <>, the oldest first: the root, and the
	                    * newest of more than LIMIT_REFERENCES */
	char *new_text;    /* what was written now */
	char *body_text;   /* all of the text */
	char *signature;
} Material;

/* `settings` say which addresses are mailboxes. Never NULL. */
Material *material_of(const Settings *settings, const Message *message);
void material_free(Material *material);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Material, material_free)

/* At most MATERIAL_BYTES_MAX of them. */
GBytes *material_encode(const Material *material);
Material *material_decode(const void *bytes, size_t size);

#endif
