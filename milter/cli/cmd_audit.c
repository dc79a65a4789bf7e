/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A finding that abstained counts as "not-told", as the mail would get no
 * header for it. Shares of findings are of the mails that were analysed.
 */
#include <stdio.h>
#include <string.h>

#include "analysis/tags.h"
#include "audit_print.h"
#include "context.h"
#include "mails.h"
#include "message/message.h"
#include "print.h"
#include "progress.h"
#include "tally.h"

#define NOT_TOLD "not-told"

typedef struct Audit {
	const Context *context;
	Tally *tally;
	GArray *lengths; /* of guint, characters of new text */
	gint64 mails;
	gint64 analysed;
	Progress progress;
} Audit;

static void
declare_all(Tally *tally, const Rules *rules)
{
	for (Automated i = AUTOMATED_NO + 1; i < AUTOMATED_N; i++)
		tally_declare(tally, "automated", automated_name(i));
	for (Language i = LANGUAGE_UND + 1; i < LANGUAGE_N; i++)
		tally_declare(tally, "language", language_code(i));
	tally_declare(tally, "language", language_code(LANGUAGE_UND));
	for (unsigned i = 0; i < rules_n_findings(rules); i++) {
		const char *group = rules_finding_header(rules, i);

		for (unsigned j = 0; j < rules_n_values(rules, i); j++)
			tally_declare(tally, group,
			              rules_value_name(rules, i, j));
		tally_declare(tally, group, NOT_TOLD);
	}
	for (unsigned i = 0; i < rules_n_escalations(rules); i++)
		tally_declare(tally, "escalate",
		              rules_escalation_name(rules, i));
}

static void
count_findings(Audit *audit, const Findings *findings, const char *name)
{
	const Rules *rules = audit->context->rules;

	tally_count(audit->tally, "language", language_code(findings->language),
	            name);
	for (unsigned i = 0; i < findings->n_findings; i++) {
		const Finding *finding = &findings->finding[i];

		tally_count(
			audit->tally, rules_finding_header(rules, i),
			finding->abstained
				? NOT_TOLD
				: rules_value_name(rules, i, finding->value),
			name);
	}
	for (unsigned i = 0; i < rules_n_escalations(rules) && i < 32; i++) {
		if (findings->escalate >> i & 1)
			tally_count(audit->tally, "escalate",
			            rules_escalation_name(rules, i), name);
	}
}

static void
audit_mail(const char *name, const char *bytes, size_t size, void *data)
{
	Audit *audit = data;
	g_autoptr(Report) report = context_examine(audit->context, bytes, size);
	const Findings *findings = &report->findings;
	char status[TAGS_STATUS_SIZE];
	guint length;

	audit->mails++;
	tags_findings_status(findings, status);
	tally_count(audit->tally, "status", status, name);
	if (findings->reason == SKIPPED_AUTOMATED)
		tally_count(audit->tally, "automated",
		            automated_name(findings->automated), name);
	if (findings->status == FINDINGS_SCORED ||
	    findings->status == FINDINGS_ABSTAINED) {
		audit->analysed++;
		count_findings(audit, findings, name);
	}
	if (report->message != NULL) {
		const char *text = message_new_text(report->message);

		length = (guint)g_utf8_strlen(text, -1);
		g_array_append_val(audit->lengths, length);
	}
	progress_show(&audit->progress, audit->mails);
}

static int
by_number(const void *a, const void *b)
{
	guint x = *(const guint *)a, y = *(const guint *)b;

	return (x > y) - (x < y);
}

static json_t *
length_value(GArray *lengths)
{
	static const struct {
		const char *name;
		guint percent;
	} points[] = { { "p10", 10 },
		       { "p50", 50 },
		       { "p90", 90 },
		       { "p99", 99 },
		       { "max", 100 } };
	json_t *value = json_object();

	if (lengths->len == 0)
		return value;
	g_array_sort(lengths, by_number);
	for (size_t i = 0; i < G_N_ELEMENTS(points); i++) {
		guint at = (lengths->len - 1) * points[i].percent / 100;

		print_set_integer(value, points[i].name,
		                  g_array_index(lengths, guint, at));
	}
	return value;
}

static json_t *
audit_value(const Audit *audit)
{
	const Rules *rules = audit->context->rules;
	json_t *value = json_object();
	json_t *findings = json_object();

	for (unsigned i = 0; i < rules_n_findings(rules); i++)
		json_object_set_new(findings, rules_finding_name(rules, i),
		                    tally_value(audit->tally,
		                                rules_finding_header(rules, i),
		                                audit->analysed));
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "mails", audit->mails);
	print_set_integer(value, "analysed", audit->analysed);
	json_object_set_new(value, "status",
	                    tally_value(audit->tally, "status", audit->mails));
	json_object_set_new(
		value, "automated",
		tally_value(audit->tally, "automated", audit->mails));
	json_object_set_new(
		value, "language",
		tally_value(audit->tally, "language", audit->analysed));
	json_object_set_new(value, "findings", findings);
	json_object_set_new(
		value, "escalate",
		tally_value(audit->tally, "escalate", audit->analysed));
	json_object_set_new(value, "length", length_value(audit->lengths));
	return value;
}

static int
audit_all(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open(options, &error);
	g_autoptr(Tally) tally = tally_new();
	g_autoptr(GArray) lengths = g_array_new(FALSE, FALSE, sizeof(guint));
	Audit audit = {
		context, tally, lengths, 0, 0, progress_begin("mails")
	};
	unsigned failed = 0;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	declare_all(tally, context->rules);
	for (size_t i = 0; i < options->n_arguments; i++)
		failed += mails_each(options->arguments[i], audit_mail, &audit);
	progress_end(&audit.progress);
	print_value(options->json, audit_value(&audit),
	            options->csv ? audit_print_csv : audit_print_table);
	return failed > 0 ? CLI_FOUND : CLI_FINE;
}

int
cmd_audit(const Options *options)
{
	if (!options->json || !options->csv)
		return audit_all(options);
	print_error("audit: one of --json, --csv");
	return CLI_USAGE;
}
