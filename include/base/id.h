/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/id - opaque identifiers.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   never; getrandom(2) blocks only before the kernel has seeded.
 * Threads: any.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stddef.h>
#include <stdint.h>

#define ID_LENGTH 16

/* Sixteen random characters of [a-z2-7] (80 bits, RFC 4648 base32). */
char *id_new(void);

/* A 64-bit FNV-1a hash, for tables that need no secrecy. */
uint64_t id_hash(const void *bytes, size_t size);

#endif
