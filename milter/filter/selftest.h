/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/selftest - does the sandbox hold, on this kernel?
 *
 * Fails:   false.
 * Threads: none; it forks.
 */
#ifndef FILTER_SELFTEST_H
#define FILTER_SELFTEST_H

#include <stdbool.h>

#include "base/settings.h"

/* Can it be entered? */
bool selftest_sandbox_works(const Settings *settings);

/* Tries what must not work, from inside, and prints a line for each. */
bool selftest_run(const Settings *settings);

#endif
