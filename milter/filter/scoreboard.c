/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anonymous shared memory, mapped before the first fork: no name, no file, no
 * clean-up, and analysers unmap it before they see a mail.
 */
#include "scoreboard.h"

#include <stddef.h>
#include <sys/mman.h>

Scoreboard *
scoreboard_new(void)
{
	void *memory = mmap(NULL, sizeof(Scoreboard), PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

const char *
counter_name(Counter counter)
{
	static const char *const names[] = {
#define COUNTER(name, meaning) #name,
#include "counters.def"
#undef COUNTER
	};

	return counter < COUNTER_N ? names[counter] : "";
}

ScoreSlot *
scoreboard_take(Scoreboard *board)
{
	for (unsigned i = 0; i < SCORE_SLOTS; i++)
		if (!atomic_exchange(&board->slot[i].taken, 1))
			return &board->slot[i];
	return NULL;
}

static void
add_all(_Atomic uint64_t *to, _Atomic uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		atomic_fetch_add(&to[i], atomic_load(&from[i]));
}

static void
clear_all(_Atomic uint64_t *counts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		atomic_store(&counts[i], 0);
}

static void
slot_add(ScoreSlot *to, ScoreSlot *from)
{
	add_all(to->counter, from->counter, COUNTER_N);
	add_all(to->status, from->status, FINDINGS_STATUS_N);
	add_all(to->reason, from->reason, REASON_N);
	add_all(to->latency, from->latency, SCORE_BUCKETS);
}

void
scoreboard_retire(Scoreboard *board, ScoreSlot *slot)
{
	if (slot == NULL)
		return;
	slot_add(&board->past, slot);
	clear_all(slot->counter, COUNTER_N);
	clear_all(slot->status, FINDINGS_STATUS_N);
	clear_all(slot->reason, REASON_N);
	clear_all(slot->latency, SCORE_BUCKETS);
	atomic_store(&slot->open, 0);
	atomic_store(&slot->sessions, 0);
	atomic_store(&slot->busy, 0);
	atomic_store(&slot->taken, 0);
}

void
scoreboard_sum(Scoreboard *board, ScoreSlot *ret_sum)
{
	slot_add(ret_sum, &board->past);
	for (unsigned i = 0; i < SCORE_SLOTS; i++)
		slot_add(ret_sum, &board->slot[i]);
	atomic_store(&ret_sum->sessions, scoreboard_sessions(board));
}

int64_t
scoreboard_sessions(Scoreboard *board)
{
	int64_t sum = 0;

	for (unsigned i = 0; i < SCORE_SLOTS; i++)
		sum += atomic_load_explicit(&board->slot[i].sessions,
		                            memory_order_relaxed);
	return sum;
}

void
score_count(ScoreSlot *slot, Counter counter)
{
	atomic_fetch_add_explicit(&slot->counter[counter], 1,
	                          memory_order_relaxed);
}

void
score_findings(ScoreSlot *slot, const Findings *findings)
{
	atomic_fetch_add_explicit(&slot->status[findings->status], 1,
	                          memory_order_relaxed);
	atomic_fetch_add_explicit(&slot->reason[findings->reason], 1,
	                          memory_order_relaxed);
}

void
score_latency(ScoreSlot *slot, int64_t microseconds)
{
	unsigned i = 0;

	while (i + 1 < SCORE_BUCKETS && microseconds >> i > 0)
		i++;
	atomic_fetch_add_explicit(&slot->latency[i], 1, memory_order_relaxed);
}

int64_t
score_quantile(const ScoreSlot *slot, double q)
{
	double total = 0;
	double seen = 0;

	for (unsigned i = 0; i < SCORE_BUCKETS; i++)
		total += (double)slot->latency[i];
	for (unsigned i = 0; i < SCORE_BUCKETS; i++) {
		seen += (double)slot->latency[i];
		if (total > 0 && seen >= q * total)
			return (int64_t)1 << i;
	}
	return 0;
}
