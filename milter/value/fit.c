/* SPDX-License-Identifier: Apache-2.0 */
#include "value/fit.h"

#include <stddef.h>

static const struct {
	const char *code, *words;
} verdicts[] = {
	[FIT_FINE] = { "fine", "the data carry the model" },
	[FIT_FEW_CUSTOMERS] = { "few-customers",
	                        "too few customers with orders" },
	[FIT_FEW_REPEATS] = { "few-repeats",
	                      "too few customers have ordered again" },
	[FIT_SHORT] = { "short", "the orders span too little time" },
	[FIT_FLAT] = { "flat", "no differences to learn from, or no amounts" },
	[FIT_FAILED] = { "failed", "no maximum of the likelihood was found" },
};

const char *
fit_code(FitVerdict verdict)
{
	return verdicts[verdict].code;
}

const char *
fit_words(FitVerdict verdict)
{
	return verdicts[verdict].words;
}
