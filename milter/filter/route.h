/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/route - what a mail is to us, by its envelope and client.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: one at a time.
 */
#ifndef FILTER_ROUTE_H
#define FILTER_ROUTE_H

#include <stdbool.h>

#include "base/settings.h"

typedef enum Route {
	ROUTE_PASS,     /* to and from no mailbox: none of our business */
	ROUTE_OUTBOUND, /* from a mailbox: our headers are removed */
	ROUTE_CLAIMED,  /* says so, and is a stranger's: they are, too */
	ROUTE_MIXED,    /* others would see the tags: forged ones are removed */
	ROUTE_SHADOW,   /* analysed and logged */
	ROUTE_TAG,
} Route;

/* Zeroed: a mail without sender or recipients. */
typedef struct RouteEnvelope {
	bool from_mailbox;
	bool inside;      /* who sends it logged in, or is one of ours */
	bool to_tagged;   /* a recipient's mailbox has mode tag or draft */
	bool to_shadowed; /* one has mode shadow */
	bool to_other;    /* one is no mailbox of ours, or has mode off */
	bool to_strict;   /* one's mailbox does not allow tag_mixed */
} RouteEnvelope;

void route_sender(RouteEnvelope *envelope, const Mailbox *mailbox_or_null);
void route_recipient(RouteEnvelope *envelope, const Mailbox *mailbox_or_null);
Route route_of(const RouteEnvelope *envelope);
const char *route_name(Route route);

#endif
