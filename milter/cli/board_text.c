/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "board.h"
#include "board_words.h"
#include "print.h"

static const char *const columns[] = { "response", "business", "resolved",
	                               "followed", "used",     "distance" };
static const char *const heads[] = { "response", "open hours", "resolved",
	                             "followed", "used",       "edited by" };

static void
headlines_text(const json_t *role)
{
	const json_t *list = json_object_get(role, "headlines");
	const json_t *item;
	size_t i;

	printf("\n%s\n", print_string(role, "title"));
	json_array_foreach(list, i, item)
	{
		g_autofree char *value =
			words_of(print_string(item, "unit"),
		                 json_object_get(item, "value"));
		g_autofree char *rest = words_headline(item);

		printf("  %s: %s\n      %s\n", print_string(item, "title"),
		       value, rest);
	}
}

static void
cell_text(const json_t *value, const json_t *figure, const char *name)
{
	const char *unit = print_string(board_definition(value, name), "unit");
	g_autofree char *words =
		words_of(unit, json_object_get(figure, "value"));
	bool few = json_is_true(json_object_get(figure, "few")) &&
	           words_known(figure, "value");
	g_autofree char *cell = g_strconcat(words, few ? "*" : "", NULL);

	printf(" %11s", cell);
}

static void
row_text(const json_t *value, const json_t *period, const char *name)
{
	printf("  %-10s %7d", name, (int)print_integer(period, "answers"));
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
		cell_text(value, board_figure(period, columns[i]), columns[i]);
	putchar('\n');
}

static void
backlog_text(const json_t *backlog)
{
	const json_t *row;
	size_t i;

	if (!json_is_object(backlog))
		return;
	printf("  waiting now: %d, overdue %d",
	       (int)print_integer(backlog, "open"),
	       (int)print_integer(backlog, "overdue"));
	json_array_foreach(json_object_get(backlog, "tiers"), i, row)
	{
		if (print_integer(row, "open") > 0)
			printf("; %s %d, overdue %d", print_string(row, "tier"),
			       (int)print_integer(row, "open"),
			       (int)print_integer(row, "overdue"));
	}
	putchar('\n');
}

static void
arm_text(const json_t *value, const json_t *arm, const char *name)
{
	gint64 answers = print_integer(arm, "answers");

	printf("  %-14s %3d %-7s", name, (int)answers,
	       text_noun(answers, "answer", "answers"));
	for (size_t i = 0; i < 4; i++) {
		printf("  %s", heads[i]);
		cell_text(value, board_figure(arm, columns[i]), columns[i]);
	}
	putchar('\n');
}

static void
hold_out_text(const json_t *value, const json_t *hold_out)
{
	const json_t *without = json_object_get(hold_out, "without_draft");

	if (print_integer(without, "answers") == 0)
		return;
	arm_text(value, json_object_get(hold_out, "with_draft"), "with draft");
	arm_text(value, without, "without draft");
}

static void
scope_text(const json_t *value, const json_t *scope)
{
	const json_t *period;
	size_t i;

	printf("\n%s\n  %-10s %7s", words_mailbox(scope), "", "answers");
	for (size_t j = 0; j < G_N_ELEMENTS(heads); j++)
		printf(" %11s", heads[j]);
	putchar('\n');
	json_array_foreach(json_object_get(scope, "periods"), i, period)
	{
		row_text(value, period, print_string(period, "name"));
	}
	backlog_text(json_object_get(scope, "backlog"));
	hold_out_text(value, json_object_get(scope, "hold_out"));
}

static void
roi_text(const json_t *value)
{
	const json_t *roi = json_object_get(value, "roi");
	const json_t *hours = json_object_get(roi, "hours_saved");
	g_autofree char *saved =
		words_of("hours", json_object_get(hours, "value"));
	g_autofree char *sure = words_interval("hours", hours);

	if (!words_known(roi, "value"))
		return;
	printf("\nReturn on investment, %s: %s saved (%s), worth %.0f %s, for "
	       "%.0f\n"
	       "  hours saved = drafts used * (minutes without - minutes with)"
	       " / 60\n"
	       "  return = (hours saved * cost of an hour - cost) / cost\n",
	       print_string(json_object_get(value, "period"), "name"), saved,
	       sure,
	       json_number_value(json_object_get(
		       json_object_get(roi, "benefit"), "value")),
	       print_string(roi, "currency"),
	       json_number_value(json_object_get(roi, "cost")));
}

void
board_text(const json_t *value)
{
	g_autofree char *period =
		words_period(json_object_get(value, "period"));
	const json_t *scopes = json_object_get(value, "scopes");
	/* Of one mailbox, all of them are that one. */
	size_t n = json_array_size(scopes) == 2 ? 1 : json_array_size(scopes);
	const char *only = print_string(value, "mailbox");
	const json_t *role;
	size_t i;

	printf("%s, %s, %s\n", period, print_string(value, "every"),
	       *only != '\0' ? only : "all mailboxes");
	json_array_foreach(json_object_get(value, "roles"), i, role)
	{
		headlines_text(role);
	}
	for (i = 0; i < n; i++)
		scope_text(value, json_array_get(scopes, i));
	roi_text(value);
	puts("\n* of fewer than 30. What each figure means: tact-report(1).");
}
