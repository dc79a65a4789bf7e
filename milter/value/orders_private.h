/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_private - what the two readings of a file share.
 *
 * Owns:    see value/orders.h.
 * Threads: one.
 */
#ifndef ORDERS_PRIVATE_H
#define ORDERS_PRIVATE_H

#include "orders_plan.h"
#include "orders_record.h"

/* The last cell of a kind and what it meant: such columns repeat. */
typedef struct TypeMemory {
	char cell[32];
	OrdersType type;
} TypeMemory;

struct Orders {
	const OrdersPlan *plan;
	OrdersText *text;
	Records *records;
	bool skip_said;              /* the first line is Excel's sep=; */
	GArray *fields;              /* of OrdersField */
	int places[ORDERS_COLUMN_N]; /* the first column of each, or -1 */
	unsigned n_columns;
	AmountMark mark;
	DateOrder dates;
	int32_t last_day;
	OrdersSummary summary;
	uint64_t passed; /* records */

	OrdersRow row;
	GString *order, *refers, *numbers; /* with the system's name */
	OrdersFault fault;
	char *reason;
	TypeMemory type, status;
};

/* To the first record behind the header, hashing what is read. */
bool orders_begin(Orders *orders, GChecksum *hash, GError **error);
/* The code of what is wrong with the record's form, or NULL. */
const char *orders_form_fault(Orders *orders, unsigned *ret_at);
/* The trimmed cell of the first column of that meaning, "" without one. */
const char *orders_cell(Orders *orders, OrdersColumn column);
const char *orders_cell_at(Orders *orders, unsigned at);

#endif
