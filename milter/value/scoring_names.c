/* SPDX-License-Identifier: Apache-2.0 */
#include "value/scoring.h"

static const struct {
	const char *code;
	ScoreKind kind;
	const char *words;
} reasons[] = {
#define VALUE_REASON(name, code, score, words) { code, SCORE_##score, words },
#include "value/reasons.def"
};

G_STATIC_ASSERT(BECAUSE_N <= 32);

const char *
value_reason_code(ValueReason reason)
{
	return reasons[reason].code;
}

const char *
value_reason_words(ValueReason reason)
{
	return reasons[reason].words;
}

ScoreKind
value_reason_kind(ValueReason reason)
{
	return reasons[reason].kind;
}

const char *
score_kind_name(ScoreKind kind)
{
	static const char *const names[] = { "value", "risk", "upsell",
		                             "service" };

	return names[kind];
}

const char *
score_method_name(ScoreMethod method)
{
	static const char *const names[] = { "rfm", "model", "model-own-mean" };

	return (unsigned)method < G_N_ELEMENTS(names) ? names[method] : "rfm";
}
