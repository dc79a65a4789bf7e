/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The decision is apart from the database, so that a thousand combinations of
 * it are tried in no time and every caller decides alike.
 *
 * Counters are kept by day and kind of verdict, for all mails and for those
 * whose From is a customer's: the second tells what the site is after, how much
 * of its customers' mail cannot show a tier. Nothing finer is kept, as a
 * domain beside a day would often be one person.
 */
#include "store/trust.h"

#include <string.h>

#include "message/address.h"

static const char *const names[TRUST_N] = {
	[TRUST_UNVERIFIED] = "unverified",
	[TRUST_WEAK] = "weak",
	[TRUST_EXCEPTED] = "excepted",
	[TRUST_VERIFIED] = "verified",
};

Trust
trust_decide(AuthVerdict verdict, bool excepted)
{
	switch (verdict) {
	case AUTH_VERIFIED:
		return TRUST_VERIFIED;
	case AUTH_WEAK:
		return excepted ? TRUST_EXCEPTED : TRUST_WEAK;
	case AUTH_UNVERIFIED:
		break;
	}
	return TRUST_UNVERIFIED;
}

bool
trust_is_granted(Trust trust)
{
	return trust == TRUST_VERIFIED || trust == TRUST_EXCEPTED;
}

const char *
trust_name(Trust trust)
{
	return names[trust];
}

const char *
trust_tier_name(Trust trust, bool known, Tier tier)
{
	if (!known)
		return tier_name(TIER_UNKNOWN);
	return trust_is_granted(trust) ? tier_name(tier) : "unverified";
}

char *
trust_domain(const char *text)
{
	g_autofree char *probe = g_strconcat("a@", text, NULL);
	g_autofree char *address = address_from_envelope(probe);
	const char *domain;

	if (address == NULL)
		return NULL;
	domain = address_domain(address);
	if (domain[0] == '[' || strchr(domain, '.') == NULL ||
	    strchr(domain, '_') != NULL)
		return NULL;
	return g_strdup(domain);
}

bool
trust_is_excepted(Store *store, const char *domain, int64_t now,
                  bool *ret_excepted, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_trust_find);
	StepResult result;

	statement_bind_text(find, 1, domain);
	statement_bind_int(find, 2, now);
	result = statement_step(find, error);
	if (result == STEP_FAILED)
		return false;
	*ret_excepted = result == STEP_ROW;
	return true;
}

bool
trust_allow(Store *store, const TrustException *exception, GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_trust_allow);

	statement_bind_text(put, 1, exception->domain);
	statement_bind_int(put, 2, exception->until);
	statement_bind_text(put, 3, exception->reason);
	statement_bind_int(put, 4, exception->at);
	return statement_run(put, error);
}

bool
trust_drop(Store *store, const char *domain, bool *ret_found, GError **error)
{
	g_autoptr(Statement) drop = store_statement(store, SQL_trust_drop);

	statement_bind_text(drop, 1, domain);
	if (!statement_run(drop, error))
		return false;
	*ret_found = store_changes(store) > 0;
	return true;
}

bool
trust_count(Store *store, int64_t day, Trust trust, bool known, GError **error)
{
	g_autoptr(Statement) count = store_statement(store, SQL_trust_count);

	statement_bind_int(count, 1, day);
	statement_bind_int(count, 2, trust);
	statement_bind_int(count, 3, known);
	return statement_run(count, error);
}

bool
trust_each_exception(Store *store, TrustExceptionVisit *visit, void *data,
                     GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_trust_list);
	StepResult result;

	while ((result = statement_step(list, error)) == STEP_ROW) {
		TrustException exception = {
			.domain = statement_text(list, 0),
			.until = statement_is_null(list, 1)
			                 ? INT64_MAX
			                 : statement_int(list, 1),
			.reason = statement_text(list, 2),
			.at = statement_int(list, 3),
		};

		visit(&exception, data);
	}
	return result == STEP_DONE;
}

/* A row is one verdict of one day; a verdict of a later Tact is left out. */
static void
add_row(TrustDay *day, Statement *list)
{
	int64_t trust = statement_int(list, 1);

	if (trust < 0 || trust >= TRUST_N)
		return;
	day->all[trust] += statement_int(list, 3);
	if (statement_int(list, 2) != 0)
		day->known[trust] += statement_int(list, 3);
}

bool
trust_each_day(Store *store, int64_t first, TrustDayVisit *visit, void *data,
               GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_trust_days);
	TrustDay day = { .day = INT64_MIN };
	StepResult result;

	statement_bind_int(list, 1, first);
	while ((result = statement_step(list, error)) == STEP_ROW) {
		int64_t at = statement_int(list, 0);

		if (at != day.day) {
			if (day.day != INT64_MIN)
				visit(&day, data);
			day = (TrustDay){ .day = at };
		}
		add_row(&day, list);
	}
	if (result == STEP_DONE && day.day != INT64_MIN)
		visit(&day, data);
	return result == STEP_DONE;
}
