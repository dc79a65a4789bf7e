/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/tasks (private) - one step of one draft: write it, deliver it, take
 * it back.
 *
 * Each step ends with a commit that says how it went. What fails is tried again
 * later, and given up after BACKOFF_COMPOSE or BACKOFF_DELIVER tries.
 *
 * Owns:    nothing.
 * Fails:   the store alone: false with an error of store/store.h. All else
 *          ends in the draft's row and in the log.
 * Threads: one.
 */
#ifndef DRAFTER_TASKS_H
#define DRAFTER_TASKS_H

#include "office.h"

bool tasks_compose(const Office *office, const DraftTask *task,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool tasks_deliver(const Office *office, const DraftTask *task,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool tasks_remove(const Office *office, const DraftTask *task,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Claims what has been due for longest; DRAFT_TASK_NONE when nothing is. */
bool tasks_claim(const Office *office, DraftTask *ret_task,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- for the files of tasks_*.c --- */

/* Moves it by `fail`, or gives up past `tries`; says so in the log. `seconds`
 * 0: by the attempts made; -1: never again. */
bool tasks_fail(const Office *office, const DraftTask *task, const char *reason,
                int64_t seconds, int64_t tries,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
