/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/customers - who is one customer.
 *
 * A customer is a number with aliases: pseudonyms of addresses, of customer
 * numbers and of a company's mail domain. What one line of an import names
 * together is one customer; two that turn out to be one are merged.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: one Store a thread.
 */
#ifndef STORE_CUSTOMERS_H
#define STORE_CUSTOMERS_H

#include "store/keys.h"
#include "store/store.h"

/* By an identity (message/identity), then by its domain; 0: nobody. */
bool customers_find(Store *store, const Keys *keys, const char *identity,
                    int64_t *ret_customer,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* By a customer number, with "SYSTEM\x1f" before it if it has a system. */
bool customers_find_number(Store *store, const Keys *keys, const char *number,
                           int64_t *ret_customer,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All of `from` becomes `into`'s, and `from` is no more; the stricter level of
 * consent holds. Within a transaction. */
bool customers_merge(Store *store, int64_t into, int64_t from,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct CustomersFacts {
	int64_t id, since;
	int consent; /* -1: the site's default */
	bool restricted;
	int64_t addresses, numbers, domains; /* aliases */
	int64_t orders, cents;               /* purchases, and their sum */
	int64_t first_day, last_day;
} CustomersFacts;

/* False with no error set: there is no such customer. */
bool customers_facts(Store *store, int64_t customer, CustomersFacts *ret_facts,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct CustomersCount {
	int64_t customers, aliases, orders;
} CustomersCount;

bool customers_count(Store *store, CustomersCount *ret_count,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
