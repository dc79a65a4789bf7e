/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/fit - whether data carry a model, and what to say when they do not.
 *
 * A model that cannot be fitted is a result, not an error: the caller goes on
 * with recency, frequency and money, and says why.
 *
 * Owns:    words are static.
 * Fails:   never.
 * Threads: any.
 */
#ifndef VALUE_FIT_H
#define VALUE_FIT_H

typedef enum FitVerdict {
	FIT_FINE,
	FIT_FEW_CUSTOMERS,
	FIT_FEW_REPEATS,
	FIT_SHORT,  /* the data span too little time */
	FIT_FLAT,   /* all customers are alike, or no amounts are known */
	FIT_FAILED, /* no maximum was found, even with the strongest penalty */
} FitVerdict;

/* Fewer cannot tell four parameters from noise. */
#define FIT_CUSTOMERS_MIN 100
#define FIT_REPEATERS_MIN 25

const char *fit_code(FitVerdict verdict);  /* "few-customers" */
const char *fit_words(FitVerdict verdict); /* a sentence for a person */

#endif
