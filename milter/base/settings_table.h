/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/settings_table (private) - settings.def as a table, and single values.
 *
 * Owns:    rows are static; strings returned are the caller's.
 * Fails:   setting_read() with a text that says what to write instead.
 * Threads: any.
 */
#ifndef BASE_SETTINGS_TABLE_H
#define BASE_SETTINGS_TABLE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum SettingType {
	SETTING_STRING,
	SETTING_PATH,
	SETTING_BOOL,
	SETTING_NUMBER,
	SETTING_SIZE,
	SETTING_TIME,
	SETTING_CHOICE,
	SETTING_LIST,
} SettingType;

typedef struct SettingRow {
	SettingType type;
	const char *section; /* "mailbox" for those of each mailbox */
	const char *name;
	size_t offset; /* of the member in Settings or Mailbox */
	const char *initial;
	int64_t min, max;    /* of numbers, sizes and times */
	const char *choices; /* "a|b|c" */
	const char *help;
} SettingRow;

const SettingRow *setting_rows(size_t *ret_n);
/* NULL when there is no such setting. */
const SettingRow *setting_row(const char *section, const char *name);

/* Sets the member of `object` (Settings or Mailbox); frees what it held. */
bool setting_read(const SettingRow *row, const char *text, void *object,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *setting_write(const SettingRow *row, const void *object);
void setting_clear(const SettingRow *row, void *object);

/* Where `section` and `key` stand in the text that was scanned; see
 * settings_scan.c. 0 when they are not there. */
typedef struct SettingLines SettingLines;
SettingLines *setting_lines_scan(const char *name, const char *text,
                                 size_t size, GError **error);
unsigned setting_lines_find(const SettingLines *lines, const char *section,
                            const char *key);
void setting_lines_free(SettingLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SettingLines, setting_lines_free)

#endif
