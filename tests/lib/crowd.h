/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crowd - the same work in many threads at once.
 *
 * Owns:    nothing; `data` is shared by all of them.
 * Fails:   aborts when a thread cannot be made.
 * Threads: returns when all have ended.
 */
#ifndef TESTS_CROWD_H
#define TESTS_CROWD_H

#include <glib.h>

void crowd_run(int n, GThreadFunc work, void *data);

#endif
