/* SPDX-License-Identifier: Apache-2.0 */
#include "store/export.h"

#include <string.h>

#include "db_private.h"
#include "person.h"

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
export_rows(Statement *list, const PersonalTable *table, ExportVisit *visit,
            void *data, GError **error)
{
	ExportRow row = { .table = table };
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW) {
		read_row(list->stmt, &row);
		visit(&row, data);
	}
	return step == STEP_DONE;
}

static bool
export_table(Store *store, const PersonalTable *table, int64_t customer,
             ExportVisit *visit, void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, table->export);

	statement_bind_int(list, 1, customer);
	return export_rows(list, table, visit, data, error);
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

/* Tables that know a conversation. */
static const struct {
	const char *table;
	SqlId sql;
} written[] = {
	{ "draft_text", SQL_written_draft_text },
	{ "draft", SQL_written_draft },
	{ "sent", SQL_written_sent },
	{ "datum", SQL_written_datum },
	{ "outcome", SQL_written_outcome },
	{ "evidence", SQL_written_evidence },
	{ "answer", SQL_written_answer },
	{ "gap", SQL_written_gap },
	{ "thread_ref", SQL_written_thread_ref },
	{ "mail", SQL_written_mail },
	{ "thread", SQL_written_thread },
};

static const PersonalTable *
find_table(const char *name)
{
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	while (strcmp(tables->name, name) != 0)
		tables++;
	return tables;
}

static bool
export_written(Store *store, const Pseudonym *writer, ExportVisit *visit,
               void *data, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(written); i++) {
		g_autoptr(Statement) list =
			store_statement(store, written[i].sql);

		statement_bind_bytes(list, 1, writer->bytes,
		                     sizeof writer->bytes);
		if (!export_rows(list, find_table(written[i].table), visit,
		                 data, error))
			return false;
	}
	return true;
}

bool
export_writer(Store *store, const Keys *keys, const char *identity,
              ExportVisit *visit, void *data, GError **error)
{
	PersonNames names;

	person_names(keys, identity, &names);
	if (names.kind != PSEUDONYM_EMAIL)
		return true;
	return export_written(store, &names.now, visit, data, error) &&
	       (!names.has_old ||
	        export_written(store, &names.old, visit, data, error));
}
