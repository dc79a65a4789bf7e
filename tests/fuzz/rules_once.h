/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shipped rules for a fuzz target, loaded at its first input. Without them
 * a target would pass whatever it is given, having tried nothing: so it ends.
 */
#ifndef TESTS_RULES_ONCE_H
#define TESTS_RULES_ONCE_H

#include "../lib/rules_fixture.h"

static inline Rules *
rules_once(RulesLoader load, const char *const *traits)
{
	static Rules *rules;

	if (rules == NULL)
		rules = fixture_load(load, RULES_DIR, traits);
	return rules;
}

#endif
