/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft_moves - each operation on a draft as a function of the same form, in a
 * transaction of its own.
 *
 * Owns:    nothing.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_DRAFT_MOVES_H
#define TESTS_DRAFT_MOVES_H

#include "draft_fixture.h"

typedef struct DraftOperation {
	const DraftFixture *fixture;
	int64_t thread, id;
	int argument; /* of what is done */
} DraftOperation;

typedef DraftMove DraftDo(const DraftOperation *operation);

DraftDo do_write; /* argument: kept alone */
DraftDo do_delivering, do_delivered, do_removed;
DraftDo do_fail;                 /* argument: later */
DraftDo do_close, do_close_gone; /* argument: DraftFate */
DraftDo do_decide;               /* argument: DraftDecision */
/* Of whatever there is; moved: there was something. */
DraftDo do_supersede, do_reset, do_expire, do_claim;

typedef struct DraftBegun {
	Store *store;
	StoreTxn *txn;
} DraftBegun;

DraftBegun draft_begin(Store *store);
/* Commits; there must be no error. Says `move`. */
DraftMove draft_end(const DraftBegun *begun, bool good, DraftMove move,
                    GError *error);

#endif
