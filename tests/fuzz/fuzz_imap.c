/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "imap_folders.h"
#include "imap_reply.h"

static void
read_line(const char *line, GArray *folders)
{
	uint32_t numbers[2];
	uint32_t last;
	size_t n;
	ImapFetch fetch;
	ImapFolder folder;

	imap_reply_status(line, "t1");
	imap_reply_code(line, "APPENDUID", numbers, 2);
	imap_reply_code(line, "OVERQUOTA", NULL, 0);
	imap_reply_has_capability(line, "UIDPLUS");
	imap_reply_literal(line, &n);
	imap_reply_fetch(line, &fetch);
	if (imap_reply_search(line, &last, &n))
		g_assert_true((last == 0) == (n == 0));
	if (imap_reply_list(line, &folder)) {
		g_assert_cmpuint(strlen(folder.name), <=, IMAP_NAME_MAX);
		g_array_append_val(folders, folder);
	}
}

/* Line by line what a server may say, and a choice among its folders. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);
	g_auto(GStrv) lines = g_strsplit(text, "\n", 1000);
	g_autoptr(GArray) folders =
		g_array_new(FALSE, TRUE, sizeof(ImapFolder));
	const ImapFolder *first;
	g_autofree char *spelled = imap_name_encode(text);

	for (size_t i = 0; lines[i] != NULL; i++)
		read_line(lines[i], folders);
	first = (const ImapFolder *)(const void *)folders->data;
	imap_folders_drafts(first, folders->len, NULL);
	imap_folders_drafts(first, folders->len, lines[0]);
	if (spelled != NULL)
		for (const char *p = spelled; *p != '\0'; p++)
			g_assert_true(*p >= ' ' && *p <= '~');
	for (guint i = 0; i < folders->len; i++)
		imap_folder_clear(&g_array_index(folders, ImapFolder, i));
	return 0;
}
