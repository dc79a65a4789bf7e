/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A restriction stands in three places: at the customer, for whoever goes
 * through customers; at the conversations of who is none, or one of a company's
 * people, as far as drafts were asked for in them; and as a suppression, for
 * mail to come.
 */
#include "audit_private.h"
#include "base/clock.h"
#include "beside.h"
#include "erasure_private.h"
#include "store/threads.h"

static bool
mark_customer(Store *store, int64_t customer, bool restricted, GError **error)
{
	g_autoptr(Statement) mark = store_statement(store, SQL_person_restrict);

	statement_bind_int(mark, 1, customer);
	statement_bind_int(mark, 2, restricted);
	return statement_run(mark, error);
}

bool
restrict_writer(Store *store, const Pseudonym *writer, bool restricted,
                GError **error)
{
	g_autoptr(Statement) mark = store_statement(store, SQL_person_quiet);

	statement_bind_bytes(mark, 1, writer->bytes, sizeof writer->bytes);
	statement_bind_int(mark, 2, restricted ? QUIET_RESTRICTED : QUIET_NO);
	return statement_run(mark, error);
}

static bool
mark_person(Store *store, const PersonNames *names, bool restricted,
            GError **error)
{
	int64_t customer;

	return person_customer(store, names, &customer, error) &&
	       mark_customer(store, customer, restricted, error) &&
	       restrict_writer(store, &names->now, restricted, error) &&
	       (!names->has_old ||
	        restrict_writer(store, &names->old, restricted, error));
}

static SuppressionKind
kind_from(RestrictionChange change)
{
	return change == RESTRICTION_LIFT ? SUPPRESSION_RESTRICTION
	                                  : SUPPRESSION_OBJECTION;
}

/* Is there something to change? An objection forbids more than a restriction,
 * which would add nothing to it. */
static bool
changes(RestrictionChange change, SuppressionKind now)
{
	return change == RESTRICTION_SET ? now == SUPPRESSION_NONE
	                                 : now == kind_from(change);
}

static DecisionKind
decision_of(RestrictionChange change)
{
	static const DecisionKind kinds[] = {
		[RESTRICTION_SET] = DECISION_RESTRICT,
		[RESTRICTION_LIFT] = DECISION_UNRESTRICT,
		[OBJECTION_LIFT] = DECISION_UNOBJECT,
	};

	return kinds[change];
}

static bool
write_change(Store *store, const Keys *keys, const char *identity,
             const AuditEntry *entry, RestrictionChange change, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	Pseudonym key = suppression_key(keys, identity);
	bool set = change == RESTRICTION_SET;
	PersonNames names;

	person_names(keys, identity, &names);
	return txn != NULL && mark_person(store, &names, set, error) &&
	       suppression_put(store, &key,
	                       set ? SUPPRESSION_RESTRICTION : SUPPRESSION_NONE,
	                       error) &&
	       audit_append(store, keys, entry, error) &&
	       decisions_write(store, keys, &names, &key, decision_of(change),
	                       error) &&
	       store_commit(txn, error);
}

static bool
change_locked(Store *store, const Keys *keys, const char *identity,
              RestrictionChange change, GError **error)
{
	static const AuditEvent events[] = {
		[RESTRICTION_SET] = AUDIT_RESTRICT,
		[RESTRICTION_LIFT] = AUDIT_UNRESTRICT,
		[OBJECTION_LIFT] = AUDIT_UNOBJECT,
	};
	const AuditEntry entry = { .event = events[change],
		                   .identity = identity };

	return write_change(store, keys, identity, &entry, change, error) &&
	       audit_seal_locked(store, keys, error);
}

bool
restriction_change(Store *store, const Keys *keys, const char *identity,
                   RestrictionChange change, bool *ret_changed, GError **error)
{
	SuppressionKind now;
	int lock;
	bool good;

	if (!suppression_find(store, keys, identity, &now, error))
		return false;
	*ret_changed = changes(change, now);
	if (!*ret_changed)
		return true;
	lock = beside_lock(store, error);
	good = lock >= 0 && change_locked(store, keys, identity, change, error);
	beside_unlock(lock);
	return good;
}
