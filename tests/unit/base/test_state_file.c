/* SPDX-License-Identifier: Apache-2.0 */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "base/state_file.h"

static void
test_add(void)
{
	g_autoptr(GString) text = g_string_new("{");

	state_file_add(text, "one", 1);
	state_file_add(text, "least", INT64_MIN);
	g_string_append(text, ",\"in\":{");
	state_file_add(text, "most", INT64_MAX);
	g_assert_cmpstr(text->str, ==,
	                "{\"one\":1,\"least\":-9223372036854775808,"
	                "\"in\":{\"most\":9223372036854775807");
}

/* Replaced as a whole: who has the old one open keeps it. */
static void
test_write(void)
{
	g_autofree char *folder = g_dir_make_tmp("state.XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "status.json", NULL);
	g_autofree char *none = g_build_filename(folder, "no", "file", NULL);
	g_autofree char *found = NULL;
	struct stat before, after;

	g_assert_true(state_file_write(path, "{\"long\":1000}\n"));
	g_assert_cmpint(g_stat(path, &before), ==, 0);
	g_assert_cmpint(before.st_mode & 0777, ==, 0644);
	g_assert_true(state_file_write(path, "{}\n"));
	g_assert_cmpint(g_stat(path, &after), ==, 0);
	g_assert_cmpint(after.st_ino, !=, before.st_ino);
	g_assert_true(g_file_get_contents(path, &found, NULL, NULL));
	g_assert_cmpstr(found, ==, "{}\n");
	g_assert_false(state_file_write(none, "{}"));
	g_unlink(path);
	g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing is left beside */
}

int
main(int argc, char **argv)
{
	umask(022);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/state-file/add", test_add);
	g_test_add_func("/state-file/write", test_write);
	return g_test_run();
}
