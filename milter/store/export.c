/* SPDX-License-Identifier: Apache-2.0 */
#include "store/export.h"

#include <string.h>

#include "db_private.h"

static void
read_value(sqlite3_stmt *stmt, int column, ExportValue *value)
{
	*value = (ExportValue){ .name = sqlite3_column_name(stmt, column) };
	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_INTEGER:
		value->type = EXPORT_INTEGER;
		value->integer = sqlite3_column_int64(stmt, column);
		break;
	case SQLITE_FLOAT:
		value->type = EXPORT_REAL;
		value->real = sqlite3_column_double(stmt, column);
		break;
	case SQLITE_TEXT:
		value->type = EXPORT_TEXT;
		value->text = (const char *)sqlite3_column_text(stmt, column);
		break;
	case SQLITE_BLOB:
		value->type = EXPORT_BYTES;
		value->bytes = sqlite3_column_blob(stmt, column);
		value->size = (size_t)sqlite3_column_bytes(stmt, column);
		break;
	default:
		break;
	}
}

/* The last column is `due_from`, and none of the table's. */
static void
read_row(sqlite3_stmt *stmt, ExportRow *row)
{
	int n = sqlite3_column_count(stmt) - 1;

	g_assert(n > 0 && n <= EXPORT_COLUMNS_MAX);
	for (int i = 0; i < n; i++)
		read_value(stmt, i, &row->values[i]);
	row->n = (size_t)n;
	row->due_from = sqlite3_column_int64(stmt, n);
}

static bool
export_table(Store *store, const PersonalTable *table, int64_t customer,
             ExportVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, table->export);
	ExportRow row = { .table = table };
	StepResult step;

	statement_bind_int(list, 1, customer);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		read_row(list->stmt, &row);
		visit(&row, data);
	}
	return step == STEP_DONE;
}

bool
export_customer(Store *store, int64_t customer, ExportVisit *visit, void *data,
                GError **error)
{
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++)
		if (!export_table(store, &tables[i], customer, visit, data,
		                  error))
			return false;
	return true;
}
