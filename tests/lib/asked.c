/* SPDX-License-Identifier: Apache-2.0 */
#include "asked.h"

#include <glib.h>
#include <jansson.h>

/* The mail, which is in the second line of the last message. */
char *
asked_mail(const char *body)
{
	json_t *request = json_loads(body, 0, NULL);
	json_t *messages = json_object_get(request, "messages");
	const char *content = json_string_value(
		json_object_get(json_array_get(messages, 1), "content"));
	g_auto(GStrv) lines =
		g_strsplit(content != NULL ? content : "", "\n", -1);
	json_t *data =
		g_strv_length(lines) > 1 ? json_loads(lines[1], 0, NULL) : NULL;
	char *mail = g_strdup(json_string_value(
		json_object_get(json_object_get(data, "customer"), "mail")));

	json_decref(data);
	json_decref(request);
	return mail != NULL ? mail : g_strdup("");
}

char *
asked_line(const char *file, unsigned n)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned count;

	if (file == NULL || !g_file_get_contents(file, &text, NULL, NULL))
		return NULL;
	lines = g_strsplit(g_strchomp(text), "\n", -1);
	count = g_strv_length(lines);
	return g_strdup(lines[MIN(n, count) - 1]);
}
