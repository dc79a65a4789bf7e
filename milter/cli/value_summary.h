/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/value_summary - the models fitted to a summary of customers.
 *
 * Owns:    the value is the caller's.
 * Fails:   NULL and an error when the file cannot be read. That the data carry
 *          no model is told in the value.
 * Threads: one.
 */
#ifndef CLI_VALUE_SUMMARY_H
#define CLI_VALUE_SUMMARY_H

#include <glib.h>
#include <jansson.h>

#include "value/bgnbd.h"
#include "value/gammagamma.h"

json_t *value_summary(const char *path,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void value_summary_text(const json_t *value);

/* One model as JSON; null unless the verdict is FIT_FINE. */
json_t *value_bgnbd(const Bgnbd *model, FitVerdict verdict);
json_t *value_gammagamma(const GammaGamma *model, FitVerdict verdict);
/* And as text: the members "bgnbd", "mbgnbd" and "gammagamma" of `value`. */
void value_models_text(const json_t *value);

#endif
