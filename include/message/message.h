/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/message - one mail as a value.
 *
 * Parsing is pure: bytes in, value out, no I/O, no clock. Cost is linear in
 * the size; everything is bounded by base/limits.h.
 *
 * Owns:    the Message returned is the caller's; what its readers return is
 *          borrowed from it. Strings are valid, sanitised UTF-8 (base/text.h).
 * Fails:   MESSAGE_ERROR_* of a limit, see below. Malformed mail is not an
 *          error: what can be read is read.
 * Threads: message_init() once, before threads; after it any, one Message a
 *          thread.
 */
#ifndef MESSAGE_MESSAGE_H
#define MESSAGE_MESSAGE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "message/authres.h"
#include "message/automated.h"
#include "message/headers.h"

/* Limits beyond which a mail is not analysed; message_limit_name() gives the
 * REASON of X-Tact-Status: error-REASON. */
typedef enum MessageError {
	MESSAGE_ERROR_HEADER_BYTES,
	MESSAGE_ERROR_HEADER_FIELDS,
	MESSAGE_ERROR_DEPTH,
	MESSAGE_ERROR_PARTS,
	MESSAGE_ERROR_BOUNDARY,
	MESSAGE_ERROR_ADDRESSES,
	MESSAGE_ERROR_PARAMETERS,
	MESSAGE_ERROR_ENCODED_WORDS,
	MESSAGE_ERROR_SYNTAX, /* address_parse() and kin only */
	MESSAGE_ERROR_N,
} MessageError;

#define MESSAGE_ERROR (message_error_quark())
GQuark message_error_quark(void);
/* "header-bytes", "depth", ...; "internal" for what is not in the enum. */
const char *message_limit_name(int code);

/* Things worth telling about a mail; a set of bits. */
typedef enum MessageFlags {
	MESSAGE_HIDDEN_TEXT = 1 << 0, /* text a reader of the HTML can't see */
	MESSAGE_INVISIBLES = 1 << 1,  /* bidi, zero-width, tag characters */
	MESSAGE_HTML = 1 << 2,        /* the text was made from HTML */
	MESSAGE_TRUNCATED = 1 << 3,   /* only the start of the text is here */
	MESSAGE_ENCRYPTED = 1 << 4,   /* S/MIME or PGP: nothing to read */
	MESSAGE_CALENDAR = 1 << 5,    /* holds an iTIP part */
	MESSAGE_ATTACHMENTS = 1 << 6,
} MessageFlags;

/* What the MTA knows beside the bytes. All may be NULL or empty. */
typedef struct MessageEnvelope {
	const char *sender; /* "" is the null sender; NULL: not known */
	const char *authserv_id;
	const char *const *own_addresses; /* NULL-terminated: our mailboxes */
	size_t text_max; /* of new text; 0: LIMIT_ANALYSE_TEXT */
} MessageEnvelope;

typedef struct Message Message;

/* Call once before anything else of this layer, before threads exist. */
void message_init(void);
/* Enough for addresses and identities, in a tenth of the time: charsets are
 * loaded when asked for, which a sandbox would not let them be. */
void message_init_names(void);

/* `bytes` may be a prefix of the mail, cut anywhere; line ends \n or \r\n. */
Message *message_parse(const char *bytes, size_t size,
                       const MessageEnvelope *envelope,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void message_free(Message *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)

const Headers *message_headers(const Message *message);
const char *message_subject(const Message *message);  /* "" without one */
const char *message_text(const Message *message);     /* all of the body */
const char *message_new_text(const Message *message); /* what was written now */
const char *message_signature(const Message *message);
const char *message_quoted(const Message *message);
/* The From address, canonical, or NULL when it is not exactly one. */
const char *message_from(const Message *message);
const char *message_from_name(const Message *message); /* "" without one */
/* Without <>; NULL without one. */
const char *message_id(const Message *message);
const char *message_in_reply_to(const Message *message);
/* Same for all mails of one thread: the oldest known Message-ID, else the
 * bare subject; never NULL. */
const char *message_thread_key(const Message *message);
unsigned message_flags(const Message *message);
Automated message_automated(const Message *message);
AuthVerdict message_auth(const Message *message);
/* Lower-case MIME type/charset of the part the text came from, "" if none. */
const char *message_text_type(const Message *message);
const char *message_text_charset(const Message *message);

#endif
