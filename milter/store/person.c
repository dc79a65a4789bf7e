/* SPDX-License-Identifier: Apache-2.0 */
#include "person.h"

#include <string.h>

static PseudonymKind
kind_of(const char *who)
{
	switch (who[0]) {
	case '@':
		return PSEUDONYM_DOMAIN;
	case '#':
		return PSEUDONYM_NUMBER;
	default:
		return PSEUDONYM_EMAIL;
	}
}

void
person_names(const Keys *keys, const char *who, PersonNames *ret_names)
{
	PseudonymKind kind = kind_of(who);
	const char *text = kind == PSEUDONYM_EMAIL ? who : who + 1;

	*ret_names = (PersonNames){ .kind = kind };
	ret_names->now = keys_pseudonym(keys, kind, text);
	ret_names->has_old =
		keys_old_pseudonym(keys, kind, text, &ret_names->old);
}

static bool
find_key(Store *store, const Pseudonym *key, PseudonymKind kind,
         int64_t *ret_customer, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_person_alias);
	StepResult step;

	statement_bind_bytes(find, 1, key->bytes, sizeof key->bytes);
	statement_bind_int(find, 2, kind);
	step = statement_step(find, error);
	*ret_customer = step == STEP_ROW ? statement_int(find, 0) : 0;
	return step != STEP_FAILED;
}

bool
person_customer(Store *store, const PersonNames *names, int64_t *ret_customer,
                GError **error)
{
	if (!find_key(store, &names->now, names->kind, ret_customer, error))
		return false;
	return *ret_customer != 0 || !names->has_old ||
	       find_key(store, &names->old, names->kind, ret_customer, error);
}

bool
person_is_company(Store *store, const PersonNames *names, int64_t customer,
                  bool *ret_company, GError **error)
{
	const Pseudonym *old = names->has_old ? &names->old : &names->now;
	g_autoptr(Statement) find = store_statement(store, SQL_person_others);
	StepResult step;

	statement_bind_int(find, 1, customer);
	statement_bind_bytes(find, 2, names->now.bytes, PSEUDONYM_BYTES);
	statement_bind_bytes(find, 3, old->bytes, PSEUDONYM_BYTES);
	statement_bind_int(find, 4, PSEUDONYM_EMAIL);
	statement_bind_int(find, 5, PSEUDONYM_DOMAIN);
	step = statement_step(find, error);
	*ret_company = step == STEP_ROW;
	return step != STEP_FAILED;
}

bool
person_each_key(Store *store, int64_t customer, PersonVisit *visit, void *data,
                GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_person_keys);
	StepResult step;

	statement_bind_int(list, 1, customer);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		size_t size;
		const void *bytes = statement_bytes(list, 0, &size);
		Pseudonym key;

		if (size != PSEUDONYM_BYTES)
			continue;
		memcpy(key.bytes, bytes, size);
		visit(&key, (PseudonymKind)statement_int(list, 1), data);
	}
	return step == STEP_DONE;
}

static bool
find_colleagues(Store *store, const Keys *keys, const char *who,
                bool *ret_colleague, GError **error)
{
	const char *domain =
		kind_of(who) == PSEUDONYM_EMAIL ? strrchr(who, '@') : NULL;
	PersonNames names;
	int64_t customer = 0;

	*ret_colleague = false;
	if (domain == NULL)
		return true;
	person_names(keys, domain, &names);
	if (!person_customer(store, &names, &customer, error))
		return false;
	*ret_colleague = customer != 0;
	return true;
}

bool
person_find(Store *store, const Keys *keys, const char *who, Person *ret_person,
            GError **error)
{
	Person person = { 0 };
	PersonNames names;

	person_names(keys, who, &names);
	if (!person_customer(store, &names, &person.customer, error))
		return false;
	if (person.customer == 0
	            ? !find_colleagues(store, keys, who, &person.colleague,
	                               error)
	            : !person_is_company(store, &names, person.customer,
	                                 &person.company, error))
		return false;
	*ret_person = person;
	return true;
}
