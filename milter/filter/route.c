/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recipient decides before the sender does: anybody may write the address of
 * a mailbox into MAIL FROM, and must not escape analysis by it.
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
	if (envelope->to_tagged)
		return envelope->to_other && envelope->to_strict ? ROUTE_MIXED
		                                                 : ROUTE_TAG;
	if (envelope->to_shadowed)
		return ROUTE_SHADOW;
	return envelope->from_mailbox ? ROUTE_OUTBOUND : ROUTE_PASS;
}

const char *
route_name(Route route)
{
	static const char *const names[] = {
		[ROUTE_PASS] = "pass",   [ROUTE_OUTBOUND] = "outbound",
		[ROUTE_MIXED] = "mixed", [ROUTE_SHADOW] = "shadow",
		[ROUTE_TAG] = "tag",
	};

	return names[route];
}
