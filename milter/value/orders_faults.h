/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_faults - every reason for which a line is rejected, with its
 * remedy: one row each.
 *
 * Owns:    texts are static.
 * Threads: any.
 */
#ifndef ORDERS_FAULTS_H
#define ORDERS_FAULTS_H

#include <stdbool.h>

typedef struct FaultRow {
	const char *code;
	const char *reason;
	const char *remedy;
	bool value; /* the cell is shown: it is no personal datum */
} FaultRow;

/* It is our own bug to ask for a code that is none. */
const FaultRow *orders_fault(const char *code);

#endif
