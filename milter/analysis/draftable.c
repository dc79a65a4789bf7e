/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Doubt is no draft: one that is missed costs a human a minute, one that should
 * not be there may be sent. That a finding abstained is no doubt: templates
 * have words for who is not known.
 */
#include "analysis/draftable.h"

#include <glib.h>
#include <string.h>

#include "message/address.h"
#include "message/automated.h"
#include "message/material.h"

const char *
draftable_value(Draftable draftable)
{
	static const char *const values[DRAFTABLE_N] = {
		[DRAFTABLE] = "queued",
		[NONE_SPAM] = "none-spam",
		[NONE_FORGED] = "none-forged",
		[NONE_AUTOMATED] = "none-automated",
		[NONE_ENCRYPTED] = "none-encrypted",
		[NONE_EMPTY] = "none-empty",
		[NONE_ERROR] = "none-error",
		[NONE_SENDER] = "none-sender",
		[NONE_NOT_ADDRESSED] = "none-not-addressed",
		[NONE_BLOCKED] = "none-blocked",
		[NONE_ESCALATED] = "none-escalated",
		[NONE_LANGUAGE] = "none-language",
		[NONE_SHORT] = "none-short",
		[NONE_OBJECTED] = "none-objected",
		[NONE_DUPLICATE] = "none-duplicate",
		[NONE_UNVERIFIED] = "none-unverified",
		[NONE_CONSENT] = "none-consent",
		[NONE_QUOTA] = "none-quota",
		[NONE_HOLDOUT] = "none-holdout",
		[NONE_UNAVAILABLE] = "none-unavailable",
	};

	return draftable < DRAFTABLE_N ? values[draftable] : values[NONE_ERROR];
}

static bool
is_or_below(const char *domain, const char *listed)
{
	size_t size = strlen(domain);
	size_t wanted = strlen(listed);

	if (size < wanted ||
	    g_ascii_strcasecmp(domain + size - wanted, listed) != 0)
		return false;
	return size == wanted || domain[size - wanted - 1] == '.';
}

bool
draftable_is_blocked(char *const *blocked, const char *from)
{
	const char *domain = address_domain(from);

	for (; *blocked != NULL; blocked++) {
		const char *listed = *blocked;

		/* "@example.com" is meant as a domain. */
		if (*listed == '@')
			listed++;
		if (strchr(listed, '@') != NULL
		            ? g_ascii_strcasecmp(listed, from) == 0
		            : is_or_below(domain, listed))
			return true;
	}
	return false;
}

static Draftable
by_status(const Findings *findings)
{
	switch ((FindingsStatus)findings->status) {
	case FINDINGS_SCORED:
	case FINDINGS_ABSTAINED:
		return DRAFTABLE;
	case FINDINGS_SKIPPED:
		break;
	default:
		return NONE_ERROR;
	}
	switch ((FindingsReason)findings->reason) {
	case SKIPPED_ENCRYPTED:
		return NONE_ENCRYPTED;
	case SKIPPED_EMPTY:
		return NONE_EMPTY;
	case SKIPPED_OBJECTION:
		return NONE_OBJECTED;
	default:
		return findings->automated == AUTOMATED_SPAM ? NONE_SPAM
		                                             : NONE_AUTOMATED;
	}
}

static Draftable
by_writer(const DraftableInput *input)
{
	if (input->forged)
		return NONE_FORGED;
	if (*input->from == '\0')
		return NONE_SENDER;
	if ((input->material & MATERIAL_ADDRESSED) == 0)
		return NONE_NOT_ADDRESSED;
	if (draftable_is_blocked(input->settings->drafter_blocked, input->from))
		return NONE_BLOCKED;
	return DRAFTABLE;
}

static Draftable
by_text(const DraftableInput *input)
{
	const Findings *findings = input->findings;

	if (findings->escalate != 0)
		return NONE_ESCALATED;
	/* Of such a mail the subject was judged. */
	if (input->words == 0)
		return NONE_EMPTY;
	/* That it has no rules is no hindrance: templates may have words. */
	if (findings->language == LANGUAGE_UND ||
	    (input->languages >> findings->language & 1) == 0)
		return NONE_LANGUAGE;
	if ((int64_t)input->words < input->settings->drafter_words_min)
		return NONE_SHORT;
	return DRAFTABLE;
}

Draftable
draftable_of(const DraftableInput *input)
{
	Draftable reason = by_status(input->findings);

	if (reason == DRAFTABLE && (input->material & MATERIAL_SPAM) != 0)
		reason = NONE_SPAM;
	if (reason == DRAFTABLE)
		reason = by_writer(input);
	return reason == DRAFTABLE ? by_text(input) : reason;
}
