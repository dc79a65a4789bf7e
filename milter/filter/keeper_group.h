/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_group - a group of mails, one transaction, one commit.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h; then none of the group is in the file.
 * Threads: one.
 */
#ifndef FILTER_KEEPER_GROUP_H
#define FILTER_KEEPER_GROUP_H

#include <glib.h>
#include <stdbool.h>

#include "keeper_guard.h"
#include "keeper_queue.h"
#include "keeper_site.h"

/* Writes all of `letters`, and answers each after the commit. */
bool keeper_group_write(const KeeperSite *site, KeeperGuard *guard,
                        GPtrArray *letters,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
