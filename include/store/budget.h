/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/budget - what a model may cost: calls and tokens a day.
 *
 * A call is booked, and the booking committed, before its first byte leaves.
 * So whoever dies with a call under way has paid for it, and the count is
 * never below what was sent. What the call then really took is settled after
 * its answer; a call that got none keeps what was booked.
 *
 * Counted for each mailbox, for all of them together, and by the writer of the
 * mail (a customer, or else an address) over 24 hours.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h. A spent budget is no failure.
 * Threads: one Store a thread.
 */
#ifndef STORE_BUDGET_H
#define STORE_BUDGET_H

#include "store/store.h"

#define BUDGET_LEFT_MAX 800 /* bytes */

/* 0: no bound. */
typedef struct BudgetLimits {
	int64_t calls, tokens;               /* of the mailbox, a day */
	int64_t calls_in_all, tokens_in_all; /* of all, a day */
	int64_t calls_of_writer;             /* in 24 hours */
} BudgetLimits;

typedef enum BudgetVerdict {
	BUDGET_BOOKED,
	BUDGET_SPENT_MAILBOX,
	BUDGET_SPENT_ALL,
	BUDGET_SPENT_WRITER,
	BUDGET_NO_DRAFT, /* it has ended meanwhile, or must not be used */
} BudgetVerdict;

typedef struct BudgetCall {
	int64_t draft;    /* row; it names mailbox and writer */
	int64_t at;       /* unix seconds; the day is that of UTC */
	int64_t tokens;   /* at most so many, in and out together */
	const char *left; /* what leaves the host with it, and where to, in
	                   * words of ours; NULL: not told */
} BudgetCall;

/* In a transaction of its own: call it outside of one. Nothing is booked unless
 * BUDGET_BOOKED. */
bool budget_book(Store *store, const BudgetLimits *limits,
                 const BudgetCall *call, BudgetVerdict *ret_verdict,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* It took `tokens`, not what was booked for it with `call`. The same. */
bool budget_settle(Store *store, const BudgetCall *call, int64_t tokens,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What left the host for a draft in all its calls: each different thing once,
 * "; " between; BUDGET_LEFT_MAX. "" and 0: nothing. */
bool budget_left(Store *store, int64_t draft, char **ret_left,
                 int64_t *ret_calls, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct BudgetDay {
	int64_t day; /* since 1970, UTC */
	const char *mailbox;
	int64_t calls, tokens;
} BudgetDay;

typedef void BudgetVisit(const BudgetDay *day, void *data);
/* From the day `first` on, in order. */
bool budget_each(Store *store, int64_t first, BudgetVisit *visit, void *data,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
