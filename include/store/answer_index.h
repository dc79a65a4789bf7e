/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/answer_index - opened answers, found by the words of a question.
 *
 * An index (SQLite's FTS5) in memory alone: answers lie sealed in the database,
 * and their words are nowhere on disk. Made anew for each search: there are
 * ANSWERS_MAX of them at most.
 *
 * Words of a search are data: whatever stands in them, they are looked for and
 * nothing else.
 *
 * Owns:    an AnswerIndex is the caller's; hits are.
 * Fails:   STORE_ERROR_IO.
 * Threads: one an AnswerIndex.
 */
#ifndef STORE_ANSWER_INDEX_H
#define STORE_ANSWER_INDEX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define ANSWER_INDEX_WORDS 64   /* of a search; more are not looked for */
#define ANSWER_INDEX_BYTES 64   /* of one; longer ones neither */
#define ANSWER_INDEX_HITS 32    /* of a search at most */
#define ANSWER_WORDS_MIN 2      /* of the search that an answer must have; */
#define ANSWER_WORDS_SURE 4     /* so many suffice, */
#define ANSWER_WORDS_PERCENT 40 /* else that share of them */

typedef struct AnswerIndex AnswerIndex;

AnswerIndex *answer_index_new(GError **error) G_GNUC_WARN_UNUSED_RESULT;
void answer_index_free(AnswerIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AnswerIndex, answer_index_free)

/* Stems of what was asked and of what was answered, separated by spaces. */
bool answer_index_add(AnswerIndex *index, int64_t id, const char *asked,
                      const char *answered,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ids of those alike, the best first, into an array of int64_t. `words`:
 * stemmed as the others, NULL-terminated. */
bool answer_index_find(AnswerIndex *index, const char *const *words,
                       GArray *ret_ids,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
