/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "analysis/manner.h"
#include "analysis/tags.h"
#include "rules_once.h"

/*
 * The bytes are a profile out of a file. What is believed of it can be used: a
 * mail blended with it still means something, and it packs to what it was.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	Rules *rules = rules_once(rules_load_untrained, NO_TRAITS);
	uint8_t packed[MANNER_PACKED_MAX];
	Findings findings;
	Manner manner;

	if (!manner_unpack(bytes, size, &manner))
		return 0;
	g_assert_cmpuint(manner_pack(&manner, packed), ==, size);
	memset(&findings, 0, sizeof(findings));
	findings.n_findings = (uint8_t)rules_n_findings(rules);
	for (unsigned i = 0; i < findings.n_findings; i++)
		findings.finding[i].score = (uint8_t)(size * i % 101);
	manner_blend(&manner, rules, &findings);
	g_assert_true(tags_findings_valid(rules, &findings));
	g_assert_nonnull(trend_name(manner_trend(&manner)));
	manner_note(&manner, rules, &findings, 1);
	g_assert_cmpuint(manner.n_readings, <=, MANNER_READINGS);
	return 0;
}
