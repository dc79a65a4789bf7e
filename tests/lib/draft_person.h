/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft_person - what is kept of who wrote the mails of a DraftFixture.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_DRAFT_PERSON_H
#define TESTS_DRAFT_PERSON_H

#include "draft_fixture.h"
#include "store/erasure.h"

/* For draft_ask(): the rows of drafts and of what hangs on them. */
#define DRAFT_ROWS                                                             \
	"SELECT (SELECT count(*) FROM draft)"                                  \
	" + (SELECT count(*) FROM draft_text)"                                 \
	" + (SELECT count(*) FROM sent)"                                       \
	" + (SELECT count(*) FROM datum)"                                      \
	" + (SELECT count(*) FROM gap)"                                        \
	" + (SELECT count(*) FROM thread)"                                     \
	" + (SELECT count(*) FROM mail)"

/* None of it may be left pending. */
ErasureResult draft_erase(const DraftFixture *fixture, const char *who);
/* The tables whose rows an export of one who is no customer has, one a row. */
char *draft_exported(const DraftFixture *fixture, const char *who);

#endif
