/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/domain - names of domains, for addresses and for trust in them.
 *
 * Owns:    a string returned is the caller's.
 * Fails:   NULL or false.
 * Threads: any.
 */
#ifndef MESSAGE_DOMAIN_H
#define MESSAGE_DOMAIN_H

#include <stdbool.h>

/* In lower case, as A-labels, without a trailing dot; NULL if `raw` is no
 * name, or one that two versions of IDNA read differently. */
char *domain_canonical(const char *raw);

/* Letters, digits and hyphens in at least two labels: what may be trusted. */
bool domain_is_ldh(const char *domain);

/* Valid UTF-8 of which every character can be seen and is what it seems. */
bool domain_is_visible(const char *text);

#endif
