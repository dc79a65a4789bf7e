/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/remarks - what a check of files has to say, gathered, as JSON and as
 * lines `FILE:LINE: error: MESSAGE`.
 *
 * Owns:    a Remarks owns its list until remarks_end(), which gives it away.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_REMARKS_H
#define CLI_REMARKS_H

#include <jansson.h>
#include <stdbool.h>

#include "cli.h"
#include "context.h"

typedef struct Remarks {
	json_t *list;
	unsigned errors, warnings;
} Remarks;

Remarks remarks_begin(void);
/* `data` is the Remarks; `line` 0: of the file as a whole. */
void remarks_add(bool error, const char *file, unsigned line,
                 const char *message, void *data);
void remarks_add_error(const char *file, unsigned line, const char *message,
                       void *data);
/* The result of the check but for what was counted, which the caller adds. */
json_t *remarks_end(Remarks *remarks);

/* The two parts of such a result as text, around what was counted. */
void remarks_print(const json_t *value);
void remarks_print_counts(const json_t *value);

/* The folders that a check is of: the one that was named, or all. `one` has
 * room for two. */
const char *const *remarks_folders(const Options *options,
                                   const Context *context, const char **one);

#endif
