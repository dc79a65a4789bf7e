/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/print - one printer: a command makes its answer as a JSON value, and
 * text is that same value written for a person.
 *
 * Owns:    print_value() takes `value`; what returns char * gives it away.
 * Fails:   print_end() tells whether all of standard output was written.
 * Threads: one.
 */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

typedef void PrintText(const json_t *value);

/* One line of JSON, or what `text` makes of it. */
void print_value(bool json, json_t *value, PrintText *text);

/* "tact: ..." on standard error; never what a mail holds. */
void print_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same from an error, which is freed and made NULL. */
void print_failure(GError **error);

/* A file name as harmless UTF-8. */
char *print_name(const char *path);

/* Adds a string, number, or boolean that is borrowed. */
void print_set_string(json_t *object, const char *key, const char *value);
void print_set_integer(json_t *object, const char *key, gint64 value);
void print_set_real(json_t *object, const char *key, double value); /* NAN:
                                                                       null */
void print_set_bool(json_t *object, const char *key, bool value);
const char *print_string(const json_t *object, const char *key); /* "" */
gint64 print_integer(const json_t *object, const char *key);     /* 0 */

/* The number `key` and its noun, on standard output: "1 line", "2 lines". */
void print_count(const json_t *object, const char *key, const char *one,
                 const char *many);

/* `code` when all of standard output was written, else CLI_FOUND. */
int print_end(int code);

/* Bytes as a string of hexadecimal digits. */
json_t *print_hex(const void *bytes, size_t size);

#endif
