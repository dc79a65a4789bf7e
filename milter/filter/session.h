/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/session - the two lifetimes: a connection of the MTA, and a mail.
 *
 * A Session lives from negotiation to close and keeps a buffer for the mails
 * that follow each other; a Mail from MAIL to the end of message, abort, or
 * the answer that ends our interest in it.
 *
 * Owns:    the Session owns its Mail and buffer.
 * Fails:   never; what does not fit is dropped and noted in the Mail.
 * Threads: one at a time; libmilter moves sessions between threads.
 */
#ifndef FILTER_SESSION_H
#define FILTER_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "edits.h"
#include "filter.h"
#include "route.h"

#define QUEUE_ID_MAX 64

/* Bytes of a mail, up to a maximum. */
typedef struct Buffer {
	char *bytes;
	size_t size;
	size_t capacity;
	size_t max;
	bool full; /* something did not fit */
} Buffer;

typedef struct Mail {
	bool begun;
	bool routed; /* `route` is decided */
	bool header_ended;
	bool overflow; /* more of our headers than can be remembered */
	Route route;
	RouteEnvelope envelope;
	unsigned recipients;
	const Mailbox *mailbox; /* the first it is to; of an answer `from` */
	const Mailbox *from;    /* that it says it is from, or NULL */
	bool sender_known;
	char sender[LIMIT_ADDRESS_BYTES + 1]; /* without <> */
	char queue_id[QUEUE_ID_MAX];
	/* The recipient that means an objection; "" for none. */
	char objection[LIMIT_ADDRESS_BYTES + 1];
	Forged *forged; /* NULL: none */
	uint64_t size;  /* bytes the MTA sent, kept or not */
} Mail;

typedef struct Session {
	bool skip;       /* the MTA knows SMFIS_SKIP */
	bool quiet_body; /* it waits for no answer to a body chunk */
	bool odd_helo;   /* the client's name could pass for more than that */
	bool can_edit;   /* it lets us add and change headers */
	bool keeps;      /* there is a store: what goes out counts too */
	bool inside;     /* the client is this host's or a network of ours */
	Mail mail;
	Buffer buffer; /* of the mail under way */
} Session;

Session *session_new(Filter *filter);
void session_free(Filter *filter, Session *session);

/* Forgets the mail before, if any, and begins one. `known`: who sends it has
 * logged in. */
void mail_begin(Filter *filter, Session *session, const char *sender,
                bool known);
void mail_end(Session *session);
void mail_recipient(const Filter *filter, Session *session,
                    const char *recipient);
Route mail_route(Session *session);
/* Has its mailbox? */
bool mail_has_drafts(const Mail *mail);

#endif
