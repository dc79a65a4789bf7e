/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything goes through emit(), which is where the promise about bytes is
 * kept whatever a rule file or a broken analyser says: a name that is not of
 * our form is not written at all, a byte that is not printable ASCII is
 * written as a question mark, and what is too long is cut.
 */
#include "analysis/tags.h"

#include <glib.h>
#include <string.h>

#define TAG_NAME_MAX 64
#define FINDING_SENTIMENT 0 /* analysis/rules.h fixes the order */

static bool
name_is_ours(const char *name)
{
	size_t prefix = strlen(TAGS_PREFIX);

	return strncmp(name, TAGS_PREFIX, prefix) == 0 &&
	       name[prefix] != '\0' && strlen(name) <= TAG_NAME_MAX &&
	       strspn(name,
	              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	              "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static void
emit(Tags *tags, const char *name, const char *value)
{
	Tag *tag;
	size_t n = 0;

	if (tags->n == TAGS_MAX || !name_is_ours(name))
		return;
	tag = &tags->tag[tags->n++];
	tag->name = name;
	for (; n < LIMIT_EMIT_VALUE && value[n] != '\0'; n++)
		tag->value[n] =
			value[n] >= 0x20 && value[n] <= 0x7e ? value[n] : '?';
	tag->value[n] = '\0';
}

void
tags_add(Tags *tags, const char *name, const char *value)
{
	emit(tags, name, value);
}

/* Which reasons belong to a status. */
static const struct {
	FindingsReason first, last;
} reasons_of[FINDINGS_STATUS_N] = {
	[FINDINGS_SCORED] = { REASON_NONE, REASON_NONE },
	[FINDINGS_SKIPPED] = { SKIPPED_AUTOMATED, SKIPPED_OBJECTION },
	[FINDINGS_ABSTAINED] = { ABSTAINED_LANGUAGE, ABSTAINED_EVIDENCE },
	[FINDINGS_ERROR] = { ERROR_HEADER_BYTES, ERROR_INTERNAL },
};

static bool
status_valid(unsigned status, unsigned reason)
{
	return status < FINDINGS_STATUS_N &&
	       reason >= reasons_of[status].first &&
	       reason <= reasons_of[status].last;
}

void
tags_status(FindingsStatus status, FindingsReason reason, char *ret_text)
{
	if (!status_valid(status, reason)) {
		status = FINDINGS_ERROR;
		reason = ERROR_INTERNAL;
	}
	g_strlcpy(ret_text, findings_status_name(status), TAGS_STATUS_SIZE);
	if (reason == REASON_NONE)
		return;
	g_strlcat(ret_text, "-", TAGS_STATUS_SIZE);
	g_strlcat(ret_text, findings_reason_name(reason), TAGS_STATUS_SIZE);
}

static bool
tells_nothing(const Findings *findings)
{
	for (unsigned i = 0; i < findings->n_findings; i++) {
		if (!findings->finding[i].abstained)
			return false;
	}
	return true;
}

void
tags_findings_status(const Findings *findings, char *ret_text)
{
	if (findings->status == FINDINGS_SCORED && tells_nothing(findings))
		tags_status(FINDINGS_ABSTAINED, ABSTAINED_EVIDENCE, ret_text);
	else
		tags_status(findings->status, findings->reason, ret_text);
}

static bool
counts_valid(const Rules *rules, const Findings *findings)
{
	return findings->language < LANGUAGE_N &&
	       findings->language_score <= 100 &&
	       findings->n_findings <= LIMIT_FINDINGS &&
	       findings->n_findings <= rules_n_findings(rules) &&
	       findings->n_why <= LIMIT_WHY;
}

static bool
finding_valid(const Rules *rules, unsigned i, const Finding *finding)
{
	return finding->value < rules_n_values(rules, i) &&
	       finding->score <= 100 && finding->confidence < CONFIDENCE_N &&
	       finding->abstained <= 1;
}

bool
tags_findings_valid(const Rules *rules, const Findings *findings)
{
	unsigned escalations = rules_n_escalations(rules);

	if (!status_valid(findings->status, findings->reason) ||
	    !counts_valid(rules, findings))
		return false;
	if (escalations < 32 && findings->escalate >> escalations != 0)
		return false;
	for (unsigned i = 0; i < findings->n_findings; i++) {
		if (!finding_valid(rules, i, &findings->finding[i]))
			return false;
	}
	for (unsigned i = 0; i < findings->n_why; i++) {
		if (findings->why[i] >= rules_n_groups(rules))
			return false;
	}
	return true;
}

static void
emit_findings(Tags *tags, const Rules *rules, const Findings *findings)
{
	for (unsigned i = 0; i < findings->n_findings; i++) {
		const Finding *finding = &findings->finding[i];
		char score[8];

		if (finding->abstained)
			continue;
		emit(tags, rules_finding_header(rules, i),
		     rules_value_name(rules, i, finding->value));
		if (i != FINDING_SENTIMENT)
			continue;
		g_snprintf(score, sizeof(score), "%u", finding->score);
		emit(tags, TAGS_PREFIX "Sentiment-Score", score);
		emit(tags, TAGS_PREFIX "Confidence",
		     confidence_name(finding->confidence));
	}
}

/* A list cut between two of its items, never within one. */
static void
add_item(char *list, size_t size, const char *item)
{
	size_t length = strlen(list);

	if (length + strlen(item) + 2 > size)
		return;
	if (length > 0)
		g_strlcat(list, ",", size);
	g_strlcat(list, item, size);
}

static void
emit_lists(Tags *tags, const Rules *rules, const Findings *findings)
{
	char escalate[LIMIT_EMIT_VALUE + 1] = "";
	char why[LIMIT_EMIT_VALUE + 1] = "";

	for (unsigned i = 0; i < rules_n_escalations(rules) && i < 32; i++) {
		if (findings->escalate >> i & 1)
			add_item(escalate, sizeof(escalate),
			         rules_escalation_name(rules, i));
	}
	for (unsigned i = 0; i < findings->n_why; i++)
		add_item(why, sizeof(why),
		         rules_group_name(rules, findings->why[i]));
	if (escalate[0] != '\0')
		emit(tags, TAGS_PREFIX "Escalate", escalate);
	if (why[0] != '\0')
		emit(tags, TAGS_PREFIX "Why", why);
}

static void
begin(Tags *tags, const char *status, const char *id)
{
	tags->n = 0;
	emit(tags, TAGS_PREFIX "Status", status);
	if (id != NULL)
		emit(tags, TAGS_PREFIX "Id", id);
}

void
tags_make_status(FindingsStatus status, FindingsReason reason, const char *id,
                 Tags *ret_tags)
{
	char text[TAGS_STATUS_SIZE];

	tags_status(status, reason, text);
	begin(ret_tags, text, id);
}

void
tags_make(const Rules *rules, const Findings *findings, const char *id,
          Tags *ret_tags)
{
	char status[TAGS_STATUS_SIZE];

	if (!tags_findings_valid(rules, findings)) {
		tags_make_status(FINDINGS_ERROR, ERROR_INTERNAL, id, ret_tags);
		return;
	}
	tags_findings_status(findings, status);
	begin(ret_tags, status, id);
	if (findings->status == FINDINGS_SKIPPED ||
	    findings->status == FINDINGS_ERROR)
		return;
	emit(ret_tags, TAGS_PREFIX "Language",
	     language_code(findings->language));
	if (findings->status == FINDINGS_SCORED)
		emit_findings(ret_tags, rules, findings);
	emit_lists(ret_tags, rules, findings);
}
