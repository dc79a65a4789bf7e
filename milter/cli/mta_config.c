/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of Postfix's some 900 parameters only the few that are looked at have their
 * defaults here. Expansion is a loop with a bound, not a recursion: a file in
 * which two parameters name each other just stays unexpanded.
 */
#include "mta_config.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"

#define EXPANSIONS_MAX 200
#define VALUE_MAX (64 * 1024)

static const struct {
	const char *name, *value;
} defaults[] = {
	{ "queue_directory", "/var/spool/postfix" },
	{ "config_directory", "/etc/postfix" },
	{ "milter_default_action", "tempfail" },
	{ "milter_protocol", "6" },
	{ "milter_connect_timeout", "30s" },
	{ "milter_command_timeout", "30s" },
	{ "milter_content_timeout", "300s" },
	{ "smtpd_forbid_bare_newline", "no" },
	{ "compatibility_level", "0" },
};

void
mta_lines(const char *text, MtaLine *visit, void *data)
{
	g_autoptr(GString) logical = g_string_new(NULL);
	unsigned start = 0;

	for (unsigned line = 1; *text != '\0'; line++) {
		size_t size = strcspn(text, "\n");
		size_t blank = strspn(text, " \t\r");
		bool tells = blank < size && text[blank] != '#';

		if (tells && (blank == 0 || start == 0)) {
			if (start > 0)
				visit(logical->str, start, data);
			g_string_truncate(logical, 0);
			start = line;
		}
		if (tells) {
			g_string_append_len(logical, text, (gssize)size);
			g_string_append_c(logical, ' ');
		}
		text += size + (text[size] != '\0');
	}
	if (start > 0)
		visit(logical->str, start, data);
}

static void
read_value(const char *text, unsigned line, void *data)
{
	MtaConfig *config = data;
	const char *equals = strchr(text, '=');
	char *name;

	if (equals == NULL)
		return;
	name = g_strstrip(g_strndup(text, (gsize)(equals - text)));
	g_hash_table_insert(config->lines, g_strdup(name),
	                    GUINT_TO_POINTER(line));
	g_hash_table_insert(config->values, name,
	                    g_strstrip(g_strdup(equals + 1)));
}

static void
service_free(void *data)
{
	MtaService *service = data;

	g_free(service->name);
	g_free(service->type);
	g_free(service->command);
	g_hash_table_unref(service->overrides);
	g_free(service);
}

static void
read_override(MtaService *service, const char *text)
{
	const char *equals = strchr(text, '=');

	if (equals != NULL)
		g_hash_table_insert(
			service->overrides,
			g_strstrip(g_strndup(text, (gsize)(equals - text))),
			g_strstrip(g_strdup(equals + 1)));
}

/* The words of a master.cf line; { a b } is one word without its braces. */
static GPtrArray *
split_words(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (;;) {
		size_t n;

		text += strspn(text, " \t\r");
		if (*text == '\0')
			return words;
		if (*text == '{') {
			n = strcspn(++text, "}");
			g_ptr_array_add(words, g_strstrip(g_strndup(text, n)));
			text += n + (text[n] != '\0');
			continue;
		}
		n = strcspn(text, " \t\r");
		g_ptr_array_add(words, g_strndup(text, n));
		text += n;
	}
}

/* A chroot column of "-" is the default: no since compatibility level 1. */
static bool
is_chrooted(const MtaConfig *config, const char *column)
{
	g_autofree char *level = NULL;

	if (strcmp(column, "-") != 0)
		return strcmp(column, "y") == 0;
	level = mta_config_value(config, NULL, "compatibility_level");
	return level[0] == '0' && level[1] == '\0';
}

static void
read_service(const char *text, unsigned line, void *data)
{
	MtaConfig *config = data;
	g_autoptr(GPtrArray) words = split_words(text);
	char **word = (char **)words->pdata;
	MtaService *service;

	if (words->len < 8)
		return;
	service = g_new0(MtaService, 1);
	service->name = g_strdup(word[0]);
	service->type = g_strdup(word[1]);
	service->chrooted = is_chrooted(config, word[4]);
	service->command = g_strdup(word[7]);
	service->line = line;
	service->overrides =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (guint i = 8; i < words->len; i++) {
		if (strcmp(word[i], "-o") == 0 && i + 1 < words->len)
			read_override(service, word[++i]);
		else if (strncmp(word[i], "-o", 2) == 0)
			read_override(service, word[i] + 2);
	}
	g_ptr_array_add(config->services, service);
}

static bool
read_text(const char *file, char **ret_text, GError **error)
{
	g_autoptr(GError) cause = NULL;
	const char *path = strcmp(file, "-") == 0 ? "/dev/stdin" : file;
	size_t size;

	if (!g_file_get_contents(path, ret_text, &size, &cause)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: cannot be read: %s; name the MTA's files "
		            "with --dir, or --postconf",
		            file, cause->message);
		return false;
	}
	if (size > (size_t)LIMIT_SETTINGS_FILE) {
		g_clear_pointer(ret_text, g_free);
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: larger than any configuration", file);
		return false;
	}
	return true;
}

MtaConfig *
mta_config_read(const char *main_file, const char *folder, GError **error)
{
	g_autoptr(MtaConfig) config = NULL;
	g_autofree char *text = NULL;
	g_autofree char *master = NULL;

	if (!read_text(main_file, &text, error))
		return NULL;
	config = g_new0(MtaConfig, 1);
	config->file = g_strdup(main_file);
	config->values =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	config->lines =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	config->services = g_ptr_array_new_with_free_func(service_free);
	if (folder != NULL)
		g_hash_table_insert(config->values,
		                    g_strdup("config_directory"),
		                    g_strdup(folder));
	mta_lines(text, read_value, config);
	if (folder == NULL)
		return g_steal_pointer(&config);
	config->master = g_build_filename(folder, "master.cf", NULL);
	if (g_file_get_contents(config->master, &master, NULL, NULL))
		mta_lines(master, read_service, config);
	else
		g_clear_pointer(&config->master, g_free);
	return g_steal_pointer(&config);
}

void
mta_config_free(MtaConfig *config)
{
	if (config == NULL)
		return;
	g_free(config->file);
	g_free(config->master);
	g_hash_table_unref(config->values);
	g_hash_table_unref(config->lines);
	g_ptr_array_unref(config->services);
	g_free(config);
}

static const char *
raw_value(const MtaConfig *config, const MtaService *service, const char *name)
{
	const char *value = NULL;

	if (service != NULL)
		value = g_hash_table_lookup(service->overrides, name);
	if (value == NULL)
		value = g_hash_table_lookup(config->values, name);
	for (size_t i = 0; value == NULL && i < G_N_ELEMENTS(defaults); i++) {
		if (strcmp(defaults[i].name, name) == 0)
			value = defaults[i].value;
	}
	return value != NULL ? value : "";
}

/* ${name?text} and ${name:text}; `inside` is between the braces. */
static char *
conditional(const MtaConfig *config, const MtaService *service,
            const char *inside)
{
	size_t n = strcspn(inside, "?:");
	g_autofree char *name = g_strstrip(g_strndup(inside, n));
	const char *value = raw_value(config, service, name);
	bool wanted = inside[n] == '?' ? value[0] != '\0' : value[0] == '\0';

	if (inside[n] == '\0')
		return g_strdup(value);
	return g_strdup(wanted ? inside + n + 1 : "");
}

/* Replaces the first $name in `text`; false when there is none. */
static bool
expand_once(const MtaConfig *config, const MtaService *service, GString *text)
{
	const char *dollar = strchr(text->str, '$');
	g_autofree char *inside = NULL;
	g_autofree char *value = NULL;
	gssize at;
	size_t skip, n;

	if (dollar == NULL)
		return false;
	at = dollar - text->str;
	if (dollar[1] == '{' || dollar[1] == '(') {
		n = strcspn(dollar + 2, dollar[1] == '{' ? "}" : ")");
		inside = g_strndup(dollar + 2, n);
		skip = MIN(n + 3, strlen(dollar));
	} else {
		n = strspn(dollar + 1, "abcdefghijklmnopqrstuvwxyz"
		                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
		inside = g_strndup(dollar + 1, n);
		skip = n + 1;
	}
	value = conditional(config, service, inside);
	g_string_erase(text, at, (gssize)skip);
	g_string_insert(text, at, value);
	return true;
}

char *
mta_config_value(const MtaConfig *config, const MtaService *service,
                 const char *name)
{
	GString *text = g_string_new(raw_value(config, service, name));

	for (unsigned i = 0; i < EXPANSIONS_MAX && text->len < (gsize)VALUE_MAX;
	     i++) {
		if (!expand_once(config, service, text))
			break;
	}
	return g_strstrip(g_string_free(text, FALSE));
}

unsigned
mta_config_line(const MtaConfig *config, const char *name)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(config->lines, name));
}

gint64
mta_time(const char *text)
{
	static const struct {
		char unit;
		gint64 seconds;
	} units[] = { { 's', 1 },
		      { 'm', 60 },
		      { 'h', 3600 },
		      { 'd', 86400 },
		      { 'w', 604800 } };
	char *end = NULL;
	gint64 number = g_ascii_strtoll(text, &end, 10);

	if (end == text || number < 0 || number > 100000000)
		return -1;
	if (*end == '\0')
		return number * 1000;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (*end == units[i].unit)
			return number * units[i].seconds * 1000;
	}
	return -1;
}
