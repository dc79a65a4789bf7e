/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_site - what the keeper writes with, and by which rules.
 *
 * Owns:    nothing; all is borrowed.
 */
#ifndef FILTER_KEEPER_SITE_H
#define FILTER_KEEPER_SITE_H

#include "snapshot.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/seal.h"
#include "store/store.h"

typedef struct KeeperSite {
	Store *store;
	const Snapshot *snapshot;
	const Keys *keys;
	const SealPublic *seal; /* NULL: no mailbox has drafts */
} KeeperSite;

/* The same as store/mails wants it. */
MailSite keeper_site_mails(const KeeperSite *site);

#endif
