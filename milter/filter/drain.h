/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/drain - a filter's end: no new connections, the old ones served.
 *
 * This module defines sigwait(3) for the whole program, see drain.c.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any; drain_prepare() in the thread that will run libmilter, before
 *          there are others.
 */
#ifndef FILTER_DRAIN_H
#define FILTER_DRAIN_H

#include <stdint.h>

#include "filter.h"

/* `listener` is the descriptor that libmilter polls. */
void drain_prepare(Filter *filter, int listener);

/* To be polled with the control socket: readable when a drain began. */
int drain_descriptor(void);

/* Begins, or shortens, the drain; the process ends by itself. */
void drain_begin(int64_t milliseconds);

/* Milliseconds until drain_step() is to be called; -1: not at all. */
int drain_poll_ms(void);
/* Ends the process when nothing is under way or the time is up. */
void drain_step(void);

#endif
