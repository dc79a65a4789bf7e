/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault_memory - SQLite's allocations, of which the n-th fails.
 *
 * Owns:    nothing.
 * Fails:   as it is told.
 * Threads: one.
 */
#ifndef TESTS_FAULT_MEMORY_H
#define TESTS_FAULT_MEMORY_H

#include <stdbool.h>

/* Before SQLite is used. */
void fault_memory_take_over(void);
/* The `nth` from now (from 1) fails, with `lasting` all after it too; 0: none
 * any more. */
void fault_memory_fail(unsigned nth, bool lasting);
/* Has it come to that since? */
bool fault_memory_failed(void);
/* How many there are that were not freed. */
int fault_memory_allocated(void);

#endif
