/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which column is what. What the administrator says comes first; then names
 * are guessed, for each meaning the best of the header's. What was chosen is
 * shown, so a guess is never silent.
 */
#include <string.h>

#include "base/text.h"
#include "orders_plan.h"

char *
orders_harmless(const char *cell, size_t max)
{
	char *text = text_sanitise(cell, strlen(cell), max, NULL);

	for (char *p = text; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	if (strchr("=+-@", text[0]) != NULL && text[0] != '\0' &&
	    !g_ascii_isdigit(text[1]))
		text[0] = '?';
	return text;
}

/* Several columns may hold addresses or domains. */
static bool
is_repeatable(OrdersColumn column)
{
	return column == ORDERS_EMAIL || column == ORDERS_DOMAIN;
}

static void
add_field(GArray *fields, OrdersColumn column, unsigned at, const char *name)
{
	OrdersField field = { .column = column, .at = at };
	g_autofree char *harmless = orders_harmless(name, LIMIT_ORDERS_NAME);

	g_strlcpy(field.name, harmless, sizeof(field.name));
	g_array_append_val(fields, field);
}

static bool
has_field(const GArray *fields, OrdersColumn column)
{
	for (guint i = 0; i < fields->len; i++)
		if (g_array_index(fields, OrdersField, i).column == column)
			return true;
	return false;
}

static bool
is_taken(const GArray *fields, unsigned at)
{
	for (guint i = 0; i < fields->len; i++)
		if (g_array_index(fields, OrdersField, i).at == at)
			return true;
	return false;
}

static bool
refuse_wanted(const PlanColumn *wanted, bool twice, GError **error)
{
	g_autofree char *said =
		orders_harmless(wanted->said, LIMIT_ORDERS_NAME);

	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_MAPPING,
	            "%s=%s: the file has %s; write #N for the N-th column",
	            orders_column_name(wanted->column), said,
	            twice ? "several columns of that name" : "no such column");
	return false;
}

/* The column that the administrator means. */
static bool
place_wanted(const PlanColumn *wanted, char (*names)[NAME_BYTES], unsigned n,
             unsigned *ret_at, GError **error)
{
	bool found = false;

	if (wanted->number > n)
		return refuse_wanted(wanted, false, error);
	*ret_at = wanted->number - 1;
	if (wanted->number > 0)
		return true;
	for (unsigned i = 0; i < n; i++) {
		if (strcmp(names[i], wanted->name) != 0)
			continue;
		if (found)
			return refuse_wanted(wanted, true, error);
		found = true;
		*ret_at = i;
	}
	return found || refuse_wanted(wanted, false, error);
}

static bool
add_wanted(const OrdersPlan *plan, const char *const *cells,
           char (*names)[NAME_BYTES], unsigned n, GArray *fields,
           GError **error)
{
	for (guint i = 0; i < plan->columns->len; i++) {
		const PlanColumn *wanted =
			&g_array_index(plan->columns, PlanColumn, i);
		unsigned at = 0;

		if (!place_wanted(wanted, names, n, &at,
		                  wanted->habit ? NULL : error)) {
			if (wanted->habit)
				continue;
			return false;
		}
		add_field(fields, wanted->column, at,
		          plan->headless ? "" : cells[at]);
	}
	return true;
}

/* The best column of each meaning; all of them where several may be. */
static void
add_guessed(const char *const *cells, char (*names)[NAME_BYTES], unsigned n,
            GArray *fields)
{
	struct {
		bool said;
		unsigned at, rank;
	} best[ORDERS_COLUMN_N];
	OrdersColumn column;
	unsigned rank;

	for (int c = 0; c < ORDERS_COLUMN_N; c++) {
		best[c].said = has_field(fields, (OrdersColumn)c);
		best[c].rank = G_MAXUINT;
	}
	for (unsigned i = 0; i < n; i++) {
		if (is_taken(fields, i) ||
		    !orders_name_find(names[i], &column, &rank) ||
		    best[column].said)
			continue;
		if (is_repeatable(column))
			add_field(fields, column, i, cells[i]);
		else if (rank < best[column].rank) {
			best[column].rank = rank;
			best[column].at = i;
		}
	}
	for (int c = 0; c < ORDERS_COLUMN_N; c++)
		if (best[c].rank != G_MAXUINT)
			add_field(fields, (OrdersColumn)c, best[c].at,
			          cells[best[c].at]);
}

/* The file's own names, so that the remedy can be written at once. */
static char *
list_header(const OrdersPlan *plan, const char *const *cells, unsigned n)
{
	g_autoptr(GString) list = g_string_new(NULL);

	for (unsigned i = 0; i < n && i < 20 && !plan->headless; i++) {
		g_autofree char *name = orders_harmless(cells[i], 30);

		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", name);
	}
	if (plan->headless)
		g_string_append_printf(list, "#1 to #%u", n);
	return g_string_free(g_steal_pointer(&list), FALSE);
}

static bool
refuse_without(const OrdersPlan *plan, const char *const *cells, unsigned n,
               const char *what, GError **error)
{
	g_autofree char *list = list_header(plan, cells, n);

	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
	            "line 1: no column for %s among: %s; say which with "
	            "--mapping COLUMN=HEADER, as email=Contact",
	            what, list);
	return false;
}

/* Which columns must be there, with others. */
static const char *
what_lacks(const GArray *fields)
{
	bool date = has_field(fields, ORDERS_DATE);
	bool amount = has_field(fields, ORDERS_AMOUNT);

	if (!has_field(fields, ORDERS_EMAIL) &&
	    !has_field(fields, ORDERS_CUSTOMER) &&
	    !has_field(fields, ORDERS_DOMAIN))
		return "email, customer or domain";
	if (amount && !date)
		return "date";
	if (has_field(fields, ORDERS_ORDER) && !amount)
		return "amount";
	return NULL;
}

bool
orders_plan_columns(const OrdersPlan *plan, const char *const *cells,
                    unsigned n, GArray *fields, GError **error)
{
	g_autofree char(*names)[NAME_BYTES] = g_malloc0_n(n, NAME_BYTES);
	const char *lacks;

	for (unsigned i = 0; i < n && !plan->headless; i++)
		orders_name_fold(cells[i], names[i]);
	if (!add_wanted(plan, cells, names, n, fields, error))
		return false;
	if (!plan->headless)
		add_guessed(cells, names, n, fields);
	lacks = what_lacks(fields);
	return lacks == NULL || refuse_without(plan, cells, n, lacks, error);
}
