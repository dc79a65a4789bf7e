/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/imap_folders (private) - which folder is that of drafts.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   NULL where said.
 * Threads: any.
 */
#ifndef DRAFTER_IMAP_FOLDERS_H
#define DRAFTER_IMAP_FOLDERS_H

#include "imap_reply.h"

/* Folders in all; more are not looked at. */
#define IMAP_FOLDERS_MAX 20000

/* A name in UTF-8 as IMAP spells it (RFC 3501 5.1.3): & and all but printable
 * ASCII in modified UTF-7. NULL when it is not valid UTF-8 or holds controls.
 */
char *imap_name_encode(const char *name);

/*
 * The server's spelling of the folder of drafts among `n` folders; NULL for
 * none. `configured` (as a mail client shows it) decides if it is not empty:
 * that very folder, or the one below the INBOX, whatever the separator. Else
 * the one the server marks \Drafts, else the first that has one of the usual
 * names. Borrowed from `folders`.
 */
const char *imap_folders_drafts(const ImapFolder *folders, size_t n,
                                const char *configured);

/* The one that the server marks so; NULL for none. */
const char *imap_folders_marked(const ImapFolder *folders, size_t n,
                                unsigned flag);

#endif
