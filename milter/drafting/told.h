/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/told (private) - what a mail tells already, so that no reply asks
 * for it: numbers of orders and invoices, a telephone, a version, a day.
 *
 * A number may stand in the reply, too, when it is the only one of its kind,
 * plain (digits, capitals, - and /) and nothing that must not be repeated, as
 * the number of a person or of a card.
 *
 * Owns:    a Told is the caller's: told_clear().
 * Fails:   never; what is not recognised counts as not told.
 * Threads: any.
 */
#ifndef DRAFTING_TOLD_H
#define DRAFTING_TOLD_H

#include <stdbool.h>

#include "analysis/findings.h"

typedef enum ToldKind {
	TOLD_ORDER, /* those with a label come first */
	TOLD_INVOICE,
	TOLD_CUSTOMER,
	TOLD_CONTRACT,
	TOLD_CASE,
	TOLD_SERIAL,
	TOLD_LABELS,
	TOLD_PHONE = TOLD_LABELS,
	TOLD_VERSION,
	TOLD_ERROR,
	TOLD_DATE, /* a day or a time of day */
	TOLD_QUANTITY,
	TOLD_ATTACHMENT,
	TOLD_N,
} ToldKind;

/* "order", as a condition has it. */
const char *told_name(ToldKind kind);

typedef struct Told {
	unsigned kinds;            /* bit i: ToldKind i is told */
	char *number[TOLD_LABELS]; /* that may be repeated; NULL: none */
} Told;

/* Each text is valid UTF-8 or NULL. */
typedef struct ToldTexts {
	const char *subject, *text, *signature;
} ToldTexts;

void told_read(Language language, const ToldTexts *texts, Told *ret_told);
void told_clear(Told *told);

#endif
