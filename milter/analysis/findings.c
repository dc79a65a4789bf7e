/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/findings.h"

#include <string.h>

static const char *const statuses[FINDINGS_STATUS_N] = {
	[FINDINGS_SCORED] = "scored",
	[FINDINGS_SKIPPED] = "skipped",
	[FINDINGS_ABSTAINED] = "abstained",
	[FINDINGS_ERROR] = "error",
};

static const char *const reasons[REASON_N] = {
	[REASON_NONE] = "",
	[SKIPPED_AUTOMATED] = "automated",
	[SKIPPED_ENCRYPTED] = "encrypted",
	[SKIPPED_EMPTY] = "empty",
	[SKIPPED_OBJECTION] = "objection",
	[ABSTAINED_LANGUAGE] = "language",
	[ABSTAINED_EVIDENCE] = "evidence",
	[ERROR_HEADER_BYTES] = "header-bytes",
	[ERROR_HEADER_FIELDS] = "header-fields",
	[ERROR_DEPTH] = "depth",
	[ERROR_PARTS] = "parts",
	[ERROR_BOUNDARY] = "boundary",
	[ERROR_ADDRESSES] = "addresses",
	[ERROR_PARAMETERS] = "parameters",
	[ERROR_ENCODED_WORDS] = "encoded-words",
	[ERROR_TIMEOUT] = "timeout",
	[ERROR_ANALYSER] = "analyser",
	[ERROR_POISON] = "poison",
	[ERROR_BUSY] = "busy",
	[ERROR_INTERNAL] = "internal",
};

static const char *const confidences[CONFIDENCE_N] = {
	[CONFIDENCE_LOW] = "low",
	[CONFIDENCE_MEDIUM] = "medium",
	[CONFIDENCE_HIGH] = "high",
};

static const char *const languages[LANGUAGE_N] = {
	[LANGUAGE_UND] = "und", [LANGUAGE_DA] = "da", [LANGUAGE_SV] = "sv",
	[LANGUAGE_NB] = "nb",   [LANGUAGE_NN] = "nn", [LANGUAGE_DE] = "de",
	[LANGUAGE_EN] = "en",   [LANGUAGE_FI] = "fi", [LANGUAGE_FR] = "fr",
	[LANGUAGE_ES] = "es",   [LANGUAGE_NL] = "nl", [LANGUAGE_IT] = "it",
	[LANGUAGE_PL] = "pl",   [LANGUAGE_IS] = "is",
};

const char *
findings_status_name(FindingsStatus status)
{
	return status < FINDINGS_STATUS_N ? statuses[status] : "error";
}

const char *
findings_reason_name(FindingsReason reason)
{
	return reason < REASON_N ? reasons[reason] : "internal";
}

Confidence
confidence_of(double p, double likely, double sure)
{
	if (p >= sure)
		return CONFIDENCE_HIGH;
	return p >= likely ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW;
}

const char *
confidence_name(Confidence confidence)
{
	return confidence < CONFIDENCE_N ? confidences[confidence] : "low";
}

const char *
language_code(Language language)
{
	return language < LANGUAGE_N ? languages[language] : "und";
}

Language
language_from_code(const char *code)
{
	unsigned i = 0;

	while (i < LANGUAGE_N && strcmp(languages[i], code) != 0)
		i++;
	return (Language)i;
}
