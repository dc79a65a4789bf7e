/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/examples_private - features closed and opened.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   example_open() is NULL for what was not sealed with these keys.
 * Threads: any.
 */
#ifndef STORE_EXAMPLES_PRIVATE_H
#define STORE_EXAMPLES_PRIVATE_H

#include "store/examples.h"

GBytes *example_seal(const Keys *keys, const void *bytes, size_t size);
GBytes *example_open(const Keys *keys, const void *sealed, size_t size);

#endif
