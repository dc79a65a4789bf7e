/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All or nothing: a file with one bad line gives no Settings, so that no
 * program ever runs with half of what its administrator meant.
 */
#include "base/settings.h"

#include <string.h>
#include <sys/un.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/network.h"
#include "settings_table.h"

#define MAILBOX_PREFIX "mailbox "
#define BOM "\xef\xbb\xbf"

typedef struct Reader {
	Settings *settings;
	GKeyFile *file;
	SettingLines *lines;
	const char *name;
} Reader;

/* Puts file, line and key before what `error` says. */
static bool
refuse(const Reader *reader, const char *section, const char *key,
       GError **error)
{
	unsigned line = setting_lines_find(reader->lines, section, key);

	g_prefix_error(error, "%s:%u: [%s] %s%s", reader->name, line, section,
	               key, *key != '\0' ? ": " : "");
	return false;
}

static bool
refuse_text(const Reader *reader, const char *section, const char *key,
            const char *what, GError **error)
{
	g_set_error_literal(error, BASE_ERROR, BASE_ERROR_SETTING, what);
	return refuse(reader, section, key, error);
}

static void
fill_defaults(void *object, bool mailbox)
{
	size_t n;
	const SettingRow *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;

		if ((strcmp(rows[i].section, "mailbox") == 0) != mailbox)
			continue;
		if (!setting_read(&rows[i], rows[i].initial, object, &error))
			g_error("settings.def: %s: %s", rows[i].name,
			        error->message);
	}
}

/* Values are taken as they stand: GKeyFile's own reader would make a blank of
 * the \s in FIRM\support, and half a value of FIRM\anna. */
static bool
read_section(const Reader *reader, const char *section, const char *kind,
             void *object, GError **error)
{
	g_auto(GStrv) keys =
		g_key_file_get_keys(reader->file, section, NULL, NULL);

	for (char **key = keys; key != NULL && *key != NULL; key++) {
		const SettingRow *row = setting_row(kind, *key);
		g_autofree char *value = NULL;

		if (row == NULL)
			return refuse_text(reader, section, *key,
			                   "no such setting; tact config "
			                   "sample lists them",
			                   error);
		value = g_key_file_get_value(reader->file, section, *key, NULL);
		if (value == NULL || !g_utf8_validate(value, -1, NULL))
			return refuse_text(reader, section, *key,
			                   "write it in UTF-8", error);
		if (!setting_read(row, g_strstrip(value), object, error))
			return refuse(reader, section, *key, error);
	}
	return true;
}

static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	if (at == NULL || at == text || at[1] == '\0' ||
	    strchr(at + 1, '@') != NULL || strlen(text) > LIMIT_ADDRESS_BYTES)
		return false;
	return strpbrk(text, " \t<>,;\"") == NULL;
}

/* In lower case throughout: see settings_mailbox(). */
static bool
claim_address(const Reader *reader, const char *section, const char *key,
              const char *address, Mailbox *mailbox, GError **error)
{
	GHashTable *addresses = reader->settings->addresses;
	g_autofree char *lower = g_ascii_strdown(address, -1);

	if (!is_address(lower))
		return refuse_text(reader, section, key,
		                   "not an address such as "
		                   "support@example.com",
		                   error);
	if (g_hash_table_contains(addresses, lower))
		return refuse_text(reader, section, key,
		                   "this address belongs to two mailboxes; "
		                   "remove one",
		                   error);
	g_hash_table_insert(addresses, g_steal_pointer(&lower), mailbox);
	return true;
}

static bool
read_mailbox(Reader *reader, const char *section, Mailbox *mailbox,
             GError **error)
{
	mailbox->section = g_strdup(section);
	mailbox->address =
		g_ascii_strdown(section + strlen(MAILBOX_PREFIX), -1);
	g_strstrip(mailbox->address);
	fill_defaults(mailbox, true);
	if (!claim_address(reader, section, "", mailbox->address, mailbox,
	                   error) ||
	    !read_section(reader, section, "mailbox", mailbox, error))
		return false;
	for (char **alias = mailbox->mailbox_aliases; *alias != NULL; alias++)
		if (!claim_address(reader, section, "aliases", *alias, mailbox,
		                   error))
			return false;
	return true;
}

/* What cannot be listened on at any host; the rest is told at the start. */
static bool
is_socket_name(const char *name)
{
	const size_t path_size = sizeof((struct sockaddr_un){ 0 }.sun_path);
	g_autofree char *port = NULL;
	const char *host;

	if (g_str_has_prefix(name, "unix:/"))
		return strlen(name + strlen("unix:")) < path_size;
	if (!g_str_has_prefix(name, "inet:") &&
	    !g_str_has_prefix(name, "inet6:"))
		return strcmp(name, "fd:3") == 0;
	name = strchr(name, ':') + 1;
	host = strchr(name, '@');
	if (host == NULL || host[1] == '\0')
		return false;
	port = g_strndup(name, (gsize)(host - name));
	return g_ascii_string_to_unsigned(port, 10, 1, G_MAXUINT16, NULL, NULL);
}

static bool
is_octal_mode(const char *mode)
{
	return strlen(mode) >= 3 &&
	       g_ascii_string_to_unsigned(mode, 8, 0, 0777, NULL, NULL);
}

static bool
check_socket(const Reader *reader, GError **error)
{
	const Settings *settings = reader->settings;
	const char *socket = settings->milter_socket;
	const char *mode = settings->milter_socket_mode;

	g_assert(socket != NULL && mode != NULL); /* settings.def has both */
	if (!is_socket_name(socket))
		return refuse_text(reader, "milter", "socket",
		                   "write unix:/PATH of at most 107 bytes, "
		                   "inet:PORT@ADDRESS or fd:3",
		                   error);
	if (!is_octal_mode(mode))
		return refuse_text(reader, "milter", "socket_mode",
		                   "write permissions in octal, such as 0660",
		                   error);
	return true;
}

static bool
check_networks(const Reader *reader, GError **error)
{
	char **networks = reader->settings->milter_internal_networks;
	Network network;

	for (; *networks != NULL; networks++)
		if (!network_parse(*networks, &network))
			return refuse_text(reader, "milter",
			                   "internal_networks",
			                   "write networks such as 10.1.0.0/16 "
			                   "or fd12::/48",
			                   error);
	return true;
}

/* What a draft is made of has to be kept somewhere. */
static bool
check_drafts(const Reader *reader, GError **error)
{
	const Settings *settings = reader->settings;

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];

		if (mailbox->mailbox_mode == MAILBOX_MODE_DRAFT &&
		    settings->store_path[0] == '\0')
			return refuse_text(reader, mailbox->section, "mode",
			                   "draft needs a database; set path "
			                   "in [store], or write tag",
			                   error);
	}
	return true;
}

static bool
section_is_known(const char *section)
{
	size_t n;
	const SettingRow *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].section, section) == 0)
			return strcmp(section, "mailbox") != 0;
	return false;
}

/* "[milter], [analysis], ... or [mailbox ADDRESS]" */
static char *
known_sections(void)
{
	size_t n;
	const SettingRow *rows = setting_rows(&n);
	g_autoptr(GString) list = g_string_new(NULL);
	const char *last = "mailbox";

	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].section, last) == 0 ||
		    strcmp(rows[i].section, "mailbox") == 0)
			continue;
		last = rows[i].section;
		g_string_append_printf(list, "[%s], ", last);
	}
	g_string_truncate(list, list->len - strlen(", "));
	return g_strconcat(list->str, " or [mailbox ADDRESS]", NULL);
}

static bool
refuse_section(const Reader *reader, const char *group, GError **error)
{
	g_autofree char *known = known_sections();
	g_autofree char *remedy =
		g_strconcat("no such section; write ", known, NULL);

	return refuse_text(reader, group, "", remedy, error);
}

static bool
read_group(Reader *reader, const char *group, GError **error)
{
	Settings *settings = reader->settings;

	if (g_str_has_prefix(group, MAILBOX_PREFIX))
		return read_mailbox(
			reader, group,
			&settings->mailboxes[settings->n_mailboxes++], error);
	if (!section_is_known(group))
		return refuse_section(reader, group, error);
	return read_section(reader, group, group, settings, error);
}

static bool
read_groups(Reader *reader, GError **error)
{
	gsize n;
	g_auto(GStrv) groups = g_key_file_get_groups(reader->file, &n);

	if (n > LIMIT_MAILBOXES) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "%s: more than %d sections", reader->name,
		            LIMIT_MAILBOXES);
		return false;
	}
	g_free(reader->settings->mailboxes);
	reader->settings->mailboxes = g_new0(Mailbox, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!read_group(reader, groups[i], error))
			return false;
	return check_socket(reader, error) && check_networks(reader, error) &&
	       check_drafts(reader, error);
}

Settings *
settings_parse(const char *name, const char *text, size_t size, GError **error)
{
	g_autoptr(Settings) settings = settings_new_default();
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(SettingLines) lines = NULL;
	Reader reader = { settings, file, NULL, name };

	/* Editors of Windows put it there, and nobody sees it. */
	if (size >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
		text += strlen(BOM);
		size -= strlen(BOM);
	}
	if (size > LIMIT_SETTINGS_FILE || memchr(text, '\0', size) != NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: not a settings file: %s", name,
		            size > LIMIT_SETTINGS_FILE ? "too large"
		                                       : "holds NUL bytes");
		return NULL;
	}
	lines = setting_lines_scan(name, text, size, error);
	if (lines == NULL)
		return NULL;
	reader.lines = lines;
	if (size > 0 && !g_key_file_load_from_data(file, text, size,
	                                           G_KEY_FILE_NONE, error)) {
		g_prefix_error(error, "%s: ", name);
		return NULL;
	}
	if (!read_groups(&reader, error))
		return NULL;
	settings->file = g_strdup(name);
	settings->lines = g_steal_pointer(&lines);
	return g_steal_pointer(&settings);
}

Settings *
settings_load(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, error)) {
		g_prefix_error(error, "cannot read the settings: ");
		return NULL;
	}
	return settings_parse(path, text, size, error);
}

Settings *
settings_new_default(void)
{
	Settings *settings = g_new0(Settings, 1);

	fill_defaults(settings, false);
	settings->mailboxes = g_new0(Mailbox, 1);
	settings->addresses =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return settings;
}

static void
clear_object(void *object, bool mailbox)
{
	size_t n;
	const SettingRow *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++)
		if ((strcmp(rows[i].section, "mailbox") == 0) == mailbox)
			setting_clear(&rows[i], object);
}

void
settings_free(Settings *settings)
{
	if (settings == NULL)
		return;
	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		clear_object(&settings->mailboxes[i], true);
		g_free(settings->mailboxes[i].address);
		g_free(settings->mailboxes[i].section);
	}
	clear_object(settings, false);
	g_hash_table_unref(settings->addresses);
	g_free(settings->mailboxes);
	g_free(settings->file);
	setting_lines_free(settings->lines);
	g_free(settings);
}

bool
settings_blame(const Settings *settings, const Mailbox *mailbox,
               const char *section, GError **error)
{
	const char *group = mailbox != NULL ? mailbox->section : section;
	g_autofree char *name = NULL;
	unsigned line = 0;

	if (error == NULL || *error == NULL)
		return false;
	name = g_strndup((*error)->message, strcspn((*error)->message, ":"));
	if (settings->lines != NULL)
		line = setting_lines_find(settings->lines, group, name);
	g_prefix_error(error, "[%s] ", group);
	if (line > 0)
		g_prefix_error(error, "%s:%u: ", settings->file, line);
	else
		g_prefix_error(error, "%s: ",
		               settings->file ? settings->file : SETTINGS_FILE);
	return false;
}

bool
settings_have_drafts(const Settings *settings)
{
	for (size_t i = 0; i < settings->n_mailboxes; i++)
		if (settings->mailboxes[i].mailbox_mode == MAILBOX_MODE_DRAFT)
			return true;
	return false;
}

/* In the order of the choices of drafter.engine and mailbox draft_engine. */
enum { ENGINE_TEMPLATE, ENGINE_MODEL };
enum { MAILBOX_ENGINE_DEFAULT, MAILBOX_ENGINE_TEMPLATE, MAILBOX_ENGINE_MODEL };

const char *
settings_model_url(const Settings *settings, const Mailbox *mailbox)
{
	int engine = mailbox->mailbox_draft_engine;
	bool asked = engine == MAILBOX_ENGINE_DEFAULT
	                     ? settings->drafter_engine == ENGINE_MODEL
	                     : engine == MAILBOX_ENGINE_MODEL;

	if (mailbox->mailbox_mode != MAILBOX_MODE_DRAFT || !asked)
		return NULL;
	return mailbox->mailbox_draft_base_url[0] != '\0'
	               ? mailbox->mailbox_draft_base_url
	               : settings->drafter_base_url;
}

/* NAME@DOMAIN of NAME+ANYTHING@DOMAIN, in place; false without a +. */
static bool
drop_subaddress(char *address)
{
	char *at = strrchr(address, '@');
	char *plus = strchr(address, '+');

	if (at == NULL || plus == NULL || plus > at || plus == address)
		return false;
	memmove(plus, at, strlen(at) + 1);
	return true;
}

const Mailbox *
settings_mailbox(const Settings *settings, const char *address)
{
	g_autofree char *lower = NULL;
	const Mailbox *mailbox;
	size_t size;

	if (*address == '<')
		address++;
	size = strlen(address);
	if (size > 0 && address[size - 1] == '>')
		size--;
	lower = g_ascii_strdown(address, (gssize)size);
	mailbox = g_hash_table_lookup(settings->addresses, lower);
	if (mailbox != NULL || !drop_subaddress(lower))
		return mailbox;
	mailbox = g_hash_table_lookup(settings->addresses, lower);
	return mailbox != NULL && mailbox->mailbox_subaddresses ? mailbox
	                                                        : NULL;
}
