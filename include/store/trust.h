/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/trust - whether a mail's From may stand for the customer it names.
 *
 * Verified (DMARC, or DKIM aligned with From) always does, unverified never.
 * Between them lies a weak verdict: SPF passed for the domain of From, nothing
 * more, because the domain publishes no DMARC and signs nothing. An exception
 * is the site's word that this suffices for one domain, until a day.
 *
 * What it risks: SPF tells which hosts may send for a domain, not which of
 * their users wrote. Whoever sends through the same hosts (another tenant of
 * the same provider, everybody whom a too generous record lets in) can then
 * pass for a customer of that domain and see to it that his mail gets the
 * customer's tier. So an exception is of one domain and not of those below it,
 * ends by itself, says why, and never lifts a mail without SPF: for a domain
 * that publishes nothing there is no exception, as everybody can write its name
 * into From.
 *
 * Owns:    nothing; rows handed to a visit are valid during it.
 * Fails:   as store/store.h.
 * Threads: as the Store.
 */
#ifndef STORE_TRUST_H
#define STORE_TRUST_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "message/authres.h"
#include "store/store.h"
#include "value/tier.h"

/* Their numbers are stored: never renumber. */
typedef enum Trust {
	TRUST_UNVERIFIED, /* nothing of ours says who wrote */
	TRUST_WEAK,       /* SPF alone */
	TRUST_EXCEPTED,   /* SPF alone, of a domain with an exception */
	TRUST_VERIFIED,
	TRUST_N,
} Trust;

/* Pure. `excepted`: the domain of From has an exception in force. */
Trust trust_decide(AuthVerdict verdict, bool excepted);
/* May the customer's tier be shown and their profile be used and moved? */
bool trust_is_granted(Trust trust);
const char *trust_name(Trust trust); /* "verified" */

/* What X-Tact-Tier says. `known`: the From is a customer's; `tier` then is
 * theirs. Without trust nothing of `tier` shows. */
const char *trust_tier_name(Trust trust, bool known, Tier tier);

/* A mail domain as From's are compared: lower case, A-labels, two labels at
 * least. NULL when the text is none. The caller's. */
char *trust_domain(const char *text);

typedef struct TrustException {
	const char *domain; /* as trust_domain() writes it */
	int64_t until;      /* ends at that second */
	const char *reason;
	int64_t at; /* when it was made */
} TrustException;

/* Is there an exception for `domain` (address_domain() of From) at `now`? */
bool trust_is_excepted(Store *store, const char *domain, int64_t now,
                       bool *ret_excepted,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes or replaces it; in the caller's transaction, as the two below. */
bool trust_allow(Store *store, const TrustException *exception,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool trust_drop(Store *store, const char *domain, bool *ret_found,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One mail more on `day` (days since 1970, UTC). `known`: of a customer. */
bool trust_count(Store *store, int64_t day, Trust trust, bool known,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void TrustExceptionVisit(const TrustException *exception, void *data);
bool trust_each_exception(Store *store, TrustExceptionVisit *visit, void *data,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Mails by what they were trusted for: no address, domain or customer. */
typedef struct TrustDay {
	int64_t day;
	int64_t all[TRUST_N];
	int64_t known[TRUST_N]; /* of customers; counted in `all` too */
} TrustDay;

typedef void TrustDayVisit(const TrustDay *day, void *data);
/* Days that have any, from `first` on, in order. */
bool trust_each_day(Store *store, int64_t first, TrustDayVisit *visit,
                    void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
