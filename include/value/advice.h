/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/advice - one sentence of what to do for a customer.
 *
 * Owns:    words are static.
 * Fails:   never.
 * Threads: any.
 */
#ifndef VALUE_ADVICE_H
#define VALUE_ADVICE_H

#include <stdbool.h>

#include "value/scoring.h"
#include "value/tier.h"

typedef enum Advice {
#define ADVICE(name, code, words) ADVICE_##name,
#include "value/advice.def"
	ADVICE_N,
} Advice;

typedef struct AdviceFacts {
	Tier tier;
	Risk risk;
	bool valued; /* `upsell` and `service` mean something */
	int upsell, service;
	bool open, overdue; /* a mail awaits its answer */
	bool worsening;     /* the trend of the mood */
} AdviceFacts;

Advice advice_for(const AdviceFacts *facts);
const char *advice_code(Advice advice);
const char *advice_words(Advice advice);

#endif
