/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/audit_print - the answer of `tact audit` as a table and as CSV.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_AUDIT_PRINT_H
#define CLI_AUDIT_PRINT_H

#include <jansson.h>

void audit_print_table(const json_t *value);
void audit_print_csv(const json_t *value);

#endif
