/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/value_fit - all customers counted, learned from, ranked and written.
 *
 * Owns:    the value is the caller's.
 * Fails:   NULL and an error; what was written until then stands, and the next
 *          fit goes over it. Data that carry no model are told in the value.
 * Threads: one.
 */
#ifndef CLI_VALUE_FIT_H
#define CLI_VALUE_FIT_H

#include <jansson.h>

#include "site.h"
#include "value/scoring.h"

json_t *value_fit(const Site *site, bool dry_run,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void value_fit_text(const json_t *value);

/* What a fit learned: method, verdicts, models, and orders held out; and that
 * as text. */
void value_add_models(json_t *value, const Scoring *scoring);
void value_models_told(const json_t *value);

#endif
