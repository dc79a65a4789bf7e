/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first reading. It takes the time of reading, and gives what a stream
 * cannot: whether the end is sound before the beginning is stored, how many
 * records there are, and what the file as a whole says of "1.234" and of
 * 03/04/2025, which no line can tell alone.
 */
#include "value/orders.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "orders_private.h"
#include "orders_sniff.h"

#define PROGRESS_RECORDS 8192
#define DAY_MICROSECONDS (INT64_C(86400) * 1000000)

/* What the records tell of the file. */
typedef struct Evidence {
	uint64_t comma, dot, ambiguous; /* amounts */
	uint64_t day_line, month_line;  /* the first that proves it, or 0 */
} Evidence;

static char *
trim_start(char *at)
{
	while (*at == ' ' || *at == '\t' || g_str_has_prefix(at, "\xc2\xa0"))
		at += *at == '\xc2' ? 2 : 1;
	return at;
}

/* ="00123" is how exports keep a spreadsheet from cutting it. */
static char *
unwrap(char *at, size_t length)
{
	if (length < 3 || at[0] != '=' || at[1] != '"' || at[length - 1] != '"')
		return at;
	at[length - 1] = '\0';
	return at + 2;
}

static char *
trim(char *cell)
{
	char *at = trim_start(cell);
	size_t length = strlen(at);

	while (length > 0 && strchr(" \t\r\n", at[length - 1]) != NULL)
		at[--length] = '\0';
	return unwrap(at, length);
}

const char *
orders_cell_at(Orders *orders, unsigned at)
{
	if (at >= records_width(orders->records))
		return "";
	return trim(records_field(orders->records, at));
}

const char *
orders_cell(Orders *orders, OrdersColumn column)
{
	int at = orders->places[column];

	return at < 0 ? "" : orders_cell_at(orders, (unsigned)at);
}

const char *
orders_form_fault(Orders *orders, unsigned *ret_at)
{
	unsigned width = records_width(orders->records);

	switch (records_flaw(orders->records, ret_at)) {
	case RECORD_NUL:
		return "line-nul";
	case RECORD_QUOTE:
		return "line-quote";
	case RECORD_SOUND:
		break;
	}
	*ret_at = MIN(width, orders->n_columns);
	if (width < orders->n_columns)
		return "line-columns";
	for (unsigned i = orders->n_columns; i < width; i++)
		if (orders_cell_at(orders, i)[0] != '\0')
			return "line-columns";
	return NULL;
}

static bool
skip_records(Records *records, unsigned n, GError **error)
{
	GError *failed = NULL;

	while (n > 0 && records_next(records, &failed))
		n--;
	if (failed != NULL)
		g_propagate_error(error, failed);
	return failed == NULL;
}

bool
orders_begin(Orders *orders, GChecksum *hash, GError **error)
{
	records_rewind(orders->records, hash);
	orders->passed = 0;
	return skip_records(
		orders->records,
		(orders->plan->headless ? 0 : 1u) + orders->skip_said, error);
}

static bool
find_delimiter(Orders *orders, char *ret_delimiter, GError **error)
{
	const char *block = NULL;
	size_t size;

	orders_text_rewind(orders->text, NULL);
	if (!orders_text_next(orders->text, &block, &size, error))
		return false;
	*ret_delimiter =
		orders_sniff(block, MIN(size, 65536), &orders->skip_said);
	if (orders->plan->delimiter != '\0')
		*ret_delimiter = orders->plan->delimiter;
	if (*ret_delimiter != '\0')
		return true;
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
	            "line 1: no comma, semicolon, tab or bar makes columns of "
	            "it; is it an export with a header, and in the charset "
	            "that --mapping charset=... says?");
	return false;
}

/* The last column that has a name: rows need no more. */
static unsigned
named_width(const char *const *cells, unsigned n)
{
	while (n > 1 && cells[n - 1][0] == '\0')
		n--;
	return n;
}

static void
place_fields(Orders *orders)
{
	for (int c = 0; c < ORDERS_COLUMN_N; c++)
		orders->places[c] = -1;
	for (guint i = orders->fields->len; i > 0; i--) {
		const OrdersField *field =
			&g_array_index(orders->fields, OrdersField, i - 1);

		orders->places[field->column] = (int)field->at;
	}
	orders->summary.has_orders = orders->places[ORDERS_AMOUNT] >= 0;
	orders->summary.fields =
		(const OrdersField *)(void *)orders->fields->data;
	orders->summary.n_fields = orders->fields->len;
	orders->summary.n_columns = orders->n_columns;
}

static bool
read_header(Orders *orders, GError **error)
{
	g_autofree const char **cells = NULL;
	unsigned n;

	records_rewind(orders->records, NULL);
	if (!skip_records(orders->records, 1u + orders->skip_said, error))
		return false;
	n = records_width(orders->records);
	cells = g_new0(const char *, MAX(n, 1));
	for (unsigned i = 0; i < n; i++)
		cells[i] = orders_cell_at(orders, i);
	orders->n_columns = orders->plan->headless ? n : named_width(cells, n);
	if (!orders_plan_columns(orders->plan, cells, n, orders->fields, error))
		return false;
	place_fields(orders);
	return true;
}

static void
weigh_amount(Orders *orders, Evidence *evidence)
{
	Amount amount = { 0 };
	AmountResult result = amount_parse(orders_cell(orders, ORDERS_AMOUNT),
	                                   AMOUNT_EITHER, &amount);

	evidence->ambiguous += result == AMOUNT_AMBIGUOUS;
	if (result != AMOUNT_FINE)
		return;
	evidence->comma += amount.proof == AMOUNT_COMMA;
	evidence->dot += amount.proof == AMOUNT_DOT;
}

static void
weigh_date(Orders *orders, Evidence *evidence)
{
	const char *cell = orders_cell(orders, ORDERS_DATE);
	uint64_t line = records_line(orders->records);
	Date date;

	/* One that begins with the year tells nothing. */
	if (strcspn(cell, "/-") > 2)
		return;
	(void)date_parse(cell, DATE_EITHER, G_MAXINT32, &date);
	if (date.proof == DATE_DAY_FIRST && evidence->day_line == 0)
		evidence->day_line = line;
	if (date.proof == DATE_MONTH_FIRST && evidence->month_line == 0)
		evidence->month_line = line;
}

static void
weigh(Orders *orders, Evidence *evidence)
{
	unsigned at;

	if (!orders->summary.has_orders ||
	    orders_form_fault(orders, &at) != NULL)
		return;
	if (orders->plan->mark == AMOUNT_EITHER)
		weigh_amount(orders, evidence);
	if (orders->plan->dates == DATE_EITHER)
		weigh_date(orders, evidence);
}

static void
decide_mark(Orders *orders, const Evidence *evidence)
{
	static const char *const names[] = { "either", "comma", "dot" };
	AmountMark mark = orders->plan->mark;

	if (mark == AMOUNT_EITHER && evidence->comma > 0 && evidence->dot == 0)
		mark = AMOUNT_COMMA;
	else if (mark == AMOUNT_EITHER && evidence->dot > 0 &&
	         evidence->comma == 0)
		mark = AMOUNT_DOT;
	else if (mark == AMOUNT_EITHER &&
	         evidence->comma + evidence->dot == 0) {
		/* Who needs the comma for decimals has another delimiter. */
		if (strcmp(orders->summary.delimiter, "semicolon") == 0)
			mark = AMOUNT_COMMA;
		else if (strcmp(orders->summary.delimiter, "comma") == 0)
			mark = AMOUNT_DOT;
	}
	orders->mark = mark;
	orders->summary.decimal = names[mark];
}

static bool
decide_dates(Orders *orders, const Evidence *evidence, GError **error)
{
	orders->dates = orders->plan->dates;
	if (evidence->day_line > 0 && evidence->month_line > 0) {
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "line %" G_GUINT64_FORMAT
		            " has the day first, line %" G_GUINT64_FORMAT
		            " the month; correct one, or say "
		            "--mapping dates=dmy or dates=mdy",
		            evidence->day_line, evidence->month_line);
		return false;
	}
	if (orders->dates == DATE_EITHER && evidence->month_line > 0)
		orders->dates = DATE_MONTH_FIRST;
	else if (orders->dates == DATE_EITHER)
		orders->dates = DATE_DAY_FIRST;
	orders->summary.dates =
		orders->dates == DATE_MONTH_FIRST ? "mdy" : "dmy";
	return true;
}

/* How the content is read decides what it says, so it is hashed with it. */
static void
add_plan(const Orders *orders, GChecksum *hash)
{
	const OrdersPlan *plan = orders->plan;
	g_autoptr(GPtrArray) rates = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) text = g_string_new(NULL);
	GHashTableIter iter;
	gpointer code, rate;

	g_string_append_printf(text, "\n%s %s %d %d %d %s %s %s",
	                       orders->summary.charset,
	                       orders->summary.delimiter, (int)plan->headless,
	                       (int)orders->mark, (int)orders->dates,
	                       plan->site, plan->currency, plan->system);
	for (guint i = 0; i < orders->fields->len; i++) {
		const OrdersField *field =
			&g_array_index(orders->fields, OrdersField, i);

		g_string_append_printf(text, " %d:%u", (int)field->column,
		                       field->at);
	}
	g_hash_table_iter_init(&iter, plan->rates);
	while (g_hash_table_iter_next(&iter, &code, &rate))
		g_ptr_array_add(rates, g_strdup_printf("%s %.17g", (char *)code,
		                                       *(double *)rate));
	g_ptr_array_sort(rates, text_compare);
	for (guint i = 0; i < rates->len; i++)
		g_string_append_printf(text, " %s",
		                       (char *)g_ptr_array_index(rates, i));
	g_checksum_update(hash, (const guchar *)text->str, (gssize)text->len);
}

static bool
look_through(Orders *orders, OrdersProgress *progress, void *data,
             GError **error)
{
	g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
	OrdersSummary *summary = &orders->summary;
	gsize size = sizeof(summary->hash);
	Evidence evidence = { 0 };
	GError *failed = NULL;

	if (!orders_begin(orders, hash, error))
		return false;
	while (records_next(orders->records, &failed)) {
		weigh(orders, &evidence);
		if (++summary->records % PROGRESS_RECORDS == 0 &&
		    progress != NULL)
			progress(data, orders_text_bytes(orders->text));
	}
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	summary->bytes = orders_text_bytes(orders->text);
	summary->no_end = !records_ended(orders->records);
	decide_mark(orders, &evidence);
	if (!decide_dates(orders, &evidence, error))
		return false;
	add_plan(orders, hash);
	g_checksum_get_digest(hash, summary->hash, &size);
	return true;
}

static bool
open_text(Orders *orders, const OrdersSource *source, GError **error)
{
	char delimiter;

	orders->text = orders_text_new(source, orders->plan->charset, error);
	if (orders->text == NULL || !find_delimiter(orders, &delimiter, error))
		return false;
	orders->records = records_new(orders->text, delimiter);
	orders->summary.charset = orders_text_charset(orders->text);
	orders->summary.delimiter = orders_delimiter_name(delimiter);
	return read_header(orders, error);
}

/* Asked of each file: a plan lives as long as a folder is watched. */
static int32_t
last_day(const OrdersPlan *plan)
{
	if (plan->last_day != 0)
		return plan->last_day;
	return (int32_t)(clock_wall() / DAY_MICROSECONDS) + 1;
}

Orders *
orders_open(const OrdersSource *source, const OrdersPlan *plan,
            OrdersProgress *progress, void *progress_data, GError **error)
{
	g_autoptr(Orders) orders = g_new0(Orders, 1);

	orders->plan = plan;
	orders->last_day = last_day(plan);
	orders->fields = g_array_new(FALSE, TRUE, sizeof(OrdersField));
	orders->order = g_string_new(NULL);
	orders->refers = g_string_new(NULL);
	orders->numbers = g_string_new(NULL);
	if (!open_text(orders, source, error) ||
	    !look_through(orders, progress, progress_data, error) ||
	    !orders_begin(orders, NULL, error))
		return NULL;
	return g_steal_pointer(&orders);
}

void
orders_free(Orders *orders)
{
	if (orders == NULL)
		return;
	records_free(orders->records);
	orders_text_free(orders->text);
	g_array_unref(orders->fields);
	g_string_free(orders->order, TRUE);
	g_string_free(orders->refers, TRUE);
	g_string_free(orders->numbers, TRUE);
	g_free(orders->reason);
	g_free(orders);
}

const OrdersSummary *
orders_summary(const Orders *orders)
{
	return &orders->summary;
}

uint64_t
orders_records(const Orders *orders)
{
	return orders->passed;
}

uint64_t
orders_bytes(const Orders *orders)
{
	return orders_text_bytes(orders->text);
}

bool
orders_skip(Orders *orders, uint64_t n, GError **error)
{
	GError *failed = NULL;

	for (; n > 0 && records_next(orders->records, &failed); n--)
		orders->passed++;
	if (failed != NULL)
		g_propagate_error(error, failed);
	return failed == NULL;
}
