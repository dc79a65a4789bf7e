/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/evaluate_value - how right a finding is, as JSON and as text. The schema
 * is in tact(1).
 *
 * Owns:    the value returned is the caller's.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_EVALUATE_VALUE_H
#define CLI_EVALUATE_VALUE_H

#include <jansson.h>

#include "training/evaluation.h"

/* Of one finding: {"all": FIGURES, "languages": {CODE: FIGURES}}. */
json_t *evaluate_value(const Evaluation *evaluation);

/* Of {"findings": {NAME: the value above}}: a row for each and its languages;
 * and everything about the one in it. */
void evaluate_print_rows(const json_t *value);
void evaluate_print_whole(const json_t *value);

#endif
