/* SPDX-License-Identifier: Apache-2.0 */
#include "store/site.h"

#include "db_private.h"

bool
site_has_store(const Settings *settings)
{
	return settings->store_path[0] != '\0';
}

char *
site_key_directory(const Settings *settings)
{
	g_autofree char *directory = NULL;

	if (settings->store_key_directory[0] != '\0')
		return g_strdup(settings->store_key_directory);
	directory = g_path_get_dirname(settings->store_path);
	return g_build_filename(directory, "keys", NULL);
}

static bool
needs_store(const Settings *settings, GError **error)
{
	return site_has_store(settings) ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "%s: [store] path is not set, so nothing is kept",
	                    settings->file ? settings->file : SETTINGS_FILE);
}

Store *
site_open_store(const Settings *settings, StoreRole role, SiteAccess access,
                GError **error)
{
	const StoreOptions options = {
		.path = settings->store_path,
		.role = role,
		.busy_ms = (int)settings->store_time_max,
		.read_only = access == SITE_READ,
	};

	return needs_store(settings, error) ? store_open(&options, error)
	                                    : NULL;
}

Keys *
site_load_keys(const Settings *settings, GError **error)
{
	g_autofree char *directory = NULL;

	if (!needs_store(settings, error))
		return NULL;
	directory = site_key_directory(settings);
	return keys_load(directory, error);
}
