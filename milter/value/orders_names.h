/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_names - what the columns of exports are called, in da sv nb de
 * en fr es nl fi it pl, and the words of their cells.
 *
 * Owns:    nothing.
 * Threads: any.
 */
#ifndef ORDERS_NAMES_H
#define ORDERS_NAMES_H

#include <stddef.h>

#include "value/orders.h"

#define NAME_BYTES 80

/* Letters without case and marks, digits: what two spellings share. */
void orders_name_fold(const char *name, char folded[NAME_BYTES]);

/* The column that a folded name stands for; 0 is the best *ret_rank. False
 * when it stands for none. */
bool orders_name_find(const char *folded, OrdersColumn *ret_column,
                      unsigned *ret_rank);

typedef enum OrdersType {
	ORDERS_SALE,
	ORDERS_REFUND,
	ORDERS_VOID, /* cancelled, failed: no sale */
} OrdersType;

OrdersType orders_type_of(const char *cell);
/* ORDERS_CONSENT_..., -1 for an empty cell, -2 for none of them. */
int orders_consent_of(const char *cell);
/* "n/a", "0", "guest" and the like: no customer number. */
bool orders_is_placeholder(const char *cell);

#endif
