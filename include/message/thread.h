/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/thread - which mails belong together.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   never; NULL only where said.
 * Threads: any.
 */
#ifndef MESSAGE_THREAD_H
#define MESSAGE_THREAD_H

#include <stdbool.h>

#include "message/headers.h"

/*
 * The same for all mails of one thread: the oldest known Message-ID
 * (References, In-Reply-To, Message-ID), else "subject:" and the bare subject.
 * A reply by its subject that names no ancestor goes by that, too, since its
 * own id is nobody else's. Never NULL.
 */
char *thread_key(const Headers *headers, const char *subject);

/* `subject` (decoded, NULL is "") without reply and forward marks in our
 * languages, list tags before them, and runs of blanks. */
char *thread_bare_subject(const char *subject);

/* `subject` starts with a reply mark ("Re:", "SV[2]:", "AW:", ...). */
bool thread_subject_is_reply(const char *subject);

/* The first <id> in a Message-ID, In-Reply-To or References value, without
 * the brackets; NULL without one that is printable and of sane length. */
char *thread_message_id(const char *value);

#endif
