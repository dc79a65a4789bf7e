/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_fixture - an empty store with its keys in a folder of its own.
 *
 * Owns:    the fixture and all in it; store_fixture_free() removes the folder.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <glib.h>

#include "store/keys.h"
#include "store/store.h"

typedef struct StoreFixture {
	char *directory; /* 0700, below TMPDIR */
	char *path;      /* of the database in it */
	char *keys_path; /* the folder of keys in it */
	Store *store;
	Keys *keys;
} StoreFixture;

/* Opened in this role. */
StoreFixture *store_fixture_new(StoreRole role);
/* Without store and keys: the folders alone. */
StoreFixture *store_fixture_new_empty(void);
/* One more connection to the same file. */
Store *store_fixture_open(const StoreFixture *fixture, StoreRole role);
/* SQL of the test's own. */
void store_fixture_run(Store *store, const char *sql);
/* No syncs: for thousands of transactions of which none is to be lost. */
void store_fixture_quick(Store *store);
void store_fixture_free(StoreFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreFixture, store_fixture_free)

#endif
