/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Not strptime(3): it takes 2026-1-1, +2026-01-01 and what follows it.
 */
#include "day.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

static bool
is_written_so(const char *text)
{
	static const char form[] = "dddd-dd-dd";

	if (strlen(text) != strlen(form))
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? !g_ascii_isdigit(text[i])
		                   : text[i] != form[i])
			return false;
	return true;
}

bool
day_end(const char *text, int64_t *ret_at)
{
	g_autoptr(GDateTime) day = NULL;
	g_autoptr(GDateTime) next = NULL;
	int y = 0, m = 0, d = 0;

	if (!is_written_so(text) || sscanf(text, "%d-%d-%d", &y, &m, &d) != 3)
		return false;
	day = g_date_time_new_local(y, m, d, 0, 0, 0);
	if (day != NULL)
		next = g_date_time_add_days(day, 1);
	if (next == NULL)
		return false;
	*ret_at = g_date_time_to_unix(next);
	return true;
}

char *
day_of(int64_t at)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(at);

	return moment != NULL ? g_date_time_format(moment, "%Y-%m-%d")
	                      : g_strdup("");
}
