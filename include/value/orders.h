/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders - exports of a CRM, shop or ERP read as orders and customers.
 *
 * A file is read twice. orders_open() reads all of it: structure, charset,
 * delimiter, columns, what the decimal mark is and in which order day and
 * month stand, and the content's hash. A file with a fault in its structure is
 * refused there, before anything of it can have been stored. orders_next()
 * then yields its rows; what is wrong with a line costs that line alone.
 *
 * Owns:    Orders is the caller's; rows, faults and the summary are borrowed,
 *          rows and faults until the next call.
 * Fails:   ORDERS_ERROR_IO; ORDERS_ERROR_MAPPING: what was asked for cannot be
 *          understood; ORDERS_ERROR_FILE: the file as a whole cannot be read.
 *          The text has the line where there is one, and the remedy.
 * Bounds:  memory does not grow with the file: LIMIT_ORDERS_RECORD.
 * Threads: one an Orders.
 */
#ifndef VALUE_ORDERS_H
#define VALUE_ORDERS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

typedef enum OrdersError {
	ORDERS_ERROR_IO,
	ORDERS_ERROR_MAPPING,
	ORDERS_ERROR_FILE,
} OrdersError;

#define ORDERS_ERROR (orders_error_quark())
GQuark orders_error_quark(void);

/* What a column holds. */
typedef enum OrdersColumn {
	ORDERS_ORDER, /* order id */
	ORDERS_DATE,
	ORDERS_AMOUNT,
	ORDERS_CURRENCY,
	ORDERS_EMAIL,    /* may be several columns */
	ORDERS_CUSTOMER, /* customer number; several if mapped so */
	ORDERS_DOMAIN,   /* a company's; several */
	ORDERS_TYPE,     /* of the line: sale, refund */
	ORDERS_STATUS,   /* of the order: paid, cancelled, refunded */
	ORDERS_REFERS,   /* of a refund: the order that it is for */
	ORDERS_CONSENT,
	ORDERS_COLUMN_N,
} OrdersColumn;

/* "order", "date", ... as in a mapping. */
const char *orders_column_name(OrdersColumn column);

/* How it is to be read; orders_plan_set() fills it. */
typedef struct OrdersPlan OrdersPlan;

/*
 * `currency`: the site's, as "EUR". `rates`: items "USD=0.92", units of the
 * site's currency for one; NULL-terminated, or NULL.
 */
OrdersPlan *orders_plan_new(const char *currency, const char *const *rates,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * `item` is "COLUMN=HEADER" or "COLUMN=#N" with a name of
 * orders_column_name(), or one of: decimal=comma|dot, dates=dmy|mdy,
 * delimiter=comma|semicolon|tab|pipe, charset=NAME, header=no, system=NAME
 * (numbers and order ids are those of that system), currency=CODE (of amounts
 * that do not tell theirs).
 */
bool orders_plan_set(OrdersPlan *plan, const char *item,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Columns set so far are a site's habit: a file may lack them, and one that is
 * set from now on takes the place of those of its kind. */
void orders_plan_settle(OrdersPlan *plan);
/* The last day that an order may have, for tests; else tomorrow. */
void orders_plan_set_last_day(OrdersPlan *plan, int32_t day);
void orders_plan_free(OrdersPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OrdersPlan, orders_plan_free)

/* As pread(2); 0 at the end, -1 and errno. */
typedef gssize OrdersRead(void *data, char *buffer, size_t size,
                          uint64_t offset);

typedef struct OrdersSource {
	OrdersRead *read;
	void *data;
} OrdersSource;

/* Called now and then while the file is looked through. */
typedef void OrdersProgress(void *data, uint64_t bytes);

typedef struct Orders Orders;

/* `plan` must outlive the Orders. `progress` may be NULL. */
Orders *orders_open(const OrdersSource *source, const OrdersPlan *plan,
                    OrdersProgress *progress, void *progress_data,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void orders_free(Orders *orders);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Orders, orders_free)

/* The cells of one column; `name` is "" where the file has no header. */
typedef struct OrdersField {
	OrdersColumn column;
	unsigned at; /* from 0 */
	char name[LIMIT_ORDERS_NAME + 1];
} OrdersField;

typedef struct OrdersSummary {
	const char *charset;   /* "UTF-8", "UTF-16LE", ... */
	const char *delimiter; /* "comma" ... */
	const char *decimal; /* "comma", "dot", "either": each tells its own */
	const char *dates;   /* "dmy", "mdy" where that matters, else "-" */
	const OrdersField *fields;
	unsigned n_fields;
	unsigned n_columns; /* of the file */
	uint64_t records;   /* without the header */
	uint64_t bytes;
	bool has_orders;  /* else customers' attributes alone */
	bool no_end;      /* the last line has no line end: cut? */
	uint8_t hash[32]; /* of the content and of how it is read */
} OrdersSummary;

const OrdersSummary *orders_summary(const Orders *orders);

#define ORDERS_CONSENT_NONE 0
#define ORDERS_CONSENT_BASIC 1
#define ORDERS_CONSENT_FULL 2

typedef struct OrdersRow {
	uint64_t line;      /* of the file, from 1: where the record begins */
	bool has_order;     /* at, cents, order, refers mean something */
	int64_t at;         /* seconds, in the export's own time zone */
	int64_t cents;      /* of the site's currency; negative: a refund */
	bool cancelled;     /* all of the order is taken back */
	const char *order;  /* with its system; "" where there is no column */
	const char *refers; /* of a refund, or "" */
	const char *emails[LIMIT_ORDERS_ADDRESSES]; /* as written */
	const char *customers[LIMIT_ORDERS_ADDRESSES];
	const char *domains[LIMIT_ORDERS_ADDRESSES]; /* as written */
	unsigned n_emails, n_customers, n_domains;
	int consent; /* ORDERS_CONSENT_..., or -1 */
} OrdersRow;

/* Why a line was rejected. */
typedef struct OrdersFault {
	uint64_t line;
	unsigned column;    /* from 1; 0: the whole line */
	const char *name;   /* of the column, harmless; or "" */
	const char *code;   /* "date-future": for scripts */
	const char *reason; /* for people, with the value where it is no
	                     * personal datum */
	const char *remedy;
} OrdersFault;

typedef enum OrdersResult {
	ORDERS_ROW,
	ORDERS_REJECTED,
	ORDERS_END,
	ORDERS_FAILED,
} OrdersResult;

/* The next record; `ret_row` or `ret_fault` is filled as the result says. */
OrdersResult orders_next(Orders *orders, const OrdersRow **ret_row,
                         const OrdersFault **ret_fault, GError **error);
/* Records passed so far, and bytes. */
uint64_t orders_records(const Orders *orders);
uint64_t orders_bytes(const Orders *orders);
/* Passes over `n` records without reading their cells. */
bool orders_skip(Orders *orders, uint64_t n,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A fault found by who uses the row, in the words of this module: `code` of
 * those in orders_faults.c. `column` of the row's fields, or
 * ORDERS_COLUMN_N. */
const OrdersFault *orders_reject(Orders *orders, OrdersColumn column,
                                 const char *code);

#endif
