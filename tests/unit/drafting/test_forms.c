/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A greeting or closing of ours that has no name could never be preferred, nor
 * be seen to be replaced.
 */
#include <glib.h>
#include <string.h>

#include "analysis/edit.h"
#include "drafting/template.h"

static void
check_module(const char *slot, const char *text)
{
	char form[EDIT_FORM_SIZE];

	if (strcmp(slot, "greeting") == 0)
		edit_greeting(text, form);
	else
		edit_signoff(text, form);
	if (form[0] == '\0' || strcmp(form, "none") == 0)
		g_error("%s: '%s' has no name", slot, text);
	g_assert_nonnull(edit_form_phrase(form));
}

/* Each "## id" of the file, asked for by its id. */
static unsigned
check_file(const Pack *pack, const char *code, const char *slot)
{
	g_autofree char *path =
		g_strdup_printf(RULES_DIR "/templates/%s/%s.md", code, slot);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned n = 0;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	lines = g_strsplit(text, "\n", 0);
	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *id = NULL;
		const char *module;

		if (!g_str_has_prefix(*line, "## "))
			continue;
		id = g_strdup_printf("%s/%s", slot, *line + 3);
		module = pack_module_text(pack, language_from_code(code), id);
		g_assert_nonnull(module);
		check_module(slot, module);
		n++;
	}
	return n;
}

static void
test_named(void)
{
	const char *const dirs[] = { RULES_DIR, NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Pack) pack = pack_load(dirs, NULL, &error);
	unsigned n = 0;

	g_assert_no_error(error);
	for (unsigned i = LANGUAGE_DA; i < LANGUAGE_N; i++) {
		n += check_file(pack, language_code((Language)i), "greeting");
		n += check_file(pack, language_code((Language)i), "signoff");
	}
	g_assert_cmpuint(n, >, 60);
	g_assert_null(pack_module_text(pack, LANGUAGE_EN, "greeting/no-such"));
	g_assert_null(pack_module_text(pack, LANGUAGE_N, "greeting/plain-1"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/forms/named", test_named);
	return g_test_run();
}
