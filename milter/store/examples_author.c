/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is learned from one who objected, whose data are restricted, or who
 * agreed to tags alone. One whom nobody knew becomes a customer by it: an
 * example that belongs to nobody could never be erased.
 */
#include "base/clock.h"
#include "store/customers.h"
#include "store/examples.h"
#include "store/suppression.h"

#define CONSENT_TAGS_ALONE 0 /* as stored */

Pseudonym
examples_mail(const Keys *keys, const char *identity, const char *id)
{
	g_autofree char *text = g_strconcat("mail\n", identity, "\n", id, NULL);

	return keys_pseudonym(keys, PSEUDONYM_EXAMPLE, text);
}

static bool
add_alias(Store *store, const Keys *keys, const char *identity,
          int64_t customer, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, SQL_alias_add);
	Pseudonym key = keys_pseudonym(keys, PSEUDONYM_EMAIL, identity);

	statement_bind_bytes(add, 1, key.bytes, sizeof key.bytes);
	statement_bind_int(add, 2, keys_id(keys));
	statement_bind_int(add, 3, customer);
	statement_bind_int(add, 4, PSEUDONYM_EMAIL);
	return statement_run(add, error);
}

static bool
add_customer(Store *store, const Keys *keys, const char *identity,
             int64_t *ret_customer, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, SQL_example_author);

	statement_bind_int(add, 1, clock_wall() / G_USEC_PER_SEC);
	if (!statement_run(add, error))
		return false;
	*ret_customer = store_last_id(store);
	return add_alias(store, keys, identity, *ret_customer, error);
}

/* False without an error too: there is no such customer. */
static bool
judge_customer(Store *store, int consent, ExampleAuthor *author, GError **error)
{
	CustomersFacts facts;

	if (!customers_facts(store, author->customer, &facts, error))
		return false;
	if (facts.consent >= 0)
		consent = facts.consent;
	if (consent == CONSENT_TAGS_ALONE)
		author->standing = EXAMPLE_NO_CONSENT;
	if (facts.restricted)
		author->standing = EXAMPLE_RESTRICTED;
	return true;
}

bool
examples_find_author(Store *store, const Keys *keys, const char *identity,
                     int consent, ExampleAuthor *ret_author, GError **error)
{
	ExampleAuthor author = { .standing = EXAMPLE_AUTHOR };
	SuppressionKind suppressed;

	if (!suppression_find(store, keys, identity, &suppressed, error))
		return false;
	if (suppressed != SUPPRESSION_NONE) {
		author.standing = suppressed == SUPPRESSION_OBJECTION
		                          ? EXAMPLE_OBJECTED
		                          : EXAMPLE_RESTRICTED;
		*ret_author = author;
		return true;
	}
	if (!customers_find(store, keys, identity, &author.customer, error))
		return false;
	if (author.customer != 0) {
		if (!judge_customer(store, consent, &author, error))
			return false;
	} else if (consent == CONSENT_TAGS_ALONE) {
		author.standing = EXAMPLE_NO_CONSENT;
	} else if (!add_customer(store, keys, identity, &author.customer,
	                         error)) {
		return false;
	}
	*ret_author = author;
	return true;
}
