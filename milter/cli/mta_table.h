/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_table - does a Postfix header_checks table take our headers out?
 *
 * Owns:    strings in `ret_fault` are the caller's.
 * Fails:   with a fault, in words.
 * Threads: one.
 */
#ifndef CLI_MTA_TABLE_H
#define CLI_MTA_TABLE_H

#include <stdbool.h>

/* `maps` is a value such as "regexp:/etc/postfix/tact-strip". The first rule of
 * any of them that matches a header of ours must be IGNORE or STRIP. */
bool mta_table_strips(const char *maps, char **ret_fault);
/* The same of one header line. */
bool mta_table_strips_line(const char *maps, const char *line);

#endif
