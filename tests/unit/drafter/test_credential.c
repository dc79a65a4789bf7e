/* SPDX-License-Identifier: Apache-2.0 */
#include "credential.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "rows.h"

static const struct row {
	const char *name, *text;
	int mode;
	const char *credential; /* NULL: refused */
} rows[] = {
	{ "plain", "geheim\n", 0600, "geheim" },
	{ "no-newline", "geheim", 0400, "geheim" },
	{ "crlf", "geheim\r\n", 0600, "geheim" },
	{ "second-line", "geheim\nmore\n", 0600, "geheim" },
	{ "blanks", " ge heim \n", 0600, " ge heim " },
	{ "utf8", "p\xc3\xb8lse", 0600, "p\xc3\xb8lse" },
	{ "group", "geheim", 0640, NULL },
	{ "others", "geheim", 0604, NULL },
	{ "writable", "geheim", 0620, NULL },
	{ "empty", "", 0600, NULL },
	{ "empty-line", "\ngeheim", 0600, NULL },
	{ "control", "ge\x01heim", 0600, NULL },
	{ "latin1", "p\xf8lse", 0600, NULL },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *dir = g_dir_make_tmp("tact-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "file", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Credential) found = NULL;

	g_assert_true(g_file_set_contents(path, row->text, -1, NULL));
	g_assert_cmpint(g_chmod(path, row->mode), ==, 0);
	found = credential_read(path, &error);
	g_assert_cmpstr(found, ==, row->credential);
	if (row->credential == NULL) {
		g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
		g_assert_null(strstr(error->message, "heim"));
	}
	g_unlink(path);
	g_rmdir(dir);
}

static void
test_not_there(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(credential_read("/nowhere/file", &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
	g_clear_error(&error);
	g_assert_null(credential_read("/tmp", &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
}

static void
test_too_long(void)
{
	g_autofree char *text = g_strnfill(CREDENTIAL_MAX, 'x');
	g_autofree char *dir = g_dir_make_tmp("tact-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "file", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_cmpint(g_chmod(path, 0600), ==, 0);
	g_assert_null(credential_read(path, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
	g_unlink(path);
	g_rmdir(dir);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/credential/", rows, test_row);
	g_test_add_func("/credential/not-there", test_not_there);
	g_test_add_func("/credential/too-long", test_too_long);
	return g_test_run();
}
