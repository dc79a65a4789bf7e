/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/fts (private) - questions to FTS5.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   never.
 * Threads: any.
 */
#ifndef STORE_FTS_H
#define STORE_FTS_H

#include <glib.h>

/* Any of these words, each of them quoted already: "a" OR "b". */
char *fts_any_of(const GPtrArray *quoted);

#endif
