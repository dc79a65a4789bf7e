/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/trust_print - exceptions and counts of trust as JSON and as text. The
 * schema is tact(1).
 *
 * Owns:    the values returned are the caller's.
 * Fails:   as store/store.h.
 * Threads: one.
 */
#ifndef CLI_TRUST_PRINT_H
#define CLI_TRUST_PRINT_H

#include <jansson.h>

#include "store/trust.h"

/* Days that the report's totals are about. */
#define TRUST_REPORT_DAYS 30

json_t *trust_exceptions_value(Store *store, int64_t now, GError **error);
void trust_exceptions_text(const json_t *value);
json_t *trust_report_value(Store *store, int64_t now, GError **error);
void trust_report_text(const json_t *value);

#endif
