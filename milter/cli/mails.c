/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files are mapped, so an mbox of any size costs no memory. A line "From " in
 * an mbox begins a mail only after an empty line; of ">From " one > is taken
 * away (mboxrd), or a reader would take it for a quote.
 */
#include "mails.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "print.h"

#define STDIN_MAX (64 * 1024 * 1024)

static bool
starts_mbox(const char *bytes, size_t size)
{
	return size >= 5 && memcmp(bytes, "From ", 5) == 0;
}

/* Past the line at `bytes`. */
static const char *
next_line(const char *bytes, const char *end)
{
	const char *lf = memchr(bytes, '\n', (size_t)(end - bytes));

	return lf != NULL ? lf + 1 : end;
}

static bool
line_is_empty(const char *line, const char *next)
{
	return next - line == 1 || (next - line == 2 && line[0] == '\r');
}

static bool
line_is_escaped_from(const char *line, const char *next)
{
	const char *p = line;

	while (p < next && *p == '>')
		p++;
	return p > line && starts_mbox(p, (size_t)(next - p));
}

/* Where the mail at `bytes` ends: at the next separator. */
static const char *
mail_end(const char *bytes, const char *end, bool *ret_escaped)
{
	const char *line = bytes;
	bool after_empty = false;

	*ret_escaped = false;
	while (line < end) {
		const char *next = next_line(line, end);

		if (after_empty && starts_mbox(line, (size_t)(next - line)))
			return line;
		if (*line == '>' && line_is_escaped_from(line, next))
			*ret_escaped = true;
		after_empty = line_is_empty(line, next);
		line = next;
	}
	return end;
}

static GString *
unescape(const char *bytes, const char *end)
{
	GString *mail = g_string_sized_new((gsize)(end - bytes));

	while (bytes < end) {
		const char *next = next_line(bytes, end);
		size_t skip = line_is_escaped_from(bytes, next) ? 1 : 0;

		g_string_append_len(mail, bytes + skip,
		                    next - bytes - (gssize)skip);
		bytes = next;
	}
	return mail;
}

static void
each_of_mbox(const char *name, const char *bytes, size_t size,
             MailsVisit *visit, void *data)
{
	const char *end = bytes + size;

	for (unsigned n = 1; bytes < end; n++) {
		g_autofree char *one = g_strdup_printf("%s#%u", name, n);
		const char *start = next_line(bytes, end);
		bool escaped;

		bytes = mail_end(start, end, &escaped);
		if (escaped) {
			GString *mail = unescape(start, bytes);

			visit(one, mail->str, mail->len, data);
			g_string_free(mail, TRUE);
		} else {
			visit(one, start, (size_t)(bytes - start), data);
		}
	}
}

static void
each_of_bytes(const char *name, const char *bytes, size_t size,
              MailsVisit *visit, void *data)
{
	if (starts_mbox(bytes, size))
		each_of_mbox(name, bytes, size, visit, data);
	else
		visit(name, bytes, size, data);
}

static unsigned
each_of_file(const char *path, MailsVisit *visit, void *data)
{
	g_autofree char *name = print_name(path);
	g_autoptr(GError) error = NULL;
	GMappedFile *file = g_mapped_file_new(path, FALSE, &error);
	const char *bytes;

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

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
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
	g_ptr_array_sort(paths, by_name);
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
