/* SPDX-License-Identifier: Apache-2.0 */
#include "orders_plan.h"

#include <math.h>
#include <string.h>

#include "orders_sniff.h"

#define RATE_MAX 1e6
#define SYSTEM_BYTES 40

G_DEFINE_QUARK(tact - orders - error - quark, orders_error)

static const char *const column_names[ORDERS_COLUMN_N] = {
	"order",  "date", "amount", "currency", "email",   "customer",
	"domain", "type", "status", "refers",   "consent",
};

const char *
orders_column_name(OrdersColumn column)
{
	return column_names[column];
}

static bool
refuse(GError **error, const char *what, const char *why)
{
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_MAPPING, "%.80s: %s",
	            what, why);
	return false;
}

static bool
read_code(const char *text, char code[4])
{
	if (strlen(text) != 3)
		return false;
	for (int i = 0; i < 3; i++) {
		if (!g_ascii_isalpha(text[i]))
			return false;
		code[i] = g_ascii_toupper(text[i]);
	}
	code[3] = '\0';
	return true;
}

/* "USD=0.92" */
static bool
add_rate(OrdersPlan *plan, const char *item, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(item, "=", 2);
	char code[4];
	char *rest = NULL;
	double rate = 0;

	if (parts[0] != NULL && parts[1] != NULL)
		rate = g_ascii_strtod(g_strstrip(parts[1]), &rest);
	if (rest == NULL || *rest != '\0' ||
	    !read_code(g_strstrip(parts[0]), code) || !isfinite(rate) ||
	    rate <= 0 || rate > RATE_MAX)
		return refuse(error, item, "write a rate as USD=0.92");
	if (g_hash_table_size(plan->rates) >= LIMIT_ORDERS_RATES)
		return refuse(error, item, "too many rates");
	g_hash_table_replace(plan->rates, g_strdup(code),
	                     g_memdup2(&rate, sizeof(rate)));
	return true;
}

static void
clear_column(void *column)
{
	g_free(((PlanColumn *)column)->said);
}

OrdersPlan *
orders_plan_new(const char *currency, const char *const *rates, GError **error)
{
	g_autoptr(OrdersPlan) plan = g_new0(OrdersPlan, 1);

	plan->columns = g_array_new(FALSE, TRUE, sizeof(PlanColumn));
	g_array_set_clear_func(plan->columns, clear_column);
	plan->rates =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	plan->system = g_strdup("");
	if (!read_code(currency, plan->site)) {
		refuse(error, currency, "write a currency as EUR");
		g_prefix_error(error, "currency: ");
		return NULL;
	}
	memcpy(plan->currency, plan->site, sizeof(plan->site));
	for (; rates != NULL && *rates != NULL; rates++)
		if (!add_rate(plan, *rates, error)) {
			g_prefix_error(error, "rates: ");
			return NULL;
		}
	return g_steal_pointer(&plan);
}

void
orders_plan_free(OrdersPlan *plan)
{
	if (plan == NULL)
		return;
	g_array_unref(plan->columns);
	g_hash_table_unref(plan->rates);
	g_free(plan->charset);
	g_free(plan->system);
	g_free(plan);
}

void
orders_plan_set_last_day(OrdersPlan *plan, int32_t day)
{
	plan->last_day = day;
}

void
orders_plan_settle(OrdersPlan *plan)
{
	for (guint i = 0; i < plan->columns->len; i++)
		g_array_index(plan->columns, PlanColumn, i).habit = true;
}

static void
drop_habits(OrdersPlan *plan, OrdersColumn column)
{
	for (guint i = plan->columns->len; i > 0; i--) {
		const PlanColumn *wanted =
			&g_array_index(plan->columns, PlanColumn, i - 1);

		if (wanted->habit && wanted->column == column)
			g_array_remove_index(plan->columns, i - 1);
	}
}

static bool
add_column(OrdersPlan *plan, OrdersColumn column, const char *header,
           GError **error)
{
	PlanColumn wanted = { .column = column };
	guint64 number = 0;

	if (header[0] == '#' &&
	    !g_ascii_string_to_unsigned(header + 1, 10, 1, LIMIT_ORDERS_COLUMNS,
	                                &number, NULL))
		return refuse(error, header, "write a column's number as #3");
	wanted.number = (unsigned)number;
	orders_name_fold(header, wanted.name);
	if (wanted.number == 0 && wanted.name[0] == '\0')
		return refuse(error, header, "no name of a column");
	drop_habits(plan, column);
	wanted.said = g_strdup(header);
	g_array_append_val(plan->columns, wanted);
	return true;
}

static bool
set_mark(OrdersPlan *plan, const char *value)
{
	if (strcmp(value, "comma") == 0)
		plan->mark = AMOUNT_COMMA;
	else if (strcmp(value, "dot") == 0)
		plan->mark = AMOUNT_DOT;
	else
		return false;
	return true;
}

static bool
set_dates(OrdersPlan *plan, const char *value)
{
	if (strcmp(value, "dmy") == 0)
		plan->dates = DATE_DAY_FIRST;
	else if (strcmp(value, "mdy") == 0)
		plan->dates = DATE_MONTH_FIRST;
	else
		return false;
	return true;
}

static bool
set_delimiter(OrdersPlan *plan, const char *value)
{
	plan->delimiter = orders_delimiter_of(value);
	return plan->delimiter != '\0';
}

static bool
set_charset(OrdersPlan *plan, const char *value)
{
	g_free(plan->charset);
	plan->charset = g_strdup(value);
	return value[0] != '\0' && strlen(value) < 40 &&
	       strchr(value, '/') == NULL;
}

static bool
set_header(OrdersPlan *plan, const char *value)
{
	plan->headless = strcmp(value, "no") == 0;
	return plan->headless || strcmp(value, "yes") == 0;
}

static bool
set_system(OrdersPlan *plan, const char *value)
{
	g_free(plan->system);
	plan->system = g_strdup(value);
	return strlen(value) <= SYSTEM_BYTES;
}

static bool
set_currency(OrdersPlan *plan, const char *value)
{
	return read_code(value, plan->currency);
}

static const struct {
	const char *key;
	bool (*set)(OrdersPlan *plan, const char *value);
	const char *remedy;
} keys[] = {
	{ "decimal", set_mark, "write decimal=comma or decimal=dot" },
	{ "dates", set_dates, "write dates=dmy or dates=mdy" },
	{ "delimiter", set_delimiter,
	  "write delimiter=comma, semicolon, tab or pipe" },
	{ "charset", set_charset, "write charset=UTF-16LE or the like" },
	{ "header", set_header, "write header=yes or header=no" },
	{ "system", set_system, "write system=NAME, 40 bytes at most" },
};

bool
orders_plan_set(OrdersPlan *plan, const char *item, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(item, "=", 2);
	const char *key, *value;

	if (parts[0] == NULL || parts[1] == NULL)
		return refuse(error, item, "write COLUMN=HEADER");
	key = g_strstrip(parts[0]);
	value = g_strstrip(parts[1]);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].key, key) == 0)
			return keys[i].set(plan, value) ||
			       refuse(error, item, keys[i].remedy);
	if (strcmp(key, "currency") == 0 && set_currency(plan, value))
		return true;
	for (int i = 0; i < ORDERS_COLUMN_N; i++)
		if (strcmp(column_names[i], key) == 0)
			return add_column(plan, (OrdersColumn)i, value, error);
	return refuse(
		error, item,
		"the word before = must be order, date, amount, currency, "
		"email, customer, domain, type, status, refers, consent, "
		"decimal, dates, delimiter, charset, header or system");
}

bool
orders_plan_convert(const OrdersPlan *plan, const char *currency,
                    int64_t *cents, const char **ret_code)
{
	const double *rate;
	double converted;
	char code[4];

	if (currency[0] == '\0')
		currency = plan->currency;
	if (!read_code(currency, code)) {
		*ret_code = "currency-form";
		return false;
	}
	if (strcmp(code, plan->site) == 0)
		return true;
	rate = g_hash_table_lookup(plan->rates, code);
	if (rate == NULL) {
		*ret_code = "currency-rate";
		return false;
	}
	converted = (double)*cents * *rate;
	if (!(fabs(converted) <= (double)LIMIT_ORDERS_CENTS)) {
		*ret_code = "amount-large";
		return false;
	}
	*cents = llround(converted);
	return true;
}
