/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_amount - an amount as people and programs write it.
 *
 * Read are signs before or after, brackets for a minus, a currency before or
 * after, "100,-", thousands set off by a space (also a fixed or a thin one),
 * point, comma or apostrophe. "1.234" can be read in two ways; which, the file
 * tells, or nothing is read.
 *
 * Owns:    nothing.
 * Threads: any.
 */
#ifndef ORDERS_AMOUNT_H
#define ORDERS_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

typedef enum AmountMark {
	AMOUNT_EITHER, /* not known */
	AMOUNT_COMMA,
	AMOUNT_DOT,
} AmountMark;

typedef enum AmountResult {
	AMOUNT_FINE,
	AMOUNT_EMPTY,
	AMOUNT_NONE,      /* no number */
	AMOUNT_AMBIGUOUS, /* "1.234" in a file that tells neither */
	AMOUNT_LARGE,     /* over LIMIT_ORDERS_CENTS */
	AMOUNT_CUT,       /* "1,2E+06": a spreadsheet has cut it */
} AmountResult;

typedef struct Amount {
	int64_t cents;    /* a third decimal is rounded, half away from 0 */
	char currency[4]; /* "EUR", if the text tells it; else "" */
	AmountMark proof; /* what the text alone tells of its decimal mark */
} Amount;

AmountResult amount_parse(const char *text, AmountMark mark,
                          Amount *ret_amount);

#endif
