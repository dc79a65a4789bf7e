/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Orders are written in the order of their table. A refund takes from its order
 * once: beside it stands a row of no amount with the refund's own name.
 */
#include <stdlib.h>

#include "load_private.h"

typedef struct Place {
	int64_t customer, oid;
	uint32_t row; /* lines of one order stay in the file's order */
} Place;

static int
compare_places(const void *a, const void *b)
{
	const Place *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	if (x->oid != y->oid)
		return x->oid < y->oid ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* *ret_changed: false when nothing was to be done. */
static bool
run(Load *load, SqlId sql, const Place *place, const LoadRow *row,
    bool *ret_changed, GError **error)
{
	Statement *statement = store_statement(load->store, sql);

	statement_bind_int(statement, 1, place->customer);
	statement_bind_int(statement, 2,
	                   sql == SQL_load_refund_mark ? row->mark
	                                               : place->oid);
	statement_bind_int(statement, 3, row->day);
	if (sql == SQL_load_order || sql == SQL_load_refund)
		statement_bind_int(statement, 4, row->cents);
	if (!statement_run(statement, error))
		return false;
	*ret_changed = store_changes(load->store) > 0;
	return true;
}

static bool
write_refund(Load *load, const Place *place, const LoadRow *row,
             LoadCounts *counts, GError **error)
{
	bool changed = false;

	if (!run(load, SQL_load_refund_mark, place, row, &changed, error))
		return false;
	if (!changed) {
		counts->duplicates++;
		return true;
	}
	counts->refunds++;
	return run(load, SQL_load_refund, place, row, &changed, error);
}

static bool
write_order(Load *load, const Place *place, const LoadRow *row,
            LoadCounts *counts, GError **error)
{
	bool cancels = row->kind == LOAD_CANCEL;
	bool changed = false;

	if (row->kind == LOAD_REFUND)
		return write_refund(load, place, row, counts, error);
	if (!run(load, cancels ? SQL_load_cancel : SQL_load_order, place, row,
	         &changed, error))
		return false;
	counts->duplicates += !changed;
	counts->cancelled += changed && cancels;
	counts->orders += changed && !cancels;
	return true;
}

static bool
write_consents(Load *load, const LoadAliases *aliases, GError **error)
{
	for (guint i = 0; i < load->rows->len; i++) {
		const LoadRow *row = &g_array_index(load->rows, LoadRow, i);
		Statement *set;

		if (row->consent < 0 || row->wide)
			continue;
		set = store_statement(load->store, SQL_customer_consent);
		statement_bind_int(set, 1, load_aliases_customer(aliases, row));
		statement_bind_int(set, 2, row->consent);
		if (!statement_run(set, error))
			return false;
	}
	return true;
}

/* Of who asked for it before he was a customer: what is kept from now on is not
 * to be used, either. */
static bool
write_restrictions(Load *load, const LoadAliases *aliases, GError **error)
{
	for (guint i = 0; i < load->rows->len; i++) {
		const LoadRow *row = &g_array_index(load->rows, LoadRow, i);
		Statement *set;

		if (!row->restricted || row->wide)
			continue;
		set = store_statement(load->store, SQL_load_restrict);
		statement_bind_int(set, 1, load_aliases_customer(aliases, row));
		statement_bind_int(set, 2, PSEUDONYM_DOMAIN);
		if (!statement_run(set, error))
			return false;
	}
	return true;
}

static guint
place_rows(const Load *load, const LoadAliases *aliases, Place *places)
{
	guint n = 0;

	for (guint i = 0; i < load->rows->len; i++) {
		const LoadRow *row = &g_array_index(load->rows, LoadRow, i);

		if (row->kind == LOAD_ATTRIBUTES || row->wide)
			continue;
		places[n].customer = load_aliases_customer(aliases, row);
		places[n].oid = row->oid;
		places[n].row = i;
		n++;
	}
	return n;
}

bool
load_write(Load *load, const LoadAliases *aliases, LoadCounts *counts,
           GError **error)
{
	g_autofree Place *places = g_new(Place, MAX(load->rows->len, 1));
	guint n = place_rows(load, aliases, places);

	if (!write_consents(load, aliases, error) ||
	    !write_restrictions(load, aliases, error))
		return false;
	if (n > 0)
		qsort(places, n, sizeof(*places), compare_places);
	for (guint i = 0; i < n; i++)
		if (!write_order(
			    load, &places[i],
			    &g_array_index(load->rows, LoadRow, places[i].row),
			    counts, error))
			return false;
	return true;
}
