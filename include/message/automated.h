/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/automated - was this mail written by a machine?
 *
 * The union of RFC 3834, 5230 4.6, 8098, List-* (RFC 2369, 2919) and what
 * Exchange, Pigeonhole and helpdesks do, see the table in automated.c.
 *
 * Owns:    nothing.
 * Fails:   never; doubt is AUTOMATED_NO for tags.
 * Threads: any.
 */
#ifndef MESSAGE_AUTOMATED_H
#define MESSAGE_AUTOMATED_H

#include <stdbool.h>

#include "message/headers.h"

/* Why a mail counts as a machine's. The order is the order of the checks. */
typedef enum Automated {
	AUTOMATED_NO,
	AUTOMATED_NULL_SENDER,    /* envelope sender or Return-Path <> */
	AUTOMATED_AUTO_SUBMITTED, /* Auto-Submitted other than no */
	AUTOMATED_LIST,           /* List-*, Mailing-List */
	AUTOMATED_PRECEDENCE,     /* bulk, junk, list, auto_reply */
	AUTOMATED_SUPPRESS,       /* X-Auto-Response-Suppress and kin */
	AUTOMATED_REPORT,         /* DSN, MDN, ARF */
	AUTOMATED_SENDER,         /* mailer-daemon, no-reply, owner-... */
	AUTOMATED_LOOP,           /* from one of our own addresses; hops */
	AUTOMATED_CALENDAR,       /* iTIP reply or invitation without text */
	AUTOMATED_OUT_OF_OFFICE,  /* vacation subjects, in eleven languages */
	AUTOMATED_SPAM,           /* flagged by an earlier filter */
	AUTOMATED_N,
} Automated;

/* "null-sender", "list", ...; "" for AUTOMATED_NO. */
const char *automated_name(Automated reason);

typedef struct AutomatedInput {
	const Headers *headers;
	const char *subject;              /* decoded */
	const char *envelope_sender;      /* "" null sender, NULL not known */
	const char *from;                 /* canonical From address or NULL */
	const char *const *own_addresses; /* NULL-terminated, or NULL */
	bool calendar_only;               /* an iTIP part and no other text */
} AutomatedInput;

Automated automated_classify(const AutomatedInput *input);

#endif
