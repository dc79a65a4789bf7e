/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/retention - what has come of age, and its end.
 *
 * Ages are settings of the section [privacy], counted in clock_wall(). What is
 * kept of one whose processing is restricted stays: it may be needed in a
 * dispute (GDPR 18(2)).
 *
 * Owns:    nothing.
 * Fails:   as store/store.h; STORE_ERROR_BUSY when others' locks outlast the
 *          time given. What was purged by then is; the next run goes on.
 * Threads: as the Store. Call outside a transaction.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include "base/settings.h"
#include "store/erasure.h"

/* The setting's name, and its seconds; 0 where there is none. */
const char *retention_setting(RetentionClass class);
int64_t retention_seconds(const Settings *settings, RetentionClass class);
/* "after so many days", "with the last that is kept of the customer", ... */
const char *retention_rule(RetentionClass class);
/* When a row dated `from` is due; 0: with the last that is kept of the
 * customer. */
int64_t retention_due(const Settings *settings, RetentionClass class,
                      int64_t from);

typedef struct RetentionResult {
	int64_t rows[RETENTION_N]; /* by class */
	int64_t log;               /* audit entries, imports, daily counts */
	int64_t decisions;         /* no backup is so old */
	int64_t pages;             /* whose gaps were overwritten */
	int64_t pending;           /* erasures not complete */
} RetentionResult;

bool retention_run(Store *store, const Keys *keys, const Settings *settings,
                   int64_t wait_ms, RetentionResult *ret_result,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
