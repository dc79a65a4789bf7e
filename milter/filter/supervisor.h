/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/supervisor - owns the socket, starts and replaces all processes,
 * obeys signals.
 *
 * Owns:    all processes; takes the Snapshot.
 * Fails:   false when it cannot start; the reason has been logged.
 * Threads: none, for it forks.
 */
#ifndef FILTER_SUPERVISOR_H
#define FILTER_SUPERVISOR_H

#include <stdbool.h>

#include "snapshot.h"

/* Runs until told to stop. `config` is read again on SIGUSR1. */
bool supervisor_run(const char *config, Snapshot *snapshot);

#endif
