/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that was deleted or replaced under an open connection goes on taking
 * writes that nobody will ever read; one whose owner or mode was changed would
 * be refused if it were opened now. So the name is looked at before each group:
 * one system call beside the dozens of a commit.
 */
#include "keeper_file.h"

#include <errno.h>
#include <string.h>

#include "store/audit.h"
#include "store/site.h"

/* Half of it for a lock; the rest for what follows. */
#define BUSY_MAX_MS 500

static bool
look_at(const char *path, struct stat *ret_seen, GError **error)
{
	if (stat(path, ret_seen) == 0)
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_IO, "%s: %s", path,
	            g_strerror(errno));
	return false;
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	       a->st_uid == b->st_uid && a->st_mode == b->st_mode;
}

/* That they changed is told in the audit trail; mail does not wait for it. */
static void
note_settings(const KeeperFile *file)
{
	bool noted = audit_note_config(file->store, file->keys, file->settings,
	                               "tact-milter", NULL);

	(void)noted; /* else when it is opened again, or by a command */
}

static bool
load_keys(KeeperFile *file, GError **error)
{
	g_autofree char *folder = site_key_directory(file->settings);
	bool drafts = settings_have_drafts(file->settings);

	if (file->keys == NULL)
		file->keys = site_load_keys(file->settings, error);
	if (file->keys != NULL && drafts && file->seal == NULL)
		file->seal = seal_public_load(folder, error);
	return file->keys != NULL && (!drafts || file->seal != NULL);
}

static bool
open_store(KeeperFile *file, GError **error)
{
	const Settings *settings = file->settings;
	const StoreOptions options = {
		.path = settings->store_path,
		.role = STORE_KEEPER,
		.busy_ms = (int)MIN(settings->store_time_max / 2, BUSY_MAX_MS),
	};

	if (!look_at(settings->store_path, &file->seen, error))
		return false;
	if (load_keys(file, error))
		file->store = store_open(&options, error);
	if (file->store != NULL &&
	    !site_check_keys(file->store, file->keys, error))
		g_clear_pointer(&file->store, store_close);
	if (file->store != NULL)
		note_settings(file);
	return file->store != NULL;
}

bool
keeper_file_ready(KeeperFile *file, GError **error)
{
	struct stat now;

	if (file->store != NULL) {
		if (!look_at(file->settings->store_path, &now, error)) {
			keeper_file_close(file);
			return false;
		}
		if (is_same(&now, &file->seen))
			return true;
	}
	keeper_file_close(file);
	return open_store(file, error);
}

void
keeper_file_close(KeeperFile *file)
{
	g_clear_pointer(&file->store, store_close);
	g_clear_pointer(&file->keys, keys_free);
	g_clear_pointer(&file->seal, seal_public_free);
}
