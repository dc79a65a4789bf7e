/* SPDX-License-Identifier: Apache-2.0 */
#include "mta_milter.h"

#include <string.h>

#include "store/site.h"

/* Milters that write Authentication-Results, by a word in their socket or
 * name, and by the ports that their own documentation proposes. */
static const char *const authenticators[] = {
	"opendkim", "opendmarc", "openarc", "rspamd", "dkim",   "dmarc",
	"spf",      "arc-",      "auth",    ":8891",  ":8893",  ":11332",
	":12301",   ":54321",    "8891@",   "8893@",  "11332@",
};

/* GLib's macro takes NULL too, and makes readers wonder where it came from. */
static bool
starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

MtaMilter *
mta_milter_new(const char *name, const char *socket)
{
	MtaMilter *milter = g_new(MtaMilter, 1);

	milter->name = g_strdup(name);
	milter->socket = g_strdup(socket);
	milter->settings =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return milter;
}

void
mta_milter_free(void *data)
{
	MtaMilter *milter = data;

	g_free(milter->name);
	g_free(milter->socket);
	g_hash_table_unref(milter->settings);
	g_free(milter);
}

/* "unix:x, default_action = accept" of a { } block. */
static MtaMilter *
parse_block(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, ",", -1);
	MtaMilter *milter = NULL;

	for (unsigned i = 0; parts[i] != NULL; i++) {
		char *equals = strchr(g_strstrip(parts[i]), '=');

		if (milter == NULL) {
			milter = mta_milter_new(NULL, parts[i]);
		} else if (equals != NULL) {
			*equals = '\0';
			g_hash_table_insert(milter->settings,
			                    g_strstrip(g_strdup(parts[i])),
			                    g_strstrip(g_strdup(equals + 1)));
		}
	}
	return milter;
}

GPtrArray *
mta_milters_parse(const char *value)
{
	GPtrArray *milters = g_ptr_array_new_with_free_func(mta_milter_free);

	for (;;) {
		g_autofree char *word = NULL;
		MtaMilter *milter;
		size_t n;

		value += strspn(value, ", \t\r");
		if (*value == '\0')
			return milters;
		if (*value == '{') {
			n = strcspn(++value, "}");
			word = g_strndup(value, n);
			milter = parse_block(word);
			value += n + (value[n] != '\0');
		} else {
			n = strcspn(value, ", \t\r");
			word = g_strndup(value, n);
			milter = mta_milter_new(NULL, word);
			value += n;
		}
		if (milter != NULL)
			g_ptr_array_add(milters, milter);
	}
}

const char *
mta_socket_path(const char *text)
{
	if (starts(text, "unix:"))
		return text + 5;
	if (starts(text, "local:"))
		return text + 6;
	return text[0] == '/' ? text : NULL;
}

/* "inet:HOST:PORT" or "inet:PORT@HOST" as HOST and PORT. */
static bool
split_inet(const char *text, char **ret_host, char **ret_port)
{
	const char *at, *colon;

	if (starts(text, "inet:"))
		text += strlen("inet:");
	else if (starts(text, "inet6:"))
		text += strlen("inet6:");
	else
		return false;
	at = strchr(text, '@');
	colon = strrchr(text, ':');
	if (at != NULL) {
		*ret_port = g_strndup(text, (gsize)(at - text));
		*ret_host = g_strdup(at + 1);
	} else if (colon != NULL) {
		*ret_host = g_strndup(text, (gsize)(colon - text));
		*ret_port = g_strdup(colon + 1);
	} else {
		return false;
	}
	return true;
}

static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       strcmp(host, "::1") == 0 || starts(host, "127.");
}

bool
mta_socket_same(const char *ours, const char *theirs)
{
	const char *our_path = mta_socket_path(ours);
	const char *their_path = mta_socket_path(theirs);
	g_autofree char *our_host = NULL, *our_port = NULL;
	g_autofree char *their_host = NULL, *their_port = NULL;

	if (starts(ours, "fd:"))
		return true;
	if (our_path != NULL && their_path != NULL)
		return strcmp(our_path, their_path) == 0;
	if (!split_inet(ours, &our_host, &our_port) ||
	    !split_inet(theirs, &their_host, &their_port))
		return false;
	return strcmp(our_port, their_port) == 0 &&
	       (g_ascii_strcasecmp(our_host, their_host) == 0 ||
	        is_loopback(our_host) == is_loopback(their_host));
}

static bool
names_tact(const char *text)
{
	return text != NULL && strstr(text, "tact") != NULL;
}

static bool
is_ours(const char *ours, const char *theirs, const char *folder)
{
	const char *path = mta_socket_path(theirs);
	g_autofree char *absolute = NULL;

	if (starts(ours, "fd:"))
		return false;
	if (path != NULL && path[0] != '/' && folder != NULL) {
		absolute = g_strconcat("unix:", folder, "/", path, NULL);
		theirs = absolute;
	}
	return mta_socket_same(ours, theirs);
}

int
mta_milters_find(const GPtrArray *milters, const Settings *settings,
                 const char *folder)
{
	for (guint i = 0; i < milters->len; i++) {
		const MtaMilter *milter = milters->pdata[i];

		if (is_ours(settings->milter_socket, milter->socket, folder))
			return (int)i;
	}
	for (guint i = 0; i < milters->len; i++) {
		const MtaMilter *milter = milters->pdata[i];

		if (names_tact(milter->name) || names_tact(milter->socket))
			return (int)i;
	}
	return -1;
}

bool
mta_milter_authenticates(const MtaMilter *milter)
{
	for (size_t i = 0; i < G_N_ELEMENTS(authenticators); i++) {
		if (strstr(milter->socket, authenticators[i]) != NULL ||
		    (milter->name != NULL &&
		     strstr(milter->name, authenticators[i]) != NULL))
			return true;
	}
	return false;
}

void
mta_milters_check_authenticated(MtaCheck *check, const GPtrArray *milters,
                                const char *host, const char *file,
                                unsigned line)
{
	const char *id = check->settings->milter_authserv_id;
	bool ours = id[0] == '\0' ||
	            (host != NULL && g_ascii_strcasecmp(id, host) == 0);

	if (!site_has_store(check->settings) || !ours ||
	    mta_milters_authenticator_after(milters, -1) != NULL)
		return;
	mta_check_add(check, "authenticator-missing", file, line,
	              "OpenDKIM and OpenDMARC, or Rspamd, before Tact; or name "
	              "the host that authenticates in milter.authserv_id",
	              "no milter proves who writes: no customer gets a tier, "
	              "but whoever forges Authentication-Results of this host");
}

const MtaMilter *
mta_milters_authenticator_after(const GPtrArray *milters, int at)
{
	for (guint i = (guint)at + 1; i < milters->len; i++) {
		if (mta_milter_authenticates(milters->pdata[i]))
			return milters->pdata[i];
	}
	return NULL;
}
