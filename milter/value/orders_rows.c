/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second reading: a record as an order, or what is wrong with it. The
 * first fault of a line is told; with it mended the next is.
 */
#include <string.h>

#include "orders_faults.h"
#include "orders_private.h"

/* Between a system's name and its number. */
#define SYSTEM_MARK '\x1f'

static const OrdersField *
field_at(const Orders *orders, unsigned at)
{
	for (guint i = 0; i < orders->fields->len; i++) {
		const OrdersField *field =
			&g_array_index(orders->fields, OrdersField, i);

		if (field->at == at)
			return field;
	}
	return NULL;
}

static const OrdersFault *
fill_fault(Orders *orders, int at, const char *code)
{
	const FaultRow *row = orders_fault(code);
	const OrdersField *field =
		at < 0 ? NULL : field_at(orders, (unsigned)at);
	OrdersFault *fault = &orders->fault;

	g_free(orders->reason);
	orders->reason = NULL;
	if (row->value && field != NULL) {
		g_autofree char *value = orders_harmless(
			orders_cell_at(orders, field->at), LIMIT_ORDERS_VALUE);

		orders->reason =
			g_strdup_printf("\"%s\": %s", value, row->reason);
	}
	fault->line = records_line(orders->records);
	fault->column = at < 0 ? 0 : (unsigned)at + 1;
	fault->name = field != NULL ? field->name : "";
	fault->code = row->code;
	fault->reason = orders->reason ? orders->reason : row->reason;
	fault->remedy = row->remedy;
	return fault;
}

const OrdersFault *
orders_reject(Orders *orders, OrdersColumn column, const char *code)
{
	return fill_fault(
		orders, column < ORDERS_COLUMN_N ? orders->places[column] : -1,
		code);
}

/* A reader of some cells of the row: NULL, or the code of what is wrong with
 * the cell of *ret_column. */
typedef const char *ReadCells(Orders *orders, OrdersColumn *ret_column);

/* 1,23457E+12 */
static bool
is_cut(const char *id)
{
	size_t n = strspn(id, "0123456789");
	size_t all = n;

	if (n != 1 || (id[n] != ',' && id[n] != '.'))
		return false;
	all += 1 + strspn(id + n + 1, "0123456789");
	if ((id[all] != 'E' && id[all] != 'e') || id[all + 1] != '+')
		return false;
	all += 2;
	return g_ascii_isdigit(id[all]) &&
	       id[all + strspn(id + all, "0123456789")] == '\0';
}

/* Ids of two systems are different ones. */
static const char *
with_system(const Orders *orders, const char *id, GString *out)
{
	if (orders->plan->system[0] == '\0' || id[0] == '\0')
		return id;
	g_string_assign(out, orders->plan->system);
	g_string_append_c(out, SYSTEM_MARK);
	g_string_append(out, id);
	return out->str;
}

static const char *
read_order(Orders *orders, OrdersColumn *ret_column)
{
	const char *id = orders_cell(orders, ORDERS_ORDER);

	*ret_column = ORDERS_ORDER;
	if (id[0] == '\0' && orders->places[ORDERS_ORDER] >= 0)
		return "order-empty";
	if (is_cut(id))
		return "order-cut";
	orders->row.order = with_system(orders, id, orders->order);
	orders->row.refers = with_system(
		orders, orders_cell(orders, ORDERS_REFERS), orders->refers);
	return NULL;
}

static const char *
read_date(Orders *orders, OrdersColumn *ret_column)
{
	static const char *const codes[] = {
		[DATE_FINE] = NULL,
		[DATE_EMPTY] = "date-empty",
		[DATE_NONE] = "date-form",
		[DATE_SERIAL] = "date-serial",
		[DATE_NO_DAY] = "date-day",
		[DATE_EARLY] = "date-early",
		[DATE_FUTURE] = "date-future",
	};
	Date date = { 0 };
	DateResult result = date_parse(orders_cell(orders, ORDERS_DATE),
	                               orders->dates, orders->last_day, &date);

	*ret_column = ORDERS_DATE;
	orders->row.at = date.at;
	return codes[result];
}

static OrdersType
remembered_type(TypeMemory *memory, const char *cell)
{
	if (cell[0] == '\0')
		return ORDERS_SALE;
	if (strcmp(memory->cell, cell) != 0) {
		memory->type = orders_type_of(cell);
		g_strlcpy(memory->cell, cell, sizeof(memory->cell));
	}
	return memory->type;
}

/* A refund may be written with or without a minus. */
static void
apply_type(Orders *orders)
{
	OrdersRow *row = &orders->row;
	OrdersType type = remembered_type(&orders->type,
	                                  orders_cell(orders, ORDERS_TYPE));
	OrdersType status = remembered_type(&orders->status,
	                                    orders_cell(orders, ORDERS_STATUS));

	if (type == ORDERS_REFUND && row->cents > 0)
		row->cents = -row->cents;
	row->cancelled = (type == ORDERS_VOID || status == ORDERS_VOID ||
	                  status == ORDERS_REFUND) &&
	                 row->cents >= 0;
}

static const char *
read_amount(Orders *orders, OrdersColumn *ret_column)
{
	static const char *const codes[] = {
		[AMOUNT_FINE] = NULL,
		[AMOUNT_EMPTY] = "amount-empty",
		[AMOUNT_NONE] = "amount-form",
		[AMOUNT_AMBIGUOUS] = "amount-ambiguous",
		[AMOUNT_LARGE] = "amount-large",
		[AMOUNT_CUT] = "amount-cut",
	};
	const char *currency = orders_cell(orders, ORDERS_CURRENCY);
	const char *code = NULL;
	Amount amount = { 0 };
	AmountResult result = amount_parse(orders_cell(orders, ORDERS_AMOUNT),
	                                   orders->mark, &amount);

	*ret_column = ORDERS_AMOUNT;
	if (result != AMOUNT_FINE)
		return codes[result];
	if (currency[0] == '\0')
		currency = amount.currency;
	else
		*ret_column = ORDERS_CURRENCY;
	if (!orders_plan_convert(orders->plan, currency, &amount.cents, &code))
		return code;
	orders->row.cents = amount.cents;
	apply_type(orders);
	return NULL;
}

static bool
add_text(const char **list, unsigned *n, const char *text)
{
	if (*n >= LIMIT_ORDERS_ADDRESSES)
		return false;
	list[(*n)++] = text;
	return true;
}

/* Addresses of one cell, cut where it separates them. */
static const char *
add_emails(Orders *orders, unsigned at)
{
	OrdersRow *row = &orders->row;
	char *cell = (char *)orders_cell_at(orders, at);

	while (cell != NULL && *cell != '\0') {
		char *end = strpbrk(cell, ",;|");
		char *next = end != NULL ? end + 1 : NULL;

		if (end != NULL)
			*end = '\0';
		cell = g_strstrip(cell);
		if ((strchr(cell, '@') != NULL ||
		     !orders_is_placeholder(cell)) &&
		    *cell != '\0' &&
		    !add_text(row->emails, &row->n_emails, cell))
			return "customer-many";
		cell = next;
	}
	return NULL;
}

/* A guessed column may hold names of people: a number has a digit. */
static bool
is_number(const char *cell)
{
	return strpbrk(cell, "0123456789") != NULL &&
	       !orders_is_placeholder(cell);
}

static const char *
add_customer(Orders *orders, unsigned at)
{
	OrdersRow *row = &orders->row;
	const char *cell = orders_cell_at(orders, at);
	gsize start = orders->numbers->len;

	if (strchr(cell, '@') != NULL)
		return add_emails(orders, at);
	if (!is_number(cell))
		return NULL;
	g_string_append(orders->numbers, orders->plan->system);
	if (orders->plan->system[0] != '\0')
		g_string_append_c(orders->numbers, SYSTEM_MARK);
	g_string_append(orders->numbers, cell);
	g_string_append_c(orders->numbers, '\0');
	/* The buffer may move: offsets now, pointers when all are there. */
	return add_text(row->customers, &row->n_customers,
	                GSIZE_TO_POINTER(start))
	               ? NULL
	               : "customer-many";
}

/* https://www.example.com/x and @example.com are example.com. */
static char *
bare_domain(char *cell)
{
	static const char *const starts[] = { "https://", "http://", "@",
		                              "www." };

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_ascii_strncasecmp(cell, starts[i], strlen(starts[i])) ==
		    0)
			cell += strlen(starts[i]);
	cell[strcspn(cell, "/?#: ")] = '\0';
	return cell;
}

static const char *
add_domain(Orders *orders, unsigned at)
{
	OrdersRow *row = &orders->row;
	char *cell = bare_domain((char *)orders_cell_at(orders, at));

	if (*cell == '\0' || orders_is_placeholder(cell))
		return NULL;
	if (strchr(cell, '.') == NULL || strlen(cell) > 253)
		return "domain-form";
	return add_text(row->domains, &row->n_domains, cell) ? NULL
	                                                     : "customer-many";
}

static const char *
read_customers(Orders *orders, OrdersColumn *ret_column)
{
	OrdersRow *row = &orders->row;
	const char *code = NULL;

	g_string_truncate(orders->numbers, 0);
	for (guint i = 0; code == NULL && i < orders->fields->len; i++) {
		const OrdersField *field =
			&g_array_index(orders->fields, OrdersField, i);

		*ret_column = field->column;
		if (field->column == ORDERS_EMAIL)
			code = add_emails(orders, field->at);
		else if (field->column == ORDERS_CUSTOMER)
			code = add_customer(orders, field->at);
		else if (field->column == ORDERS_DOMAIN)
			code = add_domain(orders, field->at);
	}
	for (unsigned i = 0; i < row->n_customers; i++)
		row->customers[i] = orders->numbers->str +
		                    GPOINTER_TO_SIZE(row->customers[i]);
	if (code != NULL)
		return code;
	*ret_column = ORDERS_COLUMN_N;
	return row->n_emails + row->n_customers + row->n_domains > 0
	               ? NULL
	               : "customer-none";
}

static const char *
read_consent(Orders *orders, OrdersColumn *ret_column)
{
	*ret_column = ORDERS_CONSENT;
	orders->row.consent =
		orders_consent_of(orders_cell(orders, ORDERS_CONSENT));
	return orders->row.consent < -1 ? "consent-form" : NULL;
}

static const char *
read_row(Orders *orders, OrdersColumn *ret_column)
{
	static ReadCells *const readers[] = { read_order, read_date,
		                              read_amount, read_customers,
		                              read_consent };
	size_t from = orders->summary.has_orders ? 0 : 3;
	const char *code = NULL;

	memset(&orders->row, 0, sizeof(orders->row));
	orders->row.line = records_line(orders->records);
	orders->row.has_order = orders->summary.has_orders;
	orders->row.order = orders->row.refers = "";
	for (size_t i = from; code == NULL && i < G_N_ELEMENTS(readers); i++)
		code = readers[i](orders, ret_column);
	return code;
}

OrdersResult
orders_next(Orders *orders, const OrdersRow **ret_row,
            const OrdersFault **ret_fault, GError **error)
{
	OrdersColumn column = ORDERS_COLUMN_N;
	GError *failed = NULL;
	const char *code;
	unsigned at = 0;

	if (!records_next(orders->records, &failed)) {
		if (failed == NULL)
			return ORDERS_END;
		g_propagate_error(error, failed);
		return ORDERS_FAILED;
	}
	orders->passed++;
	code = orders_form_fault(orders, &at);
	if (code != NULL) {
		*ret_fault = fill_fault(orders, (int)at, code);
		return ORDERS_REJECTED;
	}
	code = read_row(orders, &column);
	if (code != NULL) {
		*ret_fault = orders_reject(orders, column, code);
		return ORDERS_REJECTED;
	}
	*ret_row = &orders->row;
	return ORDERS_ROW;
}
