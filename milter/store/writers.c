/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An address is first looked for itself, then by its domain: a company is one
 * customer whoever writes. Whether the mail proves its From is asked only after
 * that, for "a customer's address without proof" is a thing to tell.
 *
 * While a customer key is being changed, a pseudonym of the old key is replaced
 * by that of the new one when it is met.
 */
#include "store/writers.h"

#include "message/address.h"
#include "store/suppression.h"

/* Looks a pseudonym up; customer 0 when nobody has it. */
static bool
look_up(Store *store, const Pseudonym *key, Writer *writer, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_writer_find);
	StepResult result;

	statement_bind_bytes(find, 1, key->bytes, sizeof(key->bytes));
	result = statement_step(find, error);
	if (result != STEP_ROW)
		return result == STEP_DONE;
	writer->customer = statement_int(find, 0);
	if (!statement_is_null(find, 1))
		writer->consent =
			(Consent)CLAMP(statement_int(find, 1), 0, CONSENT_FULL);
	writer->restricted = statement_int(find, 2) != 0;
	return true;
}

static bool
rekey(Store *store, const MailSite *site, const Pseudonym *old,
      const Pseudonym *now, GError **error)
{
	g_autoptr(Statement) update = store_statement(store, SQL_writer_rekey);

	statement_bind_bytes(update, 1, now->bytes, sizeof(now->bytes));
	statement_bind_int(update, 2, keys_id(site->keys));
	statement_bind_bytes(update, 3, old->bytes, sizeof(old->bytes));
	return statement_run(update, error);
}

static bool
find_by(Store *store, const MailSite *site, PseudonymKind kind,
        const char *text, Writer *writer, GError **error)
{
	Pseudonym key = keys_pseudonym(site->keys, kind, text);
	Pseudonym old;

	if (!look_up(store, &key, writer, error))
		return false;
	if (writer->customer != 0 ||
	    !keys_old_pseudonym(site->keys, kind, text, &old))
		return true;
	if (!look_up(store, &old, writer, error))
		return false;
	return writer->customer == 0 || rekey(store, site, &old, &key, error);
}

static bool
find_customer(Store *store, const MailSite *site, const char *from,
              Writer *writer, GError **error)
{
	if (!find_by(store, site, PSEUDONYM_EMAIL, from, writer, error))
		return false;
	writer->personal = writer->customer != 0;
	return writer->personal || find_by(store, site, PSEUDONYM_DOMAIN,
	                                   address_domain(from), writer, error);
}

/* An exception can only help a verdict that is weak. */
static bool
find_trust(Store *store, const MailRecord *record, Writer *writer,
           GError **error)
{
	AuthVerdict verdict = (AuthVerdict)record->findings->auth;
	bool excepted = false;

	if (verdict == AUTH_WEAK &&
	    !trust_is_excepted(store, address_domain(record->trace->from),
	                       record->at, &excepted, error))
		return false;
	writer->trust = trust_decide(verdict, excepted);
	return true;
}

bool
writers_find(Store *store, const MailSite *site, const MailRecord *record,
             Writer *ret_writer, GError **error)
{
	const char *from = record->trace->from;
	SuppressionKind suppressed = SUPPRESSION_NONE;
	Writer writer = { .consent = (Consent)site->settings->privacy_consent };

	*ret_writer = writer;
	if (*from == '\0')
		return true;
	if (!suppression_find(store, site->keys, from, &suppressed, error))
		return false;
	if (suppressed == SUPPRESSION_OBJECTION)
		ret_writer->standing = STANDING_OBJECTED;
	ret_writer->restricted = suppressed == SUPPRESSION_RESTRICTION;
	if (suppressed != SUPPRESSION_NONE) {
		ret_writer->consent = CONSENT_NONE;
		return true;
	}
	if (!find_trust(store, record, &writer, error) ||
	    !find_customer(store, site, from, &writer, error))
		return false;
	ret_writer->trust = writer.trust;
	if (writer.customer == 0)
		return true;
	writer.known = true;
	writer.standing = trust_is_granted(writer.trust) ? STANDING_CUSTOMER
	                                                 : STANDING_UNVERIFIED;
	/* What may not be used is as if it were not there. */
	if (writer.restricted)
		writer.consent = CONSENT_NONE;
	if (writer.consent == CONSENT_NONE ||
	    writer.standing == STANDING_UNVERIFIED)
		writer.customer = 0;
	*ret_writer = writer;
	return true;
}

static bool
add_alias(Store *store, const MailSite *site, const char *from,
          int64_t customer, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, SQL_writer_add_alias);
	Pseudonym key = keys_pseudonym(site->keys, PSEUDONYM_EMAIL, from);

	statement_bind_bytes(add, 1, key.bytes, sizeof(key.bytes));
	statement_bind_int(add, 2, keys_id(site->keys));
	statement_bind_int(add, 3, customer);
	statement_bind_int(add, 4, PSEUDONYM_EMAIL);
	return statement_run(add, error);
}

static bool
may_welcome(const MailRecord *record, const Writer *writer)
{
	const Findings *findings = record->findings;

	return writer->standing == STANDING_UNKNOWN &&
	       writer->consent >= CONSENT_BASIC &&
	       trust_is_granted(writer->trust) &&
	       (findings->status == FINDINGS_SCORED ||
	        findings->status == FINDINGS_ABSTAINED);
}

bool
writers_welcome(Store *store, const MailSite *site, const MailRecord *record,
                Writer *writer, GError **error)
{
	g_autoptr(Statement) add = NULL;

	if (!may_welcome(record, writer))
		return true;
	add = store_statement(store, SQL_writer_add);
	statement_bind_int(add, 1, record->at);
	if (!statement_run(add, error))
		return false;
	writer->customer = store_last_id(store);
	writer->personal = true;
	writer->standing = STANDING_CUSTOMER;
	return add_alias(store, site, record->trace->from, writer->customer,
	                 error);
}

static uint8_t
tier_in(Statement *statement, int column, Tier otherwise)
{
	int64_t tier = statement_int(statement, column);

	if (statement_is_null(statement, column) || tier < 0 || tier >= TIER_N)
		return (uint8_t)otherwise;
	return (uint8_t)tier;
}

bool
writers_worth(Store *store, const MailSite *site, const Writer *writer,
              int64_t at, MailAnswer *answer, GError **error)
{
	g_autoptr(Statement) worth = NULL;
	StepResult result;

	if (writer->customer == 0 || writer->consent < CONSENT_FULL)
		return true;
	worth = store_statement(store, SQL_writer_worth);
	statement_bind_int(worth, 1, writer->customer);
	statement_bind_int(worth, 2, at);
	result = statement_step(worth, error);
	if (result != STEP_ROW)
		return result == STEP_DONE;
	answer->tier = tier_in(worth, 2, tier_in(worth, 0, site->tiers.fresh));
	if (!statement_is_null(worth, 1)) {
		answer->has_risk = 1;
		answer->risk = (uint8_t)risk_of_score(
			&site->tiers, (int)statement_int(worth, 1));
	}
	return true;
}
