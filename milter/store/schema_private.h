/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/schema_private - the numbered steps that make the schema.
 *
 * Step i (from 0) brings version i to i + 1; it is never changed once a
 * release has it, and there is no way back.
 *
 * Owns:    nothing.
 * Fails:   STORE_ERROR_VERSION, STORE_ERROR_CORRUPT; all steps or none.
 * Threads: as store/store.h says.
 */
#ifndef STORE_SCHEMA_PRIVATE_H
#define STORE_SCHEMA_PRIVATE_H

#include "db_private.h"

/* A step is some pieces of SQL and a NULL. */
typedef struct SchemaSteps {
	const char *const *const *sql;
	int n;
} SchemaSteps;

extern const SchemaSteps schema_steps;
/* Pieces of the first, in schema_drafts.c. */
extern const char schema_drafts[];
extern const char schema_facts[];
extern const char schema_knowledge[];

/* Is the file ours, and of version steps->n? With `create` it is made so. */
bool schema_apply(Store *store, const SchemaSteps *steps, bool create,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
