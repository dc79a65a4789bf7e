/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ranks, not amounts, make a tier: they need no currency, no threshold that
 * ages, and give the team a number of VIPs that it can serve.
 */
#include "value/tier.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

static const char *const tier_names[TIER_N] = { "unknown", "basic", "standard",
	                                        "premium", "vip" };

const char *
tier_name(Tier tier)
{
	return (unsigned)tier < TIER_N ? tier_names[tier] : "unknown";
}

bool
tier_parse(const char *text, Tier *ret_tier)
{
	for (unsigned i = 0; i < TIER_N; i++)
		if (strcmp(tier_names[i], text) == 0) {
			*ret_tier = (Tier)i;
			return true;
		}
	return false;
}

const char *
risk_name(Risk risk)
{
	static const char *const names[] = { "low", "medium", "high" };

	return (unsigned)risk < G_N_ELEMENTS(names) ? names[risk] : "low";
}

/* "vip 10": a word and what follows it. */
static char *
split_item(const char *item, const char **ret_rest)
{
	size_t n = strcspn(item, " \t");

	*ret_rest = item + n + strspn(item + n, " \t");
	return g_strndup(item, n);
}

static bool
refuse_share(const char *what, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "tiers: %.60s; write vip 10;premium 20;standard "
	            "60;basic 10, together 100",
	            what);
	return false;
}

static bool
read_shares(char **items, double *shares, GError **error)
{
	for (; *items != NULL; items++) {
		const char *rest;
		g_autofree char *name = split_item(*items, &rest);
		char *end;
		double percent = g_ascii_strtod(rest, &end);
		Tier tier;

		if (!tier_parse(name, &tier) || tier == TIER_UNKNOWN ||
		    end == rest || *end != '\0' || !(percent >= 0) ||
		    percent > 100)
			return refuse_share(*items, error);
		shares[tier] = percent / 100;
	}
	return true;
}

bool
tier_policy_read(const Settings *settings, TierPolicy *ret_policy,
                 GError **error)
{
	static const Tier fresh[] = { TIER_UNKNOWN, TIER_BASIC, TIER_STANDARD,
		                      TIER_PREMIUM, TIER_VIP };
	double shares[TIER_N] = { 0 };
	double sum = 0;
	TierPolicy policy = {
		.scheme = (TierScheme)settings->value_scheme,
		.hysteresis = (double)settings->value_hysteresis / 100,
		.fresh = fresh[settings->value_new_customers],
		.risk_medium = (int)settings->value_risk_medium,
		.risk_high = (int)settings->value_risk_high,
	};

	if (!read_shares(settings->value_tiers, shares, error))
		return settings_blame(settings, NULL, "value", error);
	for (int tier = TIER_VIP; tier >= TIER_UNKNOWN; tier--) {
		/* 0.1 + 0.2 must be the 0.3 that a rank is. */
		policy.above[tier] = round(sum * 1e9) / 1e9;
		sum += shares[tier];
	}
	if (fabs(sum - 1) > 1e-9) {
		refuse_share("the shares are not together 100", error);
		return settings_blame(settings, NULL, "value", error);
	}
	if (policy.risk_medium > policy.risk_high) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "risk_medium: is above risk_high; lower it");
		return settings_blame(settings, NULL, "value", error);
	}
	*ret_policy = policy;
	return true;
}

/* Where a tier ends: the top of the next one below. */
static double
tier_end(const TierPolicy *policy, Tier tier)
{
	return tier == TIER_BASIC ? 1 : policy->above[tier - 1];
}

static Tier
tier_by_share(const TierPolicy *policy, double rank)
{
	for (Tier tier = TIER_VIP; tier > TIER_BASIC; tier--)
		if (rank < tier_end(policy, tier))
			return tier;
	return TIER_BASIC;
}

static Tier
simplify(const TierPolicy *policy, Tier tier)
{
	if (policy->scheme == TIER_SCHEME_FOUR || tier == TIER_VIP)
		return tier;
	return TIER_STANDARD;
}

Tier
tier_of_rank(const TierPolicy *policy, double rank, Tier before)
{
	double at = rank >= 0 && rank <= 1 ? rank : 1; /* NaN: the last */
	double band = policy->hysteresis;
	Tier now = tier_by_share(policy, at);
	/* What the three-class scheme calls standard spans three tiers. */
	bool wide = policy->scheme == TIER_SCHEME_VIP_STANDARD_RISK &&
	            before != TIER_VIP;
	double begin =
		wide ? policy->above[TIER_PREMIUM] : policy->above[before];
	double end = wide ? 1 : tier_end(policy, MAX(before, TIER_BASIC));

	if (before != TIER_UNKNOWN && end > begin && at >= begin - band &&
	    at < end + band)
		return simplify(policy, before);
	return simplify(policy, now);
}

Risk
risk_of_score(const TierPolicy *policy, int score)
{
	if (score >= policy->risk_high)
		return RISK_HIGH;
	return score >= policy->risk_medium ? RISK_MEDIUM : RISK_LOW;
}
