/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_pattern - the regular expressions of header_checks tables, tried on
 * a header of our own making.
 *
 * What such tables use is known: letters, classes, groups, | * + ? ^ $ . and
 * escapes. Counts {n}, look-around, back references and inline options are
 * not: such a pattern is not understood, and is said to be so.
 *
 * Owns:    a MtaPattern is the caller's.
 * Fails:   NULL for a pattern that is not understood.
 * Threads: one.
 */
#ifndef CLI_MTA_PATTERN_H
#define CLI_MTA_PATTERN_H

#include <glib.h>
#include <stdbool.h>

typedef struct MtaPattern MtaPattern;

/* A regexp: table takes POSIX patterns, without (?:) and \d; pcre: has them. */
MtaPattern *mta_pattern_new(const char *text, bool ignore_case, bool posix);
void mta_pattern_free(MtaPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MtaPattern, mta_pattern_free)

/* True when it matches anywhere in `text`. */
bool mta_pattern_matches(const MtaPattern *pattern, const char *text);

#endif
