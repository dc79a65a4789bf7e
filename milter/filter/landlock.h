/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/landlock - no file but those of the store, where the kernel can.
 *
 * Owns:    nothing.
 * Fails:   false when the kernel has Landlock and it cannot be entered. A
 *          kernel without it is no failure.
 * Threads: for a process with one thread.
 */
#ifndef FILTER_LANDLOCK_H
#define FILTER_LANDLOCK_H

#include <stdbool.h>

#include "base/settings.h"

/* From now on only the store's directory may be written, only that and the
 * keys' be read. */
bool landlock_enter(const Settings *settings);
/* Who entered may no longer open one of them, and a new process could: it was
 * made or mounted since. */
bool landlock_is_stale(const Settings *settings);
/* Has this kernel got it? */
bool landlock_is_there(void);

#endif
