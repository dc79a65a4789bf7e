/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sum, not a table of sixty cells: it can be said in one line, and a site
 * that sorts by it can foresee what it gets.
 */
#include "value/level.h"

#define LEVEL_EVERYDAY 2

unsigned
level_of(Tier tier, int urgency, int mood)
{
	static const int of_tier[TIER_N] = {
		[TIER_BASIC] = -1, [TIER_PREMIUM] = 1, [TIER_VIP] = 2
	};
	int level = LEVEL_EVERYDAY + urgency + (mood < 0);

	if ((unsigned)tier < TIER_N)
		level += of_tier[tier];
	return (unsigned)CLAMP(level, 1, LEVEL_MAX);
}

const char *
level_stars(unsigned level)
{
	static const char stars[] = "*****";

	return stars + LEVEL_MAX - CLAMP(level, 1U, (unsigned)LEVEL_MAX);
}
