/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/db_print - what the words of `tact db` say to a person.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_DB_PRINT_H
#define CLI_DB_PRINT_H

#include <jansson.h>

void db_print_check(const json_t *value);
void db_print_backup(const json_t *value);
void db_print_restore(const json_t *value);
void db_print_stats(const json_t *value);
void db_print_rotation(const json_t *value);

#endif
