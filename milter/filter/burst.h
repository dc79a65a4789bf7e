/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/burst - all edits of a mail in one write.
 *
 * This module defines writev(2) for the whole program, see burst.c.
 *
 * Owns:    what has not been sent.
 * Fails:   burst_send(): false when the MTA did not take it all.
 * Threads: a burst is the thread's that began it, and ends in the same
 *          callback.
 */
#ifndef FILTER_BURST_H
#define FILTER_BURST_H

#include <stdbool.h>

/* From now on this thread's packets to the MTA are kept back. */
void burst_begin(void);
/* Sends what was kept back since, and keeps back no more. */
bool burst_send(void);
/* Forgets it. */
void burst_drop(void);
/* Between burst_begin() and either of them? */
bool burst_is_open(void);

#endif
