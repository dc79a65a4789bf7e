/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/poison - mails that killed an analyser, remembered by their hash.
 *
 * In memory that all processes share, so that a mail which comes again to
 * another filter is known there. It lasts as long as the supervisor.
 *
 * Owns:    nothing; a zeroed table is empty.
 * Fails:   never; past LIMIT_POISON mails the oldest is forgotten.
 * Threads: any, of any process; no locks, so a killed process blocks nobody.
 */
#ifndef FILTER_POISON_H
#define FILTER_POISON_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"

/* A mail that killed so many analysers is not given to another. */
#define POISON_DEATHS 2

typedef struct PoisonEntry {
	_Atomic uint64_t hash; /* 0: free */
	_Atomic uint32_t deaths;
} PoisonEntry;

typedef struct PoisonTable {
	_Atomic uint32_t next; /* the entry to be taken next */
	PoisonEntry entry[LIMIT_POISON];
} PoisonTable;

/* True until something was added: most mails need no hash at all. */
bool poison_is_empty(PoisonTable *table);
uint32_t poison_deaths(PoisonTable *table, uint64_t hash);
/* One more death; returns how many that makes. */
uint32_t poison_add(PoisonTable *table, uint64_t hash);

#endif
