/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_draft - what a recorded mail means for drafts: one is asked
 * for, or there is a reason; an answer that went out waits to be compared.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h; the caller's transaction must then be undone.
 * Threads: one. Call within the transaction that recorded the mail.
 */
#ifndef FILTER_KEEPER_DRAFT_H
#define FILTER_KEEPER_DRAFT_H

#include "analysis/draftable.h"
#include "keeper_queue.h"
#include "keeper_site.h"

/* What recording it has told. */
typedef struct Recorded {
	MailAnswer answer;
	MailPlace place;
} Recorded;

bool keeper_draft_ask(const KeeperSite *site, const Letter *letter,
                      const Recorded *recorded, Draftable *ret_draft,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool keeper_draft_sent(const KeeperSite *site, const Letter *letter,
                       const Recorded *recorded,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
