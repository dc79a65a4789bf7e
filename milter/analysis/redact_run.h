/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/redact_run - a run of digits in groups, and its form.
 *
 * Owns:    nothing; a run borrows its scan.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_REDACT_RUN_H
#define ANALYSIS_REDACT_RUN_H

#include "redact_private.h"

#define REDACT_GROUPS_MAX 12
#define REDACT_DIGITS_MAX 32

typedef struct RedactGroup {
	size_t start, end; /* in the text */
	unsigned first, n; /* digits */
	char before;       /* the mark before it: ' ' - . / ( ) or 0 */
} RedactGroup;

typedef struct RedactRun {
	const RedactScan *scan;
	char digits[REDACT_DIGITS_MAX + 1];
	RedactGroup group[REDACT_GROUPS_MAX];
	unsigned n;
	size_t start; /* with + or ( */
	bool plus, bracket;
} RedactRun;

/* Some groups of a run, next to each other. */
typedef struct RedactPiece {
	const RedactRun *run;
	const RedactScan *scan;
	const char *d;
	const RedactGroup *group;
	unsigned n, groups;
	bool plus, bracket; /* before the first */
	bool amount;        /* kr, EUR, a decimal comma stand beside it */
} RedactPiece;

/* The mark at `at`, which is in the text, as one of ' ' - . / ( ), 0 for none;
 * and its bytes. */
char redact_mark_at(const RedactScan *scan, size_t at, size_t *ret_bytes);

/* Reads from run->start on; `n` is 0 when no digit is there. */
void redact_run_read(RedactRun *run);

/* Are the groups as long as the digits of `form` say? */
bool redact_shaped(const RedactPiece *piece, const char *form);
/* The mark that stands between all groups; 0 when they differ, or none. */
char redact_only_mark(const RedactPiece *piece);
/* 01-02-2024, 1.2.24, 2024-01-02; and years, 2023-2024. */
bool redact_is_date(const RedactPiece *piece);

#endif
