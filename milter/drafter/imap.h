/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/imap (private) - commands to an IMAP server, one after the other.
 *
 * Owns:    an Imap is the caller's; lines are borrowed during a visit.
 * Fails:   DELIVERY_ERROR_*: RETRY when the connection breaks or the server
 *          says that it is not its day, SETUP when somebody must mend
 *          something, REFUSED when it will never be.
 * Threads: one.
 */
#ifndef DRAFTER_IMAP_H
#define DRAFTER_IMAP_H

#include <glib.h>
#include <stdbool.h>

#include "imap_reply.h"
#include "wire.h"

typedef struct Imap Imap;

/* Logged in. */
Imap *imap_open(const WireTarget *target, Deadline deadline,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Says LOGOUT and hangs up. */
void imap_free(Imap *imap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Imap, imap_free)

/* Each line that is not the last of an answer. */
typedef void ImapVisit(const char *line, void *data);

/* `command` without tag and line end; no control character in it. False also
 * when the server answers NO or BAD. `visit` may be NULL. */
bool imap_do(Imap *imap, const char *command, ImapVisit *visit, void *data,
             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, with `literal` after the command, once the server asks for it. */
bool imap_do_literal(Imap *imap, const char *command, GBytes *literal,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last line of the last answer; borrowed until the next command. */
const char *imap_answer(const Imap *imap);
/* Did it say NO or BAD, so that another command may be tried? */
bool imap_was_refused(const Imap *imap);

/* Asked for once, when it is first wanted. */
bool imap_has_capability(const Imap *imap, const char *name);

/* A string as a command may hold it. */
char *imap_quote(const char *text);

#endif
