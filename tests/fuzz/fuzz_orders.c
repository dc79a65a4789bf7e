/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "value/orders.h"

#define LAST_DAY 20800

typedef struct Memory {
	const uint8_t *bytes;
	size_t size;
	uint64_t read;
} Memory;

static gssize
read_memory(void *data, char *buffer, size_t size, uint64_t offset)
{
	Memory *memory = data;
	size_t n = offset < memory->size ? memory->size - offset : 0;

	n = MIN(n, size);
	memcpy(buffer, memory->bytes + offset, n);
	memory->read += n;
	return (gssize)n;
}

static void
check_text(const char *text)
{
	g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void
check_row(const OrdersRow *row)
{
	g_assert_cmpint(row->cents, <=, LIMIT_ORDERS_CENTS);
	g_assert_cmpint(row->cents, >=, -LIMIT_ORDERS_CENTS);
	g_assert_cmpint(row->at, >=, 0);
	g_assert_cmpint(row->at, <, (LAST_DAY + INT64_C(1)) * 86400);
	g_assert_cmpuint(row->n_emails + row->n_customers + row->n_domains, >,
	                 0);
	for (unsigned i = 0; i < row->n_emails; i++)
		check_text(row->emails[i]);
	for (unsigned i = 0; i < row->n_customers; i++)
		check_text(row->customers[i]);
	check_text(row->order);
}

static uint64_t
read_rows(Orders *orders)
{
	g_autoptr(GError) error = NULL;
	const OrdersFault *fault = NULL;
	const OrdersRow *row = NULL;
	uint64_t line = 0;

	for (;;) {
		switch (orders_next(orders, &row, &fault, &error)) {
		case ORDERS_ROW:
			g_assert_cmpuint(row->line, >, line);
			line = row->line;
			check_row(row);
			break;
		case ORDERS_REJECTED:
			g_assert_cmpuint(fault->line, >, line);
			line = fault->line;
			check_text(fault->reason);
			check_text(fault->name);
			break;
		case ORDERS_END:
			return orders_records(orders);
		case ORDERS_FAILED:
			g_assert_not_reached();
		}
	}
}

/* The bytes are a file. What was looked through can be read to its end, with
 * the records that were counted, in two passes over it. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const rates[] = { "EUR=7.46", NULL };
	Memory memory = { bytes, size, 0 };
	const OrdersSource source = { read_memory, &memory };
	g_autoptr(OrdersPlan) plan = orders_plan_new("DKK", rates, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Orders) orders = NULL;

	orders_plan_set_last_day(plan, LAST_DAY);
	orders = orders_open(&source, plan, NULL, NULL, &error);
	if (orders == NULL) {
		g_assert_nonnull(error);
		check_text(error->message);
		return 0;
	}
	g_assert_cmpuint(read_rows(orders), ==,
	                 orders_summary(orders)->records);
	return 0;
}
