/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/source - the lines of a file that people write, and what is wrong
 * with it.
 *
 * Owns:    a Source borrows nothing; source_close() frees it.
 * Fails:   what is wrong goes to Troubles: reported, or kept as an error.
 * Threads: one.
 */
#ifndef DRAFTING_SOURCE_H
#define DRAFTING_SOURCE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"

typedef void TroubleReport(const char *file, unsigned line, const char *message,
                           void *data);

/* With `report`, each trouble is told; without, the first is an error. */
typedef struct Troubles {
	TroubleReport *report;
	void *data;
	GError *error;
	unsigned n;
} Troubles;

/* All return false, so that a reader can return it. */
bool trouble_at(Troubles *troubles, const char *file, unsigned line,
                const char *format, ...) G_GNUC_PRINTF(4, 5);

typedef struct Source {
	const char *file;
	unsigned line; /* of the line last read; 0 before the first */
	char *text;
	char *next;
	Troubles *troubles;
} Source;

/* False: not text that can be read; the trouble is told. Nothing to close
 * then. */
bool source_open(Source *source, Troubles *troubles, const char *file,
                 const char *bytes, size_t size);
void source_close(Source *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_close)

/* The next line, without white space at its end; comments are passed over.
 * NULL: there is none. */
char *source_next(Source *source);
/* What is wrong with the line last read. */
#define source_bad(source, ...)                                                \
	trouble_at((source)->troubles, (source)->file, (source)->line,         \
	           __VA_ARGS__)

/* The files SUB/LANGUAGE/NAME.md below the folders `dirs`, "da/greeting" ->
 * path; a later folder's replaces an earlier one's. */
GHashTable *source_find(const char *const *dirs, const char *sub);
/* Its keys in order; the caller frees the list alone. */
GList *source_names(GHashTable *files);
/* The language of such a key, and what is behind its /. False: told. */
bool source_language(const char *name, const char *path, Language *ret_language,
                     const char **ret_rest, Troubles *troubles);
/* The bytes of a file of at most LIMIT_DRAFTING_FILE; NULL: told. */
char *source_read(const char *path, size_t *ret_size, Troubles *troubles);

#endif
