/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A merge goes through every table that holds a customer. What both have stays
 * once: the same order twice is one order, and of two profiles the one of the
 * customer that stays is kept, for means of means would be neither's.
 */
#include "store/customers.h"

#include "message/address.h"

static bool
find_alias(Store *store, const Pseudonym *key, int64_t *ret_customer,
           GError **error)
{
	g_autoptr(Statement) find =
		store_statement(store, SQL_customer_of_alias);
	StepResult result;

	statement_bind_bytes(find, 1, key->bytes, sizeof(key->bytes));
	result = statement_step(find, error);
	if (result == STEP_FAILED)
		return false;
	*ret_customer = result == STEP_ROW ? statement_int(find, 0) : 0;
	return true;
}

static bool
find_by(Store *store, const Keys *keys, PseudonymKind kind, const char *text,
        int64_t *ret_customer, GError **error)
{
	Pseudonym key = keys_pseudonym(keys, kind, text);

	if (!find_alias(store, &key, ret_customer, error))
		return false;
	return *ret_customer != 0 ||
	       !keys_old_pseudonym(keys, kind, text, &key) ||
	       find_alias(store, &key, ret_customer, error);
}

bool
customers_find(Store *store, const Keys *keys, const char *identity,
               int64_t *ret_customer, GError **error)
{
	if (!find_by(store, keys, PSEUDONYM_EMAIL, identity, ret_customer,
	             error))
		return false;
	return *ret_customer != 0 ||
	       find_by(store, keys, PSEUDONYM_DOMAIN, address_domain(identity),
	               ret_customer, error);
}

bool
customers_find_number(Store *store, const Keys *keys, const char *number,
                      int64_t *ret_customer, GError **error)
{
	return find_by(store, keys, PSEUDONYM_NUMBER, number, ret_customer,
	               error);
}

bool
customers_merge(Store *store, int64_t into, int64_t from, GError **error)
{
	/* Two parameters move rows, one drops what could not be moved. */
	static const struct {
		SqlId sql;
		bool drops;
	} steps[] = {
		{ SQL_merge_consent, false },
		{ SQL_merge_alias, false },
		{ SQL_merge_orders_both, false },
		{ SQL_merge_orders, false },
		{ SQL_merge_orders_rest, true },
		{ SQL_merge_override, false },
		{ SQL_merge_override_rest, true },
		{ SQL_merge_worth, false },
		{ SQL_merge_worth_rest, true },
		{ SQL_merge_profile, false },
		{ SQL_merge_profile_rest, true },
		{ SQL_merge_mail, false },
		{ SQL_merge_thread, false },
		{ SQL_merge_example, false },
		{ SQL_merge_draft, false },
		{ SQL_merge_sent, false },
		{ SQL_merge_datum, false },
		{ SQL_merge_outcome, false },
		{ SQL_merge_evidence, false },
		{ SQL_merge_answer, false },
		{ SQL_merge_gap, false },
		{ SQL_merge_customer, true },
	};

	g_assert(into != from);
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autoptr(Statement) step =
			store_statement(store, steps[i].sql);

		statement_bind_int(step, 1, steps[i].drops ? from : into);
		if (!steps[i].drops)
			statement_bind_int(step, 2, from);
		if (!statement_run(step, error))
			return false;
	}
	return true;
}

static bool
count_kinds(Store *store, CustomersFacts *facts, GError **error)
{
	g_autoptr(Statement) kinds =
		store_statement(store, SQL_customer_alias_kinds);
	StepResult result;

	statement_bind_int(kinds, 1, facts->id);
	while ((result = statement_step(kinds, error)) == STEP_ROW) {
		int64_t n = statement_int(kinds, 1);

		switch (statement_int(kinds, 0)) {
		case PSEUDONYM_EMAIL:
			facts->addresses = n;
			break;
		case PSEUDONYM_NUMBER:
			facts->numbers = n;
			break;
		default:
			facts->domains = n;
			break;
		}
	}
	return result == STEP_DONE;
}

static bool
sum_orders(Store *store, CustomersFacts *facts, GError **error)
{
	g_autoptr(Statement) orders =
		store_statement(store, SQL_customer_orders);

	statement_bind_int(orders, 1, facts->id);
	if (statement_step(orders, error) != STEP_ROW)
		return false;
	facts->orders = statement_int(orders, 0);
	facts->cents = statement_int(orders, 1);
	facts->first_day = statement_int(orders, 2);
	facts->last_day = statement_int(orders, 3);
	return true;
}

bool
customers_facts(Store *store, int64_t customer, CustomersFacts *ret_facts,
                GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_customer_facts);
	CustomersFacts facts = { .id = customer };

	statement_bind_int(find, 1, customer);
	if (statement_step(find, error) != STEP_ROW)
		return false;
	facts.since = statement_int(find, 0);
	facts.consent =
		statement_is_null(find, 1) ? -1 : (int)statement_int(find, 1);
	facts.restricted = statement_int(find, 2) != 0;
	if (!count_kinds(store, &facts, error) ||
	    !sum_orders(store, &facts, error))
		return false;
	*ret_facts = facts;
	return true;
}

bool
customers_count(Store *store, CustomersCount *ret_count, GError **error)
{
	static const SqlId counts[] = { SQL_customer_count, SQL_alias_count,
		                        SQL_orders_count };
	int64_t n[G_N_ELEMENTS(counts)];

	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autoptr(Statement) count = store_statement(store, counts[i]);

		if (statement_step(count, error) != STEP_ROW)
			return false;
		n[i] = statement_int(count, 0);
	}
	*ret_count = (CustomersCount){ n[0], n[1], n[2] };
	return true;
}
