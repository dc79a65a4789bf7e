/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GKeyFile reads the values, but tells no line numbers and lets a later line
 * silently win over an earlier one. This scan, over the same text, finds the
 * line of every key, and refuses what GKeyFile would guess at.
 */
#include "settings_table.h"

#include <string.h>

#include "base/error.h"

struct SettingLines {
	GHashTable *lines; /* "section\nkey" -> line number */
};

typedef struct Scan {
	const char *name;
	GHashTable *lines;
	char *section;
	unsigned line;
} Scan;

static bool
refuse(const Scan *scan, GError **error, const char *what)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX, "%s:%u: %s",
	            scan->name, scan->line, what);
	return false;
}

static bool
remember(Scan *scan, const char *key, GError **error)
{
	g_autofree char *id = g_strdup_printf("%s\n%s", scan->section, key);

	if (g_hash_table_contains(scan->lines, id))
		return refuse(
			scan, error,
			*key != '\0'
				? "this key is set twice; remove one"
				: "this section is there twice; join them");
	g_hash_table_insert(scan->lines, g_steal_pointer(&id),
	                    GUINT_TO_POINTER(scan->line));
	return true;
}

static bool
has_control(const char *text)
{
	while (*text != '\0' && !g_ascii_iscntrl(*text))
		text++;
	return *text != '\0';
}

static bool
scan_section(Scan *scan, char *line, GError **error)
{
	char *end = strchr(line, ']');

	if (end == NULL || end[1] != '\0' || end == line + 1 ||
	    strchr(line + 1, '[') != NULL || has_control(line))
		return refuse(scan, error, "a section is written [NAME]");
	*end = '\0';
	g_free(scan->section);
	scan->section = g_strdup(line + 1);
	return remember(scan, "", error);
}

/* GKeyFile drops what it takes for a translation, mode[da], and tells no line
 * of what it does not take. */
static bool
is_key(const char *text)
{
	while (g_ascii_isalnum(*text) || *text == '_' || *text == '-')
		text++;
	return *text == '\0';
}

static bool
scan_line(Scan *scan, char *line, GError **error)
{
	char *equals;

	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return true;
	if (*line == '[')
		return scan_section(scan, line, error);
	equals = strchr(line, '=');
	if (equals == NULL || equals == line)
		return refuse(scan, error,
		              "neither [SECTION], KEY = VALUE nor # comment");
	if (scan->section == NULL)
		return refuse(scan, error, "no [SECTION] stands before this");
	*equals = '\0';
	if (!is_key(g_strchomp(line)))
		return refuse(scan, error,
		              "a key is letters and _; tact config sample "
		              "lists them");
	return remember(scan, line, error);
}

SettingLines *
setting_lines_scan(const char *name, const char *text, size_t size,
                   GError **error)
{
	g_autofree char *copy = g_strndup(text, size);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", 0);
	Scan scan = { name,
		      g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		                            NULL),
		      NULL, 0 };
	SettingLines *found = g_new(SettingLines, 1);
	bool ok = true;

	found->lines = scan.lines;
	for (char **line = lines; ok && *line != NULL; line++) {
		scan.line++;
		ok = scan_line(&scan, *line, error);
	}
	g_free(scan.section);
	if (!ok)
		g_clear_pointer(&found, setting_lines_free);
	return found;
}

unsigned
setting_lines_find(const SettingLines *lines, const char *section,
                   const char *key)
{
	g_autofree char *id = g_strdup_printf("%s\n%s", section, key);

	return GPOINTER_TO_UINT(g_hash_table_lookup(lines->lines, id));
}

void
setting_lines_free(SettingLines *lines)
{
	if (lines == NULL)
		return;
	g_hash_table_unref(lines->lines);
	g_free(lines);
}
