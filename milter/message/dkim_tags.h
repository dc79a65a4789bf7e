/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/dkim_tags (private) - what a stranger writes into DKIM-Signature and
 * a filter then repeats in Authentication-Results.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef MESSAGE_DKIM_TAGS_H
#define MESSAGE_DKIM_TAGS_H

#include <stdbool.h>

/* False when d=, s= or i= holds what could be read as more than one value of
 * an Authentication-Results field, be it encoded. `value`: unfolded. */
bool dkim_tags_are_plain(const char *value);

#endif
