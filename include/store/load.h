/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/load - rows of an import into customers and orders, many at once.
 *
 * Rows are collected, and written by load_flush() in one transaction together
 * with how far the file has been read. A process killed at any moment leaves
 * whole chunks; the next run goes on behind them. An order that is there is
 * left as it is, so nothing counts twice either way.
 *
 * In `orders`: `at` is a day; cents > 0 a purchase, net of refunds; 0 one that
 * was cancelled or refunded, or the mark of a refund that has been netted;
 * < 0 a refund of an order that is not known: it counts against the customer's
 * money.
 *
 * Owns:    a Load is the caller's; it borrows store, keys and settings.
 * Fails:   as store/store.h; the flush has then changed nothing.
 * Threads: one a Load.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "base/settings.h"
#include "store/domains.h"
#include "store/keys.h"
#include "store/store.h"
#include "value/orders.h"

typedef struct Load Load;

/* A line whose aliases would make one customer of too many: it was left out. */
typedef void LoadWide(void *data, uint64_t line);

typedef struct LoadOptions {
	const Settings *settings;
	const Domains *public_domains; /* NULL: no domain is rolled up */
	size_t rows_max;               /* of a chunk; 0: two millions */
	LoadWide *on_wide;             /* called by load_flush(); or NULL */
	void *wide_data;
} LoadOptions;

/* `store` NULL: a dry run, which only looks at rows. */
Load *load_new(Store *store, const Keys *keys, const LoadOptions *options,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void load_free(Load *load);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Load, load_free)

typedef enum LoadResult {
	LOAD_TAKEN,
	LOAD_FULL,       /* taken, and now it is time to flush */
	LOAD_SUPPRESSED, /* of one who objected: nothing is kept */
	LOAD_REJECTED,   /* *ret_column and *ret_code, for orders_reject() */
	LOAD_FAILED,
} LoadResult;

LoadResult load_add(Load *load, const OrdersRow *row, OrdersColumn *ret_column,
                    const char **ret_code, GError **error);

typedef struct LoadCounts {
	int64_t customers;  /* new */
	int64_t merged;     /* customers that became another's */
	int64_t orders;     /* new */
	int64_t refunds;    /* netted now */
	int64_t cancelled;  /* orders taken back now */
	int64_t duplicates; /* lines of what was there */
	int64_t wide;       /* lines that would have joined too many */
} LoadCounts;

/* How far a file has been read. */
typedef struct LoadMark {
	const uint8_t *hash; /* 32 bytes */
	const char *name;    /* of the file, without its folder */
	int64_t size;
	int64_t offset; /* bytes */
	int64_t records;
	int64_t orders; /* of earlier runs; what is flushed is added to it */
	int64_t rejected;
	bool done;
} LoadMark;

/* Adds to `counts`. `mark` may be NULL. */
bool load_flush(Load *load, const LoadMark *mark, LoadCounts *counts,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an earlier run left of that file: ret_mark->records 0 if nothing; hash
 * and name are not filled. */
bool load_mark_find(Store *store, const uint8_t hash[32], LoadMark *ret_mark,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
