/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/serve - the life of a filter process.
 *
 * Fails:   returns only when libmilter cannot serve; the supervisor then
 *          starts another.
 * Threads: starts its own; call once, in a process that has none.
 */
#ifndef FILTER_SERVE_H
#define FILTER_SERVE_H

#include "filter.h"

/* The descriptors of a filter process; all others are closed. */
#define SERVE_LISTENER 3
#define SERVE_CONTROL 4
#define SERVE_KEEPER 5 /* only with a store */

void serve_run(const Snapshot *snapshot, Scoreboard *board, ScoreSlot *score);

#endif
