/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/generation - the filters, their analysers and the keeper of the store
 * that are forked from one Snapshot.
 *
 * A reload makes a new generation and drains the old. Both are looked after
 * in the same way until the old is gone.
 *
 * Owns:    the Snapshot, its processes and their sockets.
 * Fails:   never: what cannot be started is tried again later.
 * Threads: the supervisor's.
 */
#ifndef FILTER_GENERATION_H
#define FILTER_GENERATION_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "scoreboard.h"
#include "snapshot.h"

typedef struct Generation Generation;

/* Takes the Snapshot. Nothing runs before generation_tend(). */
Generation *generation_new(Snapshot *snapshot, Scoreboard *board, int listener);
/* Kills what is left. */
void generation_free(Generation *generation);

const Snapshot *generation_snapshot(const Generation *generation);

/* Starts what should run and is due, kills what drained too long; returns in
 * how many milliseconds to call again, -1 for never. */
int generation_tend(Generation *generation);

/* True when `pid` was one of its processes. */
bool generation_reaped(Generation *generation, pid_t pid, int status);

/* Its sockets to be polled, into `ret_polls` of at least LIMIT_FILTERS;
 * returns how many. generation_hear() after poll(2), with the same. */
size_t generation_polls(const Generation *generation, struct pollfd *ret_polls);
void generation_hear(Generation *generation, const struct pollfd *polls);

void generation_drain(Generation *generation, int64_t milliseconds);

/* All filters serve / no process is left. */
bool generation_is_ready(const Generation *generation);
bool generation_is_gone(const Generation *generation);

typedef struct GenerationCount {
	unsigned filters;
	unsigned analysers;
	unsigned keepers;
} GenerationCount;
GenerationCount generation_count(const Generation *generation);

#endif
