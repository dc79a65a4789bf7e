/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row of settings.def, read and written. A default is the text that an
 * administrator would write and goes through the same reader, so it cannot be
 * out of its own bounds.
 */
#include "settings_table.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/settings.h"

#define ROW(t, object, s, n, d, lo, hi, c, h)                                  \
	{ SETTING_##t, #s, #n, offsetof(object, s##_##n), d, lo, hi, c, h },
static const SettingRow rows[] = {
#define STRING(s, n, d, h) ROW(STRING, Settings, s, n, d, 0, 0, NULL, h)
#define PATH(s, n, d, h) ROW(PATH, Settings, s, n, d, 0, 0, NULL, h)
#define BOOL(s, n, d, h) ROW(BOOL, Settings, s, n, #d, 0, 0, NULL, h)
#define NUMBER(s, n, d, lo, hi, h)                                             \
	ROW(NUMBER, Settings, s, n, #d, lo, hi, NULL, h)
#define SIZE(s, n, d, lo, hi, h) ROW(SIZE, Settings, s, n, #d, lo, hi, NULL, h)
#define TIME(s, n, d, lo, hi, h) ROW(TIME, Settings, s, n, #d, lo, hi, NULL, h)
#define CHOICE(s, n, d, c, h) ROW(CHOICE, Settings, s, n, d, 0, 0, c, h)
#define LIST(s, n, d, h) ROW(LIST, Settings, s, n, d, 0, 0, NULL, h)
#define MAILBOX_CHOICE(s, n, d, c, h) ROW(CHOICE, Mailbox, s, n, d, 0, 0, c, h)
#define MAILBOX_LIST(s, n, d, h) ROW(LIST, Mailbox, s, n, d, 0, 0, NULL, h)
#define MAILBOX_STRING(s, n, d, h) ROW(STRING, Mailbox, s, n, d, 0, 0, NULL, h)
#define MAILBOX_PATH(s, n, d, h) ROW(PATH, Mailbox, s, n, d, 0, 0, NULL, h)
#define MAILBOX_BOOL(s, n, d, h) ROW(BOOL, Mailbox, s, n, #d, 0, 0, NULL, h)
#define MAILBOX_NUMBER(s, n, d, lo, hi, h)                                     \
	ROW(NUMBER, Mailbox, s, n, #d, lo, hi, NULL, h)
#include "base/settings.def"
};

typedef struct Unit {
	const char *name;
	int64_t factor;
} Unit;

/* Largest first: a value is written in the largest unit that divides it. */
static const Unit size_units[] = {
	{ "G", INT64_C(1) << 30 },
	{ "M", INT64_C(1) << 20 },
	{ "K", 1024 },
	{ "", 1 },
	{ NULL, 0 },
};
static const Unit time_units[] = {
	{ "d", 86400000 }, { "h", 3600000 }, { "m", 60000 }, { "s", 1000 },
	{ "ms", 1 },       { "", 1 },        { NULL, 0 },
};
static const Unit no_units[] = { { "", 1 }, { NULL, 0 } };

const SettingRow *
setting_rows(size_t *ret_n)
{
	*ret_n = G_N_ELEMENTS(rows);
	return rows;
}

const SettingRow *
setting_row(const char *section, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].section, section) == 0 &&
		    strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static const Unit *
units_of(const SettingRow *row)
{
	switch (row->type) {
	case SETTING_SIZE:
		return size_units;
	case SETTING_TIME:
		return time_units;
	default:
		return no_units;
	}
}

static char *
write_number(const SettingRow *row, int64_t value)
{
	const Unit *unit = units_of(row);

	while (unit->factor > 1 && (value == 0 || value % unit->factor != 0))
		unit++;
	return g_strdup_printf("%" G_GINT64_FORMAT "%s", value / unit->factor,
	                       unit->name);
}

static bool
refuse_number(const SettingRow *row, const char *text, GError **error)
{
	g_autofree char *min = write_number(row, row->min);
	g_autofree char *max = write_number(row, row->max);

	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "\"%.40s\" is not a value from %s to %s", text, min, max);
	return false;
}

static bool
read_number(const SettingRow *row, const char *text, int64_t *member,
            GError **error)
{
	char *rest;
	int64_t value = g_ascii_strtoll(text, &rest, 10);
	const Unit *unit = units_of(row);

	if (rest == text)
		return refuse_number(row, text, error);
	while (*rest == ' ')
		rest++;
	while (unit->name != NULL && g_ascii_strcasecmp(unit->name, rest) != 0)
		unit++;
	if (unit->name == NULL || value < 0 ||
	    value > row->max / unit->factor || value * unit->factor < row->min)
		return refuse_number(row, text, error);
	*member = value * unit->factor;
	return true;
}

static bool
read_bool(const char *text, bool *member, GError **error)
{
	if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "\"%.40s\" is neither true nor false", text);
		return false;
	}
	*member = text[0] == 't';
	return true;
}

static bool
read_choice(const SettingRow *row, const char *text, int *member,
            GError **error)
{
	g_auto(GStrv) choices = g_strsplit(row->choices, "|", 0);

	for (int i = 0; choices[i] != NULL; i++)
		if (strcmp(choices[i], text) == 0) {
			*member = i;
			return true;
		}
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "\"%.40s\" is none of %s", text, row->choices);
	return false;
}

static bool
read_text(const SettingRow *row, const char *text, char **member,
          GError **error)
{
	bool empty = text[0] == '\0' && row->initial[0] == '\0';

	if (row->type == SETTING_PATH && text[0] != '/' && !empty) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "\"%.40s\" is not an absolute path; begin it "
		            "with /",
		            text);
		return false;
	}
	if (row->type == SETTING_PATH && strstr(text, " #") != NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "\"%.40s\": a comment stands on a line of its own",
		            text);
		return false;
	}
	g_free(*member);
	*member = g_strdup(text);
	return true;
}

static void
read_list(const char *text, char ***member)
{
	g_auto(GStrv) items = g_strsplit(text, ";", 0);
	GPtrArray *kept = g_ptr_array_new();

	for (char **item = items; *item != NULL; item++)
		if (*g_strstrip(*item) != '\0')
			g_ptr_array_add(kept, g_strdup(*item));
	g_ptr_array_add(kept, NULL);
	g_strfreev(*member);
	*member = (char **)g_ptr_array_free(kept, FALSE);
}

bool
setting_read(const SettingRow *row, const char *text, void *object,
             GError **error)
{
	void *member = (char *)object + row->offset;

	switch (row->type) {
	case SETTING_BOOL:
		return read_bool(text, member, error);
	case SETTING_NUMBER:
	case SETTING_SIZE:
	case SETTING_TIME:
		return read_number(row, text, member, error);
	case SETTING_CHOICE:
		return read_choice(row, text, member, error);
	case SETTING_LIST:
		read_list(text, member);
		return true;
	default:
		return read_text(row, text, member, error);
	}
}

static char *
write_choice(const SettingRow *row, int value)
{
	g_auto(GStrv) choices = g_strsplit(row->choices, "|", 0);

	return g_strdup(choices[value]);
}

char *
setting_write(const SettingRow *row, const void *object)
{
	const void *member = (const char *)object + row->offset;

	switch (row->type) {
	case SETTING_BOOL:
		return g_strdup(*(const bool *)member ? "true" : "false");
	case SETTING_NUMBER:
	case SETTING_SIZE:
	case SETTING_TIME:
		return write_number(row, *(const int64_t *)member);
	case SETTING_CHOICE:
		return write_choice(row, *(const int *)member);
	case SETTING_LIST:
		return g_strjoinv(";", *(char **const *)member);
	default:
		return g_strdup(*(char *const *)member);
	}
}

void
setting_clear(const SettingRow *row, void *object)
{
	void *member = (char *)object + row->offset;

	if (row->type == SETTING_STRING || row->type == SETTING_PATH)
		g_clear_pointer((char **)member, g_free);
	else if (row->type == SETTING_LIST)
		g_clear_pointer((char ***)member, g_strfreev);
}
