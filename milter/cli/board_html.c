/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One file that can be mailed or kept: no script, nothing fetched. The policy
 * in its head makes the browser hold that too.
 */
#include "board_html.h"

#include <stdio.h>
#include <string.h>

#include "board.h"
#include "board_words.h"
#include "print.h"

void
html_text(GString *page, const char *text)
{
	g_autofree char *safe = g_markup_escape_text(text, -1);

	g_string_append(page, safe);
}

void
html_cell(GString *page, const char *tag, const char *text)
{
	g_string_append_printf(page, "<%s>", tag);
	html_text(page, text);
	g_string_append_printf(page, "</%s>", tag);
}

static void
add_head(GString *page, const json_t *value)
{
	g_autofree char *period =
		words_period(json_object_get(value, "period"));
	const char *only = print_string(value, "mailbox");

	g_string_append(
		page,
		"<!DOCTYPE html>\n<html lang=\"en\"><head>"
		"<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-"
		"Policy\" content=\"default-src 'none'; img-src data:; "
		"style-src 'unsafe-inline'\"><meta name=\"viewport\" "
		"content=\"width=device-width,initial-scale=1\">"
		"<link rel=\"icon\" href=\"data:,\"><title>Tact report ");
	html_text(page, print_string(json_object_get(value, "period"), "name"));
	g_string_append_printf(page, "</title><style>%s</style></head>\n<body>",
	                       board_style);
	g_string_append(page, "<header><h1>How mail is answered</h1><p>");
	html_text(page, period);
	g_string_append_printf(page, ", %s, ", print_string(value, "every"));
	html_text(page, *only != '\0' ? only : "all mailboxes");
	g_string_append(page, "</p></header>\n<main>");
}

static void
add_card(GString *page, const json_t *item)
{
	const json_t *good = json_object_get(item, "good");
	g_autofree char *words = words_of(print_string(item, "unit"),
	                                  json_object_get(item, "value"));
	g_autofree char *rest = words_headline(item);

	g_string_append(page, "<div class=\"card\">");
	html_cell(page, "h3", print_string(item, "title"));
	g_string_append_printf(page, "<p class=\"big%s\">",
	                       json_is_true(good)    ? " good"
	                       : json_is_false(good) ? " bad"
	                                             : "");
	html_text(page, words);
	g_string_append(page, "</p>");
	html_cell(page, "p", rest);
	g_string_append(page, "</div>");
}

static void
add_arm(GString *page, const json_t *arm, const char *name, const char *unit)
{
	const json_t *figure = board_figure(arm, name);
	g_autofree char *words =
		words_of(unit, json_object_get(figure, "value"));
	g_autofree char *sure = words_interval(unit, figure);

	g_string_append(page, "<td>");
	html_text(page, words);
	g_string_append(page, "<small>");
	html_text(page, sure);
	g_string_append(page, "</small></td>");
}

static void
compare_arms(GString *page, const json_t *value, const json_t *hold_out)
{
	static const char *const shown[] = { "response", "business", "resolved",
		                             "followed" };
	const json_t *with = json_object_get(hold_out, "with_draft");
	const json_t *without = json_object_get(hold_out, "without_draft");

	g_string_append_printf(page,
	                       "<tr><th>Answers</th><td>%d</td><td>%d</td>"
	                       "</tr>",
	                       (int)print_integer(with, "answers"),
	                       (int)print_integer(without, "answers"));
	for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
		const json_t *row = board_definition(value, shown[i]);
		const char *unit = print_string(row, "unit");

		g_string_append(page, "<tr>");
		html_cell(page, "th", print_string(row, "title"));
		add_arm(page, with, shown[i], unit);
		add_arm(page, without, shown[i], unit);
		g_string_append(page, "</tr>");
	}
}

static void
add_hold_out(GString *page, const json_t *value, const json_t *scope)
{
	const json_t *hold_out = json_object_get(scope, "hold_out");
	const json_t *without = json_object_get(hold_out, "without_draft");

	g_string_append(page, "<div class=\"box\"><h3>With and without a "
	                      "draft</h3><p class=\"note\">");
	if (print_integer(without, "answers") == 0) {
		g_string_append(page,
		                "No conversation was held out. With "
		                "<code>hold_out</code> in a mailbox's section "
		                "of tact.conf some get no draft, by chance, "
		                "and can be compared.</p></div>");
		return;
	}
	g_string_append(
		page,
		"Of all periods shown. Which conversations get no draft is "
		"left to chance, so that what differs is due to drafts or "
		"to chance; the 95 % intervals tell how much chance may do."
		"</p><div class=\"scroll\" tabindex=\"0\"><table class=\"arms\"><thead><tr>"
		"<th></th><th>With</th><th>Without</th></tr></thead><tbody>");
	compare_arms(page, value, hold_out);
	g_string_append(page, "</tbody></table></div></div>");
}

static void
add_roi(GString *page, const json_t *value)
{
	const json_t *roi = json_object_get(value, "roi");
	const json_t *hours = json_object_get(roi, "hours_saved");
	const json_t *benefit = json_object_get(roi, "benefit");
	g_autofree char *saved =
		words_of("hours", json_object_get(hours, "value"));
	g_autofree char *sure = words_interval("hours", hours);

	g_string_append(
		page,
		"<div class=\"box\"><h3>Return on investment</h3>"
		"<p class=\"note\">hours saved = drafts used × (minutes "
		"without a draft − minutes with one) / 60<br>"
		"return = (hours saved × cost of an hour − cost) / cost<br>"
		"Minutes and costs are the site's own figures, from tact.conf. "
		"Drafts that were not used count as nothing.</p>");
	if (words_known(roi, "value")) {
		g_string_append_printf(
			page, "<p>%s saved (95 %% sure: %s), worth %.0f ",
			saved, sure,
			json_number_value(json_object_get(benefit, "value")));
		html_text(page, print_string(roi, "currency"));
		g_string_append_printf(
			page, ", for a cost of %.0f.</p>",
			json_number_value(json_object_get(roi, "cost")));
	}
	g_string_append(page, "</div>");
}

static void
add_lead(GString *page, const json_t *value, const json_t *scope)
{
	g_string_append(page, "<div class=\"charts pairs\">");
	chart_line(page, value, scope, "business");
	chart_backlog(page, json_object_get(scope, "backlog"));
	chart_line(page, value, scope, "waiting");
	chart_drafts(page, value, scope);
	chart_line(page, value, scope, "distance");
	g_string_append(page, "</div>");
}

static void
add_department(GString *page, const json_t *value, const json_t *scope)
{
	g_string_append(page, "<div class=\"charts\">");
	chart_line(page, value, scope, "resolved");
	chart_line(page, value, scope, "followed");
	chart_line(page, value, scope, "response");
	g_string_append(page, "</div>");
}

static void
add_management(GString *page, const json_t *value, const json_t *scope)
{
	add_roi(page, value);
	add_hold_out(page, value, scope);
	g_string_append(page, "<div class=\"charts\">");
	chart_line(page, value, scope, "used");
	chart_line(page, value, scope, "mood_better");
	chart_line(page, value, scope, "mood_worse");
	g_string_append(page, "</div>");
}

static void
add_role(GString *page, const json_t *value, const json_t *role)
{
	static const struct {
		const char *name;
		void (*add)(GString *page, const json_t *value,
		            const json_t *scope);
	} parts[] = {
		{ "lead", add_lead },
		{ "department", add_department },
		{ "management", add_management },
	};
	const json_t *scope =
		json_array_get(json_object_get(value, "scopes"), 0);
	const json_t *item;
	size_t i;

	g_string_append(page, "<section>");
	html_cell(page, "h2", print_string(role, "title"));
	g_string_append(page, "<div class=\"cards\">");
	json_array_foreach(json_object_get(role, "headlines"), i, item)
	{
		add_card(page, item);
	}
	g_string_append(page, "</div>");
	for (i = 0; i < G_N_ELEMENTS(parts); i++)
		if (strcmp(parts[i].name, print_string(role, "role")) == 0)
			parts[i].add(page, value, scope);
	g_string_append(page, "</section>\n");
}

static const char *const columns[] = { "response", "business", "resolved",
	                               "followed", "used",     "distance" };

static void
add_row(GString *page, const json_t *value, const json_t *period)
{
	g_string_append(page, "<tr>");
	html_cell(page, "th", print_string(period, "name"));
	g_string_append_printf(page, "<td>%d</td>",
	                       (int)print_integer(period, "answers"));
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		const json_t *figure = board_figure(period, columns[i]);
		const json_t *number = json_object_get(figure, "value");
		const char *unit = print_string(
			board_definition(value, columns[i]), "unit");
		g_autofree char *words = words_of(unit, number);
		bool few = json_is_number(number) &&
		           json_is_true(json_object_get(figure, "few"));

		g_string_append(page, "<td>");
		html_text(page, words);
		g_string_append(page, few ? "*</td>" : "</td>");
	}
	g_string_append(page, "</tr>");
}

static void
add_mailbox(GString *page, const json_t *value, const json_t *scope)
{
	const json_t *backlog = json_object_get(scope, "backlog");
	const json_t *period;
	size_t i;

	g_string_append(page, "<details class=\"box\"><summary>");
	html_text(page, words_mailbox(scope));
	if (json_is_object(backlog))
		g_string_append_printf(page, ": %d waiting, %d overdue",
		                       (int)print_integer(backlog, "open"),
		                       (int)print_integer(backlog, "overdue"));
	g_string_append(
		page,
		"</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>"
		"<th>Period</th><th>Answers</th>");
	for (i = 0; i < G_N_ELEMENTS(columns); i++)
		html_cell(page, "th",
		          print_string(board_definition(value, columns[i]),
		                       "title"));
	g_string_append(page, "</tr></thead><tbody>");
	json_array_foreach(json_object_get(scope, "periods"), i, period)
	{
		add_row(page, value, period);
	}
	g_string_append(page, "</tbody></table></div></details>");
}

static void
add_mailboxes(GString *page, const json_t *value)
{
	const json_t *scope;
	size_t i;

	g_string_append(page,
	                "<section><h2>Mailboxes</h2><p class=\"note\">* of "
	                "fewer than 30: few data.</p>");
	json_array_foreach(json_object_get(value, "scopes"), i, scope)
	{
		add_mailbox(page, value, scope);
	}
	g_string_append(page, "</section>");
}

static void
add_definitions(GString *page, const json_t *value)
{
	const char *name;
	const json_t *row;

	g_string_append(page,
	                "<section><h2>What the figures mean</h2>"
	                "<div class=\"box\"><p class=\"note\">A bar in a chart "
	                "is a 95 % confidence interval; a hollow dot is a "
	                "period that is not over. A figure is called better or "
	                "worse only when chance would seldom make such a "
	                "difference.</p><dl>");
	json_object_foreach(json_object_get(value, "definitions"), name, row)
	{
		html_cell(page, "dt", print_string(row, "title"));
		html_cell(page, "dd", print_string(row, "definition"));
	}
	g_string_append(page, "</dl></div></section></main>\n"
	                      "<footer><p>Counted by mailbox, never by person. "
	                      "Made by <code>tact report --html</code>.</p>"
	                      "</footer></body></html>\n");
}

void
board_html(const json_t *value)
{
	GString *page = g_string_new(NULL);
	const json_t *role;
	size_t i;

	add_head(page, value);
	json_array_foreach(json_object_get(value, "roles"), i, role)
	{
		add_role(page, value, role);
	}
	add_mailboxes(page, value);
	add_definitions(page, value);
	fwrite(page->str, 1, page->len, stdout);
	g_string_free(page, TRUE);
}
