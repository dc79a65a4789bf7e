/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/summary - a CSV of customer, frequency, recency, T and, if known, mean
 * value of an order: what other tools give who fit such models.
 *
 * The first line may name the columns, in any order: customer (id), frequency
 * (x), recency (t_x), T (age), monetary_value (mean, zbar); others are passed
 * over. Without names they stand in that order. Delimited by comma, semicolon
 * or tab; with the last two a decimal comma is read too.
 *
 * Owns:    a Summary is the caller's; `text` is borrowed during the call.
 * Fails:   NULL, with the reason, when there is no frequency, recency or T at
 *          all. A bad line is left out, counted, and the first ones told.
 * Bounds:  linear; LIMIT_SUMMARY_LINE, LIMIT_SUMMARY_FIELDS.
 * Threads: any.
 */
#ifndef VALUE_SUMMARY_H
#define VALUE_SUMMARY_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "value/purchases.h"

#define SUMMARY_FAULTS 10

typedef struct SummaryFault {
	size_t line;      /* from 1 */
	const char *what; /* static */
} SummaryFault;

typedef struct Summary {
	Purchases *rows; /* n of them, all possible, weight 1 */
	size_t n;
	bool has_mean;
	size_t rejected;
	SummaryFault faults[SUMMARY_FAULTS]; /* the first of those */
} Summary;

Summary *summary_parse(const char *text, size_t size,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void summary_free(Summary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Summary, summary_free)

#endif
