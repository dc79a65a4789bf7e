/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/draft_paper - a text in the user's editor, on a file that only he can
 * read, in a folder of its own. Afterwards all in that folder is overwritten
 * and removed: editors leave copies.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   NULL with an error: no such editor, it failed, too long.
 * Threads: one.
 */
#ifndef CLI_DRAFT_PAPER_H
#define CLI_DRAFT_PAPER_H

#include <glib.h>

/* What `text` became; at most `max` bytes. */
char *draft_paper_edit(const char *text, size_t max,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
