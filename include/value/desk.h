/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/desk - by when each mailbox answers whom: calendars and response times
 * of all of a site's mailboxes, read once.
 *
 * Owns:    a Desk is the caller's; it borrows the Settings.
 * Fails:   as calendar_read() and response_times_read().
 * Threads: desk_due() one at a time; desk_format() any.
 */
#ifndef VALUE_DESK_H
#define VALUE_DESK_H

#include <glib.h>
#include <stdint.h>

#include "base/settings.h"
#include "value/tier.h"

typedef struct Desk Desk;

Desk *desk_new(const Settings *settings,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_free(Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Desk, desk_free)

/* When a mail that came `at` to `mailbox` (one of the Settings) is due. */
int64_t desk_due(const Desk *desk, const Mailbox *mailbox, Tier tier, Risk risk,
                 int64_t at);
/* As X-Tact-Reply-By has it, in the mailbox's time zone. */
char *desk_format(const Desk *desk, const Mailbox *mailbox, int64_t at);

#endif
