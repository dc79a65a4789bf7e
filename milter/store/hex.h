/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/hex - bytes as hexadecimal digits in lower case, and back.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   false for another number of digits, or what is no digit.
 * Threads: any.
 */
#ifndef STORE_HEX_H
#define STORE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

char *hex_of(const uint8_t *bytes, size_t size);
/* `text` up to its end or a character in `ends`. */
bool hex_parse(const char *text, const char *ends, uint8_t *ret_bytes,
               size_t size);

#endif
