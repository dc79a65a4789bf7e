/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/pool - a filter's channels to its analysers.
 *
 * A Channel taken is in one thread's hands until it is given back or closed.
 *
 * Owns:    the channels' descriptors; the Pool is the caller's.
 * Fails:   pool_take(): false when none was free before the deadline.
 * Threads: any.
 */
#ifndef FILTER_POOL_H
#define FILTER_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

#define POOL_SLOTS 8 /* the most that milter.analysers allows */

typedef struct Pool Pool;

typedef struct Channel {
	uint32_t slot;
	uint32_t serial; /* of the analyser process */
	int socket;
} Channel;

Pool *pool_new(void);
void pool_free(Pool *pool);

/* Waits for an idle channel. It is given back, or its socket closed: then its
 * analyser ends, if it has not already. */
bool pool_take(Pool *pool, Deadline deadline, Channel *ret_channel);
/* Gives one back, or adds a new one. */
void pool_give(Pool *pool, const Channel *channel);

#endif
