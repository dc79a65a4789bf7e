/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/status (private) - how the queue is, for tact status and monitoring.
 *
 * Owns:    nothing.
 * Fails:   status_write(): false; the work goes on.
 * Threads: one.
 */
#ifndef DRAFTER_STATUS_H
#define DRAFTER_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

typedef struct Status {
	const char *state; /* "running", "stopped" */
	int64_t started;   /* unix seconds */
	unsigned mailboxes;
	bool store_failed;
} Status;

/* JSON, of numbers and fixed words alone. */
bool status_write(const char *path, const Status *status, Store *store);

#endif
