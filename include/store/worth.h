/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/worth - what customers are worth: orders out, scores and tiers in.
 *
 * Customers are gone through in ranges of their numbers, so that no lock is
 * held for long and memory does not grow with their number. Only those who may
 * be valued are: not restricted, and at consent level full, their own or by
 * default the site's.
 *
 * Owns:    what visitors are shown is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread.
 */
#ifndef STORE_WORTH_H
#define STORE_WORTH_H

#include "store/store.h"
#include "value/scoring.h"
#include "value/tier.h"

/* Customers with `after` < id <= `upto`. */
typedef struct WorthRange {
	int64_t after, upto;
	int consent; /* the site's default: privacy.consent's number */
} WorthRange;

typedef struct WorthSpan {
	int64_t orders;
	int64_t newest; /* day of an order up to `today`; 0: none */
} WorthSpan;

/* The highest number of a customer, and how orders lie in a range. */
bool worth_last_customer(Store *store, int64_t *ret_customer,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool worth_span(Store *store, const WorthRange *range, int64_t today,
                WorthSpan *ret_span, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A customer who may be valued, and his orders, no matter in which order; of
 * one who has more than WORTH_ORDERS_MAX so many. */
#define WORTH_ORDERS_MAX 100000
typedef struct WorthCustomer {
	int64_t id;
	double mails;  /* that he wrote */
	Tier before;   /* TIER_UNKNOWN: none */
	int64_t since; /* of that tier */
	Order *orders;
	size_t n;
} WorthCustomer;

typedef void WorthVisit(WorthCustomer *customer, void *data);

/* `full`: with mails and the tier so far. */
bool worth_each(Store *store, const WorthRange *range, bool full,
                WorthVisit *visit, void *data,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct Worth {
	int64_t customer;
	Tier tier;
	int64_t tier_since; /* unix seconds */
	Scores scores;
	int64_t fitted_at;
} Worth;

/* Those of a range, in one transaction; who is not among them has none. Who
 * has meanwhile gone, or objected, is passed over. */
bool worth_write(Store *store, const WorthRange *range, const Worth *rows,
                 size_t n, int64_t fitted_at,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct WorthOverride {
	Tier tier;
	int64_t until; /* unix seconds */
	int64_t at;
	char reason[256];
} WorthOverride;

typedef struct WorthCard {
	bool allowed; /* may be valued */
	bool has_worth, has_override;
	Worth worth;
	WorthOverride override; /* one that still holds */
	double mails;
	int64_t last_mail;            /* unix seconds; 0: none known */
	int64_t open_due, open_since; /* of the thread due first; 0: none */
	int64_t open_contacts;
	int64_t open_mailbox; /* number of the mailbox; 0: none */
	int64_t orders, cancelled;
} WorthCard;

typedef struct WorthAsk {
	int64_t customer;
	int consent; /* the site's default */
	int64_t now; /* unix seconds */
} WorthAsk;

/* One customer's; `orders` (of Order) is filled. */
bool worth_card(Store *store, const WorthAsk *ask, WorthCard *ret_card,
                GArray *orders, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In the caller's transaction; NULL for `set`: no more override. */
bool worth_override(Store *store, int64_t customer, const WorthOverride *set,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The Scoring of the last fit, as text; NULL with no error set: there was none.
 */
char *worth_fit_read(Store *store, GError **error);
bool worth_fit_write(Store *store, const char *text,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Counts for a report, over a range. */
typedef struct WorthQuality {
	int64_t customers, with_address, with_number, with_orders, with_profile;
	int64_t complete; /* address, orders and profile */
	int64_t not_allowed;
	int64_t tiers[TIER_N], no_tier;
	int64_t overrides;
} WorthQuality;

/* Adds the range's counts. */
bool worth_quality(Store *store, const WorthRange *range, int64_t now,
                   WorthQuality *quality,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct WorthImports {
	int64_t files, unfinished;
	int64_t lines, orders, rejected;
	int64_t newest; /* unix seconds; 0: none */
} WorthImports;

bool worth_imports(Store *store, WorthImports *ret_imports,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
