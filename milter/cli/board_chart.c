/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drawn for a width of 360, which is that of a small telephone: text in a chart
 * shrinks with it, so that a wider drawing could not be read there.
 */
#include <math.h>
#include <string.h>

#include "board_html.h"
#include "board_words.h"
#include "print.h"

#define WIDTH 360
#define HEIGHT 168
#define LEFT 52
#define RIGHT 350
#define TOP 12
#define BOTTOM 140
#define MANY 60 /* periods, of which each has no dot any more */

typedef struct Chart {
	GString *page;
	const json_t *periods;
	const char *name, *unit;
	size_t n;
	double top; /* value at TOP */
} Chart;

static double
x_of(const Chart *chart, size_t i)
{
	double step = (RIGHT - LEFT) / (double)chart->n;

	return LEFT + step * ((double)i + 0.5);
}

static double
y_of(const Chart *chart, double value)
{
	double share = CLAMP(value / chart->top, 0, 1);

	return BOTTOM - share * (BOTTOM - TOP);
}

static const json_t *
figure_at(const Chart *chart, size_t i)
{
	return board_figure(json_array_get(chart->periods, i), chart->name);
}

static double
number(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

/* A limit that a person counts in, not below `value`. */
static double
round_up(const char *unit, double value)
{
	static const double shares[] = { 0.1, 0.2, 0.5, 1 };
	static const double times[] = {
		120,   600,   1200,   1800,   3600,   7200,    14400,   28800,
		43200, 86400, 172800, 345600, 691200, 1382400, 2764800, 5529600,
	};
	bool is_share = strcmp(unit, "share") == 0;
	double tens = pow(10, floor(log10(fmax(value, 2))));
	const double *steps = is_share ? shares : times;
	size_t n = is_share ? G_N_ELEMENTS(shares) : G_N_ELEMENTS(times);

	if (strcmp(unit, "count") == 0)
		return value <= 2 * tens   ? 2 * tens
		       : value <= 4 * tens ? 4 * tens
		                           : 10 * tens;
	for (size_t i = 0; i < n; i++)
		if (value <= steps[i])
			return steps[i];
	return is_share ? 1 : value;
}

/* Intervals of few data may be cut off, so that they do not flatten all. */
static double
find_top(const Chart *chart)
{
	double highest = 0, limit = 0;

	for (size_t i = 0; i < chart->n; i++) {
		const json_t *figure = figure_at(chart, i);

		highest = fmax(highest, number(figure, "value"));
		limit = fmax(limit, number(figure, "high"));
	}
	return round_up(chart->unit, fmax(highest, fmin(limit, 1.6 * highest)));
}

static void
draw_frame(const Chart *chart)
{
	GString *page = chart->page;
	const json_t *first = json_array_get(chart->periods, 0);
	const json_t *last = json_array_get(chart->periods, chart->n - 1);

	for (int i = 0; i <= 2; i++) {
		double value = chart->top * i / 2;
		double y = y_of(chart, value);
		json_t *real = json_real(value);
		g_autofree char *words = words_of(chart->unit, real);

		json_decref(real);
		g_string_append_printf(
			page,
			"<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" "
			"y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" "
			"text-anchor=\"end\">%s</text>",
			LEFT, RIGHT, y, y, LEFT - 6, y + 4, words);
	}
	g_string_append_printf(
		page,
		"<text x=\"%d\" y=\"%d\">%s</text>"
		"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
		LEFT, BOTTOM + 18, print_string(first, "name"), RIGHT,
		BOTTOM + 18, chart->n > 1 ? print_string(last, "name") : "");
}

static void
draw_intervals(const Chart *chart)
{
	for (size_t i = 0; i < chart->n; i++) {
		const json_t *figure = figure_at(chart, i);
		double x = x_of(chart, i);

		if (!words_known(figure, "low") ||
		    !words_known(figure, "value"))
			continue;
		g_string_append_printf(chart->page,
		                       "<line class=\"ci\" x1=\"%.1f\" "
		                       "x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
		                       x, x, y_of(chart, number(figure, "low")),
		                       y_of(chart, number(figure, "high")));
	}
}

static void
draw_path(const Chart *chart)
{
	bool on = false;

	g_string_append(chart->page, "<path class=\"path\" d=\"");
	for (size_t i = 0; i < chart->n; i++) {
		const json_t *figure = figure_at(chart, i);
		bool known = words_known(figure, "value");

		if (known)
			g_string_append_printf(
				chart->page, "%c%.1f %.1f", on ? 'L' : 'M',
				x_of(chart, i),
				y_of(chart, number(figure, "value")));
		on = known;
	}
	g_string_append(chart->page, "\"/>");
}

static void
draw_dots(const Chart *chart)
{
	for (size_t i = 0; i < chart->n; i++) {
		const json_t *period = json_array_get(chart->periods, i);
		const json_t *figure = figure_at(chart, i);
		g_autofree char *words =
			words_of(chart->unit, json_object_get(figure, "value"));
		g_autofree char *sure = words_interval(chart->unit, figure);
		bool over = json_is_true(json_object_get(period, "complete"));

		if (!words_known(figure, "value"))
			continue;
		g_string_append_printf(
			chart->page,
			"<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%.1f\" "
			"r=\"%s\"><title>%s: %s%s%s, of %d</title></circle>",
			over ? "" : " open", x_of(chart, i),
			y_of(chart, number(figure, "value")),
			chart->n > MANY ? "1.5" : "3.5",
			print_string(period, "name"), words,
			*sure != '\0' ? ", 95 % sure: " : "", sure,
			(int)print_integer(figure, "n"));
	}
}

static void
line_table(const Chart *chart)
{
	g_string_append(
		chart->page,
		"<details><summary>As a table</summary>"
		"<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>"
		"<th>Period</th><th>Value</th><th>95 % sure</th>"
		"<th>Of</th></tr></thead><tbody>");
	for (size_t i = 0; i < chart->n; i++) {
		const json_t *figure = figure_at(chart, i);
		g_autofree char *words =
			words_of(chart->unit, json_object_get(figure, "value"));
		g_autofree char *sure = words_interval(chart->unit, figure);
		g_autofree char *n =
			g_strdup_printf("%d", (int)print_integer(figure, "n"));

		g_string_append(chart->page, "<tr>");
		html_cell(chart->page, "th",
		          print_string(json_array_get(chart->periods, i),
		                       "name"));
		html_cell(chart->page, "td", words);
		html_cell(chart->page, "td", sure);
		html_cell(chart->page, "td", n);
		g_string_append(chart->page, "</tr>");
	}
	g_string_append(chart->page, "</tbody></table></div></details>");
}

static void
open_figure(GString *page, const char *title, const char *words)
{
	g_string_append(page, "<figure><figcaption>");
	html_text(page, title);
	g_string_append(page, "<span>");
	html_text(page, words);
	g_string_append(page, "</span></figcaption>");
}

static void
open_svg(GString *page, const char *title, int height)
{
	g_string_append_printf(page,
	                       "<svg viewBox=\"0 0 %d %d\" role=\"img\" "
	                       "aria-label=\"",
	                       WIDTH, height);
	html_text(page, title);
	g_string_append(page, "; the same as a table below\">");
}

void
chart_line(GString *page, const json_t *value, const json_t *scope,
           const char *name)
{
	const json_t *definition = board_definition(value, name);
	const json_t *periods = json_object_get(scope, "periods");
	Chart chart = { .page = page,
		        .periods = periods,
		        .name = name,
		        .unit = print_string(definition, "unit"),
		        .n = json_array_size(periods) };

	chart.top = find_top(&chart);
	open_figure(page, print_string(definition, "title"),
	            print_string(definition, "definition"));
	open_svg(page, print_string(definition, "title"), HEIGHT);
	draw_frame(&chart);
	draw_intervals(&chart);
	draw_path(&chart);
	draw_dots(&chart);
	g_string_append(page, "</svg>");
	line_table(&chart);
	g_string_append(page, "</figure>");
}

static const char *const endings[] = { "as_is", "edited", "rewritten",
	                               "unused" };

static void
draw_column(const Chart *chart, size_t i)
{
	const json_t *period = json_array_get(chart->periods, i);
	double width = (RIGHT - LEFT) / (double)chart->n * 0.72;
	double sum = 0;

	for (size_t j = 0; j < G_N_ELEMENTS(endings); j++) {
		double share =
			number(board_figure(period, endings[j]), "value");
		double y = y_of(chart, sum + share);

		if (share > 0)
			g_string_append_printf(
				chart->page,
				"<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" "
				"width=\"%.1f\" height=\"%.1f\"/>",
				endings[j], x_of(chart, i) - width / 2, y,
				width, y_of(chart, sum) - y);
		sum += share;
	}
}

static void
drafts_legend(GString *page, const json_t *value)
{
	g_string_append(page, "<ul class=\"legend\">");
	for (size_t j = 0; j < G_N_ELEMENTS(endings); j++) {
		g_string_append_printf(page, "<li><i class=\"%s\"></i>",
		                       endings[j]);
		html_text(page,
		          print_string(board_definition(value, endings[j]),
		                       "title"));
		g_string_append(page, "</li>");
	}
	g_string_append(page, "</ul>");
}

static void
drafts_table(GString *page, const json_t *value, const json_t *periods)
{
	const json_t *period;
	size_t i;

	g_string_append(
		page, "<details><summary>As a table</summary>"
		      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>"
		      "<th>Period</th><th>Drafts</th>");
	for (size_t j = 0; j < G_N_ELEMENTS(endings); j++)
		html_cell(page, "th",
		          print_string(board_definition(value, endings[j]),
		                       "title"));
	g_string_append(page, "</tr></thead><tbody>");
	json_array_foreach(periods, i, period)
	{
		g_string_append(page, "<tr>");
		html_cell(page, "th", print_string(period, "name"));
		g_string_append_printf(page, "<td>%d</td>",
		                       (int)print_integer(period, "drafts"));
		for (size_t j = 0; j < G_N_ELEMENTS(endings); j++) {
			g_autofree char *words = words_of(
				"share",
				json_object_get(
					board_figure(period, endings[j]),
					"value"));

			html_cell(page, "td", words);
		}
		g_string_append(page, "</tr>");
	}
	g_string_append(page, "</tbody></table></div></details>");
}

void
chart_drafts(GString *page, const json_t *value, const json_t *scope)
{
	const json_t *periods = json_object_get(scope, "periods");
	const Chart chart = {
		page, periods, "used", "share", json_array_size(periods), 1
	};

	open_figure(page, "What became of drafts",
	            "Shares of the drafts that ended in a period.");
	open_svg(page, "What became of drafts", HEIGHT);
	draw_frame(&chart);
	for (size_t i = 0; i < chart.n; i++)
		draw_column(&chart, i);
	g_string_append(page, "</svg>");
	drafts_legend(page, value);
	drafts_table(page, value, periods);
	g_string_append(page, "</figure>");
}

#define ROW 27
#define BAR_LEFT 72
#define BAR_RIGHT 250

static void
draw_tier(GString *page, const json_t *row, size_t i, double most)
{
	int open = (int)print_integer(row, "open");
	int late = (int)print_integer(row, "overdue");
	double scale = (BAR_RIGHT - BAR_LEFT) / most;
	int y = (int)i * ROW + 6;

	g_string_append_printf(
		page,
		"<text class=\"name\" x=\"0\" y=\"%d\">%s</text>"
		"<rect class=\"late\" x=\"%d\" y=\"%d\" width=\"%.1f\" "
		"height=\"16\"/><rect class=\"wait\" x=\"%.1f\" y=\"%d\" "
		"width=\"%.1f\" height=\"16\"/>"
		"<text class=\"name\" x=\"%.1f\" y=\"%d\">%d overdue of %d"
		"</text>",
		y + 12, print_string(row, "tier"), BAR_LEFT, y, late * scale,
		BAR_LEFT + late * scale, y, (open - late) * scale,
		BAR_LEFT + open * scale + 6, y + 12, late, open);
}

static void
backlog_table(GString *page, const json_t *tiers)
{
	const json_t *row;
	size_t i;

	g_string_append(
		page, "<details><summary>As a table</summary>"
		      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>"
		      "<th>Tier</th><th>Waiting</th><th>Overdue</th>"
		      "</tr></thead><tbody>");
	json_array_foreach(tiers, i, row)
	{
		g_string_append_printf(
			page, "<tr><th>%s</th><td>%d</td><td>%d</td></tr>",
			print_string(row, "tier"),
			(int)print_integer(row, "open"),
			(int)print_integer(row, "overdue"));
	}
	g_string_append(page, "</tbody></table></div></details>");
}

void
chart_backlog(GString *page, const json_t *backlog)
{
	const json_t *tiers = json_object_get(backlog, "tiers");
	const json_t *row;
	double most = 1;
	size_t i;

	if (!json_is_object(backlog))
		return;
	json_array_foreach(tiers, i, row)
	{
		most = fmax(most, (double)print_integer(row, "open"));
	}
	open_figure(
		page, "Waiting now, by tier",
		"Conversations that nobody has answered yet, and those past "
		"their time.");
	open_svg(page, "Waiting now, by tier",
	         (int)json_array_size(tiers) * ROW + 4);
	json_array_foreach(tiers, i, row)
	{
		draw_tier(page, row, i, most);
	}
	g_string_append(page,
	                "</svg><ul class=\"legend\"><li><i class=\"late\"></i>"
	                "Overdue</li><li><i class=\"wait\"></i>In time</li>"
	                "</ul>");
	backlog_table(page, tiers);
	g_string_append(page, "</figure>");
}
