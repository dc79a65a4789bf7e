/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the corpus reader share.
 */
#ifndef TESTS_CORPUS_FIXTURE_H
#define TESTS_CORPUS_FIXTURE_H

#include <string.h>

#include "rules_fixture.h"
#include "training/corpus.h"

#define MAIL(line) "From: a@b.example\nSubject: s\n" line "\nHello there.\n"
#define GOOD "{\"id\": \"1\", \"text\": \"good\", \"labels\": {}}\n"

static inline unsigned
fixture_finding(const Rules *rules, const char *name)
{
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (strcmp(rules_finding_name(rules, f), name) == 0)
			return f;
	g_assert_not_reached();
}

/* The name of a sample's value; "-" without a label. */
static inline const char *
fixture_label(const Rules *rules, const Sample *sample, const char *name)
{
	unsigned f = fixture_finding(rules, name);

	return sample->label[f] < 0
	               ? "-"
	               : rules_value_name(rules, f, (unsigned)sample->label[f]);
}

static inline Rules *
fixture_core_rules(void)
{
	return fixture_load(rules_load, RULES_DIR, NO_TRAITS);
}

#endif
