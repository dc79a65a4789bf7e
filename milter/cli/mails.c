/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files are mapped, so an mbox of any size costs no memory.
 */
#include "mails.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "message/mbox.h"
#include "print.h"

#define STDIN_MAX (64 * 1024 * 1024)

typedef struct Visit {
	const char *name;
	MailsVisit *visit;
	void *data;
} Visit;

static void
visit_numbered(unsigned number, const char *bytes, size_t size, void *data)
{
	const Visit *to = data;
	g_autofree char *one = g_strdup_printf("%s#%u", to->name, number);

	to->visit(one, bytes, size, to->data);
}

static void
each_of_bytes(const char *name, const char *bytes, size_t size,
              MailsVisit *visit, void *data)
{
	Visit numbered = { name, visit, data };

	if (mbox_is(bytes, size))
		mbox_each(bytes, size, visit_numbered, &numbered);
	else
		visit(name, bytes, size, data);
}

/* A pipe cannot be mapped, and opening one may wait for ever; what is not there
 * is told by who opens it. */
static bool
is_odd(const char *path, const char *name)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
		return false;
	print_error("%s: is no plain file; a pipe is read as standard input: "
	            "say - in its place",
	            name);
	return true;
}

static unsigned
each_of_file(const char *path, MailsVisit *visit, void *data)
{
	g_autofree char *name = print_name(path);
	g_autoptr(GError) error = NULL;
	GMappedFile *file;
	const char *bytes;

	if (is_odd(path, name))
		return 1;
	file = g_mapped_file_new(path, FALSE, &error);
	if (file == NULL) {
		print_failure(&error);
		return 1;
	}
	bytes = g_mapped_file_get_contents(file);
	each_of_bytes(name, bytes != NULL ? bytes : "",
	              g_mapped_file_get_length(file), visit, data);
	g_mapped_file_unref(file);
	return 0;
}

static unsigned
each_of_stdin(MailsVisit *visit, void *data)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	guint8 chunk[16384];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) > 0) {
		g_byte_array_append(bytes, chunk, (guint)n);
		if (bytes->len > STDIN_MAX) {
			print_error("standard input: over %d MiB; name a file",
			            STDIN_MAX >> 20);
			return 1;
		}
	}
	if (n < 0) {
		print_error("standard input: cannot be read");
		return 1;
	}
	each_of_bytes("-", (const char *)bytes->data, bytes->len, visit, data);
	return 0;
}

/* The files of a folder that end in `suffix`, sorted; NULL: unreadable. */
static GPtrArray *
list_files(const char *folder, const char *suffix)
{
	g_autoptr(GError) error = NULL;
	GDir *dir = g_dir_open(folder, 0, &error);
	GPtrArray *paths;
	const char *entry;

	if (dir == NULL) {
		print_failure(&error);
		return NULL;
	}
	paths = g_ptr_array_new_with_free_func(g_free);
	while ((entry = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, entry, NULL);

		if (entry[0] != '.' && g_str_has_suffix(entry, suffix) &&
		    g_file_test(path, G_FILE_TEST_IS_REGULAR))
			g_ptr_array_add(paths, g_steal_pointer(&path));
	}
	g_dir_close(dir);
	g_ptr_array_sort(paths, text_compare);
	return paths;
}

static unsigned
each_of_folder(const char *folder, const char *suffix, MailsVisit *visit,
               void *data)
{
	g_autoptr(GPtrArray) paths = list_files(folder, suffix);
	unsigned failed = 0;

	if (paths == NULL)
		return 1;
	if (paths->len == 0 && suffix[0] != '\0') {
		print_error("%s: no *%s in it, and it is no Maildir", folder,
		            suffix);
		return 1;
	}
	for (unsigned i = 0; i < paths->len; i++)
		failed += each_of_file(paths->pdata[i], visit, data);
	return failed;
}

unsigned
mails_each(const char *path, MailsVisit *visit, void *data)
{
	static const char *const maildir[] = { "cur", "new" };
	bool is_maildir = false;
	unsigned failed = 0;

	if (strcmp(path, "-") == 0)
		return each_of_stdin(visit, data);
	if (!g_file_test(path, G_FILE_TEST_IS_DIR))
		return each_of_file(path, visit, data);
	for (size_t i = 0; i < G_N_ELEMENTS(maildir); i++) {
		g_autofree char *folder =
			g_build_filename(path, maildir[i], NULL);

		if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
			continue;
		is_maildir = true;
		failed += each_of_folder(folder, "", visit, data);
	}
	if (!is_maildir)
		failed += each_of_folder(path, ".eml", visit, data);
	return failed;
}
