/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people write arrives in every form an editor can give it: a byte order
 * mark, CR LF, invisible characters pasted from a web page. All that is mended
 * on reading, but never bytes that are not UTF-8: the text would go out broken.
 */
#include "source.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

bool
trouble_at(Troubles *troubles, const char *file, unsigned line,
           const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	troubles->n++;
	if (troubles->report != NULL)
		troubles->report(file, line, message, troubles->data);
	else if (troubles->error == NULL && line > 0)
		g_set_error(&troubles->error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s:%u: %s", file, line, message);
	else if (troubles->error == NULL)
		g_set_error(&troubles->error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: %s", file, message);
	return false;
}

static unsigned
line_at(const char *text, const char *at)
{
	unsigned line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

bool
source_open(Source *source, Troubles *troubles, const char *file,
            const char *bytes, size_t size)
{
	TextNotes notes = { 0 };
	const char *end;

	if (size > LIMIT_DRAFTING_FILE)
		return trouble_at(troubles, file, 1,
		                  "larger than %d bytes; split it",
		                  LIMIT_DRAFTING_FILE);
	if (!g_utf8_validate(bytes, (gssize)size, &end))
		return trouble_at(troubles, file, line_at(bytes, end),
		                  "not UTF-8; save the file as UTF-8");
	*source = (Source){ .file = file, .troubles = troubles };
	source->text = text_sanitise(bytes, size,
	                             (size_t)2 * LIMIT_DRAFTING_FILE, &notes);
	source->next = source->text;
	return true;
}

void
source_close(Source *source)
{
	g_clear_pointer(&source->text, g_free);
}

/* The next line as it is; NULL: there is none. */
static char *
raw_line(Source *source)
{
	char *line = source->next;
	char *end;

	if (line == NULL || *line == '\0')
		return NULL;
	end = strchr(line, '\n');
	source->next = end != NULL ? end + 1 : NULL;
	if (end != NULL)
		*end = '\0';
	source->line++;
	return g_strchomp(line);
}

/* Passes over the comment that begins with `line`. False: it never ends. */
static bool
skip_comment(Source *source, const char *line)
{
	unsigned begun = source->line;

	while (line != NULL && strstr(line, "-->") == NULL)
		line = raw_line(source);
	if (line != NULL)
		return true;
	source->line = begun;
	return source_bad(source, "a comment without its end; write --> "
	                          "behind it");
}

char *
source_next(Source *source)
{
	char *line = raw_line(source);

	while (line != NULL && g_str_has_prefix(line, "<!--")) {
		if (!skip_comment(source, line))
			return NULL;
		line = raw_line(source);
	}
	return line;
}

/* ------------------------------------------------------------------- folders
 */

static void
add_files(GHashTable *files, const char *root, const char *code)
{
	g_autofree char *path = g_build_filename(root, code, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		size_t n = strlen(name);

		if (name[0] == '.' || !g_str_has_suffix(name, ".md") ||
		    g_hash_table_size(files) >= LIMIT_DRAFTING_FILES)
			continue;
		g_hash_table_replace(
			files,
			g_strdup_printf("%s/%.*s", code, (int)(n - 3), name),
			g_build_filename(path, name, NULL));
	}
}

GHashTable *
source_find(const char *const *dirs, const char *sub)
{
	GHashTable *files =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (unsigned i = 0; dirs[i] != NULL; i++) {
		g_autofree char *root = g_build_filename(dirs[i], sub, NULL);
		g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
		const char *code;

		while (dir != NULL && (code = g_dir_read_name(dir)) != NULL)
			if (code[0] != '.')
				add_files(files, root, code);
	}
	return files;
}

GList *
source_names(GHashTable *files)
{
	return g_list_sort(g_hash_table_get_keys(files),
	                   (GCompareFunc)(void (*)(void))strcmp);
}

bool
source_language(const char *name, const char *path, Language *ret_language,
                const char **ret_rest, Troubles *troubles)
{
	const char *slash = strchr(name, '/');
	g_autofree char *code = g_strndup(name, (gsize)(slash - name));
	Language language = language_from_code(code);

	if (language == LANGUAGE_N || language == LANGUAGE_UND)
		return trouble_at(troubles, path, 0,
		                  "'%s' is no language we tell; use one of da "
		                  "sv nb nn de en fi fr es nl it pl is",
		                  code);
	*ret_language = language;
	*ret_rest = slash + 1;
	return true;
}

char *
source_read(const char *path, size_t *ret_size, Troubles *troubles)
{
	g_autoptr(GError) why = NULL;
	char *bytes;

	if (g_file_get_contents(path, &bytes, ret_size, &why))
		return bytes;
	trouble_at(troubles, path, 0, "%s", why->message);
	return NULL;
}
