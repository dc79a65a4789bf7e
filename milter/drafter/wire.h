/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/wire (private) - lines to and from a mail server.
 *
 * libcurl connects, makes it TLS, verifies the certificate and logs in; then
 * the connection is ours. No proxy, no redirection, no .netrc.
 *
 * Owns:    a Wire is the caller's; a WireTarget is borrowed while opening.
 * Fails:   DELIVERY_ERROR_RETRY or DELIVERY_ERROR_SETUP (deliver.h); nothing
 *          goes on longer than the deadline.
 * Threads: one.
 */
#ifndef DRAFTER_WIRE_H
#define DRAFTER_WIRE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

#define WIRE_LINE_MAX 65536
#define WIRE_READ_MAX 8388608 /* in all */

/* All but one of `url` and `unix_path` may be NULL. */
typedef struct WireTarget {
	const char *url; /* imap://, imaps://, or tcp:// for a bare connection;
	                  * wire_check_url() */
	const char *unix_path;
	const char *user;
	const char *password;
	const char *token;   /* OAuth 2.0, instead of a password */
	const char *ca_file; /* trusted instead of the host's */
} WireTarget;

typedef struct Wire Wire;

/* SCHEME://HOST[:PORT] with one of `schemes` ("imap|imaps") and no more. */
bool wire_check_url(const char *url, const char *schemes,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

Wire *wire_open(const WireTarget *target, Deadline deadline,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Hangs up, without a word. */
void wire_free(Wire *wire);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Wire, wire_free)

bool wire_write(Wire *wire, const char *bytes, size_t size,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For politeness: whether it arrives, and what is answered, is nothing to us.
 */
void wire_say_goodbye(Wire *wire, const char *words);
/* Without its line end; the caller's. */
char *wire_read_line(Wire *wire, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Appends exactly `size` bytes. */
bool wire_read(Wire *wire, size_t size, GString *out,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The code of a refusal, without the text after it, in which a server may tell
 * of the mail: "552 5.2.2", "NO [OVERQUOTA]"; "?" for what is none. `line` is
 * of IMAP, with its tag, or of LMTP. */
char *wire_code(const char *line);
/* What a server said, fit for a log: one line, cut, in quotes. */
char *wire_quoted(const char *line);

#endif
