/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/given_names - first names that many people have.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_GIVEN_NAMES_H
#define DRAFTING_GIVEN_NAMES_H

#include <stdbool.h>

/* `name` is in lower case; of one with a hyphen the first half suffices. */
bool given_name(const char *name);

#endif
