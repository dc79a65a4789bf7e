/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 4180, one figure a line: what a pivot table takes. A spreadsheet runs a
 * text that begins like a formula, so such a text gets an apostrophe; numbers
 * are ours and may be negative.
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "print.h"

static void
put_text(const char *text, const char *end)
{
	bool formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;

	if (!formula && strpbrk(text, "\",\r\n") == NULL) {
		printf("%s%s", text, end);
		return;
	}
	putchar('"');
	if (formula)
		putchar('\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			putchar('"');
		putchar(*text);
	}
	printf("\"%s", end);
}

static void
put_number(const json_t *object, const char *key, const char *end)
{
	const json_t *number = json_object_get(object, key);

	if (json_is_integer(number))
		printf("%" JSON_INTEGER_FORMAT, json_integer_value(number));
	else if (json_is_real(number))
		printf("%.6g", json_real_value(number));
	fputs(end, stdout);
}

typedef struct Line {
	const char *mailbox;
	const json_t *period; /* may be NULL */
	const char *figure, *unit, *group;
} Line;

static void
put_line(const Line *line, const json_t *figure)
{
	put_text(line->mailbox, ",");
	put_text(print_string(line->period, "name"), ",");
	put_text(print_string(line->period, "from"), ",");
	put_text(print_string(line->period, "to"), ",");
	put_text(line->figure, ",");
	put_text(line->group, ",");
	put_text(line->unit, ",");
	put_number(figure, "value", ",");
	put_number(figure, "low", ",");
	put_number(figure, "high", ",");
	put_number(figure, "n", "\r\n");
}

static void
put_count(Line line, const char *name, json_int_t count)
{
	json_t *figure = json_object();

	line.figure = name;
	line.unit = "count";
	print_set_integer(figure, "value", count);
	put_line(&line, figure);
	json_decref(figure);
}

static void
put_figures(const json_t *value, Line line, const json_t *figures)
{
	const json_t *definitions = json_object_get(value, "definitions");
	const char *name;
	const json_t *figure;

	json_object_foreach((json_t *)figures, name, figure)
	{
		line.figure = name;
		line.unit = print_string(json_object_get(definitions, name),
		                         "unit");
		put_line(&line, figure);
	}
}

static void
put_periods(const json_t *value, Line line, const json_t *scope)
{
	const json_t *period;
	size_t i;

	json_array_foreach(json_object_get(scope, "periods"), i, period)
	{
		line.period = period;
		put_count(line, "answers", print_integer(period, "answers"));
		put_count(line, "drafts", print_integer(period, "drafts"));
		put_figures(value, line, json_object_get(period, "figures"));
	}
}

static void
put_backlog(Line line, const json_t *backlog)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(backlog, "tiers"), i, row)
	{
		line.group = print_string(row, "tier");
		put_count(line, "open", print_integer(row, "open"));
		put_count(line, "overdue", print_integer(row, "overdue"));
	}
}

static void
put_arm(const json_t *value, Line line, const json_t *hold_out,
        const char *name)
{
	const json_t *arm = json_object_get(hold_out, name);

	line.group = name;
	put_count(line, "answers", print_integer(arm, "answers"));
	put_figures(value, line, json_object_get(arm, "figures"));
}

static void
put_roi(const json_t *value)
{
	const json_t *roi = json_object_get(value, "roi");
	Line line = { "all", json_object_get(value, "period"), "roi", "share",
		      "" };

	put_line(&line, roi);
	line.figure = "hours_saved";
	line.unit = "hours";
	put_line(&line, json_object_get(roi, "hours_saved"));
}

void
board_csv(const json_t *value)
{
	const json_t *scope;
	size_t i;

	fputs("mailbox,period,from,to,figure,group,unit,value,low,high,n\r\n",
	      stdout);
	json_array_foreach(json_object_get(value, "scopes"), i, scope)
	{
		const char *mailbox = print_string(scope, "mailbox");
		const json_t *hold_out = json_object_get(scope, "hold_out");
		const Line line = { *mailbox == '\0' ? "all" : mailbox, NULL,
			            "", "", "" };

		put_periods(value, line, scope);
		put_backlog(line, json_object_get(scope, "backlog"));
		put_arm(value, line, hold_out, "with_draft");
		put_arm(value, line, hold_out, "without_draft");
	}
	if (json_is_null(json_object_get(value, "mailbox")))
		put_roi(value);
}
