/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table is tried, not read for a known line: sites write the pattern in
 * many ways. A rule that is not understood is taken not to match: at worst a
 * table that is right is called doubtful, never a wrong one right.
 */
#include "mta_table.h"

#include <glib.h>
#include <string.h>

#include "mta_config.h"
#include "mta_pattern.h"

static const char *const probes[] = {
	"X-Tact-Status: scored",
	"x-tact-tier: vip",
	"X-TACT-ESCALATE: legal-threat",
};

typedef struct Table {
	char *text;
	bool posix; /* regexp:, not pcre: */
} Table;

typedef struct Trial {
	const char *probe;
	bool posix;
	bool decided; /* the first rule that matches */
	bool strips;
	unsigned depth;   /* of if */
	unsigned skipped; /* depth at which an if did not match, or 0 */
} Trial;

/* "/pattern/flags rest"; the delimiter is the first character. */
static MtaPattern *
read_pattern(const char *text, bool posix, const char **ret_rest)
{
	const char *end = text;
	bool ignore_case = true;
	g_autofree char *pattern = NULL;

	if (*text == '\0' || g_ascii_isalnum(*text) || g_ascii_isspace(*text))
		return NULL;
	for (end++; *end != '\0' && *end != *text; end++)
		end += end[0] == '\\' && end[1] != '\0';
	if (*end == '\0')
		return NULL;
	pattern = g_strndup(text + 1, (gsize)(end - text - 1));
	for (end++; *end != '\0' && !g_ascii_isspace(*end); end++) {
		if (*end == 'i')
			ignore_case = !ignore_case;
	}
	*ret_rest = end + strspn(end, " \t");
	return mta_pattern_new(pattern, ignore_case, posix);
}

static bool
pattern_matches(const Trial *trial, const char *text, const char **ret_rest)
{
	bool negated = *text == '!';
	g_autoptr(MtaPattern) pattern = NULL;

	*ret_rest = "";
	pattern = read_pattern(text + negated, trial->posix, ret_rest);
	return pattern != NULL &&
	       mta_pattern_matches(pattern, trial->probe) != negated;
}

static bool
is_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	return g_ascii_strncasecmp(text, word, n) == 0 &&
	       !g_ascii_isalnum(text[n]);
}

static void
try_line(const char *text, unsigned line, void *data)
{
	Trial *trial = data;
	const char *rest = "";

	(void)line;
	if (trial->decided)
		return;
	if (is_word(text, "endif")) {
		if (trial->skipped == trial->depth)
			trial->skipped = 0;
		trial->depth -= trial->depth > 0;
		return;
	}
	if (is_word(text, "if")) {
		trial->depth++;
		if (trial->skipped == 0 &&
		    !pattern_matches(trial, text + 2 + strspn(text + 2, " \t"),
		                     &rest))
			trial->skipped = trial->depth;
		return;
	}
	if (trial->skipped == 0 && pattern_matches(trial, text, &rest)) {
		trial->decided = true;
		trial->strips =
			is_word(rest, "IGNORE") || is_word(rest, "STRIP");
	}
}

/* Tries one probe on the tables in turn: the first match in any decides. */
static bool
probe_stripped(const GArray *tables, const char *probe)
{
	Trial trial = { .probe = probe };

	for (guint i = 0; i < tables->len && !trial.decided; i++) {
		const Table *table = &g_array_index(tables, Table, i);

		trial.posix = table->posix;
		trial.depth = 0;
		trial.skipped = 0;
		mta_lines(table->text, try_line, &trial);
	}
	return trial.decided && trial.strips;
}

static void
table_clear(void *data)
{
	g_free(((Table *)data)->text);
}

/* Those of `maps` that hold patterns; false and a fault when one cannot be
 * read. */
static bool
read_tables(const char *maps, GArray *tables, char **ret_fault)
{
	g_auto(GStrv) names = g_strsplit_set(maps, ", \t\n", -1);

	for (unsigned i = 0; names[i] != NULL; i++) {
		Table table = { NULL, g_str_has_prefix(names[i], "regexp:") };
		const char *path;

		if (!table.posix && !g_str_has_prefix(names[i], "pcre:"))
			continue;
		path = strchr(names[i], ':') + 1;
		if (!g_file_get_contents(path, &table.text, NULL, NULL)) {
			*ret_fault = g_strdup_printf(
				"its file %s cannot be read", path);
			return false;
		}
		g_array_append_val(tables, table);
	}
	return true;
}

bool
mta_table_strips(const char *maps, char **ret_fault)
{
	g_autoptr(GArray) tables = g_array_new(FALSE, FALSE, sizeof(Table));

	g_array_set_clear_func(tables, table_clear);
	*ret_fault = NULL;
	if (maps[0] == '\0') {
		*ret_fault = g_strdup("it is not set");
		return false;
	}
	if (!read_tables(maps, tables, ret_fault))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(probes); i++) {
		if (!probe_stripped(tables, probes[i])) {
			*ret_fault = g_strdup_printf(
				"no regexp: or pcre: rule in it removes "
				"\"%s\"",
				probes[i]);
			return false;
		}
	}
	return true;
}

bool
mta_table_strips_line(const char *maps, const char *line)
{
	g_autoptr(GArray) tables = g_array_new(FALSE, FALSE, sizeof(Table));
	g_autofree char *fault = NULL;

	g_array_set_clear_func(tables, table_clear);
	return read_tables(maps, tables, &fault) &&
	       probe_stripped(tables, line);
}
