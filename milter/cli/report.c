/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every mail gets every key, so that a script needs no special case for mail
 * that was skipped: its findings are null.
 */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "analysis/tags.h"
#include "message/message.h"
#include "print.h"

static json_t *
finding_value(const Rules *rules, unsigned i, const Findings *findings)
{
	const Finding *finding = &findings->finding[i];
	bool told = findings->status == FINDINGS_SCORED && !finding->abstained;
	json_t *value = json_object();

	print_set_string(value, "value",
	                 rules_value_name(rules, i, finding->value));
	print_set_integer(value, "score", finding->score);
	print_set_string(value, "confidence",
	                 confidence_name(finding->confidence));
	print_set_bool(value, "abstained", !told);
	return value;
}

/* "X-Tact-Sentiment" is told as "sentiment". */
static void
set_findings(json_t *object, const Rules *rules, const Findings *findings)
{
	for (unsigned i = 0; i < rules_n_findings(rules); i++) {
		json_t *value = json_null();

		if (i < findings->n_findings)
			value = finding_value(rules, i, findings);
		json_object_set_new(object, rules_finding_name(rules, i),
		                    value);
	}
}

static json_t *
language_value(const Findings *findings)
{
	json_t *value;

	if (findings->status == FINDINGS_SKIPPED ||
	    findings->status == FINDINGS_ERROR)
		return json_null();
	value = json_object();
	print_set_string(value, "value", language_code(findings->language));
	print_set_integer(value, "score", findings->language_score);
	return value;
}

static json_t *
escalate_value(const Rules *rules, const Findings *findings)
{
	json_t *list = json_array();

	for (unsigned i = 0;
	     i < rules_n_escalations(rules) && i < LIMIT_ESCALATIONS; i++) {
		if (findings->escalate >> i & 1)
			json_array_append_new(
				list,
				json_string(rules_escalation_name(rules, i)));
	}
	return list;
}

static json_t *
reason_value(const Rules *rules, const ExamineReason *reason)
{
	json_t *value = json_object();

	print_set_string(value, "finding",
	                 rules_finding_name(rules, reason->finding));
	print_set_string(
		value, "value",
		rules_value_name(rules, reason->finding, reason->value));
	print_set_string(value, "cue", reason->cue);
	print_set_string(value, "group", reason->group);
	json_object_set_new(value, "weight", json_real(reason->weight));
	print_set_string(value, "words", reason->words);
	return value;
}

static json_t *
why_value(const Rules *rules, const Report *report)
{
	json_t *list = json_array();

	for (guint i = 0; report->reasons && i < report->reasons->len; i++)
		json_array_append_new(
			list,
			reason_value(rules, &g_array_index(report->reasons,
		                                           ExamineReason, i)));
	return list;
}

json_t *
report_value(const Rules *rules, const char *file, const Report *report,
             const Options *options)
{
	const Findings *findings = &report->findings;
	json_t *value = json_object();
	char status[TAGS_STATUS_SIZE];

	tags_findings_status(findings, status);
	print_set_integer(value, "schema", REPORT_SCHEMA);
	print_set_string(value, "file", file);
	print_set_string(value, "status", status);
	if (findings->reason == SKIPPED_AUTOMATED)
		print_set_string(value, "reason",
		                 automated_name(findings->automated));
	print_set_string(value, "verdict",
	                 auth_verdict_name((AuthVerdict)findings->auth));
	json_object_set_new(value, "language", language_value(findings));
	set_findings(value, rules, findings);
	json_object_set_new(value, "escalate", escalate_value(rules, findings));
	if (options->why)
		json_object_set_new(value, "why", why_value(rules, report));
	if (options->text)
		print_set_string(value, "new_text",
		                 report->message != NULL
		                         ? message_new_text(report->message)
		                         : NULL);
	return value;
}

static void
finding_text(const char *name, const json_t *finding)
{
	const char *confidence = print_string(finding, "confidence");

	printf("  %-12s %-14s %3d", name, print_string(finding, "value"),
	       (int)print_integer(finding, "score"));
	if (confidence[0] != '\0')
		printf("  %s", confidence);
	if (json_is_true(json_object_get(finding, "abstained")))
		fputs("  (not told)", stdout);
	putchar('\n');
}

static void
escalate_text(const json_t *list)
{
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	printf("  %-12s", "escalate");
	json_array_foreach(list, i, item)
		printf(" %s", json_string_value(item));
	putchar('\n');
}

/* Reasons that a person is shown of one finding, of those that are words of the
 * mail; JSON has all. */
#define WHY_SHOWN 4

static bool
is_told_by_words(const json_t *reason)
{
	return !g_str_has_prefix(print_string(reason, "cue"), "model/") ||
	       print_string(reason, "words")[0] != '\0';
}

static void
reason_text(const json_t *reason)
{
	g_autofree char *words = g_strdup(print_string(reason, "words"));

	printf("    %+6.2f  %-12s %-14s %s",
	       json_number_value(json_object_get(reason, "weight")),
	       print_string(reason, "finding"), print_string(reason, "value"),
	       print_string(reason, "cue"));
	if (words[0] != '\0')
		printf("  \"%s\"", g_strdelimit(words, "\n\t", ' '));
	putchar('\n');
}

static void
why_text(const json_t *list)
{
	g_autoptr(GHashTable) shown = g_hash_table_new(g_str_hash, g_str_equal);
	const json_t *item;
	size_t i;

	if (json_array_size(list) > 0)
		puts("  why");
	json_array_foreach(list, i, item)
	{
		void *finding = (void *)print_string(item, "finding");
		unsigned n =
			GPOINTER_TO_UINT(g_hash_table_lookup(shown, finding));

		if (n == WHY_SHOWN || !is_told_by_words(item))
			continue;
		g_hash_table_replace(shown, finding, GUINT_TO_POINTER(n + 1));
		reason_text(item);
	}
}

static void
new_text_text(const char *text)
{
	puts("  text");
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		printf("    | %.*s\n", (int)n, text);
		text += n + (text[n] != '\0');
	}
}

void
report_text(const json_t *value)
{
	const char *reason = print_string(value, "reason");
	const char *key;
	json_t *item;

	printf("%s\n  %-12s %s%s%s\n", print_string(value, "file"), "status",
	       print_string(value, "status"), reason[0] ? ": " : "", reason);
	printf("  %-12s %s\n", "sender", print_string(value, "verdict"));
	json_object_foreach((json_t *)value, key, item)
	{
		if (json_is_object(item))
			finding_text(key, item);
	}
	escalate_text(json_object_get(value, "escalate"));
	why_text(json_object_get(value, "why"));
	if (json_is_string(json_object_get(value, "new_text")))
		new_text_text(print_string(value, "new_text"));
}
