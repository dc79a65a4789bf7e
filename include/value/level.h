/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/level - how much attention a mail needs, as one to five stars.
 *
 * For mail clients that only know "contains": a mail of four stars contains
 * three. Two stars is an everyday mail of an everyday customer, and
 *
 *     tier       vip +2, premium +1, basic -1
 *     urgency    high +1, low -1
 *     sentiment  negative +1
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef VALUE_LEVEL_H
#define VALUE_LEVEL_H

#include "value/tier.h"

#define LEVEL_MAX 5

/* 1 to LEVEL_MAX; `urgency` and `mood` are -1, 0 or 1. */
unsigned level_of(Tier tier, int urgency, int mood);
const char *level_stars(unsigned level);

#endif
