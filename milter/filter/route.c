/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anybody may write the address of a mailbox into MAIL FROM, and must not
 * escape analysis by it: unless the client is one of ours a recipient decides
 * before the sender does. An answer with the mailbox itself in copy is one all
 * the same; what goes to mailboxes alone is mail to them, whoever sent it.
 */
#include "route.h"

static bool
is_ours(const Mailbox *mailbox)
{
	return mailbox != NULL && mailbox->mailbox_mode != MAILBOX_MODE_OFF;
}

void
route_sender(RouteEnvelope *envelope, const Mailbox *mailbox)
{
	envelope->from_mailbox = is_ours(mailbox);
}

void
route_recipient(RouteEnvelope *envelope, const Mailbox *mailbox)
{
	if (!is_ours(mailbox)) {
		envelope->to_other = true;
		return;
	}
	if (mailbox->mailbox_mode == MAILBOX_MODE_SHADOW)
		envelope->to_shadowed = true;
	else
		envelope->to_tagged = true;
	if (!mailbox->mailbox_tag_mixed)
		envelope->to_strict = true;
}

Route
route_of(const RouteEnvelope *envelope)
{
	if (envelope->from_mailbox && envelope->inside && envelope->to_other)
		return ROUTE_OUTBOUND;
	if (envelope->to_tagged)
		return envelope->to_other && envelope->to_strict ? ROUTE_MIXED
		                                                 : ROUTE_TAG;
	if (envelope->to_shadowed)
		return ROUTE_SHADOW;
	return envelope->from_mailbox ? ROUTE_CLAIMED : ROUTE_PASS;
}

const char *
route_name(Route route)
{
	static const char *const names[] = {
		[ROUTE_PASS] = "pass",       [ROUTE_OUTBOUND] = "outbound",
		[ROUTE_CLAIMED] = "claimed", [ROUTE_MIXED] = "mixed",
		[ROUTE_SHADOW] = "shadow",   [ROUTE_TAG] = "tag",
	};

	return names[route];
}
