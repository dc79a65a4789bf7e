/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of modules: "## id", lines of "key: value", a blank line, the text.
 * A bad line spoils its module alone, so that one run tells all that is wrong.
 */
#include <string.h>

#include "pack.h"
#include "prose.h"

typedef struct Reader {
	Source *source;
	Slot slot;
	const Rules *rules;
	GPtrArray *modules;
	Module *module; /* being read */
	bool head;      /* its text has not begun */
	bool bad;       /* it is to be left out */
	Fold fold;
	ProseCheck check;
} Reader;

void
module_free(Module *module)
{
	if (module == NULL)
		return;
	g_free(module->id);
	g_free(module->file);
	g_free(module->text);
	if (module->terms != NULL)
		g_array_unref(module->terms);
	g_free(module);
}

static bool
is_id(const char *id)
{
	size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n <= 60 && id[n] == '\0';
}

static bool
is_taken(const GPtrArray *modules, const char *id)
{
	for (unsigned i = 0; i < modules->len; i++) {
		const Module *module = modules->pdata[i];

		if (strcmp(module->id, id) == 0)
			return true;
	}
	return false;
}

static bool
begin_module(Reader *reader, const char *id)
{
	Module *module = g_new0(Module, 1);

	reader->module = module;
	reader->head = true;
	reader->bad = false;
	reader->check = (ProseCheck){ .blanks = true };
	fold_begin(&reader->fold);
	module->id = g_strdup_printf("%s/%s", slot_name(reader->slot), id);
	module->file = g_strdup(reader->source->file);
	module->line = reader->source->line;
	module->weight = MODULE_WEIGHT;
	module->terms = terms_new();
	if (!is_id(id))
		return source_bad(reader->source,
		                  "'%.60s' is no name; use a-z, 0-9 and -", id);
	if (is_taken(reader->modules, module->id))
		return source_bad(reader->source,
		                  "'%s' stands in this file already; give it "
		                  "another name",
		                  id);
	return reader->modules->len < LIMIT_MODULES ||
	       source_bad(reader->source, "more than %d modules",
	                  LIMIT_MODULES);
}

/* How many say what is not told: they keep a question out, and make none
 * better than its equals. */
static unsigned
count_untold(const GArray *terms)
{
	unsigned n = 0;

	for (unsigned i = 0; i < terms->len; i++) {
		const Term *term = &g_array_index(terms, Term, i);

		n += term->unless && strcmp(term->key, "gives") == 0;
	}
	return n;
}

/* A name or number in the text is a condition, too: the mail must tell it. */
static unsigned
specificity(const Module *module)
{
	bool named = (module->blanks & BLANKS_NAME) != 0 &&
	             terms_find(module->terms, "name") == NULL;
	bool numbered = (module->blanks & BLANKS_NUMBER) != 0 &&
	                terms_find(module->terms, "gives") == NULL;

	return module->terms->len - count_untold(module->terms) + named +
	       numbered;
}

static bool
finish_text(Reader *reader)
{
	Module *module = reader->module;

	module->text = fold_end(&reader->fold);
	if (reader->bad)
		return false;
	if (module->text == NULL)
		return trouble_at(reader->source->troubles, module->file,
		                  module->line,
		                  "a module without text; write it behind a "
		                  "blank line");
	if (strlen(module->text) > LIMIT_MODULE_TEXT)
		return trouble_at(reader->source->troubles, module->file,
		                  module->line,
		                  "a text of more than %d bytes; shorten it",
		                  LIMIT_MODULE_TEXT);
	return !reader->check.open ||
	       trouble_at(reader->source->troubles, module->file, module->line,
	                  "[[ without its ]]");
}

static void
end_module(Reader *reader)
{
	Module *module = reader->module;

	if (module == NULL)
		return;
	if (finish_text(reader)) {
		module->blanks = reader->check.used;
		module->specificity = specificity(module);
		g_ptr_array_add(reader->modules, module);
	} else {
		module_free(module);
	}
	reader->module = NULL;
}

static bool
read_weight(Reader *reader, const char *value)
{
	if (value[0] < '1' || value[0] > '9' || value[1] != '\0')
		return source_bad(reader->source,
		                  "'%.20s' is no weight; use 1 to 9", value);
	reader->module->weight = (unsigned)(value[0] - '0');
	return true;
}

/* A line of a module's head. */
static bool
read_key(Reader *reader, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *value;

	if (line[0] == '\0') {
		reader->head = false;
		return true;
	}
	value = colon != NULL ? colon + 1 + strspn(colon + 1, " \t") : "";
	if (g_str_has_prefix(line, "when:"))
		return terms_read(reader->module->terms, value, reader->rules,
		                  reader->source);
	if (g_str_has_prefix(line, "weight:"))
		return read_weight(reader, value);
	return source_bad(reader->source,
	                  "neither when: nor weight:; write a blank line "
	                  "before the text");
}

static bool
read_text(Reader *reader, const char *line)
{
	const char *fault = prose_check_line(&reader->check, line);

	if (fault == NULL && reader->check.open && line[0] == '\0')
		fault = "[[ without its ]] in the same paragraph";
	if (fault != NULL)
		return source_bad(reader->source, "%s", fault);
	fold_line(&reader->fold, line);
	return true;
}

static bool
read_line(Reader *reader, const char *line)
{
	if (g_str_has_prefix(line, "## ")) {
		end_module(reader);
		return begin_module(reader, line + 3 + strspn(line + 3, " "));
	}
	if (reader->module == NULL)
		return line[0] == '\0' || g_str_has_prefix(line, "# ") ||
		       source_bad(reader->source, "text before the first "
		                                  "module; write ## NAME");
	if (line[0] == '#')
		return source_bad(reader->source,
		                  "a heading; a module begins with ## NAME");
	if (reader->bad)
		return true;
	return reader->head ? read_key(reader, line) : read_text(reader, line);
}

GPtrArray *
modules_read(Slot slot, const Rules *rules, Source *source)
{
	Reader reader = { .source = source, .slot = slot, .rules = rules };
	const char *line;

	reader.modules = g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))module_free);
	while ((line = source_next(source)) != NULL)
		if (!read_line(&reader, line))
			reader.bad = true;
	end_module(&reader);
	return reader.modules;
}
