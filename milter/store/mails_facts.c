/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings as words, so that what is kept of a mail means the same when the
 * rules have changed their order: names stay, indexes do not.
 */
#include <string.h>

#include "store/mails.h"

/* Room for most; a mail waits, and printf takes its time. */
#define FACTS_BYTES ((gsize)256)

static void
add_finding(GString *facts, const Rules *rules, const Findings *findings,
            unsigned i)
{
	const Finding *finding = &findings->finding[i];
	char score[4] = { (char)('0' + finding->score / 100),
		          (char)('0' + finding->score / 10 % 10),
		          (char)('0' + finding->score % 10), '\0' };
	const char *digits = score;

	/* At most 100: "7", not "007". */
	while (digits[0] == '0' && digits[1] != '\0')
		digits++;
	g_string_append_c(facts, ' ');
	g_string_append(facts, rules_finding_name(rules, i));
	g_string_append_c(facts, '=');
	g_string_append(facts, rules_value_name(rules, i, finding->value));
	g_string_append_c(facts, '/');
	g_string_append(facts, digits);
}

char *
mails_facts(const Rules *rules, const Findings *findings)
{
	GString *facts = g_string_sized_new(FACTS_BYTES);

	g_string_append(facts, findings_status_name(findings->status));
	if (findings->reason != REASON_NONE)
		g_string_append_c(facts, '-');
	g_string_append(facts, findings_reason_name(findings->reason));
	g_string_append_c(facts, ' ');
	g_string_append(facts, language_code(findings->language));
	for (unsigned i = 0; i < findings->n_findings; i++)
		if (!findings->finding[i].abstained)
			add_finding(facts, rules, findings, i);
	return g_string_free(facts, FALSE);
}

/* "scored", or "abstained-language". */
static void
read_status(const char *word, Findings *findings)
{
	const char *dash = strchr(word, '-');
	size_t size = dash != NULL ? (size_t)(dash - word) : strlen(word);

	for (int i = 0; i < FINDINGS_STATUS_N; i++) {
		const char *name = findings_status_name((FindingsStatus)i);

		if (strlen(name) == size && memcmp(name, word, size) == 0)
			findings->status = (uint8_t)i;
	}
	for (int i = 0; dash != NULL && i < REASON_N; i++)
		if (strcmp(findings_reason_name((FindingsReason)i), dash + 1) ==
		    0)
			findings->reason = (uint8_t)i;
}

/* The value's index, or -1. */
static int
find_value(const Rules *rules, unsigned finding, const char *name)
{
	for (unsigned i = 0; i < rules_n_values(rules, finding); i++)
		if (strcmp(rules_value_name(rules, finding, i), name) == 0)
			return (int)i;
	return -1;
}

/* "urgency=high/90". */
static void
read_finding(const Rules *rules, const char *word, Findings *findings)
{
	g_auto(GStrv) parts = g_strsplit_set(word, "=/", 3);

	if (g_strv_length(parts) != 3)
		return;
	for (unsigned i = 0; i < findings->n_findings; i++) {
		Finding *finding = &findings->finding[i];
		int value;

		if (strcmp(rules_finding_name(rules, i), parts[0]) != 0)
			continue;
		value = find_value(rules, i, parts[1]);
		if (value < 0)
			return;
		finding->value = (uint8_t)value;
		finding->score =
			(uint8_t)MIN(g_ascii_strtoull(parts[2], NULL, 10), 100);
		finding->abstained = 0;
	}
}

void
mails_findings(const Rules *rules, const char *facts, Findings *ret_findings)
{
	g_auto(GStrv) words = g_strsplit(facts, " ", 2 + LIMIT_FINDINGS);
	Findings findings;
	Language language;

	memset(&findings, 0, sizeof(findings));
	findings.status = FINDINGS_ABSTAINED;
	findings.n_findings = (uint8_t)rules_n_findings(rules);
	for (unsigned i = 0; i < findings.n_findings; i++)
		findings.finding[i].abstained = 1;
	if (words[0] != NULL)
		read_status(words[0], &findings);
	if (words[0] != NULL && words[1] != NULL) {
		language = language_from_code(words[1]);
		findings.language =
			language < LANGUAGE_N ? language : LANGUAGE_UND;
		for (char **word = words + 2; *word != NULL; word++)
			read_finding(rules, *word, &findings);
	}
	*ret_findings = findings;
}
