/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/worker - claims what waits for a draft, one after the other.
 *
 * Owns:    takes the Settings.
 * Fails:   worker_check(): with what is missing and how to get it.
 *          worker_run(): false when it cannot start; the reason was logged.
 * Threads: one.
 */
#ifndef DRAFTER_WORKER_H
#define DRAFTER_WORKER_H

#include <glib.h>
#include <stdbool.h>

#include "base/settings.h"

/* Is everything there that drafting needs? Takes the Settings. */
bool worker_check(Settings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Works until told to stop, or with `once` until nothing is due. `config` is
 * read again on SIGUSR1. */
bool worker_run(const char *config, Settings *settings, bool once);

#endif
