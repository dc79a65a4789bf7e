/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our tree of parts beside that of GMime's parser, over real mails: the same
 * types in the same order, for every well-formed one. GMime's parser is not
 * used outside of this test (see milter/message/mime.c).
 *
 * The mails are not ours to keep here: TACT_DATA names the folder.
 */
#include <glib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "message/message.h"
#include "message/mime.h"

static void
append_type(GString *out, const char *type)
{
	g_autofree char *lower = g_ascii_strdown(type, -1);

	g_string_append(out, lower);
	g_string_append(out, ", ");
}

static void
push_children(GPtrArray *stack, GMimeMultipart *multipart)
{
	for (int i = g_mime_multipart_get_count(multipart) - 1; i >= 0; i--)
		g_ptr_array_add(stack, g_mime_multipart_get_part(multipart, i));
}

static void
append_tree(GString *out, GMimeObject *root)
{
	g_autoptr(GPtrArray) stack = g_ptr_array_new();

	g_ptr_array_add(stack, root);
	while (stack->len > 0) {
		GMimeObject *part =
			g_ptr_array_steal_index(stack, stack->len - 1);
		g_autofree char *type = g_mime_content_type_get_mime_type(
			g_mime_object_get_content_type(part));

		append_type(out, type);
		if (GMIME_IS_MULTIPART(part))
			push_children(stack, GMIME_MULTIPART(part));
	}
}

static char *
their_tree(const char *bytes, size_t size)
{
	GString *out = g_string_new(NULL);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, size);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message != NULL && g_mime_message_get_mime_part(message) != NULL)
		append_tree(out, g_mime_message_get_mime_part(message));
	g_clear_object(&message);
	g_object_unref(parser);
	g_object_unref(stream);
	return g_string_free(out, FALSE);
}

static char *
our_tree(const char *bytes, size_t size)
{
	GString *out = g_string_new(NULL);
	g_autoptr(Mime) mime = mime_parse(bytes, size, NULL);

	for (size_t i = 0; mime != NULL && i < mime_count(mime); i++)
		append_type(out, mime_part(mime, i)->type);
	return g_string_free(out, FALSE);
}

static unsigned
compare_folder(const char *folder)
{
	g_autofree char *path =
		g_build_filename(g_getenv("TACT_DATA"), folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	unsigned count = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autofree char *bytes = NULL;
		g_autofree char *ours = NULL;
		g_autofree char *theirs = NULL;
		gsize size;

		if (!g_str_has_suffix(name, ".eml"))
			continue;
		g_assert_true(g_file_get_contents(file, &bytes, &size, NULL));
		ours = our_tree(bytes, size);
		theirs = their_tree(bytes, size);
		if (strcmp(ours, theirs) != 0)
			g_test_message("%s", file);
		g_assert_cmpstr(ours, ==, theirs);
		count++;
	}
	return count;
}

static void
test_trees(void)
{
	static const char *const folders[] = {
		"ham",
		"mime/mail-parser/legacy",
		"mime/mail-parser/rfc",
		"mime/mail-parser/thirdparty",
	};
	unsigned count = 0;

	if (g_getenv("TACT_DATA") == NULL) {
		g_test_skip("TACT_DATA is not set");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		count += compare_folder(folders[i]);
	g_test_message("the same tree for %u mails", count);
	g_assert_cmpuint(count, >, 500);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/mime-gmime/trees", test_trees);
	return g_test_run();
}
