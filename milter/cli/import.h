/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/import - one file of orders or customers into the store, and what is to
 * be said of it.
 *
 * Owns:    an Import is the caller's; a report value too (json_decref).
 * Fails:   what a file has wrong is in its report; an Import that cannot be
 *          opened returns NULL and an error.
 * Threads: one.
 */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

#include "base/settings.h"
#include "cli.h"
#include "value/orders.h"

typedef struct Import Import;

Import *import_open(const Options *options,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void import_close(Import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Import, import_close)

/* How exports are read as [import] says. */
OrdersPlan *import_plan(const Settings *settings,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum ImportResult {
	IMPORT_FINE,
	IMPORT_REJECTED, /* all but some lines */
	IMPORT_REFUSED,  /* nothing of it: the file is at fault */
	IMPORT_FAILED,   /* something else is: the same file may do later */
} ImportResult;

/* Lines of text, as they come: what was understood, each rejected line. */
typedef void ImportSay(void *data, const char *line);

/* `say` may be NULL. *ret_report tells it all as JSON, if it is not NULL. */
ImportResult import_file(Import *import, const char *path, ImportSay *say,
                         void *data, json_t **ret_report);
/* The rows that `sql` selects in the SQLite database `path`. */
ImportResult import_query(Import *import, const char *path, const char *sql,
                          ImportSay *say, void *data, json_t **ret_report);

#endif
