/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes what the store needs and is not there yet: folders, keys, database;
 * brings an older database up to date. What is there is never touched, so it
 * may be run again at any time, by a package's script too.
 *
 * Root becomes the service's user once the folders are his, and makes the rest
 * as he: no file is ever root's and then given away.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "context.h"
#include "print.h"
#include "store/audit.h"
#include "store/site.h"

#define SERVICE_USER "tact" /* as in etc/sysusers.d/tact.conf */

typedef struct Init {
	const char *database;
	char *folder;
	char *keys;
	const struct passwd *owner; /* NULL: who runs it */
	json_t *made, *kept;        /* of paths */
} Init;

static void
note(Init *init, bool was_there, const char *path)
{
	json_array_append_new(was_there ? init->kept : init->made,
	                      json_string(path));
}

/* The one who is asked for, the folder's, the service's if this host has it. */
static bool
choose_owner(Init *init, const char *name)
{
	struct stat st;

	if (name != NULL) {
		init->owner = getpwnam(name);
		if (init->owner == NULL)
			print_error("init: this host has no user %s", name);
		return init->owner != NULL;
	}
	if (geteuid() != 0)
		return true;
	init->owner = lstat(init->folder, &st) == 0 ? getpwuid(st.st_uid)
	                                            : getpwnam(SERVICE_USER);
	return true;
}

/* Those above are nobody's secret: the owner, who is not root, must get
 * through, whatever root's umask. */
static bool
make_parents(const char *path)
{
	g_autofree char *parent = g_path_get_dirname(path);
	mode_t before = umask(022);
	int result = g_mkdir_with_parents(parent, 0755);
	int saved = errno;

	umask(before);
	errno = saved;
	return result == 0;
}

static bool
make_folder(Init *init, const char *path)
{
	struct stat st;
	bool was_there = lstat(path, &st) == 0;

	note(init, was_there, path);
	if (was_there)
		return true;
	if (make_parents(path) && g_mkdir(path, 0700) == 0 &&
	    (init->owner == NULL ||
	     chown(path, init->owner->pw_uid, init->owner->pw_gid) == 0))
		return true;
	print_error("init: %s: cannot be made: %s", path, g_strerror(errno));
	return false;
}

static bool
become_owner(const Init *init)
{
	const struct passwd *owner = init->owner;

	if (owner == NULL || owner->pw_uid == geteuid())
		return true;
	if (initgroups(owner->pw_name, owner->pw_gid) == 0 &&
	    setgid(owner->pw_gid) == 0 && setuid(owner->pw_uid) == 0)
		return true;
	print_error("init: cannot become %s: %s; run it as root, or as %s",
	            owner->pw_name, g_strerror(errno), owner->pw_name);
	return false;
}

static bool
make_keys(Init *init, GError **error)
{
	static const char *const names[] = { "customer.key", "audit.key",
		                             "drafter.key", "drafter.pub" };
	char *paths[G_N_ELEMENTS(names)];
	bool was_there[G_N_ELEMENTS(names)];
	g_autoptr(Keys) keys = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		paths[i] = g_build_filename(init->keys, names[i], NULL);
		was_there[i] = g_file_test(paths[i], G_FILE_TEST_EXISTS);
	}
	if (keys_create(init->keys, error))
		keys = keys_load(init->keys, error);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (keys != NULL)
			note(init, was_there[i], paths[i]);
		g_free(paths[i]);
	}
	return keys != NULL;
}

/* By which keys the database knows people; the trail begins with it. */
static bool
record_keys(const Init *init, Store *store, bool was_there, GError **error)
{
	const AuditEntry entry = { .event = AUDIT_INIT };
	g_autoptr(Keys) keys = keys_load(init->keys, error);

	return keys != NULL && site_note_keys(store, keys, error) &&
	       (was_there || audit_record(store, keys, &entry, error));
}

static bool
make_database(Init *init, int busy_ms, GError **error)
{
	const StoreOptions options = { .path = init->database,
		                       .role = STORE_ADMIN,
		                       .busy_ms = busy_ms,
		                       .create = true };
	bool was_there = g_file_test(init->database, G_FILE_TEST_EXISTS);
	g_autoptr(Store) store = store_open(&options, error);

	note(init, was_there, init->database);
	return store != NULL && record_keys(init, store, was_there, error);
}

static void
print_paths(const char *word, const json_t *paths)
{
	size_t i;
	json_t *path;

	json_array_foreach(paths, i, path)
		printf("%s %s\n", word, json_string_value(path));
}

static void
init_text(const json_t *value)
{
	print_paths("made", json_object_get(value, "made"));
	print_paths("kept", json_object_get(value, "kept"));
	printf("schema %d, owner %s\n",
	       (int)print_integer(value, "database_schema"),
	       print_string(value, "owner"));
	if (json_array_size(json_object_get(value, "made")) > 0)
		puts("Keep a copy of the keys apart from the database's "
		     "backups: without them nobody\nin it is known again.");
}

static void
report(const Init *init, bool json)
{
	const struct passwd *owner = getpwuid(geteuid());
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_string(value, "database", init->database);
	print_set_integer(value, "database_schema", store_schema_version());
	print_set_string(value, "keys", init->keys);
	print_set_string(value, "owner", owner ? owner->pw_name : "unknown");
	json_object_set(value, "made", init->made);
	json_object_set(value, "kept", init->kept);
	print_value(json, value, init_text);
}

/* Another key beside a database would look like the one that it was made with,
 * and the right one's copy would seem to be in the way. */
static bool
is_lost(const Init *init, const char *name, const char *use)
{
	g_autofree char *key = g_build_filename(init->keys, name, NULL);

	if (!g_file_test(init->database, G_FILE_TEST_EXISTS) ||
	    g_file_test(key, G_FILE_TEST_EXISTS))
		return false;
	print_error("init: %s is there, but %s, that %s, is not: put the "
	            "copies of the keys back; or move the database away to "
	            "begin with an empty one",
	            init->database, key, use);
	return true;
}

static bool
keys_are_lost(const Init *init)
{
	return is_lost(init, "customer.key", "knows its customers") ||
	       is_lost(init, "audit.key", "its audit trail is made with");
}

/* Told before anything is made beside it. */
static bool
is_file_name(const char *path)
{
	const char *slash = g_str_has_suffix(path, "/") ? "" : "/";

	if (slash[0] != '\0' && !g_file_test(path, G_FILE_TEST_IS_DIR))
		return true;
	print_error("init: %s is a folder: name the file in it, [store] path = "
	            "%s%stact.db",
	            path, path, slash);
	return false;
}

static bool
run(Init *init, const Settings *settings, const Options *options)
{
	g_autoptr(GError) error = NULL;

	if (!is_file_name(init->database))
		return false;
	if (!choose_owner(init, options->owner) ||
	    !make_folder(init, init->folder) ||
	    !make_folder(init, init->keys) || !become_owner(init))
		return false;
	if (keys_are_lost(init))
		return false;
	if (!make_keys(init, &error) ||
	    !make_database(init, (int)settings->store_time_max, &error)) {
		print_failure(&error);
		return false;
	}
	report(init, options->json);
	return true;
}

int
cmd_init(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	Init init = { 0 };
	bool good;

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	if (!site_has_store(settings)) {
		print_error("init: say where the database shall be: in %s, "
		            "[store] path = /var/lib/tact/tact.db",
		            settings->file ? settings->file : SETTINGS_FILE);
		return CLI_FOUND;
	}
	init.database = settings->store_path;
	init.folder = g_path_get_dirname(settings->store_path);
	init.keys = site_key_directory(settings);
	init.made = json_array();
	init.kept = json_array();
	good = run(&init, settings, options);
	json_decref(init.made);
	json_decref(init.kept);
	g_free(init.keys);
	g_free(init.folder);
	return good ? CLI_FINE : CLI_FOUND;
}
