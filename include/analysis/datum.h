/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/datum - personal data in a text, as hashes: cards, accounts,
 * national numbers, phones, addresses, secrets.
 *
 * The same datum has the same hash however it is spaced or cased. What is the
 * site's own (an address at the domain of a mailbox) and what is public of a
 * company is left out, as are names.
 *
 * Owns:    nothing.
 * Fails:   never; what finds no room is not told.
 * Threads: any.
 */
#ifndef ANALYSIS_DATUM_H
#define ANALYSIS_DATUM_H

#include <stddef.h>

#include "base/settings.h"
#include "message/trace.h"

/* At most `max` different ones of valid UTF-8 `text` into `ret_hashes`; how
 * many. */
size_t datum_find(const Settings *settings, const char *text,
                  TraceHash *ret_hashes, size_t max);

#endif
