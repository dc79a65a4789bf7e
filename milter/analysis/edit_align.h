/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/edit_align (private) - which words of two lists belong together.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_EDIT_ALIGN_H
#define ANALYSIS_EDIT_ALIGN_H

#include <stdbool.h>
#include <stdint.h>

/* Words as numbers: equal ones are the same word. */
typedef struct EditWords {
	const uint32_t *word;
	unsigned n;
} EditWords;

/* How many words must be put in, taken out or replaced. `kept` (of a.n, all
 * false; may be NULL): those words of `a` that stay where they are in order.
 * `ret_banded`: it may be fewer. */
unsigned edit_align(EditWords a, EditWords b, bool *kept, bool *ret_banded);

#endif
