/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/scoreboard - counters of all processes, in memory they share.
 *
 * Each filter writes its own slot; the supervisor reads them all, and keeps
 * what a filter counted when that filter ends.
 *
 * Owns:    the Scoreboard lives until the last process ends.
 * Fails:   scoreboard_new() returns NULL when there is no memory.
 * Threads: any, of any process.
 */
#ifndef FILTER_SCOREBOARD_H
#define FILTER_SCOREBOARD_H

#include <stdatomic.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "base/limits.h"
#include "health.h"
#include "poison.h"

/* Two generations of filters run side by side while one drains. */
#define SCORE_SLOTS (4 * LIMIT_FILTERS)
#define SCORE_BUCKETS 24 /* of eom latency: 2^i microseconds */

typedef enum Counter {
#define COUNTER(name, meaning) COUNTER_##name,
#include "counters.def"
#undef COUNTER
	COUNTER_N,
} Counter;

typedef struct ScoreSlot {
	_Atomic int64_t open;     /* accepted, not yet closed */
	_Atomic int64_t sessions; /* from negotiation to close */
	_Atomic int64_t busy;     /* callbacks at end of message */
	_Atomic uint64_t counter[COUNTER_N];
	_Atomic uint64_t status[FINDINGS_STATUS_N];
	_Atomic uint64_t reason[REASON_N];
	_Atomic uint64_t latency[SCORE_BUCKETS];
	_Atomic uint32_t taken; /* supervisor's: a filter has this slot */
} ScoreSlot;

typedef struct Scoreboard {
	PoisonTable poison;
	StoreHealth health;
	ScoreSlot past; /* what filters counted that have ended */
	ScoreSlot slot[SCORE_SLOTS];
} Scoreboard;

Scoreboard *scoreboard_new(void);

/* "sessions", ... and what it means, for the status file and the manual. */
const char *counter_name(Counter counter);

/* Supervisor: a free slot, NULL for none; and its end. */
ScoreSlot *scoreboard_take(Scoreboard *board);
void scoreboard_retire(Scoreboard *board, ScoreSlot *slot);
/* Adds up past and present into a zeroed `ret_sum`. */
void scoreboard_sum(Scoreboard *board, ScoreSlot *ret_sum);
/* Of all filters, at this moment. */
int64_t scoreboard_sessions(Scoreboard *board);

void score_count(ScoreSlot *slot, Counter counter);
void score_findings(ScoreSlot *slot, const Findings *findings);
void score_latency(ScoreSlot *slot, int64_t microseconds);
/* The upper bound in microseconds of the bucket that holds quantile `q`. */
int64_t score_quantile(const ScoreSlot *slot, double q);

#endif
