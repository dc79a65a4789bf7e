/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/value_card - all that is known of one customer's worth, on one card.
 *
 * Reckoned anew from the customer's orders with what the last fit taught, so it
 * is right between two fits, and for a customer imported since.
 *
 * Owns:    the value is the caller's.
 * Fails:   NULL and an error.
 * Threads: one.
 */
#ifndef CLI_VALUE_CARD_H
#define CLI_VALUE_CARD_H

#include <jansson.h>

#include "site.h"

json_t *value_card(const Site *site, int64_t customer,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void value_card_text(const json_t *value);

#endif
