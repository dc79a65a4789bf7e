/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text format, for the textfile collector: of the period that is told, and
 * of the backlog now. Of each mailbox alone, as sums are Prometheus's to make;
 * what is not known has no sample.
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "board_words.h"
#include "print.h"

static void
put_escaped(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			fputs("\\n", stdout);
		else if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

static void
put_head(const char *name, const char *suffix, const char *help,
         const char *more)
{
	printf("# HELP tact_report_%s%s %s%s\n# TYPE tact_report_%s%s gauge\n",
	       name, suffix, help, more, name, suffix);
}

static void
put_labels(const json_t *value, const json_t *scope)
{
	fputs("{mailbox=\"", stdout);
	put_escaped(print_string(scope, "mailbox"));
	printf("\",every=\"%s\"", print_string(value, "every"));
}

/* That of all mailboxes is passed over. */
static size_t
first_mailbox(const json_t *scopes)
{
	return json_is_null(
		json_object_get(json_array_get(scopes, 0), "mailbox"));
}

static const json_t *
told(const json_t *value, const json_t *scope)
{
	return json_array_get(json_object_get(scope, "periods"),
	                      (size_t)print_integer(value, "told"));
}

static void
put_series(const json_t *value, const char *name, const char *suffix,
           const char *key)
{
	const json_t *scopes = json_object_get(value, "scopes");

	for (size_t i = first_mailbox(scopes); i < json_array_size(scopes);
	     i++) {
		const json_t *scope = json_array_get(scopes, i);
		const json_t *figure = board_figure(told(value, scope), name);

		if (!words_known(figure, key))
			continue;
		printf("tact_report_%s%s", name, suffix);
		put_labels(value, scope);
		printf("} %.9g\n",
		       json_number_value(json_object_get(figure, key)));
	}
}

static void
put_figure(const json_t *value, const char *name, const json_t *definition)
{
	static const struct {
		const char *key, *suffix, *words;
	} rows[] = {
		{ "value", "", "" },
		{ "low", "_low", " Lower end of the 95 % interval." },
		{ "high", "_high", " Upper end of the 95 % interval." },
		{ "n", "_count", " How many it is of." },
	};
	const char *unit = print_string(definition, "unit");

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		bool count = strcmp(rows[i].key, "n") == 0;
		g_autofree char *suffix =
			count ? g_strdup(rows[i].suffix)
			      : g_strdup_printf("_%s%s",
		                                strcmp(unit, "seconds") == 0
		                                        ? "seconds"
		                                        : "ratio",
		                                rows[i].suffix);

		put_head(name, suffix, print_string(definition, "definition"),
		         rows[i].words);
		put_series(value, name, suffix, rows[i].key);
	}
}

static void
put_counts(const json_t *value, const char *name, const char *help)
{
	const json_t *scopes = json_object_get(value, "scopes");

	put_head(name, "", help, "");
	for (size_t i = first_mailbox(scopes); i < json_array_size(scopes);
	     i++) {
		const json_t *scope = json_array_get(scopes, i);

		printf("tact_report_%s", name);
		put_labels(value, scope);
		printf("} %d\n", (int)print_integer(told(value, scope), name));
	}
}

static void
put_backlog(const json_t *value, const char *name, const char *help)
{
	const json_t *scopes = json_object_get(value, "scopes");
	const json_t *row;
	size_t j;

	if (!json_is_object(
		    json_object_get(json_array_get(scopes, 0), "backlog")))
		return;
	put_head(name, "", help, "");
	for (size_t i = first_mailbox(scopes); i < json_array_size(scopes);
	     i++) {
		const json_t *scope = json_array_get(scopes, i);
		const json_t *backlog = json_object_get(scope, "backlog");

		json_array_foreach(json_object_get(backlog, "tiers"), j, row)
		{
			printf("tact_report_%s{mailbox=\"", name);
			put_escaped(print_string(scope, "mailbox"));
			printf("\",tier=\"%s\"} %d\n",
			       print_string(row, "tier"),
			       (int)print_integer(row, name));
		}
	}
}

void
board_prometheus(const json_t *value)
{
	const json_t *roi = json_object_get(value, "roi");
	const char *name;
	const json_t *definition;

	put_counts(value, "answers", "Answers that humans sent in the period.");
	put_counts(value, "drafts", "Drafts that ended in the period.");
	json_object_foreach(json_object_get(value, "definitions"), name,
	                    definition)
	{
		/* Of what waits it keeps the past itself. */
		if (strcmp(print_string(definition, "unit"), "count") != 0)
			put_figure(value, name, definition);
	}
	put_backlog(value, "open", "Conversations that wait for an answer.");
	put_backlog(value, "overdue", "Of these, those past their time.");
	if (!words_known(roi, "value"))
		return;
	put_head("roi_ratio", "", "Return on investment, see tact-report(1).",
	         "");
	printf("tact_report_roi_ratio{every=\"%s\"} %.9g\n",
	       print_string(value, "every"),
	       json_number_value(json_object_get(roi, "value")));
}
