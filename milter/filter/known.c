/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of a customer's address without proof nothing shows but that: a tier would
 * tell a stranger's mail apart by the customer's worth.
 */
#include "known.h"

#include <string.h>

#include "value/level.h"

/* analysis/rules.h fixes the order. */
#define FINDING_SENTIMENT 0
#define FINDING_URGENCY 2

/* -1, 0 or 1: the finding has the value `low`, neither, or `high`. */
static int
side_of(const Rules *rules, const Findings *findings, unsigned f,
        const char *low, const char *high)
{
	const char *value;

	if (f >= findings->n_findings || findings->finding[f].abstained)
		return 0;
	value = rules_value_name(rules, f, findings->finding[f].value);
	if (strcmp(value, low) == 0)
		return -1;
	return strcmp(value, high) == 0 ? 1 : 0;
}

static void
add_level(const Rules *rules, const MailAnswer *answer, Tags *tags)
{
	const Findings *findings = &answer->findings;
	int urgency, mood;

	if (findings->status != FINDINGS_SCORED &&
	    findings->status != FINDINGS_ABSTAINED)
		return;
	urgency = side_of(rules, findings, FINDING_URGENCY, "low", "high");
	mood = side_of(rules, findings, FINDING_SENTIMENT, "negative",
	               "positive");
	tags_add(tags, TAGS_PREFIX "Level",
	         level_stars(level_of(answer->tier, urgency, mood)));
}

static void
add_time(const Snapshot *snapshot, const Mailbox *mailbox, int64_t due_at,
         Tags *tags)
{
	g_autofree char *date = NULL;

	if (due_at <= 0)
		return;
	date = desk_format(snapshot->desk, mailbox, due_at);
	tags_add(tags, TAGS_PREFIX "Reply-By", date);
}

static void
add_contact(uint32_t contact, Tags *tags)
{
	char text[16];

	if (contact == 0)
		return;
	g_snprintf(text, sizeof(text), "%u", contact);
	tags_add(tags, TAGS_PREFIX "Contact", text);
}

void
known_findings(const MailAnswer *answer, Findings *ret_findings)
{
	*ret_findings = answer->findings;
	if (answer->standing != STANDING_OBJECTED)
		return;
	memset(ret_findings, 0, sizeof(*ret_findings));
	ret_findings->status = FINDINGS_SKIPPED;
	ret_findings->reason = SKIPPED_OBJECTION;
}

void
known_add(const Snapshot *snapshot, const Mailbox *mailbox,
          const MailAnswer *answer, Tags *tags)
{
	bool unverified = answer->standing == STANDING_UNVERIFIED;

	if (answer->standing != STANDING_OBJECTED)
		tags_add(tags, TAGS_PREFIX "Tier",
		         unverified ? "unverified" : tier_name(answer->tier));
	if (answer->has_risk)
		tags_add(tags, TAGS_PREFIX "Risk", risk_name(answer->risk));
	add_time(snapshot, mailbox, answer->due_at, tags);
	if (answer->standing == STANDING_OBJECTED)
		return;
	add_level(snapshot->rules, answer, tags);
	add_contact(answer->contact, tags);
	if (answer->trend != TREND_NONE)
		tags_add(tags, TAGS_PREFIX "Trend", trend_name(answer->trend));
}
