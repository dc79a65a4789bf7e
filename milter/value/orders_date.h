/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_date - a date, perhaps with a time, as exports write it.
 *
 * yyyy-mm-dd (also / and . and nothing between), dd.mm.yyyy, dd-mm-yyyy,
 * dd/mm/yyyy, mm/dd/yyyy where that is said; two-digit years with dots and
 * slashes (70 to 99 are of the last century). Times hh:mm[:ss[.fff]] after a
 * blank or T, am and pm, and a zone, which is passed over: the day is that of
 * the export.
 *
 * Owns:    nothing.
 * Threads: any.
 */
#ifndef ORDERS_DATE_H
#define ORDERS_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum DateOrder {
	DATE_EITHER, /* not known: day first */
	DATE_DAY_FIRST,
	DATE_MONTH_FIRST,
} DateOrder;

typedef enum DateResult {
	DATE_FINE,
	DATE_EMPTY,
	DATE_NONE,   /* no date */
	DATE_SERIAL, /* 45321: a spreadsheet's day number */
	DATE_NO_DAY, /* the 30th of February, month 13 */
	DATE_EARLY,  /* before 1970 */
	DATE_FUTURE, /* after `last_day` */
} DateResult;

typedef struct Date {
	int64_t at;      /* seconds since 1970-01-01, no zone */
	DateOrder proof; /* what nn/nn/yyyy alone tells of its file */
} Date;

/* ret_date->proof is set also for a date that does not exist. */
DateResult date_parse(const char *text, DateOrder order, int32_t last_day,
                      Date *ret_date);

#endif
