/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/analyser - the life of an analyser process.
 *
 * Owns:    its channel.
 * Fails:   exits with SANDBOX_EXIT_FAILED before it read anything.
 * Threads: none; call in a process that has none.
 */
#ifndef FILTER_ANALYSER_H
#define FILTER_ANALYSER_H

#include "snapshot.h"

/* Serves requests on `channel` until it is closed, or for
 * milter.analyser_mails_max mails, in the sandbox. Does not return. */
_Noreturn void analyser_run(const Snapshot *snapshot, int channel);

#endif
