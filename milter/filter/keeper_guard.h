/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_guard - does a mail that goes out give away what another
 * customer wrote?
 *
 * Owns:    a KeeperGuard is the caller's.
 * Fails:   as store/store.h.
 * Threads: one.
 */
#ifndef FILTER_KEEPER_GUARD_H
#define FILTER_KEEPER_GUARD_H

#include "keeper_site.h"
#include "record.h"

typedef struct KeeperGuard KeeperGuard;

KeeperGuard *keeper_guard_new(void);
void keeper_guard_free(KeeperGuard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeeperGuard, keeper_guard_free)

/* Within no transaction. What was refused once is let through the next time:
 * whoever sends it again means it. */
bool keeper_guard_refuses(KeeperGuard *guard, const KeeperSite *site,
                          const RecordRequest *request, bool *ret_refuses,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
