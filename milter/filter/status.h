/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/status - the status file: counters and processes, as JSON.
 *
 * Owns:    the file; it is replaced whole, so a reader sees one or the other.
 * Fails:   false when it cannot be written; mail does not depend on it.
 * Threads: the supervisor's.
 */
#ifndef FILTER_STATUS_H
#define FILTER_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "scoreboard.h"

typedef struct Status {
	const char *state;    /* starting, running, reloading, stopping */
	int64_t started;      /* wall clock, microseconds */
	int64_t loaded;       /* when settings and rules were read */
	unsigned generation;  /* how often they were */
	unsigned filters;     /* processes that serve */
	unsigned filters_set; /* how many should */
	unsigned analysers;
	unsigned analysers_set;
	unsigned keepers;  /* 1 where there is a store */
	unsigned draining; /* filter processes of former generations */
} Status;

char *status_format(const Status *status, Scoreboard *board);
bool status_write(const char *path, const Status *status, Scoreboard *board);

#endif
