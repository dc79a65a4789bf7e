/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_sniff - which delimiter a file has, from its first bytes.
 *
 * Owns:    nothing.
 * Fails:   0 when none makes columns of it.
 * Threads: any.
 */
#ifndef ORDERS_SNIFF_H
#define ORDERS_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/* Of comma, semicolon, tab and bar. A first line "sep=;", as Excel writes it,
 * says it, and is no header then: *ret_said. */
char orders_sniff(const char *start, size_t size, bool *ret_said);

/* "comma" for ',' and so on; NULL for another. */
const char *orders_delimiter_name(char delimiter);
/* The other way; 0 for no such name. */
char orders_delimiter_of(const char *name);

#endif
