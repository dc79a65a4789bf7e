/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/learn - a mail as a lesson, and what `tact learn` says of its work.
 *
 * Owns:    a Lesson is the caller's.
 * Fails:   lesson_read() is NULL for a mail that cannot teach, and says why.
 * Threads: one.
 */
#ifndef CLI_LEARN_H
#define CLI_LEARN_H

#include "context.h"
#include "store/examples.h"

typedef struct Lesson {
	char *identity; /* of who wrote it */
	Pseudonym mail;
	GBytes *features;
	int64_t at;
} Lesson;

typedef enum LearnSkip {
	LEARN_UNREADABLE, /* past a limit of the parser */
	LEARN_AUTOMATED,
	LEARN_EMPTY,  /* or encrypted: no new text */
	LEARN_NOBODY, /* its From is not one address */
	LEARN_OWN,    /* from a mailbox of the site */
	LEARN_SKIP_N,
} LearnSkip;

Lesson *lesson_read(const Context *context, const Keys *keys, const char *bytes,
                    size_t size, LearnSkip *ret_skip);
void lesson_free(Lesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lesson, lesson_free)

typedef struct LearnCounts {
	int64_t mails;
	int64_t changes[EXAMPLE_SAME + 1];       /* by ExampleChange */
	int64_t refused[EXAMPLE_NO_CONSENT + 1]; /* by ExampleStanding */
	int64_t skipped[LEARN_SKIP_N];
	int64_t forgotten;
} LearnCounts;

/* Examples that were written or deleted. */
int64_t learn_changed(const LearnCounts *counts);
void learn_print_counts(bool json, const LearnCounts *counts, bool stale);
bool learn_print_list(Store *store, bool json, GError **error);

#endif
