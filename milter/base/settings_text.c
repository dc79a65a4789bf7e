/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings as people read them: the sample file, the list of tact.conf(5), and
 * one by one for `tact config show`. All from settings.def.
 */
#include "base/settings.h"

#include <string.h>

#include "settings_table.h"

enum { SAMPLE_WIDTH = 76 };

static const char sample_head[] =
	"# tact.conf - the settings of Tact. See tact.conf(5).\n"
	"#\n"
	"# Every setting is listed with its default. Change one by removing\n"
	"# the # before it. Then: tact config check, and\n"
	"# systemctl reload tact-milter.\n";

static const char sample_mailbox[] =
	"\n"
	"# One section for each support address. Without one Tact touches\n"
	"# nothing. Replace the address with yours and remove the #.\n"
	"#[mailbox support@example.com]\n";

/* `text` in lines of SAMPLE_WIDTH, each after "# ". */
static void
add_comment(GString *out, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 0);
	size_t column = SAMPLE_WIDTH;

	for (char **word = words; *word != NULL; word++) {
		if (column + 1 + strlen(*word) > SAMPLE_WIDTH) {
			g_string_append(out, "\n#");
			column = 1;
		}
		g_string_append_printf(out, " %s", *word);
		column += 1 + strlen(*word);
	}
	g_string_append_c(out, '\n');
}

static bool
is_mailbox(const SettingRow *row)
{
	return strcmp(row->section, "mailbox") == 0;
}

/* One form of the list: how a section begins, and a row with its default. */
typedef struct Form {
	void (*begin)(GString *out, const SettingRow *first);
	void (*add)(GString *out, const SettingRow *row, const char *value);
} Form;

static void
add_rows(GString *out, const Form *form)
{
	g_autoptr(Settings) settings = settings_new_default();
	size_t n;
	const SettingRow *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *value =
			is_mailbox(&rows[i])
				? g_strdup(rows[i].initial)
				: setting_write(&rows[i], settings);

		if (i == 0 || strcmp(rows[i].section, rows[i - 1].section) != 0)
			form->begin(out, &rows[i]);
		form->add(out, &rows[i], value);
	}
}

static void
begin_sample(GString *out, const SettingRow *first)
{
	if (is_mailbox(first))
		g_string_append(out, sample_mailbox);
	else
		g_string_append_printf(out, "\n[%s]\n", first->section);
}

static void
add_sample(GString *out, const SettingRow *row, const char *value)
{
	add_comment(out, row->help);
	g_string_append_printf(out, "#%s =%s%s\n", row->name,
	                       *value != '\0' ? " " : "", value);
}

char *
settings_sample(void)
{
	static const Form sample = { begin_sample, add_sample };
	GString *out = g_string_new(sample_head);

	add_rows(out, &sample);
	return g_string_free(out, FALSE);
}

static void
begin_mdoc(GString *out, const SettingRow *first)
{
	if (out->len > 0)
		g_string_append(out, ".El\n");
	g_string_append_printf(out,
	                       ".Ss [%s%s]\n"
	                       ".Bl -tag -width Ds\n",
	                       first->section,
	                       is_mailbox(first) ? " ADDRESS" : "");
}

/* mdoc takes a word of one of its macros' names, a leading dot and a backslash
 * as its own; in our help texts only the backslash could occur. */
static void
add_mdoc(GString *out, const SettingRow *row, const char *value)
{
	g_string_append_printf(out, ".It Ic %s\n", row->name);
	for (const char *p = row->help; *p != '\0'; p++) {
		if (*p == '\\')
			g_string_append(out, "\\e");
		else if (p[0] == ' ' && p > row->help && p[-1] == '.')
			g_string_append_c(out, '\n');
		else
			g_string_append_c(out, *p);
	}
	g_string_append_c(out, '\n');
	if (row->choices != NULL)
		g_string_append_printf(out, "One of\n.Ql %s .\n", row->choices);
	if (*value != '\0')
		g_string_append_printf(out, "Default:\n.Ql %s .\n", value);
	else
		g_string_append(out, "Default: empty.\n");
}

char *
settings_mdoc(void)
{
	static const Form mdoc = { begin_mdoc, add_mdoc };
	GString *out = g_string_new(NULL);

	add_rows(out, &mdoc);
	g_string_append(out, ".El\n");
	return g_string_free(out, FALSE);
}

static void
visit_object(const char *section, bool mailbox, const void *object,
             SettingsVisit *visit, void *data)
{
	size_t n;
	const SettingRow *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *value = NULL;

		if (is_mailbox(&rows[i]) != mailbox)
			continue;
		value = setting_write(&rows[i], object);
		visit(mailbox ? section : rows[i].section, rows[i].name, value,
		      data);
	}
}

void
settings_each(const Settings *settings, SettingsVisit *visit, void *data)
{
	visit_object(NULL, false, settings, visit, data);
	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		g_autofree char *section = g_strdup_printf(
			"mailbox %s", settings->mailboxes[i].address);

		visit_object(section, true, &settings->mailboxes[i], visit,
		             data);
	}
}
