/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts, dates and the names of columns: one row each.
 */
#include <glib.h>
#include <string.h>

#include "../../../milter/value/orders_amount.h"
#include "../../../milter/value/orders_date.h"
#include "../../../milter/value/orders_names.h"

#define LAST_DAY 20800 /* 2026-12-13 */

typedef struct AmountRow {
	const char *text;
	AmountMark mark;
	AmountResult result;
	int64_t cents;
	const char *currency;
} AmountRow;

#define E AMOUNT_EITHER
#define C AMOUNT_COMMA
#define D AMOUNT_DOT

static const AmountRow amounts[] = {
	{ "0", E, AMOUNT_FINE, 0, "" },
	{ "12", E, AMOUNT_FINE, 1200, "" },
	{ "12.5", E, AMOUNT_FINE, 1250, "" },
	{ "12,5", E, AMOUNT_FINE, 1250, "" },
	{ "12,50", D, AMOUNT_FINE, 1250, "" },
	{ ".50", E, AMOUNT_FINE, 50, "" },
	{ "0,125", E, AMOUNT_FINE, 13, "" },
	{ "0,124", E, AMOUNT_FINE, 12, "" },
	{ "12.5000", E, AMOUNT_FINE, 1250, "" },
	{ "1.234,56", E, AMOUNT_FINE, 123456, "" },
	{ "1,234.56", E, AMOUNT_FINE, 123456, "" },
	{ "1.234", E, AMOUNT_AMBIGUOUS, 0, "" },
	{ "1,234", E, AMOUNT_AMBIGUOUS, 0, "" },
	{ "1.234", C, AMOUNT_FINE, 123400, "" },
	{ "1.234", D, AMOUNT_FINE, 123, "" },
	{ "1,234", C, AMOUNT_FINE, 123, "" },
	{ "1,234", D, AMOUNT_FINE, 123400, "" },
	{ "12345,678", E, AMOUNT_FINE, 1234568, "" },
	{ "1.234.567", E, AMOUNT_FINE, 123456700, "" },
	{ "1,234,567", E, AMOUNT_FINE, 123456700, "" },
	{ "1.234.567,89", E, AMOUNT_FINE, 123456789, "" },
	{ "1 234,56", E, AMOUNT_FINE, 123456, "" },
	{ "1 234 567", E, AMOUNT_FINE, 123456700, "" },
	{ "1\xc2\xa0"
	  "234,56",
	  E, AMOUNT_FINE, 123456, "" },
	{ "1\xe2\x80\xaf"
	  "234,56",
	  E, AMOUNT_FINE, 123456, "" },
	{ "1\xe2\x80\x89"
	  "234.56",
	  E, AMOUNT_FINE, 123456, "" },
	{ "1'234.56", E, AMOUNT_FINE, 123456, "" },
	{ "1\xe2\x80\x99"
	  "234.56",
	  E, AMOUNT_FINE, 123456, "" },
	{ "-12,50", E, AMOUNT_FINE, -1250, "" },
	{ "12,50-", E, AMOUNT_FINE, -1250, "" },
	{ "\xe2\x88\x92"
	  "12.50",
	  E, AMOUNT_FINE, -1250, "" },
	{ "(12.50)", E, AMOUNT_FINE, -1250, "" },
	{ "+12.50", E, AMOUNT_FINE, 1250, "" },
	{ "-1.234,56", E, AMOUNT_FINE, -123456, "" },
	{ "kr. 1.234,56", E, AMOUNT_FINE, 123456, "" },
	{ "1.234,56 kr", E, AMOUNT_FINE, 123456, "" },
	{ "100,-", E, AMOUNT_FINE, 10000, "" },
	{ "1.200,-", C, AMOUNT_FINE, 120000, "" },
	{ "100,\xe2\x80\x93", E, AMOUNT_FINE, 10000, "" },
	{ "\xe2\x82\xac 12,50", E, AMOUNT_FINE, 1250, "EUR" },
	{ "12,50 \xe2\x82\xac", E, AMOUNT_FINE, 1250, "EUR" },
	{ "\xc2\xa3"
	  "12.50",
	  E, AMOUNT_FINE, 1250, "GBP" },
	{ "DKK 12,50", E, AMOUNT_FINE, 1250, "DKK" },
	{ "12.50USD", E, AMOUNT_FINE, 1250, "USD" },
	{ "US$12.50", E, AMOUNT_FINE, 1250, "USD" },
	{ "$12.50", E, AMOUNT_FINE, 1250, "" },
	{ "-$12.50", E, AMOUNT_FINE, -1250, "" },
	{ "$-12.50", E, AMOUNT_FINE, -1250, "" },
	{ "  12.50  ", E, AMOUNT_FINE, 1250, "" },
	{ "", E, AMOUNT_EMPTY, 0, "" },
	{ "   ", E, AMOUNT_EMPTY, 0, "" },
	{ "abc", E, AMOUNT_NONE, 0, "" },
	{ "-", E, AMOUNT_NONE, 0, "" },
	{ "EUR", E, AMOUNT_NONE, 0, "" },
	{ "--12", E, AMOUNT_NONE, 0, "" },
	{ "(12", E, AMOUNT_NONE, 0, "" },
	{ "12)", E, AMOUNT_NONE, 0, "" },
	{ "-(12)", E, AMOUNT_NONE, 0, "" },
	{ "12.50.1", E, AMOUNT_NONE, 0, "" },
	{ "1,23,456", E, AMOUNT_NONE, 0, "" },
	{ "1.2345.678", E, AMOUNT_NONE, 0, "" },
	{ "1 23", E, AMOUNT_NONE, 0, "" },
	{ "12 50", E, AMOUNT_NONE, 0, "" },
	{ "1.234,567.8", E, AMOUNT_NONE, 0, "" },
	{ "12a", E, AMOUNT_NONE, 0, "" },
	{ "0x10", E, AMOUNT_NONE, 0, "" },
	{ "NaN", E, AMOUNT_NONE, 0, "" },
	{ "inf", E, AMOUNT_NONE, 0, "" },
	{ "=1+1", E, AMOUNT_NONE, 0, "" },
	{ "=cmd|' /C calc'!A0", E, AMOUNT_NONE, 0, "" },
	{ "1E+05", E, AMOUNT_CUT, 0, "" },
	{ "1,23457E+12", E, AMOUNT_CUT, 0, "" },
	{ "10000000000000", E, AMOUNT_FINE, INT64_C(1000000000000000), "" },
	{ "10000000000000.01", E, AMOUNT_LARGE, 0, "" },
	{ "99999999999999999999", E, AMOUNT_LARGE, 0, "" },
	{ "-9223372036854775808", E, AMOUNT_LARGE, 0, "" },
	{ "9223372036854775807", E, AMOUNT_LARGE, 0, "" },
	{ "92233720368547758.08", E, AMOUNT_LARGE, 0, "" },
	{ "99999999999999999999999999999999999999999999999999999999999999999"
	  "99999999999999999999999999999999999999999999999999999999999999999",
	  E, AMOUNT_LARGE, 0, "" },
};

static void
check_amount(const AmountRow *row)
{
	Amount amount = { 0 };

	g_assert_cmpint(amount_parse(row->text, row->mark, &amount), ==,
	                row->result);
	if (row->result != AMOUNT_FINE)
		return;
	g_assert_cmpint(amount.cents, ==, row->cents);
	g_assert_cmpstr(amount.currency, ==, row->currency);
}

typedef struct DateRow {
	const char *text;
	DateOrder order;
	DateResult result;
	const char *time; /* as ISO */
} DateRow;

#define A DATE_EITHER
#define M DATE_MONTH_FIRST

static const DateRow dates[] = {
	{ "2025-02-01", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "2025-2-1", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "2025/02/01", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "2025.02.01", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "20250201", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "01.02.2025", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "1. 2. 2025", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "1.2.25", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "1.2.99", A, DATE_FINE, "1999-02-01T00:00:00Z" },
	{ "01-02-2025", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "01/02/2025", A, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "01/02/2025", M, DATE_FINE, "2025-01-02T00:00:00Z" },
	{ "01-02-2025", M, DATE_FINE, "2025-01-02T00:00:00Z" },
	{ "02-25-2025", M, DATE_FINE, "2025-02-25T00:00:00Z" },
	{ "01.02.2025", M, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "2025-02-01", M, DATE_FINE, "2025-02-01T00:00:00Z" },
	{ "2025-02-01 13:14", A, DATE_FINE, "2025-02-01T13:14:00Z" },
	{ "2025-02-01T13:14:15", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2025-02-01T13:14:15Z", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2025-02-01T13:14:15.123Z", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2025-02-01T13:14:15+01:00", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2025-02-01 13:14:15 +0100", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2025-02-01 13:14:15 UTC", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "01.02.2025 13.14", A, DATE_FINE, "2025-02-01T13:14:00Z" },
	{ "1/2/2025 1:14 PM", M, DATE_FINE, "2025-01-02T13:14:00Z" },
	{ "1/2/2025 12:14 AM", M, DATE_FINE, "2025-01-02T00:14:00Z" },
	{ "20250201131415", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "20250201T131415", A, DATE_FINE, "2025-02-01T13:14:15Z" },
	{ "2024-02-29", A, DATE_FINE, "2024-02-29T00:00:00Z" },
	{ "1970-01-01", A, DATE_FINE, "1970-01-01T00:00:00Z" },
	{ "2026-12-13", A, DATE_FINE, "2026-12-13T00:00:00Z" },
	{ "2026-12-14", A, DATE_FUTURE, NULL },
	{ "2025-02-29", A, DATE_NO_DAY, NULL },
	{ "1900-02-29", A, DATE_NO_DAY, NULL },
	{ "31.04.2025", A, DATE_NO_DAY, NULL },
	{ "2025-13-01", A, DATE_NO_DAY, NULL },
	{ "2025-00-01", A, DATE_NO_DAY, NULL },
	{ "2025-01-00", A, DATE_NO_DAY, NULL },
	{ "0000-01-01", A, DATE_NO_DAY, NULL },
	{ "00.00.0000", A, DATE_NO_DAY, NULL },
	{ "13/25/2025", A, DATE_NO_DAY, NULL },
	{ "02/25/2025", A, DATE_NO_DAY, NULL },
	{ "0001-01-01", A, DATE_EARLY, NULL },
	{ "01.01.0001", A, DATE_EARLY, NULL },
	{ "1969-12-31", A, DATE_EARLY, NULL },
	{ "9999-12-31", A, DATE_FUTURE, NULL },
	{ "31.12.9999", A, DATE_FUTURE, NULL },
	{ "", A, DATE_EMPTY, NULL },
	{ "  ", A, DATE_EMPTY, NULL },
	{ "45321", A, DATE_SERIAL, NULL },
	{ "45321.5", A, DATE_SERIAL, NULL },
	{ "yesterday", A, DATE_NONE, NULL },
	{ "2025", A, DATE_NONE, NULL },
	{ "2025-02", A, DATE_NONE, NULL },
	{ "1-2-25", A, DATE_NONE, NULL },
	{ "10000-01-01", A, DATE_NONE, NULL },
	{ "2025-02-011", A, DATE_NONE, NULL },
	{ "2025-02/01", A, DATE_NONE, NULL },
	{ "2025-02-01 25:00", A, DATE_NONE, NULL },
	{ "2025-02-01 12:60", A, DATE_NONE, NULL },
	{ "2025-02-01 noon", A, DATE_NONE, NULL },
	{ "2025-02-01x", A, DATE_NONE, NULL },
	{ "1738368000", A, DATE_NONE, NULL },
	{ "-1-1-1", A, DATE_NONE, NULL },
	{ "=TODAY()", A, DATE_NONE, NULL },
};

static void
check_date(const DateRow *row)
{
	g_autoptr(GDateTime) time = NULL;
	Date date = { 0 };

	g_assert_cmpint(date_parse(row->text, row->order, LAST_DAY, &date), ==,
	                row->result);
	if (row->result != DATE_FINE)
		return;
	time = g_date_time_new_from_iso8601(row->time, NULL);
	g_assert_cmpint(date.at, ==, g_date_time_to_unix(time));
}

/* Every day that GLib knows from 1970 to 2026. */
static void
test_every_day(void)
{
	for (int32_t day = 0; day <= LAST_DAY; day++) {
		g_autoptr(GDateTime) time =
			g_date_time_new_from_unix_utc((gint64)day * 86400);
		g_autofree char *text = g_date_time_format(time, "%d.%m.%Y");
		Date date;

		g_assert_cmpint(date_parse(text, A, LAST_DAY, &date), ==,
		                DATE_FINE);
		g_assert_cmpint(date.at, ==, (gint64)day * 86400);
	}
}

typedef struct NameRow {
	const char *name;
	OrdersColumn column; /* ORDERS_COLUMN_N: none */
} NameRow;

static const NameRow names[] = {
	{ "Order ID", ORDERS_ORDER },
	{ "order_id", ORDERS_ORDER },
	{ "Ordrenr.", ORDERS_ORDER },
	{ "ORDRENUMMER", ORDERS_ORDER },
	{ "Best\xc3\xa4llningsnr", ORDERS_ORDER },
	{ "Bestillingsnummer", ORDERS_ORDER },
	{ "Bestellnummer", ORDERS_ORDER },
	{ "N\xc2\xb0 de commande", ORDERS_COLUMN_N },
	{ "Num\xc3\xa9ro de commande", ORDERS_ORDER },
	{ "N\xc3\xbamero de pedido", ORDERS_ORDER },
	{ "Tilausnumero", ORDERS_ORDER },
	{ "Numer zam\xc3\xb3wienia", ORDERS_ORDER },
	{ "Order date", ORDERS_DATE },
	{ "Ordredato", ORDERS_DATE },
	{ "Bestelldatum", ORDERS_DATE },
	{ "P\xc3\xa4iv\xc3\xa4m\xc3\xa4\xc3\xa4r\xc3\xa4", ORDERS_DATE },
	{ "Fecha", ORDERS_DATE },
	{ "Bel\xc3\xb8"
	  "b",
	  ORDERS_AMOUNT },
	{ "Beloeb", ORDERS_AMOUNT },
	{ "Belob", ORDERS_AMOUNT },
	{ "Belopp", ORDERS_AMOUNT },
	{ "Bel\xc3\xb8p", ORDERS_AMOUNT },
	{ "Betrag", ORDERS_AMOUNT },
	{ "Gesamtbetrag", ORDERS_AMOUNT },
	{ "Kwota", ORDERS_AMOUNT },
	{ "W\xc3\xa4hrung", ORDERS_CURRENCY },
	{ "Valuta", ORDERS_CURRENCY },
	{ "E-mail", ORDERS_EMAIL },
	{ "E-Mail-Adresse", ORDERS_EMAIL },
	{ "Epost", ORDERS_EMAIL },
	{ "S\xc3\xa4hk\xc3\xb6posti", ORDERS_EMAIL },
	{ "Kundenummer", ORDERS_CUSTOMER },
	{ "Kundnr", ORDERS_CUSTOMER },
	{ "Kunden-Nr.", ORDERS_CUSTOMER },
	{ "customer_id", ORDERS_CUSTOMER },
	{ "Website", ORDERS_DOMAIN },
	{ "Dom\xc3\xa6ne", ORDERS_DOMAIN },
	{ "Type", ORDERS_TYPE },
	{ "Status", ORDERS_STATUS },
	{ "Original order", ORDERS_REFERS },
	{ "Samtykke", ORDERS_CONSENT },
	{ "Salesperson e-mail", ORDERS_COLUMN_N },
	{ "Name", ORDERS_COLUMN_N },
	{ "", ORDERS_COLUMN_N },
	{ "   ", ORDERS_COLUMN_N },
	{ "=HYPERLINK(\"x\")", ORDERS_COLUMN_N },
};

static void
check_name(const NameRow *row)
{
	OrdersColumn column = ORDERS_COLUMN_N;
	char folded[NAME_BYTES];
	unsigned rank;

	orders_name_fold(row->name, folded);
	g_assert_true(orders_name_find(folded, &column, &rank) ==
	              (row->column != ORDERS_COLUMN_N));
	g_assert_cmpint(column, ==, row->column);
}

static void
test_words(void)
{
	static const char *const refunds[] = { "Refund", "Kreditnota",
		                               "Retur",  "Gutschrift",
		                               "Storno", "Hyvitys",
		                               "Avoir",  "Zwrot" };
	static const char *const voids[] = { "cancelled",  "Annulleret",
		                             "storniert",  "Makulerad",
		                             "Kansellert", "failed" };

	for (size_t i = 0; i < G_N_ELEMENTS(refunds); i++)
		g_assert_cmpint(orders_type_of(refunds[i]), ==, ORDERS_REFUND);
	for (size_t i = 0; i < G_N_ELEMENTS(voids); i++)
		g_assert_cmpint(orders_type_of(voids[i]), ==, ORDERS_VOID);
	g_assert_cmpint(orders_type_of("Faktura"), ==, ORDERS_SALE);
	g_assert_cmpint(orders_type_of(""), ==, ORDERS_SALE);
	g_assert_cmpint(orders_consent_of("Nej"), ==, ORDERS_CONSENT_NONE);
	g_assert_cmpint(orders_consent_of("basic"), ==, ORDERS_CONSENT_BASIC);
	g_assert_cmpint(orders_consent_of("JA"), ==, ORDERS_CONSENT_FULL);
	g_assert_cmpint(orders_consent_of(" "), ==, -1);
	g_assert_cmpint(orders_consent_of("perhaps"), ==, -2);
	g_assert_true(orders_is_placeholder("0000"));
	g_assert_true(orders_is_placeholder("n/a"));
	g_assert_true(orders_is_placeholder("G\xc3\xa6st"));
	g_assert_true(orders_is_placeholder("-"));
	g_assert_false(orders_is_placeholder("1000"));
	g_assert_false(orders_is_placeholder("K-77"));
}

static void
test_amounts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
		g_test_message("amount '%s'", amounts[i].text);
		check_amount(&amounts[i]);
	}
}

static void
test_dates(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		g_test_message("date '%s'", dates[i].text);
		check_date(&dates[i]);
	}
}

static void
test_names(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_test_message("name '%s'", names[i].name);
		check_name(&names[i]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/orders/amount", test_amounts);
	g_test_add_func("/orders/date", test_dates);
	g_test_add_func("/orders/name", test_names);
	g_test_add_func("/orders/date/every-day", test_every_day);
	g_test_add_func("/orders/words", test_words);
	return g_test_run();
}
