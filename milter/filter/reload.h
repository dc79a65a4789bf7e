/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/reload - settings and rules read again, if they can be put in force.
 *
 * Owns:    the Snapshot returned is the caller's.
 * Fails:   as snapshot_load(); BASE_ERROR_SETTING for what needs a restart.
 * Threads: the supervisor's.
 */
#ifndef FILTER_RELOAD_H
#define FILTER_RELOAD_H

#include "snapshot.h"

/* A warmed Snapshot, ready to be forked from. */
Snapshot *reload_snapshot(const char *config, const Settings *now,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
