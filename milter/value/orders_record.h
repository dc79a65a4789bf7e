/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_record - records and fields of delimited text (RFC 4180).
 *
 * Quotes hold delimiters, line breaks and doubled quotes; a quote within a
 * field that does not begin with one is a letter. Lines end with LF, CRLF or
 * CR. Empty lines are passed over.
 *
 * Owns:    a Records borrows its text; a field is borrowed until the next one.
 * Fails:   ORDERS_ERROR_FILE: a record over LIMIT_ORDERS_RECORD, more columns
 *          than LIMIT_ORDERS_COLUMNS, a quote that is never closed.
 * Threads: one a Records.
 */
#ifndef ORDERS_RECORD_H
#define ORDERS_RECORD_H

#include "orders_text.h"

typedef struct Records Records;

/* What is wrong with the form of one record. */
typedef enum RecordFlaw {
	RECORD_SOUND,
	RECORD_NUL,   /* zero bytes in it */
	RECORD_QUOTE, /* letters after a closing quote */
} RecordFlaw;

Records *records_new(OrdersText *text, char delimiter);
void records_free(Records *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Records, records_free)

/* True for one; false at the end, or with `error`. */
bool records_next(Records *records, GError **error);
void records_rewind(Records *records, GChecksum *hash);

unsigned records_width(const Records *records);
/* UTF-8; may be written into, within its length. */
char *records_field(const Records *records, unsigned at);
RecordFlaw records_flaw(const Records *records, unsigned *ret_at);
uint64_t records_line(const Records *records); /* where it began */
bool records_ended(const Records *records);    /* by a line end */
/* How many were no UTF-8 and were read as CP1252. */
uint64_t records_western(const Records *records);

#endif
