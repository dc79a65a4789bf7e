/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/snapshot - settings and rules as one value, and what follows from
 * them. Processes are forked from it and never see another: a reload forks new
 * ones, so nothing here is counted or locked.
 *
 * Owns:    everything it points to; the caller owns the Snapshot.
 * Fails:   as settings_load() and rules_load().
 * Threads: immutable after loading, so any.
 */
#ifndef FILTER_SNAPSHOT_H
#define FILTER_SNAPSHOT_H

#include <glib.h>
#include <stddef.h>
#include <sys/types.h>

#include "analysis/rules.h"
#include "base/settings.h"
#include "message/message.h"
#include "store/domains.h"
#include "value/desk.h"
#include "value/tier.h"

typedef struct Snapshot {
	Settings *settings;
	Rules *rules;
	char *authserv_id;    /* the setting, or the host's name */
	char **own_addresses; /* of all mailboxes, NULL-terminated */
	Desk *desk;           /* calendars and response times */
	TierPolicy tiers;
	Domains *domains;   /* everybody's; NULL: no mailbox has drafts */
	unsigned languages; /* bit i: there are templates for Language i */
	uid_t *peers;       /* uids of milter.socket_peers */
	size_t n_peers;
} Snapshot;

Snapshot *snapshot_load(const char *path,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void snapshot_free(Snapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Snapshot, snapshot_free)

/* What an analyser is told of a mail beside its bytes. */
MessageEnvelope snapshot_envelope(const Snapshot *snapshot, const char *sender);

#endif
