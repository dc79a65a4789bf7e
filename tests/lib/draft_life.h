/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft_life - eight drafts, each moved through its whole life, one move a
 * transaction that also counts itself: so that what was counted last says what
 * must be in the file.
 *
 * Owns:    the Store it opens is the caller's.
 * Fails:   a move as the store does; draft_life_check() ends the test.
 * Threads: one.
 */
#ifndef TESTS_DRAFT_LIFE_H
#define TESTS_DRAFT_LIFE_H

#include "fault_rig.h"

#define DRAFT_LIFE_DRAFTS 8
#define DRAFT_LIFE_STEPS 7 /* of a draft */
#define DRAFT_LIFE_MOVES (DRAFT_LIFE_DRAFTS * DRAFT_LIFE_STEPS)

Store *draft_life_open(const FaultRig *rig);
/* Moves from the `from`-th on until one fails or all are done: how many have
 * been made. */
int draft_life_run(const FaultRig *rig, int from);
/* Every draft is where it is after so many moves, and of the texts of those
 * that ended no byte is left. */
void draft_life_check(const FaultRig *rig, Store *store, int moves);

#endif
