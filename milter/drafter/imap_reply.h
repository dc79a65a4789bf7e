/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/imap_reply (private) - what an IMAP server said, line by line (RFC
 * 3501, 9051; UIDPLUS 4315; SPECIAL-USE 6154).
 *
 * A line has no line end, and its literals stand in it as quoted strings. What
 * cannot be read is as if it were not said.
 *
 * Owns:    names returned are the caller's; imap_folder_clear().
 * Fails:   never. Linear in the line.
 * Threads: any.
 */
#ifndef DRAFTER_IMAP_REPLY_H
#define DRAFTER_IMAP_REPLY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define IMAP_NAME_MAX 1000 /* of a folder, in bytes */

typedef enum ImapStatus {
	IMAP_OK,       /* our command is done */
	IMAP_NO,       /* it could not be */
	IMAP_BAD,      /* it was not understood */
	IMAP_BYE,      /* the server hangs up */
	IMAP_CONTINUE, /* it wants our literal */
	IMAP_DATA,     /* anything else that is allowed */
	IMAP_GARBAGE,  /* no IMAP */
} ImapStatus;

ImapStatus imap_reply_status(const char *line, const char *tag);

/* "[NAME 1 2]" after the status word: the name, and its numbers, of which
 * there must be `n`. */
bool imap_reply_code(const char *line, const char *name, uint32_t *ret_numbers,
                     size_t n);

bool imap_reply_has_capability(const char *line, const char *name);

typedef enum ImapFolderFlags {
	IMAP_FOLDER_NO_SELECT = 1 << 0, /* a name, or not there */
	IMAP_FOLDER_DRAFTS = 1 << 1,
	IMAP_FOLDER_SENT = 1 << 2,
	IMAP_FOLDER_TRASH = 1 << 3,
} ImapFolderFlags;

typedef struct ImapFolder {
	unsigned flags;
	char separator;   /* '\0': none */
	const char *name; /* as the server spells it; the folder's own */
} ImapFolder;

/* A line "* LIST ...". */
bool imap_reply_list(const char *line, ImapFolder *ret_folder);
void imap_folder_clear(ImapFolder *folder);

/* A line "* SEARCH ...": the highest number, and how many. */
bool imap_reply_search(const char *line, uint32_t *ret_last, size_t *ret_n);

typedef enum ImapFlags {
	IMAP_FLAG_DRAFT = 1 << 0,
	IMAP_FLAG_SEEN = 1 << 1,
	IMAP_FLAG_DELETED = 1 << 2,
} ImapFlags;

typedef struct ImapFetch {
	uint32_t uid;  /* 0: not said */
	uint32_t size; /* 0: not said */
	bool has_flags;
	unsigned flags;
} ImapFetch;

/* A line "* n FETCH (...)". */
bool imap_reply_fetch(const char *line, ImapFetch *ret_fetch);

/* The size of the literal that the line ends with; false for none. */
bool imap_reply_literal(const char *line, size_t *ret_size);

#endif
