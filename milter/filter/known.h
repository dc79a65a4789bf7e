/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/known - what the store knows of a mail's writer, as header fields:
 * X-Tact-Tier, -Risk, -Reply-By, -Level, -Contact, -Trend.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef FILTER_KNOWN_H
#define FILTER_KNOWN_H

#include "analysis/tags.h"
#include "snapshot.h"
#include "store/mails.h"

/* After tags_make() of the answer's findings. */
void known_add(const Snapshot *snapshot, const Mailbox *mailbox,
               const MailAnswer *answer, Tags *tags);

/* What the mail is tagged with: the answer's findings, or, of a writer who
 * objected, none. */
void known_findings(const MailAnswer *answer, Findings *ret_findings);

#endif
