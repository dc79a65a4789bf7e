/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shares are in per cent, so that a table fits 100 columns: an interval of
 * per cents is 13 wide.
 */
#include <stdio.h>
#include <string.h>

#include "evaluate_value.h"
#include "print.h"

#define WIDTH 100
#define MARGIN 18
#define CELL_MAX 14

static double
percent(const json_t *object, const char *key)
{
	return 100 * json_number_value(json_object_get(object, key));
}

static void
print_interval(const json_t *interval)
{
	printf(" %8.1f %5.1f - %5.1f", percent(interval, "value"),
	       percent(interval, "low"), percent(interval, "high"));
}

static void
print_row_head(void)
{
	printf("%-16s %-8s %6s %8s %13s %8s %13s %5s %8s\n", "finding",
	       "language", "texts", "accuracy", "95 %", "macro-F1", "95 %",
	       "ECE", "not told");
}

static void
print_row(const char *finding, const char *language, const json_t *figures)
{
	printf("%-16s %-8s %6d", finding, language,
	       (int)print_integer(figures, "texts"));
	print_interval(json_object_get(figures, "accuracy"));
	print_interval(json_object_get(figures, "macro_f1"));
	printf(" %5.1f %8.1f\n", percent(figures, "calibration_error"),
	       percent(figures, "abstained"));
}

static void
print_finding_rows(const char *finding, const json_t *value)
{
	const char *code;
	json_t *figures;

	print_row(finding, "all", json_object_get(value, "all"));
	json_object_foreach(json_object_get(value, "languages"), code, figures)
		print_row("", code, figures);
}

void
evaluate_print_rows(const json_t *value)
{
	const char *finding;
	json_t *of;

	print_row_head();
	json_object_foreach(json_object_get(value, "findings"), finding, of)
		print_finding_rows(finding, of);
	puts("\nin per cent, of all texts; 95 %: interval; ECE: expected "
	     "calibration error;\nnot told: no header would be written");
}

/* Names of the values that were met, as columns. */
static json_t *
met_values(const json_t *values)
{
	json_t *met = json_array();
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)values, name, value)
	{
		if (print_integer(value, "texts") > 0 ||
		    print_integer(value, "told") > 0)
			json_array_append_new(met, json_string(name));
	}
	return met;
}

static int
cell_width(const json_t *met)
{
	int n = (int)json_array_size(met);

	return n > 0 ? MIN(CELL_MAX, (WIDTH - MARGIN) / n) - 1 : CELL_MAX;
}

static void
print_heads(const char *corner, const json_t *met)
{
	int width = cell_width(met);
	const json_t *name;
	size_t i;

	printf("\n%-*s", MARGIN, corner);
	json_array_foreach(met, i, name)
		printf(" %*.*s", width, width, json_string_value(name));
	putchar('\n');
}

static void
print_values(const json_t *values, const json_t *met)
{
	const json_t *name;
	size_t i;

	printf("\n%-*s %6s %6s %9s %6s %6s\n", MARGIN, "value", "texts", "told",
	       "precision", "recall", "F1");
	json_array_foreach(met, i, name)
	{
		const char *key = json_string_value(name);
		const json_t *value = json_object_get(values, key);

		printf("%-*s %6d %6d %9.1f %6.1f %6.1f\n", MARGIN, key,
		       (int)print_integer(value, "texts"),
		       (int)print_integer(value, "told"),
		       percent(value, "precision"), percent(value, "recall"),
		       percent(value, "f1"));
	}
}

static void
print_confusion_row(const char *label, const json_t *row, const json_t *met)
{
	int width = cell_width(met);
	const json_t *name;
	size_t i;

	printf("%-*s", MARGIN, label);
	json_array_foreach(met, i, name)
		printf(" %*d", width,
	               (int)print_integer(row, json_string_value(name)));
	putchar('\n');
}

static void
print_confusion(const json_t *confusion, const json_t *met)
{
	const json_t *name;
	size_t i;

	print_heads("label, told as", met);
	json_array_foreach(met, i, name)
	{
		const char *label = json_string_value(name);

		print_confusion_row(label, json_object_get(confusion, label),
		                    met);
	}
}

static void
print_f1_row(const char *head, const json_t *figures, const json_t *met)
{
	const json_t *values = json_object_get(figures, "values");
	int width = cell_width(met);
	const json_t *name;
	size_t i;

	printf("%-*s", MARGIN, head);
	json_array_foreach(met, i, name)
	{
		const json_t *value =
			json_object_get(values, json_string_value(name));

		/* what is not there to be found has no F1 */
		if (print_integer(value, "texts") > 0)
			printf(" %*.1f", width, percent(value, "f1"));
		else
			printf(" %*s", width, "-");
	}
	putchar('\n');
}

static void
print_f1(const json_t *of, const json_t *met)
{
	const char *code;
	json_t *figures;

	print_heads("F1 by language", met);
	print_f1_row("all", json_object_get(of, "all"), met);
	json_object_foreach(json_object_get(of, "languages"), code, figures)
		print_f1_row(code, figures, met);
}

static void
print_reliability(const json_t *bins)
{
	const json_t *bin;
	size_t i;

	printf("\n%-*s %6s %9s %6s\n", MARGIN, "probability", "texts", "mean",
	       "right");
	json_array_foreach(bins, i, bin)
	{
		if (print_integer(bin, "texts") == 0)
			continue;
		printf("%3d - %-*d %6d %9.1f %6.1f\n",
		       (int)(100 * i / EVALUATION_BINS), MARGIN - 6,
		       (int)(100 * (i + 1) / EVALUATION_BINS),
		       (int)print_integer(bin, "texts"), percent(bin, "p"),
		       percent(bin, "right"));
	}
}

static void
print_confidence(const json_t *confidence)
{
	static const struct {
		const char *key, *words;
	} rows[] = {
		{ "high", "high" },
		{ "medium", "medium or high" },
		{ "low", "any that is told" },
	};

	printf("\n%-*s %6s %9s %8s %13s\n", MARGIN, "confidence", "texts",
	       "coverage", "right", "95 %");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const json_t *row = json_object_get(confidence, rows[i].key);

		printf("%-*s %6d %9.1f", MARGIN, rows[i].words,
		       (int)print_integer(row, "texts"),
		       percent(row, "coverage"));
		if (print_integer(row, "texts") > 0)
			print_interval(json_object_get(row, "right"));
		putchar('\n');
	}
}

void
evaluate_print_whole(const json_t *value)
{
	void *first =
		json_object_iter(json_object_get((json_t *)value, "findings"));
	const json_t *of = json_object_iter_value(first);
	const json_t *all = json_object_get(of, "all");
	json_t *met = met_values(json_object_get(all, "values"));

	evaluate_print_rows(value);
	print_values(json_object_get(all, "values"), met);
	print_confusion(json_object_get(all, "confusion"), met);
	print_f1(of, met);
	print_reliability(json_object_get(all, "reliability"));
	print_confidence(json_object_get(all, "confidence"));
	json_decref(met);
}
