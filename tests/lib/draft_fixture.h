/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft_fixture - a store as the keeper, the drafter and the administrator see
 * it, and drafts brought to any of their states.
 *
 * Owns:    the fixture and all in it.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_DRAFT_FIXTURE_H
#define TESTS_DRAFT_FIXTURE_H

#include "store/drafts.h"
#include "store_fixture.h"

#define DRAFT_NOW INT64_C(1800000000)

typedef struct DraftFixture {
	StoreFixture *base; /* its store is the keeper's */
	Store *drafter, *admin;
	int64_t mailbox;
} DraftFixture;

DraftFixture *draft_fixture_new(void);
void draft_fixture_free(DraftFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DraftFixture, draft_fixture_free)

/* A request of thread `thread`, at DRAFT_NOW; its texts are static. Sealed is
 * nothing: the Material is `material`'s bytes. */
DraftRequest draft_request(const DraftFixture *fixture, int64_t thread);
/* Enqueues, and says the row's id. */
int64_t draft_enqueue(const DraftFixture *fixture, const DraftRequest *request);

/* A state; and beside DraftState one that is CLOSED and is to be removed. */
#define DRAFT_CLOSED_REMOVE DRAFT_STATE_N
/* Brings a new draft of that thread there; says its id. */
int64_t draft_bring(const DraftFixture *fixture, int64_t thread, int state);
/* Where it is now. */
int draft_state_of(const DraftFixture *fixture, int64_t id);

/* One integer by SQL of the test's own. */
int64_t draft_ask(const DraftFixture *fixture, const char *sql);

#endif
