/* SPDX-License-Identifier: Apache-2.0 */
#include "orders_faults.h"

#include <glib.h>
#include <string.h>

static const FaultRow rows[] = {
	{ "line-nul", "zero bytes in the line",
	  "export again; the file was damaged", false },
	{ "line-quote", "text after a closing quote",
	  "double quotes that belong to the text", false },
	{ "line-columns", "not as many columns as the header",
	  "quote cells that hold the delimiter", true },
	{ "order-empty", "no order id", "every order needs its id", false },
	{ "order-cut", "an order id that a spreadsheet has cut",
	  "format the column as text and export again", true },
	{ "date-empty", "no date", "every order needs its date", false },
	{ "date-form", "no date", "write yyyy-mm-dd, dd.mm.yyyy or dd/mm/yyyy",
	  true },
	{ "date-serial", "a spreadsheet's number, no date",
	  "format the column as a date and export again", true },
	{ "date-day", "no such day",
	  "check it; if the month stands first: --mapping dates=mdy", true },
	{ "date-early", "before 1970", "check the year", true },
	{ "date-future", "in the future", "check the year", true },
	{ "amount-empty", "no amount", "every order needs its amount", false },
	{ "amount-form", "no amount of money", "write it as 1234.50", true },
	{ "amount-ambiguous", "can be read in two ways",
	  "say --mapping decimal=comma or decimal=dot", true },
	{ "amount-large", "more than an order can be",
	  "check whether it is an amount", true },
	{ "amount-cut", "an amount that a spreadsheet has cut",
	  "format the column as a number and export again", true },
	{ "currency-form", "no currency", "write three letters, as EUR", true },
	{ "currency-rate", "no rate for this currency",
	  "add it to rates in [import]", true },
	{ "consent-form", "no level of consent", "write none, basic or full",
	  true },
	{ "customer-none", "no address, customer number or company domain",
	  "every line needs one of them", false },
	{ "customer-many", "too many addresses or numbers in one line",
	  "one line is one customer", false },
	{ "email-form", "not a mail address",
	  "correct it, or leave the cell empty if a customer number stands "
	  "there",
	  false },
	{ "email-own", "an address of this site, not a customer's",
	  "give the customer's own, or leave the cell empty", false },
	{ "domain-form", "not a domain", "write it as example.com", true },
	{ "customer-wide", "would join more customers than can be one",
	  "is the number or domain a placeholder? empty it", false },
};

const FaultRow *
orders_fault(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].code, code) == 0)
			return &rows[i];
	g_assert_not_reached();
}
