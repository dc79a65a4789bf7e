/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/filter - what a filter process knows.
 *
 * Owns:    the pool and the control socket; the rest was there at the fork.
 * Threads: immutable but for what the pool and the scoreboard guard
 *          themselves.
 */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include "pool.h"
#include "scoreboard.h"
#include "snapshot.h"

typedef struct Filter {
	const Snapshot *snapshot;
	Scoreboard *board;
	ScoreSlot *score; /* this process's slot on the board */
	Pool *pool;
	int control; /* socket to the supervisor */
	int keeper;  /* socket to the keeper of the store; -1: none */
} Filter;

#endif
