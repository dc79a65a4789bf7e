/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/tally - counting by group and value, with a few examples of each.
 *
 * Owns:    what tally_value() returns is the caller's.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include <glib.h>
#include <jansson.h>

#define TALLY_EXAMPLES 3

typedef struct Tally Tally;

Tally *tally_new(void);
void tally_free(Tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tally, tally_free)

/* Fixes the order in which values of a group are told, at a count of 0. */
void tally_declare(Tally *tally, const char *group, const char *value);
/* Counts one; `example` is a file's name. */
void tally_count(Tally *tally, const char *group, const char *value,
                 const char *example);

/*
 * { VALUE: { "count", "share", "examples" } } of a group. `total` is what a
 * share of 1 is. Values that were declared but not met have the count 0.
 */
json_t *tally_value(const Tally *tally, const char *group, gint64 total);

#endif
