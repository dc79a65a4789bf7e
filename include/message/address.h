/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/address - mail addresses, compared the way mail systems do.
 *
 * Canonical form: local part as written (RFC 5321 2.4 leaves its meaning to
 * the receiving host), domain in lower case, an A-label where it was IDN,
 * without a trailing dot. canonical(canonical(x)) = canonical(x).
 *
 * Owns:    strings returned are the caller's.
 * Fails:   NULL when the text is not exactly one address; bounded by
 *          LIMIT_ADDRESS_BYTES and LIMIT_ADDRESSES_PER_HEADER.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_ADDRESS_H
#define MESSAGE_ADDRESS_H

/* The one address of a From-like header value; its display name, sanitised and
 * on one line, into `ret_name` if that is not NULL. NULL, with `ret_name` left
 * alone, for none, several, a group, or what can be read in two ways. */
char *address_from_header(const char *value, char **ret_name);

/* An envelope path, with or without <> and source route. NULL for <>. */
char *address_from_envelope(const char *path);

/* A local part as a quoted string (RFC 5321 4.1.2). */
char *address_quoted(const char *local);

/* Borrowed: the part after the last @ of a canonical address. */
const char *address_domain(const char *canonical);

#endif
