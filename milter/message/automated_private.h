/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/automated, its parts: names of senders and subjects of vacations.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_AUTOMATED_PRIVATE_H
#define MESSAGE_AUTOMATED_PRIVATE_H

#include <stdbool.h>

/* No person writes from this address: mailer-daemon, no-reply, owner-x. */
bool automated_is_robot(const char *address);

/* A vacation subject; `in_reply` when the mail answers another by its header,
 * which the less specific ones need. */
bool automated_is_absence(const char *subject, bool in_reply);

/* A mark that a spam filter puts before the subject. */
bool automated_is_spam_subject(const char *subject);

#endif
