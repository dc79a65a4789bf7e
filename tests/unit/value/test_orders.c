/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole files: what is understood of them, their rows, their rejected lines
 * and those that are refused as a whole.
 */
#include "value/orders.h"

#include <glib.h>
#include <string.h>

#include "base/clock.h"
#include "orders_files.h"

#define LAST_DAY 20800

typedef struct Memory {
	const char *bytes;
	size_t size;
	size_t step; /* at most so many at once; 0: all */
} Memory;

static gssize
read_memory(void *data, char *buffer, size_t size, uint64_t offset)
{
	const Memory *memory = data;
	size_t n = offset < memory->size ? memory->size - offset : 0;

	n = MIN(n, size);
	if (memory->step > 0)
		n = MIN(n, memory->step);
	memcpy(buffer, memory->bytes + offset, n);
	return (gssize)n;
}

static OrdersPlan *
make_plan(const char *mapping)
{
	static const char *const rates[] = { "EUR=7.46", "USD = 6.9", NULL };
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) items = g_strsplit(mapping, ",", -1);
	OrdersPlan *plan = orders_plan_new("DKK", rates, &error);

	g_assert_no_error(error);
	orders_plan_set_last_day(plan, LAST_DAY);
	for (char **item = items; *item != NULL; item++) {
		g_assert_true(orders_plan_set(plan, *item, &error));
		g_assert_no_error(error);
	}
	return plan;
}

static void
add_row(GString *out, const OrdersRow *row)
{
	g_string_append_printf(out, "%" G_GUINT64_FORMAT ":", row->line);
	if (row->has_order)
		g_string_append_printf(out, " %s@%d=%" G_GINT64_FORMAT,
		                       row->order, (int)(row->at / 86400),
		                       row->cents);
	if (row->refers[0] != '\0')
		g_string_append_printf(out, " of %s", row->refers);
	if (row->cancelled)
		g_string_append(out, " cancelled");
	for (unsigned i = 0; i < row->n_emails; i++)
		g_string_append_printf(out, " <%s>", row->emails[i]);
	for (unsigned i = 0; i < row->n_customers; i++)
		g_string_append_printf(out, " #%s", row->customers[i]);
	for (unsigned i = 0; i < row->n_domains; i++)
		g_string_append_printf(out, " .%s", row->domains[i]);
	if (row->consent >= 0)
		g_string_append_printf(out, " consent %d", row->consent);
	g_string_append_c(out, '\n');
}

/* Rows and faults, a line each; "refused: ..." for the whole. */
static char *
read_all(const Memory *memory, const char *mapping, OrdersSummary *ret_summary)
{
	const OrdersSource source = { read_memory, (void *)memory };
	g_autoptr(OrdersPlan) plan = make_plan(mapping);
	g_autoptr(GError) error = NULL;
	g_autoptr(Orders) orders =
		orders_open(&source, plan, NULL, NULL, &error);
	GString *out = g_string_new(NULL);
	const OrdersFault *fault = NULL;
	const OrdersRow *row = NULL;
	OrdersResult result;

	if (orders == NULL) {
		g_string_append_printf(out, "refused: %s\n", error->message);
		return g_string_free(out, FALSE);
	}
	*ret_summary = *orders_summary(orders);
	while ((result = orders_next(orders, &row, &fault, &error)) !=
	       ORDERS_END) {
		g_assert_cmpint(result, !=, ORDERS_FAILED);
		if (result == ORDERS_ROW)
			add_row(out, row);
		else
			g_string_append_printf(
				out, "%" G_GUINT64_FORMAT ":%u %s\n",
				fault->line, fault->column, fault->code);
	}
	g_assert_cmpuint(orders_records(orders), ==, ret_summary->records);
	return g_string_free(out, FALSE);
}

/* At once, and byte by byte: blocks must not matter. */
static void
check_file(const FileRow *row)
{
	static const size_t steps[] = { 0, 1, 7 };

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		Memory memory = { row->text, strlen(row->text), steps[i] };
		OrdersSummary summary = { 0 };
		g_autofree char *out = NULL;

		/* The first bytes tell what it is; a pipe is never read. */
		if (steps[i] > 0 && g_str_has_prefix(row->out, "refused"))
			continue;
		out = read_all(&memory, row->mapping, &summary);
		g_assert_cmpstr(out, ==, row->out);
	}
}

static void
test_files(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_test_message("file %s", files[i].name);
		check_file(&files[i]);
	}
}

static void
check_wide(const char *charset, const char *mark, size_t mark_size)
{
	static const char text[] = "Ordrenr;Ordredato;Kundenr;Bel\xc3\xb8"
				   "b\r\n"
				   "1;01.02.2025;\xf0\x9f\x90\x84"
				   "7;5,50\r\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	gsize size;
	g_autofree char *wide = g_convert(text, strlen(text), charset, "UTF-8",
	                                  NULL, &size, &error);

	g_assert_no_error(error);
	g_byte_array_append(bytes, (const guint8 *)mark, (guint)mark_size);
	g_byte_array_append(bytes, (const guint8 *)wide, (guint)size);
	for (size_t step = 0; step < 4; step++) {
		Memory memory = { (const char *)bytes->data, bytes->len,
			          step == 0 ? 0 : 100 + step };
		OrdersSummary summary = { 0 };
		g_autofree char *out = read_all(&memory, "", &summary);

		g_assert_cmpstr(out, ==,
		                "2: 1@20120=550 #\xf0\x9f\x90\x84"
		                "7\n");
		g_assert_cmpstr(summary.charset, ==, charset);
	}
	{
		Memory cut = { (const char *)bytes->data, bytes->len - 1, 0 };
		OrdersSummary summary = { 0 };
		g_autofree char *out = read_all(&cut, "", &summary);

		g_assert_cmpstr(out, ==,
		                "refused: the file ends within a character: it "
		                "was cut; export it again\n");
	}
}

static void
test_wide(void)
{
	check_wide("UTF-16LE", "\xff\xfe", 2);
	check_wide("UTF-16BE", "\xfe\xff", 2);
	check_wide("UTF-16LE", "", 0);
	check_wide("UTF-16BE", "", 0);
}

static void
test_nul(void)
{
	static const char text[] = HEAD "1,2025-02-01,7\0"
					"7,,5\n"
					"2,2025-02-01,8,,5\n"
					"3,2025-02-01,\"9\0\",,5\n";
	Memory memory = { text, sizeof(text) - 1, 0 };
	OrdersSummary summary = { 0 };
	g_autofree char *out = read_all(&memory, "", &summary);

	g_assert_cmpstr(out, ==,
	                "2:3 line-nul\n3: 2@20120=500 #8\n4:3 line-nul\n");
}

/* A gigabyte without a line end, made while it is read. */
typedef struct Endless {
	uint64_t read;
	bool quoted;
} Endless;

static gssize
read_endless(void *data, char *buffer, size_t size, uint64_t offset)
{
	static const char head[] = HEAD "1,2025-02-01,7,,5\n";
	Endless *endless = data;
	size_t n = 0;

	for (; n < size && offset + n < sizeof(head) - 1; n++)
		buffer[n] = head[offset + n];
	if (n < size) {
		memset(buffer + n, 'x', size - n);
		if (endless->quoted && offset <= sizeof(head) - 1)
			buffer[sizeof(head) - 1 - offset] = '"';
	}
	endless->read += size;
	return offset > 1073741824 ? 0 : (gssize)size;
}

static void
test_endless(void)
{
	for (int quoted = 0; quoted <= 1; quoted++) {
		Endless endless = { 0, quoted != 0 };
		const OrdersSource source = { read_endless, &endless };
		g_autoptr(OrdersPlan) plan = make_plan("");
		g_autoptr(GError) error = NULL;
		Orders *orders = orders_open(&source, plan, NULL, NULL, &error);

		g_assert_null(orders);
		g_assert_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE);
		g_assert_true(g_str_has_prefix(error->message, "line 3: "));
		/* It gave up at the limit, not at the end. */
		g_assert_cmpuint(endless.read, <, 4 * LIMIT_ORDERS_RECORD);
	}
}

static void
test_many_columns(void)
{
	g_autofree char *text = g_strnfill(5000, ',');
	Memory memory = { text, strlen(text), 0 };
	OrdersSummary summary = { 0 };
	g_autofree char *out = read_all(&memory, "", &summary);

	g_assert_cmpstr(out, ==,
	                "refused: line 1: more than 1024 columns; say the "
	                "delimiter with --mapping delimiter=...\n");
}

static void
test_bad_mappings(void)
{
	static const char *const items[] = {
		"",
		"email",
		"nonsense=x",
		"email=",
		"email=#0",
		"email=#x",
		"decimal=semi",
		"dates=ymd",
		"header=1",
		"delimiter=;",
		"charset=",
		"charset=../x",
		"email=#9999999999",
		"currency=",
	};
	g_autoptr(OrdersPlan) plan = make_plan("");

	for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("item '%s'", items[i]);
		g_assert_false(orders_plan_set(plan, items[i], &error));
		g_assert_error(error, ORDERS_ERROR, ORDERS_ERROR_MAPPING);
	}
}

static void
test_bad_rates(void)
{
	static const char *const rates[] = { "USD",     "USD=",    "USD=0",
		                             "USD=-1",  "USD=nan", "US=1",
		                             "USD=1e9", "=1",      "USD=1x" };

	for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
		const char *list[] = { rates[i], NULL };
		g_autoptr(GError) error = NULL;

		g_test_message("rate '%s'", rates[i]);
		g_assert_null(orders_plan_new("EUR", list, &error));
		g_assert_error(error, ORDERS_ERROR, ORDERS_ERROR_MAPPING);
	}
}

#define BY_NUMBER "order=#1,date=#2,customer=#3,email=#4,amount=#5"

/* The same content read in another way is another import. */
static void
test_hash(void)
{
	static const char *const mappings[][2] = {
		{ "", "" },
		{ "", "decimal=comma" },
		{ "", "system=x" },
		{ "", "amount=Date" },
		{ BY_NUMBER, BY_NUMBER ",header=no" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(mappings); i++) {
		Memory memory = { HEAD "1,20250201,7,,5\n",
			          strlen(HEAD "1,20250201,7,,5\n"), 0 };
		OrdersSummary one = { 0 }, other = { 0 };
		g_autofree char *out = read_all(&memory, mappings[i][0], &one);
		g_autofree char *again =
			read_all(&memory, mappings[i][1], &other);

		g_test_message("%s", mappings[i][1]);
		g_assert_true((memcmp(one.hash, other.hash, 32) == 0) ==
		              (i == 0));
	}
}

/* A folder is watched with one plan for months: tomorrow is asked of each file,
 * not of the plan's day. */
static void
test_tomorrow(void)
{
	static const struct {
		int64_t today; /* days since 1970 */
		const char *text;
		OrdersResult result;
	} rows[] = {
		{ 20089, "id;dato;kundenr;total\n1;02.01.2025;7;5,00\n",
		  ORDERS_ROW },
		{ 20089, "id;dato;kundenr;total\n2;05.01.2025;7;5,00\n",
		  ORDERS_REJECTED },
		{ 20092, "id;dato;kundenr;total\n3;05.01.2025;7;5,00\n",
		  ORDERS_ROW },
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(OrdersPlan) plan = NULL;

	clock_set_wall(rows[0].today * 86400 * G_USEC_PER_SEC);
	plan = orders_plan_new("DKK", NULL, &error);
	g_assert_true(orders_plan_set(plan, "order=id", &error));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Memory memory = { rows[i].text, strlen(rows[i].text), 0 };
		const OrdersSource source = { read_memory, &memory };
		const OrdersFault *fault = NULL;
		const OrdersRow *row = NULL;
		g_autoptr(Orders) orders = NULL;

		clock_set_wall(rows[i].today * 86400 * G_USEC_PER_SEC);
		orders = orders_open(&source, plan, NULL, NULL, &error);
		g_assert_no_error(error);
		g_assert_cmpint(orders_next(orders, &row, &fault, &error), ==,
		                rows[i].result);
	}
	clock_set_wall(-1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/orders/files", test_files);
	g_test_add_func("/orders/wide", test_wide);
	g_test_add_func("/orders/nul", test_nul);
	g_test_add_func("/orders/endless", test_endless);
	g_test_add_func("/orders/many-columns", test_many_columns);
	g_test_add_func("/orders/bad-mappings", test_bad_mappings);
	g_test_add_func("/orders/bad-rates", test_bad_rates);
	g_test_add_func("/orders/hash", test_hash);
	g_test_add_func("/orders/tomorrow", test_tomorrow);
	return g_test_run();
}
