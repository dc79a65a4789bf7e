/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/sandbox - what a process that reads strangers' mail may do: compute;
 * and what one that only passes it on may not.
 *
 * Owns:    nothing.
 * Fails:   false, and nothing may be read then; `ret_what` names the step.
 * Threads: for a process with one thread.
 */
#ifndef FILTER_SANDBOX_H
#define FILTER_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/settings.h"

/* Exit status of a process that could not enter it. */
#define SANDBOX_EXIT_FAILED 71 /* EX_OSERR */

/* Moves `channel` to descriptor 0 and closes all others. */
bool sandbox_keep_only(int channel);

/* Once, before the first fork: no child needs memory for it then. */
bool sandbox_prepare(void);

bool sandbox_enter(const Settings *settings, const char **ret_what);

/* For a filter, which needs threads and sockets: no other program, no network
 * beyond the connections it is given, no look into other processes. */
bool sandbox_enter_filter(void);

/* For the keeper: the same, and, where the kernel has Landlock, no file but
 * those of the store and its keys. */
bool sandbox_enter_keeper(const Settings *settings);

/* The system calls an analyser is allowed, for the self-test. */
size_t sandbox_n_allowed(void);

#endif
