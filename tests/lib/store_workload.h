/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_workload - transactions that can be told apart afterwards.
 *
 * Transaction i makes customer i with three mails, now and then forgets an
 * older one or touches every row. So the number of the last one says what
 * must be in the file, to the row; and of one who was forgotten no byte may be
 * left.
 *
 * Owns:    nothing.
 * Fails:   workload_step() as the store does; workload_check() ends the test.
 * Threads: as store/store.h says.
 */
#ifndef TESTS_STORE_WORKLOAD_H
#define TESTS_STORE_WORKLOAD_H

#include "store/store.h"

/* Runs transaction `i` (from 1), and all before it must have been run. */
bool workload_step(Store *store, int i, GError **error);
/* The same within a transaction of the caller's. */
bool workload_step_within(Store *store, int i);
/* Number of the last one that the file holds. */
int workload_last(Store *store);
/* Is it whole, and are exactly transactions 1 to `last` in it? */
void workload_check(Store *store, int last);
/* A text that stands in the file as long as customer `i` does. */
char *workload_mark(int i);
/* Has customer `i` been forgotten by transaction `last`, or before? */
bool workload_is_forgotten(int i, int last);

#endif
