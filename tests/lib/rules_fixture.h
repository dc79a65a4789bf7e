/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules made of strings, in a folder that lives as long as the fixture; and
 * those of a folder that is there.
 */
#ifndef TESTS_RULES_FIXTURE_H
#define TESTS_RULES_FIXTURE_H

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/rules.h"

static inline void
fixture_write(const char *dir, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}

static inline char *
fixture_dir(void)
{
	g_autoptr(GError) error = NULL;
	char *dir = g_dir_make_tmp("tact-rules-XXXXXX", &error);

	g_assert_no_error(error);
	return dir;
}

/* Removes what fixture_write() can have made. */
static inline void
fixture_remove(const char *dir)
{
	static const char *const subs[] = { "lang", "traits", "" };

	for (unsigned i = 0; i < G_N_ELEMENTS(subs); i++) {
		g_autofree char *path = g_build_filename(dir, subs[i], NULL);
		g_autoptr(GDir) open = g_dir_open(path, 0, NULL);
		const char *name;

		while (open && (name = g_dir_read_name(open)) != NULL) {
			g_autofree char *file =
				g_build_filename(path, name, NULL);

			g_remove(file);
		}
		g_rmdir(path);
	}
}

/* The rules of one file; NULL and `error` when it is not good. */
static inline Rules *
fixture_rules(const char *text, const char *const *traits, GError **error)
{
	return rules_parse("test.rules", text, strlen(text), traits, error);
}

/* For `traits`: none of the folder's. */
#define NO_TRAITS ((const char *const[]){ NULL })

typedef Rules *(*RulesLoader)(const char *const *dirs,
                              const char *const *traits, GError **error);

/* `load` is rules_load() or rules_load_untrained(); it must succeed. */
static inline Rules *
fixture_load(RulesLoader load, const char *dir, const char *const *traits)
{
	const char *const dirs[] = { dir, NULL };
	g_autoptr(GError) error = NULL;
	Rules *rules = load(dirs, traits, &error);

	g_assert_no_error(error);
	return rules;
}

#endif
