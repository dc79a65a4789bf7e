/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of users become uids here, in the supervisor: looking them up may load
 * NSS modules and open files, which a process that serves mail does not do.
 */
#include "snapshot.h"

#include <pwd.h>
#include <unistd.h>

#include "message/identity.h"

static char *
host_name(void)
{
	char name[256] = "localhost";

	if (gethostname(name, sizeof(name) - 1) < 0)
		return g_strdup("localhost");
	return g_strdup(name);
}

static char **
list_own_addresses(const Settings *settings)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];

		g_ptr_array_add(list, g_strdup(mailbox->address));
		for (char **a = mailbox->mailbox_aliases; a && *a; a++)
			g_ptr_array_add(list, g_strdup(*a));
	}
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&list), FALSE);
}

static void
look_up_peers(Snapshot *snapshot)
{
	char **names = snapshot->settings->milter_socket_peers;

	snapshot->peers = g_new0(uid_t, g_strv_length(names) + 1);
	for (; *names != NULL; names++) {
		const struct passwd *user = getpwnam(*names);

		if (user != NULL)
			snapshot->peers[snapshot->n_peers++] = user->pw_uid;
	}
	/* None of the names exists here: that still isn't "everybody". */
	if (snapshot->n_peers == 0 &&
	    snapshot->settings->milter_socket_peers[0])
		snapshot->peers[snapshot->n_peers++] = geteuid();
}

static bool
has_templates(const Settings *settings, const char *code)
{
	for (char **dir = settings->analysis_rules; *dir != NULL; dir++) {
		g_autofree char *folder =
			g_build_filename(*dir, "templates", code, NULL);

		if (g_file_test(folder, G_FILE_TEST_IS_DIR))
			return true;
	}
	return false;
}

static bool
load_drafts(Snapshot *snapshot, GError **error)
{
	const Settings *settings = snapshot->settings;

	for (int i = LANGUAGE_UND + 1; i < LANGUAGE_N; i++)
		if (has_templates(settings, language_code((Language)i)))
			snapshot->languages |= 1u << i;
	snapshot->domains = domains_load(
		(const char *const *)settings->analysis_rules, error);
	return snapshot->domains != NULL;
}

static bool
load_into(Snapshot *snapshot, const char *path, GError **error)
{
	Settings *settings = settings_load(path, error);

	snapshot->settings = settings;
	if (settings == NULL || !identity_check(settings, error))
		return false;
	snapshot->rules = rules_load(
		(const char *const *)settings->analysis_rules,
		(const char *const *)settings->analysis_traits, error);
	if (snapshot->rules == NULL)
		return false;
	snapshot->desk = desk_new(settings, error);
	if (snapshot->desk == NULL ||
	    !tier_policy_read(settings, &snapshot->tiers, error))
		return false;
	if (settings_have_drafts(settings) && !load_drafts(snapshot, error))
		return false;
	snapshot->authserv_id = *settings->milter_authserv_id != '\0'
	                                ? g_strdup(settings->milter_authserv_id)
	                                : host_name();
	snapshot->own_addresses = list_own_addresses(settings);
	look_up_peers(snapshot);
	return true;
}

Snapshot *
snapshot_load(const char *path, GError **error)
{
	Snapshot *snapshot = g_new0(Snapshot, 1);

	if (load_into(snapshot, path, error))
		return snapshot;
	snapshot_free(snapshot);
	return NULL;
}

void
snapshot_free(Snapshot *snapshot)
{
	if (snapshot == NULL)
		return;
	desk_free(snapshot->desk);
	domains_free(snapshot->domains);
	settings_free(snapshot->settings);
	rules_free(snapshot->rules);
	g_free(snapshot->authserv_id);
	g_strfreev(snapshot->own_addresses);
	g_free(snapshot->peers);
	g_free(snapshot);
}

MessageEnvelope
snapshot_envelope(const Snapshot *snapshot, const char *sender)
{
	return (MessageEnvelope){
		.sender = sender,
		.authserv_id = snapshot->authserv_id,
		.own_addresses = (const char *const *)snapshot->own_addresses,
		.text_max = (size_t)snapshot->settings->analysis_text_max,
	};
}
