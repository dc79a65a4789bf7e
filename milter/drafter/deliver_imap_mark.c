/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A keyword on the customer's mail, for whoever sorts the mailbox by it. It is
 * set once the draft's place is committed, and never tried again: it is a
 * convenience, and a draft is there without it, too.
 */
#include "deliver_private.h"
#include "imap.h"
#include "imap_folders.h"

#define KEYWORD "$SupportDrafted"

typedef struct Search {
	uint32_t uid;
	size_t n;
} Search;

static void
note(const char *line, void *data)
{
	Search *search = data;

	imap_reply_search(line, &search->uid, &search->n);
}

static char *
open_command(const char *folder)
{
	g_autofree char *name = imap_name_encode(folder);
	g_autofree char *quoted = imap_quote(name != NULL ? name : folder);

	return g_strconcat("SELECT ", quoted, NULL);
}

bool
deliver_imap_mark(const Mailbox *mailbox, const char *source_id,
                  bool *ret_found, GError **error)
{
	g_autofree char *open = open_command(mailbox->mailbox_source_folder);
	g_autofree char *find = g_strdup_printf(
		"UID SEARCH HEADER Message-ID \"<%s>\"", source_id);
	g_autofree char *mark = NULL;
	g_autoptr(Imap) imap = deliver_imap_open(mailbox, error);
	Search search = { 0 };

	if (imap == NULL || !imap_do(imap, open, NULL, NULL, error) ||
	    !imap_do(imap, find, note, &search, error))
		return false;
	*ret_found = search.uid != 0;
	if (search.uid == 0)
		return true;
	mark = g_strdup_printf("UID STORE %u +FLAGS.SILENT (" KEYWORD ")",
	                       search.uid);
	return imap_do(imap, mark, NULL, NULL, error);
}
