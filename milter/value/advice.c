/* SPDX-License-Identifier: Apache-2.0 */
#include "value/advice.h"

#define MUCH 50  /* upsell: twice as much as before */
#define OFTEN 75 /* service: three mails an order */

static const struct {
	const char *code, *words;
} advices[] = {
#define ADVICE(name, code, words) { code, words },
#include "value/advice.def"
};

const char *
advice_code(Advice advice)
{
	return advices[advice].code;
}

const char *
advice_words(Advice advice)
{
	return advices[advice].words;
}

Advice
advice_for(const AdviceFacts *facts)
{
	const struct {
		bool holds;
		Advice advice;
	} rules[] = {
		{ facts->open && facts->overdue, ADVICE_OVERDUE },
		{ facts->risk == RISK_HIGH && facts->tier >= TIER_PREMIUM,
		  ADVICE_KEEP },
		{ facts->worsening, ADVICE_CALM },
		{ facts->risk == RISK_HIGH, ADVICE_WIN_BACK },
		{ facts->open, ADVICE_OPEN },
		{ facts->valued && facts->upsell >= MUCH, ADVICE_OFFER },
		{ facts->valued && facts->service >= OFTEN, ADVICE_RELIEVE },
		{ !facts->valued, ADVICE_WELCOME },
	};

	for (unsigned i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].holds)
			return rules[i].advice;
	return ADVICE_NOTHING;
}
