/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"

#include <string.h>

#include "base/clock.h"
#include "store/mails.h"

int64_t
office_now(void)
{
	return clock_wall() / G_USEC_PER_SEC;
}

static GBytes *
open_sealed(const Office *office, SealKind kind, const char *id, GBytes *sealed)
{
	gsize size;
	const void *bytes;

	if (sealed == NULL)
		return NULL;
	bytes = g_bytes_get_data(sealed, &size);
	return seal_open(office->secret, kind, id, bytes, size, NULL);
}

Material *
office_material(const Office *office, SealKind kind, const char *id,
                GBytes *sealed)
{
	g_autoptr(GBytes) plain = open_sealed(office, kind, id, sealed);

	return plain != NULL ? material_decode(g_bytes_get_data(plain, NULL),
	                                       g_bytes_get_size(plain))
	                     : NULL;
}

Sheet *
office_sheet(const Office *office, const char *id, GBytes *sealed)
{
	g_autoptr(GBytes) plain = open_sealed(office, SEAL_TEXT, id, sealed);

	return plain != NULL ? sheet_decode(g_bytes_get_data(plain, NULL),
	                                    g_bytes_get_size(plain))
	                     : NULL;
}

const char *
office_request(const Office *office, const char *facts)
{
	const Rules *rules = office->kit->rules;
	Findings findings;

	if (rules == NULL)
		return "";
	mails_findings(rules, facts, &findings);
	for (unsigned i = 0; i < rules_n_findings(rules); i++)
		if (strcmp(rules_finding_name(rules, i), "request") == 0 &&
		    !findings.finding[i].abstained)
			return rules_value_name(rules, i,
			                        findings.finding[i].value);
	return "";
}
