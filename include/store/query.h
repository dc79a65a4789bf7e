/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/query - rows of somebody else's SQLite database as CSV.
 *
 * One SELECT, in a database opened for reading, with nothing that could write,
 * attach or load. A header of the columns' names, UTF-8, commas, every text in
 * quotes: what value/orders reads.
 *
 * Owns:    the descriptor stays the caller's.
 * Fails:   STORE_ERROR_IO, STORE_ERROR_FULL; the text is SQLite's.
 * Threads: any.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <glib.h>
#include <stdbool.h>

bool query_export(const char *path, const char *sql, int fd,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
