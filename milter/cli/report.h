/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/report - what was found in one mail, as JSON and as text. The schema is
 * contrib/schema/inspect.schema.json and tact(1).
 *
 * Owns:    the value returned is the caller's.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <jansson.h>
#include <stdbool.h>

#include "analysis/examine.h"
#include "cli.h"

/* Changes when a key changes its meaning or goes; keys may be added. */
#define REPORT_SCHEMA 1

json_t *report_value(const Rules *rules, const char *file, const Report *report,
                     const Options *options);
void report_text(const json_t *value);

#endif
