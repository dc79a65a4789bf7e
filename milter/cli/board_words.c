/* SPDX-License-Identifier: Apache-2.0 */
#include "board_words.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "print.h"

/* The smaller unit only when something is left over. */
static char *
two_units(int64_t number, int64_t base, const char *big, const char *small)
{
	int whole = (int)(number / base), rest = (int)(number % base);

	if (rest == 0)
		return g_strdup_printf("%d %s", whole, big);
	return g_strdup_printf("%d %s %02d %s", whole, big, rest, small);
}

static char *
duration(double seconds)
{
	int64_t minutes = (int64_t)(seconds / 60 + 0.5);

	if (minutes < 1)
		return g_strdup_printf("%.0f s", seconds);
	if (minutes < 60)
		return g_strdup_printf("%d m", (int)minutes);
	if (minutes < INT64_C(2880))
		return two_units(minutes, 60, "h", "m");
	return two_units((minutes + 30) / 60, 24, "d", "h");
}

static char *
points(double value)
{
	/* No "-0". */
	return fabs(value) < 0.5 ? g_strdup("0 points")
	                         : g_strdup_printf("%+.0f points", value);
}

char *
words_of(const char *unit, const json_t *number)
{
	double value = json_number_value(number);

	if (!json_is_number(number))
		return g_strdup("-");
	if (strcmp(unit, "seconds") == 0)
		return duration(value);
	if (strcmp(unit, "share") == 0)
		return g_strdup_printf("%.0f %%", 100 * value);
	if (strcmp(unit, "points") == 0)
		return points(100 * value);
	if (strcmp(unit, "hours") == 0)
		return g_strdup_printf("%.1f h", value);
	return g_strdup_printf("%.0f", value);
}

bool
words_known(const json_t *object, const char *key)
{
	return json_is_number(json_object_get(object, key));
}

char *
words_interval(const char *unit, const json_t *figure)
{
	g_autofree char *low = words_of(unit, json_object_get(figure, "low"));
	g_autofree char *high = words_of(unit, json_object_get(figure, "high"));

	if (!words_known(figure, "low") || !words_known(figure, "high"))
		return g_strdup("");
	return g_strdup_printf("%s to %s", low, high);
}

/* What it was before, and whether that is another. */
static void
add_trend(GString *line, const json_t *item)
{
	const char *trend = print_string(item, "trend");
	const json_t *good = json_object_get(item, "good");
	g_autofree char *before = words_of(print_string(item, "unit"),
	                                   json_object_get(item, "before"));

	if (!words_known(item, "before"))
		return;
	g_string_append_printf(line, "; before %s", before);
	if (strcmp(trend, "unclear") == 0)
		g_string_append(line, ", no clear change");
	else if (strcmp(trend, "unknown") != 0)
		g_string_append_printf(line, ", %s%s", trend,
		                       json_is_true(good)    ? ": better"
		                       : json_is_false(good) ? ": worse"
		                                             : "");
}

char *
words_headline(const json_t *item)
{
	const char *why = print_string(item, "why");
	bool count = strcmp(print_string(item, "unit"), "count") == 0;
	g_autofree char *interval =
		words_interval(print_string(item, "unit"), item);
	GString *line = g_string_new(print_string(item, "period"));

	if (*why != '\0') {
		if (line->len > 0)
			g_string_append(line, ": ");
		g_string_append(line, why);
		return g_string_free(line, FALSE);
	}
	if (line->len > 0 && *interval != '\0')
		g_string_append(line, ", ");
	if (*interval != '\0')
		g_string_append_printf(line, "95 %% sure: %s", interval);
	if (words_known(item, "n"))
		g_string_append_printf(line, "%sof %d%s",
		                       line->len > 0 ? ", " : "",
		                       (int)print_integer(item, "n"),
		                       count ? " that wait" : "");
	if (json_is_true(json_object_get(item, "few")))
		g_string_append(line, ", few data");
	add_trend(line, item);
	return g_string_free(line, FALSE);
}

char *
words_period(const json_t *period)
{
	const char *name = print_string(period, "name");
	const char *from = print_string(period, "from");
	const char *to = print_string(period, "to");
	const char *under = json_is_true(json_object_get(period, "complete"))
	                            ? ""
	                            : ", not over yet";

	if (strcmp(from, to) == 0)
		return g_strdup_printf("%s%s", name, under);
	return g_strdup_printf("%s (%s to %s)%s", name, from, to, under);
}

const char *
words_mailbox(const json_t *scope)
{
	const char *name = print_string(scope, "mailbox");

	return *name != '\0' ? name : "all mailboxes";
}

const json_t *
board_figure(const json_t *period, const char *name)
{
	return json_object_get(json_object_get(period, "figures"), name);
}

const json_t *
board_definition(const json_t *value, const char *name)
{
	return json_object_get(json_object_get(value, "definitions"), name);
}
