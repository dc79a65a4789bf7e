/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/lesson_answers (private) - approved answers that are kept as examples.
 *
 * Owns:    nothing.
 * Fails:   the store. Without the drafter's key answers are listed, but their
 *          texts are "".
 * Threads: one.
 */
#ifndef CLI_LESSON_ANSWERS_H
#define CLI_LESSON_ANSWERS_H

#include <jansson.h>

#include "cli.h"
#include "site.h"

/* Those that the options ask for, into the array `list`. */
bool lesson_answers_list(const Options *options, const Settings *settings,
                         Store *store, json_t *list,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lesson_answers_print(const json_t *list);

/* "a7" is 7; 0: no number of an answer. */
int64_t lesson_answer_number(const char *operand);
/* In the caller's transaction. None of that number is an error, too. */
bool lesson_answer_drop(const Site *site, int64_t number,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
