/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <string.h>

#include "prose.h"

static const char *const slots[SLOT_N] = {
	[SLOT_GREETING] = "greeting", [SLOT_THANKS] = "thanks",
	[SLOT_FEELING] = "feeling",   [SLOT_ANSWER] = "answer",
	[SLOT_HOLDING] = "holding",   [SLOT_ALSO] = "also",
	[SLOT_QUESTION] = "question", [SLOT_NEXT] = "next",
	[SLOT_CLOSING] = "closing",   [SLOT_SIGNOFF] = "signoff",
};

const char *
slot_name(Slot slot)
{
	return slot < SLOT_N ? slots[slot] : "";
}

static Slot
slot_from_name(const char *name)
{
	unsigned i = 0;

	while (i < SLOT_N && strcmp(slots[i], name) != 0)
		i++;
	return (Slot)i;
}

bool
slot_needed(Slot slot)
{
	return slot != SLOT_FEELING && slot != SLOT_ALSO &&
	       slot != SLOT_QUESTION;
}

Pack *
pack_new(void)
{
	return g_new0(Pack, 1);
}

void
pack_free(Pack *pack)
{
	if (pack == NULL)
		return;
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		for (unsigned s = 0; s < SLOT_N; s++)
			if (pack->slot[l][s] != NULL)
				g_ptr_array_unref(pack->slot[l][s]);
	g_free(pack);
}

unsigned
pack_count(const Pack *pack, Language language, Slot slot)
{
	return language < LANGUAGE_N && slot < SLOT_N
	               ? modules_n(pack->slot[language][slot])
	               : 0;
}

static const char *
text_among(const GPtrArray *modules, const char *id)
{
	for (unsigned i = 0; i < modules_n(modules); i++) {
		const Module *module = modules->pdata[i];

		if (strcmp(module->id, id) == 0)
			return module->text;
	}
	return NULL;
}

const char *
pack_module_text(const Pack *pack, Language language, const char *id)
{
	const char *text = NULL;

	for (unsigned s = 0; language < LANGUAGE_N && s < SLOT_N; s++)
		if (text == NULL)
			text = text_among(pack->slot[language][s], id);
	return text;
}

static void
each_of(const GPtrArray *modules, Language language, AddressForm form,
        PackVisit *visit, void *data)
{
	for (unsigned i = 0; i < modules_n(modules); i++) {
		const Module *module = modules->pdata[i];
		g_autofree char *text = prose_choose(module->text, form);

		visit(language, module->file, module->line, text, data);
	}
}

void
pack_each(const Pack *pack, AddressForm form, PackVisit *visit, void *data)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		for (unsigned s = 0; s < SLOT_N; s++)
			each_of(pack->slot[l][s], (Language)l, form, visit,
			        data);
}

static bool
has_for_all(const GPtrArray *modules)
{
	for (unsigned i = 0; i < modules_n(modules); i++) {
		const Module *module = modules->pdata[i];

		if (module->terms->len == 0 && module->blanks == 0)
			return true;
	}
	return false;
}

static bool
is_whole(const Pack *pack, Language language)
{
	for (unsigned s = 0; s < SLOT_N; s++)
		if (slot_needed((Slot)s) &&
		    !has_for_all(pack->slot[language][s]))
			return false;
	return true;
}

Language
pack_language(const Pack *pack, Language language)
{
	if (language == LANGUAGE_UND || language >= LANGUAGE_N)
		return LANGUAGE_UND;
	if (is_whole(pack, language))
		return language;
	return language == LANGUAGE_NN && is_whole(pack, LANGUAGE_NB)
	               ? LANGUAGE_NB
	               : LANGUAGE_UND;
}

static bool
read_source(Pack *pack, Language language, Slot slot, const Rules *rules,
            Source *source)
{
	unsigned before = source->troubles->n;

	if (pack->slot[language][slot] != NULL)
		g_ptr_array_unref(pack->slot[language][slot]);
	pack->slot[language][slot] = modules_read(slot, rules, source);
	return source->troubles->n == before;
}

static bool
name_means(const char *name, const char *path, Language *ret_language,
           Slot *ret_slot, Troubles *troubles)
{
	const char *slot;

	if (!source_language(name, path, ret_language, &slot, troubles))
		return false;
	*ret_slot = slot_from_name(slot);
	return *ret_slot < SLOT_N ||
	       trouble_at(troubles, path, 0,
	                  "'%s' is no part of a reply; use one of greeting "
	                  "thanks feeling answer holding question next closing "
	                  "signoff",
	                  slot);
}

static bool
read_path(Pack *pack, const char *name, const char *path, const Rules *rules,
          Troubles *troubles)
{
	g_autofree char *bytes = NULL;
	g_auto(Source) source = { 0 };
	Language language;
	size_t size;
	Slot slot;

	if (!name_means(name, path, &language, &slot, troubles))
		return false;
	bytes = source_read(path, &size, troubles);
	if (bytes == NULL || !source_open(&source, troubles, path, bytes, size))
		return false;
	return read_source(pack, language, slot, rules, &source);
}

static Pack *
load(const char *const *dirs, const Rules *rules, Troubles *troubles)
{
	g_autoptr(GHashTable) files = source_find(dirs, "templates");
	g_autoptr(GList) names = source_names(files);
	Pack *pack = pack_new();

	for (GList *at = names; at != NULL; at = at->next)
		read_path(pack, at->data, g_hash_table_lookup(files, at->data),
		          rules, troubles);
	return pack;
}

Pack *
pack_load(const char *const *dirs, const Rules *rules, GError **error)
{
	Troubles troubles = { 0 };
	g_autoptr(Pack) pack = load(dirs, rules, &troubles);

	if (troubles.error == NULL)
		return g_steal_pointer(&pack);
	g_propagate_error(error, troubles.error);
	return NULL;
}

Pack *
pack_load_reporting(const char *const *dirs, const Rules *rules,
                    PackProblem *report, void *data)
{
	Troubles troubles = { .report = report, .data = data };

	return load(dirs, rules, &troubles);
}

bool
pack_add(Pack *pack, const PackText *text, GError **error)
{
	Troubles troubles = { 0 };
	g_auto(Source) source = { 0 };

	if (source_open(&source, &troubles, text->name, text->text, text->size))
		read_source(pack, text->language, text->slot, NULL, &source);
	if (troubles.error == NULL)
		return true;
	g_propagate_error(error, troubles.error);
	return false;
}
