/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/reply - a reply to one mail, as the bytes of an RFC 5322 message.
 *
 * What holds whatever the input says: one From, one To, no Cc, Bcc, Reply-To,
 * Sender, Auto-Submitted, Disposition-Notification-To or X- field; each field
 * once; every line ends with CRLF, has at most 998 octets and no control
 * character but a tab; text/plain, UTF-8, format=flowed (RFC 3676), in 7bit or
 * quoted-printable. So nothing of a stranger adds a field, a recipient or a
 * part.
 *
 * Owns:    strings and bytes returned are the caller's; the input is borrowed.
 * Fails:   MESSAGE_ERROR_SYNTAX when an address or the Message-ID given cannot
 *          stand in a header. Texts never fail: they are made fit, and cut at
 *          REPLY_TEXT_MAX.
 * Threads: any, after message_init() or message_init_names().
 */
#ifndef MESSAGE_REPLY_H
#define MESSAGE_REPLY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Each of body, quote and signature, in bytes. */
#define REPLY_TEXT_MAX 65536
#define REPLY_SUBJECT_MAX 900
#define REPLY_REFERENCES_MAX 20

/* In the order of the choices of the mailbox's setting `quote`. */
typedef enum ReplyQuote {
	REPLY_QUOTE_TOP,    /* the reply on top, the customer's text below */
	REPLY_QUOTE_BOTTOM, /* the customer's text first, the reply below */
	REPLY_QUOTE_NONE,
} ReplyQuote;

/* In the order of the choices of the mailbox's setting `subject_prefix`. */
typedef enum ReplyPrefix {
	REPLY_PREFIX_RE,        /* "Re: " in every language (RFC 5322 3.6.5) */
	REPLY_PREFIX_LOCALISED, /* "SV: ", "AW: ", "VS: ", "Antw: ", ... */
} ReplyPrefix;

/* What whoever sends the draft must look at; a set of bits. Each is a line
 * "[CHECK: ...]" at the very start of the body, in the reply's language. The
 * filter refuses to send a mail in which one is left. */
typedef enum ReplyWarning {
	REPLY_WARN_REPLY_TO = 1 << 0, /* the mail wanted its answer elsewhere */
	REPLY_WARN_UNPROVEN = 1 << 1, /* nothing proves who wrote it */
} ReplyWarning;

/* All may be NULL or 0 unless it is said that they may not. */
typedef struct ReplyInput {
	const char *from;       /* the mailbox's address; never NULL */
	const char *from_name;  /* shown beside it */
	const char *to;         /* whom the mail is From; never NULL. What its
	                         * Reply-To says is never used. */
	const char *to_name;    /* decoded */
	const char *language;   /* "da", "en", ...; others are as "en" */
	const char *subject;    /* of the mail, decoded */
	const char *message_id; /* of the reply, without <>; never NULL. See
	                         * reply_message_id(). */
	const char *parent_id;  /* of the mail, with or without <> */
	/* Of the mail's References, or its In-Reply-To where it has none:
	 * oldest first, NULL-terminated, with or without <>. */
	const char *const *references;
	GDateTime *date;       /* of the reply, in the mailbox's time zone;
	                        * never NULL */
	GDateTime *mail_date;  /* of the mail, in the same zone */
	const char *body;      /* the reply's text, unwrapped paragraphs */
	const char *signature; /* of the mailbox, without "-- " */
	const char *quoted;    /* the mail's text; ">" marks older quotes */
	const char *reply_to;  /* shown in REPLY_WARN_REPLY_TO */
	ReplyQuote quote;
	ReplyPrefix prefix;
	unsigned warnings;
} ReplyInput;

GBytes *reply_compose(const ReplyInput *input,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "tact.PUBLIC_ID@DOMAIN of `mailbox`": always the same for one draft, so that
 * a draft can be found again wherever it was put. */
char *reply_message_id(const char *public_id, const char *mailbox);

/* The subject of the reply, decoded: all reply and forward marks of `subject`
 * are taken off, one is put. */
char *reply_subject(const char *subject, const char *language,
                    ReplyPrefix prefix);

/* The lines of `warnings` as they stand in the body, each with its \n; "" for
 * none. */
char *reply_warning_text(unsigned warnings, const char *language,
                         const char *reply_to);

#endif
