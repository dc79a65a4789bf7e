/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON keys stand in the order in which they were set, which is the schema's:
 * the same in every run, and a person finds the file's name first.
 */
#include "print.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli.h"

#define NAME_SIZE_MAX 4096
#define ERROR_SIZE_MAX 65536

void
print_value(bool json, json_t *value, PrintText *text)
{
	if (json) {
		json_dumpf(value, stdout,
		           JSON_COMPACT | JSON_REAL_PRECISION(6));
		putchar('\n');
	} else {
		text(value);
	}
	json_decref(value);
}

/* Names of files and settings stand in it as they are, and a terminal would
 * obey some. */
void
print_error(const char *format, ...)
{
	g_autofree char *message = NULL, *harmless = NULL;
	va_list list;

	va_start(list, format);
	message = g_strdup_vprintf(format, list);
	va_end(list);
	harmless =
		text_sanitise(message, strlen(message), ERROR_SIZE_MAX, NULL);
	fflush(stdout);
	fprintf(stderr, "tact: %s\n", harmless);
}

void
print_failure(GError **error)
{
	print_error("%s", *error != NULL ? (*error)->message : "failed");
	g_clear_error(error);
}

char *
print_name(const char *path)
{
	return text_sanitise(path, strlen(path), NAME_SIZE_MAX, NULL);
}

void
print_set_string(json_t *object, const char *key, const char *value)
{
	json_t *string = value != NULL ? json_string(value) : json_null();

	/* Jansson refuses what is not UTF-8. */
	json_object_set_new(object, key,
	                    string != NULL ? string : json_string("?"));
}

void
print_set_integer(json_t *object, const char *key, gint64 value)
{
	json_object_set_new(object, key, json_integer(value));
}

void
print_set_real(json_t *object, const char *key, double value)
{
	json_object_set_new(object, key,
	                    isnan(value) ? json_null() : json_real(value));
}

void
print_set_bool(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}

const char *
print_string(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

gint64
print_integer(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

void
print_count(const json_t *object, const char *key, const char *one,
            const char *many)
{
	gint64 n = print_integer(object, key);

	printf("%" G_GINT64_FORMAT " %s", n, text_noun(n, one, many));
}

int
print_end(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	print_error("standard output: cannot be written");
	return CLI_FOUND;
}

json_t *
print_hex(const void *bytes, size_t size)
{
	g_autoptr(GString) text = g_string_sized_new(2 * size);

	for (size_t i = 0; i < size; i++)
		g_string_append_printf(text, "%02x",
		                       ((const unsigned char *)bytes)[i]);
	return json_string(text->str);
}
