/* SPDX-License-Identifier: Apache-2.0 */
/*
 * people - a store full of customers, and what can be read of one in its files.
 *
 * Customer I is person-I@customer.example, with a row in every table that holds
 * something of a person. Rows are written by SQL of the test's own, in an order
 * that makes pages split.
 *
 * Owns:    a People is the caller's; the fixture is borrowed.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_PEOPLE_H
#define TESTS_PEOPLE_H

#include <sqlite3.h>

#include "store_fixture.h"

typedef struct People {
	const StoreFixture *fixture;
	sqlite3 *db; /* a connection that no role holds back */
	int n;
} People;

/* `since`: unix seconds of all that is dated. */
People *people_new(const StoreFixture *fixture, int n, int64_t since);
/* Written as sqlite3(1) would: what is deleted stays in gaps. */
People *people_new_foreign(const StoreFixture *fixture, int n, int64_t since);
void people_free(People *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(People, people_free)

char *people_identity(int person);

/* How often something of persons `from`, `from` + `step` and so on stands in
 * any file of the fixture's folder: pseudonyms, marks in override, profile,
 * mail and example; as bytes or hex. */
int people_traces(const People *people, int from, int step);

int64_t people_ask(sqlite3 *db, const char *sql);
void people_run(sqlite3 *db, const char *sql);

#endif
