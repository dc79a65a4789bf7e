/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/identity - the one string that stands for who writes.
 *
 * From it, and from nothing else, a customer's pseudonym is made: by the
 * import, by the filter and by the commands, so that all three mean the same
 * person. It is the canonical address (message/address) with the policy of
 * the [identity] section applied to the local part:
 *
 *     fold_case           letters in lower case (default: yes)
 *     subaddress_domains  NAME+TAG is NAME there, and nowhere else
 *     dotless_domains     dots in the local part mean nothing there
 *
 * identity_of(identity_of(x)) = identity_of(x). A changed policy makes other
 * pseudonyms: import again after it.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   NULL when the text is not exactly one address, when its local part
 *          is empty or over LIMIT_LOCAL_BYTES, or when its domain is an
 *          address literal: such a writer is nobody we know.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_IDENTITY_H
#define MESSAGE_IDENTITY_H

#include <glib.h>
#include <stdbool.h>

#include "base/settings.h"

/* `text`: a From value, a cell of an import, or a canonical address. The
 * domain is what address_domain() says of the result. */
char *identity_of(const Settings *settings, const char *text);

/* False with BASE_ERROR_SETTING for a domain in [identity] that is none, and so
 * would never be met. */
bool identity_check(const Settings *settings,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
