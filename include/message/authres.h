/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/authres - who the sender is, by our own Authentication-Results.
 *
 * RFC 8601. A field counts only if its authserv-id is ours, exactly; every
 * other is a stranger's claim. With more than one field of ours, a forged one
 * may be among them (RFC 8601 5 wants the border MTA to delete those): the
 * worst verdict of each method over all of them counts.
 *
 * Owns:    nothing.
 * Fails:   never: what cannot be read is AUTH_UNVERIFIED.
 * Threads: any.
 */
#ifndef MESSAGE_AUTHRES_H
#define MESSAGE_AUTHRES_H

#include <stdbool.h>

#include "message/headers.h"

typedef enum AuthVerdict {
	AUTH_UNVERIFIED, /* nothing of ours says so */
	AUTH_WEAK,     /* SPF passed, aligned with From; forwarders pass too */
	AUTH_VERIFIED, /* DMARC passed, or DKIM aligned with From */
} AuthVerdict;

/* "unverified", "weak", "verified" */
const char *auth_verdict_name(AuthVerdict verdict);

/* False for a text of a stranger's (the name of his host, an address) that
 * could be read as more than one value where a filter of ours repeats it. What
 * such a mail's fields say is then not to be trusted. */
bool auth_text_is_plain(const char *text);

/*
 * `from` is the one canonical From address, or NULL when there is not exactly
 * one, which is never verified; the header must hold one From field saying the
 * same. `header.from=` of DMARC must equal the From domain; `header.d=` of DKIM
 * (and smtp.mailfrom= of SPF) must equal it or be a parent of it with at least
 * two labels, as nobody else can speak for a domain below.
 */
AuthVerdict authres_verdict(const Headers *headers, const char *authserv_id,
                            const char *from);

#endif
