/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mails of tests/corpus/automated and genuine: files of parts, each behind
 * a line "=== NAME"; see the README there.
 */
#ifndef TESTS_MAIL_PARTS_H
#define TESTS_MAIL_PARTS_H

#include <glib.h>
#include <string.h>

#define PARTS_CORPUS "tests/corpus/"
#define PARTS_SEPARATOR "=== "

/* The parts of a file, each with the separator's line as its first; the
 * caller's. */
static inline char **
parts_of(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(g_str_has_prefix(text, PARTS_SEPARATOR));
	return g_strsplit(text + strlen(PARTS_SEPARATOR), "\n" PARTS_SEPARATOR,
	                  -1);
}

/* What stands after the first line. */
static inline const char *
part_body(const char *part)
{
	return strchr(part, '\n') + 1;
}

/* The first line of a machine's mail: its name, envelope sender and the reason
 * that must be found. */
static inline char **
part_fields(const char *part)
{
	g_autofree char *line =
		g_strndup(part, (gsize)(part_body(part) - part - 1));
	char **fields = g_strsplit(line, "\t", 3);

	g_assert_cmpuint(g_strv_length(fields), ==, 3);
	return fields;
}

static inline const char *
part_sender(const char *field)
{
	if (strcmp(field, "-") == 0)
		return NULL;
	return strcmp(field, "<>") == 0 ? "" : field;
}

typedef void PartVisit(const char *part, void *data);

/* All mails of machines. */
static inline unsigned
parts_each_machine(PartVisit *visit, void *data)
{
	g_autoptr(GDir) dir = g_dir_open(PARTS_CORPUS "automated", 0, NULL);
	const char *name;
	unsigned n = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_auto(GStrv) parts = NULL;

		if (!g_str_has_suffix(name, ".mails"))
			continue;
		parts = parts_of(PARTS_CORPUS "automated", name);
		for (size_t i = 0; parts[i] != NULL; i++, n++)
			visit(parts[i], data);
	}
	return n;
}

/* A client's header lines before a customer's subject and text. */
static inline char *
part_mail(const char *client, const char *text)
{
	return g_strconcat(part_body(client), "\n", part_body(text), "\n",
	                   NULL);
}

#endif
