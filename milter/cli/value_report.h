/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/value_report - how good the data are, and what the last fit made of them.
 *
 * Owns:    the value is the caller's.
 * Fails:   NULL and an error.
 * Threads: one.
 */
#ifndef CLI_VALUE_REPORT_H
#define CLI_VALUE_REPORT_H

#include <jansson.h>

#include "site.h"

json_t *value_report(const Site *site,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void value_report_text(const json_t *value);

#endif
