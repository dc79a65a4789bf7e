/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/export - every row that is kept of one person, with all its columns.
 *
 * Rows come as they stand in the schema, so that a new column is given out
 * without anybody remembering it.
 *
 * Owns:    nothing; an ExportRow is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: as the Store.
 */
#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H

#include "store/erasure.h"

typedef enum ExportType {
	EXPORT_NULL,
	EXPORT_INTEGER,
	EXPORT_REAL,
	EXPORT_TEXT,
	EXPORT_BYTES,
} ExportType;

typedef struct ExportValue {
	const char *name; /* of the column */
	ExportType type;
	int64_t integer;
	double real;
	const char *text;
	const void *bytes;
	size_t size;
} ExportValue;

#define EXPORT_COLUMNS_MAX 40

typedef struct ExportRow {
	const PersonalTable *table;
	ExportValue values[EXPORT_COLUMNS_MAX];
	size_t n;
	int64_t due_from; /* unix seconds from which its age counts; 0: none */
} ExportRow;

typedef void ExportVisit(const ExportRow *row, void *data);

/* Of who is no customer and wrote: the conversations in which drafts were asked
 * for, as long as there may be a text. `identity`: identity_of() an address. */
bool export_writer(Store *store, const Keys *keys, const char *identity,
                   ExportVisit *visit, void *data,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Table after table, as personal_tables() has them. */
bool export_customer(Store *store, int64_t customer, ExportVisit *visit,
                     void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
