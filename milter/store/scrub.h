/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/scrub - what is left of deleted rows between the rows of a page.
 *
 * Owns:    nothing.
 * Fails:   STORE_ERROR_BUSY while another reads or writes; then call again.
 * Threads: as the Store. Call outside a transaction.
 */
#ifndef STORE_SCRUB_H
#define STORE_SCRUB_H

#include "db_private.h"

/* A page of a tree begins with its kind, an overflow or free page with a page
 * number: below so many pages they cannot be mistaken for one another. */
#define SCRUB_PAGES_MAX 0x02000000

/* Overwrites the gap of every page. `ret_pages`: those that held something. */
bool scrub_gaps(Store *store, int64_t *ret_pages,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The unused bytes of a page of `usable` bytes, from `ret_from` on; 0 for
 * what is no page of a tree. `first`: it is the file's first page. */
size_t scrub_gap_of(const uint8_t *page, size_t usable, bool first,
                    size_t *ret_from);

#endif
