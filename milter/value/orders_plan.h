/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_plan - what an administrator says of a file.
 *
 * Owns:    see value/orders.h.
 * Threads: one.
 */
#ifndef ORDERS_PLAN_H
#define ORDERS_PLAN_H

#include "orders_amount.h"
#include "orders_date.h"
#include "orders_names.h"
#include "value/orders.h"

typedef struct PlanColumn {
	OrdersColumn column;
	unsigned number;       /* from 1; 0: by its name */
	char name[NAME_BYTES]; /* folded */
	char *said;            /* the header as it was written */
	bool habit;            /* of the site: may lack */
} PlanColumn;

struct OrdersPlan {
	GArray *columns;   /* of PlanColumn */
	GHashTable *rates; /* code -> double * */
	char site[4];      /* the site's currency */
	char currency[4];  /* of amounts that do not tell theirs */
	char *charset;     /* or NULL */
	char *system;      /* or "" */
	char delimiter;    /* or NUL */
	AmountMark mark;
	DateOrder dates;
	bool headless;
	int32_t last_day; /* 0: tomorrow, whenever that is */
};

/* What `cents` of `currency` are in the site's; false: no rate, or too much. */
bool orders_plan_convert(const OrdersPlan *plan, const char *currency,
                         int64_t *cents, const char **ret_code);

/* The columns of a header of `n` cells. False: ORDERS_ERROR_FILE or
 * ORDERS_ERROR_MAPPING. `n` cells of numbers when the plan is headless. */
bool orders_plan_columns(const OrdersPlan *plan, const char *const *cells,
                         unsigned n, GArray *fields, GError **error);

/* At most `max` bytes of a cell or header for people: one line, no controls,
 * nothing that a spreadsheet would run. */
char *orders_harmless(const char *cell, size_t max);

#endif
