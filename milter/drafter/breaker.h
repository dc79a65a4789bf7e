/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/breaker (private) - when an endpoint is left alone, and for how long.
 *
 * After BREAKER_FAILURES in a row nothing is sent for BREAKER_OPEN_MS; then one
 * probe goes out, and only its success closes the breaker. A server that said
 * Retry-After is not asked before, by anybody.
 *
 * All times are the caller's, in milliseconds of one monotonic clock.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: one.
 */
#ifndef DRAFTER_BREAKER_H
#define DRAFTER_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

#define BREAKER_FAILURES 5
#define BREAKER_OPEN_MS 60000

#define RETRY_BASE_MS 1000
#define RETRY_CAP_MS 60000
#define RETRY_AFTER_CAP_MS 3600000

/* Zeroed: closed. */
typedef struct Breaker {
	unsigned failures;  /* in a row */
	int64_t open_until; /* with BREAKER_FAILURES or more */
	int64_t not_before; /* Retry-After */
	bool probing;       /* one request is out on trial */
} Breaker;

/* May one be sent now? If not, *ret_wait_ms says how long to wait. */
bool breaker_allow(Breaker *breaker, int64_t now, int64_t *ret_wait_ms);
/* What became of the one that was allowed. `retry_after` is 0 for none. */
void breaker_succeeded(Breaker *breaker);
void breaker_failed(Breaker *breaker, int64_t now, int64_t retry_after_ms);
/* It was never sent, or stopped: nothing was learnt. */
void breaker_undone(Breaker *breaker);

/* "120", or an HTTP-date, as milliseconds from `wall_ms` (since 1970), at most
 * an hour; 0 for what is neither or past. */
int64_t retry_after_parse(const char *value, int64_t wall_ms);
/* How long to wait before attempt number `attempt` + 1, the first being 0:
 * full jitter, on top of what the server asked for. `chance` is in [0, 1). */
int64_t retry_wait(unsigned attempt, int64_t retry_after_ms, double chance);
/* Is that an answer after which asking again may help? */
bool retry_is_worth(int status);

#endif
