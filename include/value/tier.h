/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/tier - tiers, risk, and how soon each is to be answered.
 *
 * Customers are ranked by value; a tier is a share of that ranking. A customer
 * at a border does not flip with every fit: who has a tier keeps it until the
 * rank is `hysteresis` past its border. Under the scheme vip-standard-risk
 * the tier is vip or standard, and the third class is whoever's risk is high.
 *
 * Owns:    nothing; names are static.
 * Fails:   BASE_ERROR_SETTING with a text that names the setting and what to
 *          write instead.
 * Threads: any.
 */
#ifndef VALUE_TIER_H
#define VALUE_TIER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"

/* Their numbers are stored: never renumber. "unverified" is no tier of a
 * customer but the filter's word on a mail. */
typedef enum Tier {
	TIER_UNKNOWN,
	TIER_BASIC,
	TIER_STANDARD,
	TIER_PREMIUM,
	TIER_VIP,
	TIER_N,
} Tier;

typedef enum Risk {
	RISK_LOW,
	RISK_MEDIUM,
	RISK_HIGH,
} Risk;

const char *tier_name(Tier tier); /* "vip" */
bool tier_parse(const char *text, Tier *ret_tier);
const char *risk_name(Risk risk); /* "low" */

/* In the order of the choices in settings.def. */
typedef enum TierScheme {
	TIER_SCHEME_FOUR,
	TIER_SCHEME_VIP_STANDARD_RISK,
} TierScheme;

typedef struct TierPolicy {
	TierScheme scheme;
	double above[TIER_N]; /* share of customers ranked above this tier */
	double hysteresis;    /* share, 0.02 */
	Tier fresh;           /* of who has no orders */
	int risk_medium, risk_high; /* scores */
} TierPolicy;

bool tier_policy_read(const Settings *settings, TierPolicy *ret_policy,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* `rank`: the share of customers that are worth more, 0 (best) to 1. `before`:
 * the tier had so far, TIER_UNKNOWN for none. */
Tier tier_of_rank(const TierPolicy *policy, double rank, Tier before);
Risk risk_of_score(const TierPolicy *policy, int score);

#define RESPONSE_NONE (-1)

typedef struct ResponseTimes {
	int64_t minutes[TIER_N]; /* opening minutes */
	int64_t risk;            /* of who is at high risk, or RESPONSE_NONE */
} ResponseTimes;

/* `mailbox` may be NULL: what holds without one. */
bool response_times_read(const Settings *settings, const Mailbox *mailbox,
                         ResponseTimes *ret_times,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opening minutes in which such a customer is to be answered. */
int64_t response_minutes(const ResponseTimes *times, Tier tier, Risk risk);

#endif
