/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of text begins with FILE:LINE, as compilers write it: editors jump
 * there, and no spreadsheet takes it for a formula.
 */
#include "import_report.h"

#include <string.h>

#include "base/text.h"
#include "print.h"

void
report_begin(ImportReport *report, const char *name, bool dry, ImportSay *say,
             void *data)
{
	memset(report, 0, sizeof(*report));
	report->name = name;
	report->dry = dry;
	report->say = say;
	report->data = data;
	report->value = json_object();
	report->rejected = json_array();
	report->reasons = json_object();
	print_set_integer(report->value, "schema", 1);
	print_set_string(report->value, "file", name);
	print_set_bool(report->value, "dry_run", dry);
}

void
report_line(ImportReport *report, const char *format, ...)
{
	g_autofree char *text = NULL;
	g_autofree char *line = NULL;
	va_list list;

	if (report->say == NULL)
		return;
	va_start(list, format);
	text = g_strdup_vprintf(format, list);
	va_end(list);
	line = g_strconcat(report->name, ":", text, NULL);
	report->say(report->data, line);
}

static void
say_fields(ImportReport *report, const OrdersSummary *summary)
{
	json_t *columns = json_array();

	for (unsigned i = 0; i < summary->n_fields; i++) {
		const OrdersField *field = &summary->fields[i];
		json_t *column = json_object();

		report_line(report, " %-8s is column %u%s%s",
		            orders_column_name(field->column), field->at + 1,
		            field->name[0] != '\0' ? ", " : "", field->name);
		print_set_string(column, "column",
		                 orders_column_name(field->column));
		print_set_integer(column, "number", field->at + 1);
		print_set_string(column, "name", field->name);
		json_array_append_new(columns, column);
	}
	json_object_set_new(report->value, "columns", columns);
}

void
report_summary(ImportReport *report, const OrdersSummary *summary)
{
	json_t *value = report->value;

	if (summary->has_orders)
		report_line(
			report,
			" %" G_GUINT64_FORMAT
			" %s; %s, %s, decimal %s, dates %s",
			summary->records,
			text_noun((int64_t)summary->records, "order", "orders"),
			summary->charset, summary->delimiter, summary->decimal,
			summary->dates);
	else
		report_line(report, " %" G_GUINT64_FORMAT " %s; %s, %s",
		            summary->records,
		            text_noun((int64_t)summary->records, "customer",
		                      "customers"),
		            summary->charset, summary->delimiter);
	print_set_integer(value, "records", (gint64)summary->records);
	print_set_integer(value, "bytes", (gint64)summary->bytes);
	print_set_string(value, "charset", summary->charset);
	print_set_string(value, "delimiter", summary->delimiter);
	if (summary->has_orders) {
		print_set_string(value, "decimal", summary->decimal);
		print_set_string(value, "dates", summary->dates);
	}
	say_fields(report, summary);
	if (summary->no_end)
		report_line(report,
		            " the last line has no end; was the file cut?");
	print_set_bool(value, "last_line_ends", !summary->no_end);
}

static void
count_reason(ImportReport *report, const char *code)
{
	json_int_t n =
		json_integer_value(json_object_get(report->reasons, code));

	json_object_set_new(report->reasons, code, json_integer(n + 1));
}

static void
list_fault(ImportReport *report, const OrdersFault *fault)
{
	json_t *row;

	if (json_array_size(report->rejected) >= REPORT_REJECTED_MAX)
		return;
	row = json_object();
	print_set_integer(row, "line", (gint64)fault->line);
	print_set_integer(row, "column", fault->column);
	print_set_string(row, "name", fault->name);
	print_set_string(row, "code", fault->code);
	print_set_string(row, "reason", fault->reason);
	print_set_string(row, "remedy", fault->remedy);
	json_array_append_new(report->rejected, row);
}

void
report_fault(ImportReport *report, const OrdersFault *fault)
{
	report->n_rejected++;
	count_reason(report, fault->code);
	list_fault(report, fault);
	if (fault->column > 0)
		report_line(report, "%" G_GUINT64_FORMAT ":%u: %s%s%s; %s",
		            fault->line, fault->column, fault->name,
		            fault->name[0] != '\0' ? ": " : "", fault->reason,
		            fault->remedy);
	else
		report_line(report, "%" G_GUINT64_FORMAT ": %s; %s",
		            fault->line, fault->reason, fault->remedy);
}

void
report_failure(ImportReport *report, const char *message)
{
	bool has_line = g_str_has_prefix(message, "line ");

	report_line(report, "%s%s", has_line ? "" : " ",
	            has_line ? message + strlen("line ") : message);
	print_set_string(report->value, "error", message);
}

static void
say_counts(ImportReport *report, const LoadCounts *counts)
{
	report_line(report,
	            " %" G_GINT64_FORMAT " %s taken, %" G_GINT64_FORMAT
	            " %s netted, %" G_GINT64_FORMAT
	            " cancelled, %" G_GINT64_FORMAT " there already",
	            counts->orders,
	            text_noun(counts->orders, "order", "orders"),
	            counts->refunds,
	            text_noun(counts->refunds, "refund", "refunds"),
	            counts->cancelled, counts->duplicates);
	report_line(report,
	            " %" G_GINT64_FORMAT " new %s, %" G_GINT64_FORMAT " merged",
	            counts->customers,
	            text_noun(counts->customers, "customer", "customers"),
	            counts->merged);
}

static void
say_could(ImportReport *report, int64_t lines)
{
	report_line(report, " dry run: %" G_GINT64_FORMAT " %s could be taken",
	            lines, text_noun(lines, "line", "lines"));
}

void
report_counts(ImportReport *report, int64_t records, const LoadCounts *counts)
{
	json_t *value = report->value;

	if (report->dry)
		say_could(report,
		          records - report->n_rejected - report->n_suppressed);
	else
		say_counts(report, counts);
	if (report->n_rejected + report->n_suppressed > 0)
		report_line(report,
		            " %" G_GINT64_FORMAT
		            " %s rejected, %" G_GINT64_FORMAT
		            " of customers who objected",
		            report->n_rejected,
		            text_noun(report->n_rejected, "line", "lines"),
		            report->n_suppressed);
	print_set_integer(value, "orders", counts->orders);
	print_set_integer(value, "refunds", counts->refunds);
	print_set_integer(value, "cancelled", counts->cancelled);
	print_set_integer(value, "duplicates", counts->duplicates);
	print_set_integer(value, "customers", counts->customers);
	print_set_integer(value, "merged", counts->merged);
	print_set_integer(value, "objected", report->n_suppressed);
	print_set_integer(value, "rejected", report->n_rejected);
	json_object_set(value, "reasons", report->reasons);
	json_object_set(value, "rejected_lines", report->rejected);
}

void
report_end(ImportReport *report, json_t **ret_value)
{
	if (ret_value != NULL)
		*ret_value = json_incref(report->value);
	json_decref(report->value);
	json_decref(report->rejected);
	json_decref(report->reasons);
}
