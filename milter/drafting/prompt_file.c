/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prompts/draft.md: sections by name, so that a site can change one sentence
 * without touching code, and a sentence for each finding's value stands where
 * everybody can read what a model is told about customers.
 */
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "prompt_private.h"
#include "source.h"

#define FILE_NAME "prompts/draft.md"

struct Prompts {
	GHashTable *sections; /* name -> text */
};

static const char *const needed[] = { "role", "data", "rules" };

static const char *const blanks[] = { "{language}", "{delimiter}", "{canary}" };

void
prompts_free(Prompts *prompts)
{
	if (prompts == NULL)
		return;
	g_hash_table_unref(prompts->sections);
	g_free(prompts);
}

const char *
prompts_section(const Prompts *prompts, const char *name)
{
	return g_hash_table_lookup(prompts->sections, name);
}

/* Which blank begins at `text`; G_N_ELEMENTS(blanks) for none. */
static size_t
blank_at(const char *text)
{
	size_t i = 0;

	while (i < G_N_ELEMENTS(blanks) && !g_str_has_prefix(text, blanks[i]))
		i++;
	return i;
}

void
prompt_fill(GString *to, const char *text, const PromptWords *words)
{
	const char *const values[] = { words->language, words->delimiter,
		                       words->canary };

	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), blank;

		g_string_append_len(to, text, (gssize)plain);
		text += plain;
		blank = blank_at(text);
		if (blank < G_N_ELEMENTS(blanks)) {
			g_string_append(to, values[blank]);
			text += strlen(blanks[blank]);
		} else if (*text != '\0') {
			g_string_append_c(to, *text++);
		}
	}
	g_string_append(to, "\n\n");
}

/* -------------------------------------------------------------- reading it */

typedef struct Reader {
	Prompts *prompts;
	Source *source;
	char *name; /* of the section under way, or NULL */
	GString *text;
} Reader;

static bool
check_braces(Reader *reader, const char *line)
{
	for (const char *at = strchr(line, '{'); at != NULL;
	     at = strchr(at + 1, '{'))
		if (blank_at(at) == G_N_ELEMENTS(blanks))
			return source_bad(reader->source,
			                  "only {language}, {delimiter} and "
			                  "{canary} may stand in braces");
	return true;
}

static bool
end_section(Reader *reader)
{
	g_autofree char *text = g_strdup(g_strstrip(reader->text->str));

	g_string_truncate(reader->text, 0);
	if (reader->name == NULL)
		return true;
	if (*text == '\0')
		return source_bad(reader->source,
		                  "\"## %s\" ends here without a text",
		                  reader->name);
	if (strlen(text) > LIMIT_PROMPT_SECTION)
		return source_bad(reader->source,
		                  "\"## %s\" is longer than %d bytes; "
		                  "shorten it",
		                  reader->name, LIMIT_PROMPT_SECTION);
	g_hash_table_insert(reader->prompts->sections,
	                    g_steal_pointer(&reader->name),
	                    g_steal_pointer(&text));
	return true;
}

static bool
begin_section(Reader *reader, const char *name)
{
	bool known =
		g_str_has_prefix(name, "style ") && strchr(name, '=') != NULL;

	known = known || strcmp(name, "examples") == 0 ||
	        strcmp(name, "language") == 0;
	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		known = known || strcmp(name, needed[i]) == 0;
	if (!known)
		return source_bad(reader->source,
		                  "'%s' is no section; use role, data, rules, "
		                  "examples, language or style NAME=VALUE",
		                  name);
	if (prompts_section(reader->prompts, name) != NULL)
		return source_bad(reader->source,
		                  "\"## %s\" stands here twice; leave one out",
		                  name);
	reader->name = g_strdup(name);
	return true;
}

static bool
read_line(Reader *reader, const char *line)
{
	if (g_str_has_prefix(line, "## "))
		return end_section(reader) && begin_section(reader, line + 3);
	if (reader->name == NULL && *line != '\0')
		return source_bad(reader->source,
		                  "text before the first \"## \"");
	g_string_append(reader->text, line);
	g_string_append_c(reader->text, '\n');
	return check_braces(reader, line);
}

static bool
check_whole(Reader *reader)
{
	const char *data;

	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		if (prompts_section(reader->prompts, needed[i]) == NULL)
			return source_bad(reader->source,
			                  "there is no \"## %s\"; write one",
			                  needed[i]);
	data = prompts_section(reader->prompts, "data");
	if (strstr(data, "{delimiter}") == NULL)
		return source_bad(reader->source,
		                  "\"## data\" does not say {delimiter}: a "
		                  "model would not know where the mail ends");
	return true;
}

Prompts *
prompts_parse(const char *name, const char *text, size_t size, GError **error)
{
	Troubles troubles = { 0 };
	g_auto(Source) source = { 0 };
	g_autoptr(Prompts) prompts = g_new0(Prompts, 1);
	Reader reader = { prompts, &source, NULL, g_string_new(NULL) };
	const char *line;
	bool good;

	prompts->sections =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	good = source_open(&source, &troubles, name, text, size);
	while (good && (line = source_next(&source)) != NULL)
		good = read_line(&reader, line);
	good = good && end_section(&reader) && check_whole(&reader);
	g_string_free(reader.text, TRUE);
	g_free(reader.name);
	if (good && troubles.n == 0)
		return g_steal_pointer(&prompts);
	g_propagate_error(error, troubles.error);
	return NULL;
}

Prompts *
prompts_load(const char *const *dirs, GError **error)
{
	g_autofree char *path = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GError) why = NULL;
	gsize size;

	for (unsigned i = 0; dirs[i] != NULL; i++) {
		g_autofree char *there =
			g_build_filename(dirs[i], FILE_NAME, NULL);

		if (path == NULL || g_file_test(there, G_FILE_TEST_EXISTS)) {
			g_free(path);
			path = g_steal_pointer(&there);
		}
	}
	if (path == NULL || !g_file_get_contents(path, &text, &size, &why)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s",
		            why != NULL ? why->message
		                        : "no rules folder for " FILE_NAME);
		return NULL;
	}
	return prompts_parse(path, text, size, error);
}
